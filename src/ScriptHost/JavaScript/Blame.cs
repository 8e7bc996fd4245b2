using System.Text.RegularExpressions;
using ConnectorHub.Scripting;
using Jint;
using Jint.Native;
using Jint.Parser;
using Jint.Runtime;

namespace ConnectorHub.ScriptHost.JavaScript;

/// <summary>A place in the snippet, 1-based.</summary>
internal readonly record struct Place(int Line, int Column)
{
    public static Place Of(Location? location, string code)
    {
        if (location is null || location.Start.Line < 1)
            return new Place(1, 1);
        var column = location.Start.Column + 1 - (location.Start.Line == 1 ? SnippetReader.Opening.Length : 0);
        return new Place(location.Start.Line, Math.Max(1, column)).Within(code);
    }

    /// <summary>What stands after the code is our own closing bracket: the place is then the end of the code.</summary>
    public Place Within(string code)
    {
        var lines = code.AsSpan().Count('\n') + 1;
        return Line <= lines ? this : new Place(lines, code.Length - code.LastIndexOf('\n'));
    }
}

/// <summary>Turns the engine's errors into replies for the admin who wrote the script. No stack trace, no engine words.</summary>
internal static class Blame
{
    private const int MaxMessage = 500;

    /// <summary>Lowered code the engine does not read, such as a regular expression it has no means for.</summary>
    public static ScriptReply Syntax(string code, ParserException fault)
    {
        var column = fault.Column - (fault.LineNumber == 1 ? SnippetReader.Opening.Length : 0);
        var place = new Place(Math.Max(1, fault.LineNumber), Math.Max(1, column)).Within(code);
        return new ScriptReply(ReplyKind.SyntaxError, $"{fault.Description ?? "Unexpected token"}.", place.Line, place.Column);
    }

    public static ScriptReply Thrown(JavaScriptException thrown, Engine engine, string code)
    {
        var (place, property) = Where(thrown.Location, engine, code);
        var message = Cut(Describe(thrown.Error, property));
        return new ScriptReply(ReplyKind.Threw, message, place.Line, place.Column);
    }

    /// <summary>Where an error that is passed on was thrown. One without words gets them now: later nobody knows what it was about.</summary>
    public static Location? Spoken(JavaScriptException thrown, Engine engine)
    {
        var last = engine.GetLastSyntaxNode();
        if (thrown.Error.IsObject() && OwnText(thrown.Error, "name").Length > 0 && OwnText(thrown.Error, "message").Length == 0)
        {
            var text = Describe(thrown.Error, (last as PropertyName)?.Name);
            thrown.Error.AsObject().FastSetProperty("message", new(text[(text.IndexOf(": ", StringComparison.Ordinal) is var colon and >= 0 ? colon + 2 : 0)..], true, false, true));
        }

        return last?.Location is { } location && !IsHelper(location) && (thrown.Location is null || Contains(thrown.Location, location)) ? location : thrown.Location;
    }

    public static ScriptReply EngineFault(Exception fault, Engine engine, string code)
    {
        var (place, _) = Where(null, engine, code);
        var message = fault is RegexMatchTimeoutException
            ? "A regular expression took too long."
            : "The script engine cannot do what this line asks. Write it in simpler steps.";
        return new ScriptReply(ReplyKind.Threw, message, place.Line, place.Column);
    }

    // The engine knows the statement; the node it read last is more exact where it lies inside that statement.
    private static (Place Place, string? Property) Where(Location? statement, Engine engine, string code)
    {
        var last = engine.GetLastSyntaxNode();
        var location = last?.Location;
        if (location is null || IsHelper(location) || (statement is not null && !Contains(statement, location)))
            location = statement;
        return (Place.Of(location, code), (last as PropertyName)?.Name);
    }

    // Helpers are programs of their own: their lines are not the script's.
    private static bool IsHelper(Location location) => location.Source == LoweringHelpers.Source;

    private static bool Contains(Location outer, Location inner) =>
        (outer.Start.Line, outer.Start.Column).CompareTo((inner.Start.Line, inner.Start.Column)) <= 0
        && (inner.Start.Line, inner.Start.Column).CompareTo((outer.End.Line, outer.End.Column)) <= 0;

    private static string Describe(JsValue error, string? property)
    {
        if (!error.IsObject())
            return error.IsString() ? error.AsString() : Primitive(error);
        var name = OwnText(error, "name");
        var message = OwnText(error, "message");
        if (message.Length > 0)
            return name.Length > 0 && name != "Error" ? $"{name}: {message}" : message;
        if (name == "TypeError")
        {
            return property is null
                ? "TypeError: a value here is undefined or null, or not of the kind this needs."
                : $"TypeError: cannot use '{property}': the value before it is undefined or null.";
        }

        return name.Length > 0 ? $"{name}." : "The script threw an object without a message.";
    }

    // Data properties only, up the prototype chain: no getter of the script runs here.
    private static string OwnText(JsValue error, string name)
    {
        for (var holder = error.AsObject(); holder is not null; holder = holder.Prototype)
        {
            if (holder.GetOwnProperty(name) is { Value: { } value } && value.IsString())
                return value.AsString();
        }

        return "";
    }

    private static string Primitive(JsValue value) => value.IsNumber() ? Numerals.ToText(value.AsNumber()) : value.ToString();

    private static string Cut(string message) => message.Length <= MaxMessage ? message : string.Concat(message.AsSpan(0, MaxMessage), "…");
}
