using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using ConnectorHub.Values;

namespace ConnectorHub.Gateway.Commands;

/// <summary>What is wrong with the words a command was called with, for a person: the library speaks of types.</summary>
internal static partial class CallErrors
{
    /// <summary>True where the call cannot be done. Without any word the list of commands is the better answer.</summary>
    public static bool Are(ParseResult call) => call.Tokens.Count > 0 && (call.Action is ParseErrorAction || Empty(call).Any());

    public static IEnumerable<string> Of(ParseResult call)
    {
        foreach (var message in call.Errors.Select(error => Reword(error.Message, call)).Concat(Empty(call)).Distinct())
        {
            yield return message;
        }

        yield return $"See: connectorhub {string.Concat(Path(call).Select(name => name + " "))}--help";
    }

    // An empty id or text is a variable of a script that was not set, and would fit everything.
    private static IEnumerable<string> Empty(ParseResult call) => call.CommandResult.Children
        .OfType<ArgumentResult>()
        .Where(argument => argument.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
        .Select(argument => $"<{argument.Argument.Name}> is empty. {argument.Argument.Description}");

    private static string Reword(string message, ParseResult call)
    {
        if (Unfit().Match(message) is { Success: true } unfit)
        {
            var allowed = Listed(unfit.Groups["rest"].Value);
            return $"'{unfit.Groups["word"].Value}' does not fit {unfit.Groups["place"].Value}. It takes {(allowed.Count > 0 ? $"one of: {string.Join(", ", allowed)}." : "a number.")}";
        }

        if (NotOfThese().Match(message) is { Success: true } other)
        {
            return $"'{other.Groups["word"].Value}' is not known here. Allowed: {string.Join(", ", Listed(other.Groups["rest"].Value))}.";
        }

        return Unknown().Match(message) is { Success: true } unknown ? $"'{unknown.Groups["word"].Value}' is not known here.{Near(unknown.Groups["word"].Value, call)}" : message;
    }

    private static List<string> Listed(string lines) =>
        [.. lines.Split('\n').Select(line => line.Trim().Trim('\'')).Where(line => line.Length > 0)];

    private static string Near(string word, ParseResult call)
    {
        var command = call.CommandResult.Command;
        var names = word.StartsWith('-') ? command.Options.Select(option => option.Name).ToList() : [.. command.Subcommands.Select(sub => sub.Name)];
        return Nearest.Of(word, names) is { } near ? $" Did you mean '{near}'?" : string.Empty;
    }

    private static List<string> Path(ParseResult call)
    {
        var names = new List<string>();
        for (SymbolResult? at = call.CommandResult; at is CommandResult { Command: not RootCommand } command; at = at.Parent)
        {
            names.Insert(0, command.Command.Name);
        }

        return names;
    }

    [GeneratedRegex(@"^Cannot parse argument '(?<word>.*)' for (?<place>(?:option|argument|command) '[^']*'|.*?) as expected type '[^']*'\.(?: Did you mean one of the following\?)?(?<rest>.*)$", RegexOptions.Singleline)]
    private static partial Regex Unfit();

    [GeneratedRegex(@"^Argument '(?<word>.*)' not recognized\. Must be one of:(?<rest>.*)$", RegexOptions.Singleline)]
    private static partial Regex NotOfThese();

    [GeneratedRegex(@"^Unrecognized command or argument '(?<word>.*)'\.$", RegexOptions.Singleline)]
    private static partial Regex Unknown();
}
