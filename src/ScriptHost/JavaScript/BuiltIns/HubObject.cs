using System.Globalization;
using ConnectorHub.Scripting;
using ConnectorHub.Values;
using Jint.Native;
using Jint.Native.Array;
using Jint.Native.Date;
using Jint.Native.Function;
using Jint.Native.Object;

namespace ConnectorHub.ScriptHost.JavaScript.BuiltIns;

/// <summary>
/// <c>hub</c>: the event's time, the log, and every filter as a function of its input and its arguments. A moment is ISO text here,
/// in and out; a Date goes in as one.
/// </summary>
internal static class HubObject
{
    private const int MaxDepth = 64;

    private static readonly Method[] Methods = [.. FilterCatalog.All.Select(FilterMethod), new("log", 1, Log)];

    public static ObjectInstance Of(World world, ScriptAsk ask)
    {
        world.Filters = FilterContext.In(ask.Zone);
        var hub = world.Object();
        hub.FastAddProperty("now", CivilTime.ToIso(ask.NowMilliseconds), false, true, false);
        foreach (var method in Methods)
            hub.FastSetProperty(method.Name, new LazyMethod(world, method, isFixed: true));
        hub.Extensible = false;
        return hub;
    }

    /// <summary>Loads what filters need of the system: once the host is locked up, it opens no library any more.</summary>
    public static void Load()
    {
        // Through the filters, so that whatever library stands behind one is the right one.
        foreach (var (name, input, arguments) in (Warm[])[new("hash", "x", []), new("date", "2024-05-07T00:00:00Z", ["d MMMM yyyy", "fr"]), new("format", "1", ["0.00", "fr"])])
            FilterCatalog.Find(name)!.Apply(Value.Text(input), [.. arguments.Select(Value.Text)], FilterContext.In("Europe/Paris"));
    }

    private readonly record struct Warm(string Name, string Input, string[] Arguments);

    private static Method FilterMethod(Filter filter) => new(filter.Name, 1 + filter.Parameters.Count, (world, _, a) =>
    {
        var name = $"hub.{filter.Name}";
        if (a.Length == 0)
            throw world.TypeError($"{name} needs a value: {name}(value{string.Concat(filter.Parameters.Select(parameter => ", " + parameter.Name))})");
        var values = a.Select(argument => In(world, argument, name, 0)).ToList();
        // What is left out behind is left out: undefined is no argument.
        while (values.Count > 1 && values[^1].Kind == ValueKind.Missing)
            values.RemoveAt(values.Count - 1);
        var result = filter.Apply(values[0], values[1..], world.Filters);
        return result.Problem is { } problem ? throw World.Error(world.Engine.Error, problem.Message) : Out(world, result.Value);
    });

    private static Value In(World world, JsValue value, string method, int depth)
    {
        if (depth > MaxDepth)
            throw world.TypeError($"{method}: the value is nested deeper than {MaxDepth}, or contains itself");
        if (value is LongNumber number)
            return Value.Number(number.Digits);
        if (value.IsObject())
            return In(world, value.AsObject(), method, depth);
        if (value.IsNumber())
            return double.IsFinite(value.AsNumber()) ? Value.Number(Numerals.ToText(value.AsNumber())) : throw world.TypeError($"{method}: the value is {Js.Text(value)}");
        return value.IsString() ? Value.Text(value.AsString())
            : value.IsBoolean() ? Value.Boolean(value.AsBoolean())
            : value.IsNull() ? Value.Null : Value.Missing;
    }

    private static Value In(World world, ObjectInstance value, string method, int depth) => value switch
    {
        FunctionInstance => throw world.TypeError($"{method}: the value is a function. Call it first"),
        DateInstance date => double.IsNaN(date.PrimitiveValue) ? throw world.TypeError($"{method}: the date is not valid") : Value.Text(CivilTime.ToIso(date.PrimitiveValue)),
        IPrimitiveInstance boxed => In(world, boxed.PrimitiveValue, method, depth),
        ArrayInstance => Value.List([.. World.Items(value).Select(item => In(world, item.IsUndefined() ? JsValue.Null : item, method, depth + 1))]),
        _ => Value.Map([.. Js.OwnNames(value).Select(name => KeyValuePair.Create(name, In(world, value.Get(name), method, depth + 1)))]),
    };

    private static JsValue Out(World world, Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Missing:
                return JsValue.Undefined;
            case ValueKind.Null:
                return JsValue.Null;
            case ValueKind.Boolean:
                return value.Equals(Value.True);
            case ValueKind.Number:
                return JsonIn.Number(value.ToText());
            case ValueKind.List:
                return world.List(value.Items.Select(item => Out(world, item)));
            case ValueKind.Map:
                var map = world.Object();
                foreach (var (name, member) in value.Members)
                    ObjectMethods.Set(map, name, Out(world, member));
                return map;
            default:
                return value.ToText();
        }
    }

    private static JsValue Log(World world, JsValue self, JsValue[] a)
    {
        world.Log.Add(string.Join(' ', a.Select(value => Shown(world, value))));
        return JsValue.Undefined;
    }

    private static string Shown(World world, JsValue value)
    {
        if (value.IsString())
            return value.AsString();
        if (Js.IsFunction(value))
            return "[function]";
        if (value.IsObject() && value.AsObject().Class == "Error")
            return Js.Text(value);
        var json = JsonWriting.Write(world, [value]);
        return json.IsUndefined() ? Js.Text(value) : json.AsString();
    }
}

/// <summary>What a script says with <c>hub.log</c>: some lines, each of some length, without control characters. Text, never markup.</summary>
internal sealed class ScriptLog
{
    private const int MaxLines = 50;
    private const int MaxLine = 500;
    private const int MaxCharacters = 8 * 1024;

    private readonly List<string> _lines = [];
    private int _characters;
    private int _dropped;

    public void Add(string text)
    {
        var line = text.Length <= MaxLine ? text : string.Concat(text.AsSpan(0, MaxLine), "…");
        if (_lines.Count >= MaxLines || _characters + line.Length > MaxCharacters)
        {
            _dropped++;
            return;
        }

        _characters += line.Length;
        _lines.Add(string.Concat(line.Select(letter => char.IsControl(letter) ? ' ' : letter)));
    }

    public IReadOnlyList<string> Lines =>
        _dropped == 0 ? _lines : [.. _lines, string.Create(CultureInfo.InvariantCulture, $"({_dropped} more not kept)")];
}

internal sealed partial class World
{
    public FilterContext Filters { get; set; }

    public ScriptLog Log { get; } = new();

    /// <summary>The lists that are being joined: one that contains itself is empty there.</summary>
    public HashSet<ObjectInstance> Joining { get; } = new(ReferenceEqualityComparer.Instance);

    public void CheckStack()
    {
        if (StackGuard.IsNearEnd)
            throw RangeError("too much recursion: a function calls itself without end");
    }
}
