using Jint.Native;
using Jint.Native.Array;
using Jint.Native.Function;
using Jint.Native.Object;
using Jint.Runtime;

namespace ConnectorHub.ScriptHost.JavaScript.BuiltIns;

/// <summary>
/// What <c>keys()</c>, <c>values()</c>, <c>entries()</c> and <c>matchAll()</c> return. There are no symbols: what can be walked through has a
/// method of the name that <see cref="Iterator"/> says, which for…of and spread know too.
/// </summary>
internal sealed class Walk(World world, IEnumerable<JsValue> values) : ObjectInstance(world.Engine)
{
    /// <summary>In place of Symbol.iterator.</summary>
    public const string Iterator = "@@iterator";

    private readonly IEnumerator<JsValue> _values = values.GetEnumerator();

    public static readonly Method[] Methods =
    [
        new("next", 0, (world, self, _) => Next(world, self)),
        new(Iterator, 0, (_, self, _) => self),
    ];

    public override string Class => "Iterator";

    private static JsValue Next(World world, JsValue self)
    {
        if (!self.IsObject() || self.AsObject() is not Walk walk)
            throw world.TypeError("next is called on a value that is not a walk");
        var more = walk._values.MoveNext();
        var step = world.Object();
        step.FastAddProperty("value", more ? walk._values.Current : JsValue.Undefined, true, true, true);
        step.FastAddProperty("done", !more, true, true, true);
        return step;
    }
}

internal sealed partial class World
{
    private ObjectInstance? _walkPrototype;

    public JsValue Walk(IEnumerable<JsValue> values)
    {
        if (_walkPrototype is null)
        {
            _walkPrototype = Object();
            Add(_walkPrototype, BuiltIns.Walk.Methods);
        }

        return new Walk(this, values) { Prototype = _walkPrototype, Extensible = true };
    }

    /// <summary>What for…of would see, or null where a value cannot be walked through.</summary>
    public IEnumerable<JsValue>? TryIterate(JsValue value)
    {
        if (value.IsString())
            return CodePoints(value.AsString());
        if (!value.IsObject())
            return null;
        var holder = value.AsObject();
        if (holder is ArrayInstance || holder.Class == "Arguments")
            return Items(holder);
        if (holder.Get(BuiltIns.Walk.Iterator) is { } make && Js.IsFunction(make))
        {
            var made = ((FunctionInstance)make.AsObject()).Call(value, []);
            return made.IsObject() && made.AsObject() is not ArrayInstance ? Steps(made) : TryIterate(made);
        }

        if (Js.IsFunction(holder.Get("next")))
            return Steps(value);
        return value.AsObject() is IPrimitiveInstance { PrimitiveValue: { } text } && text.IsString() ? CodePoints(text.AsString()) : null;
    }

    public IEnumerable<JsValue> Iterate(JsValue value, string method) =>
        TryIterate(value) ?? throw TypeError($"{method} needs a list, a text, a Map or a Set; it got {Js.Show(value)}");

    /// <summary>The items of a list, read one by one: what grows meanwhile is walked to its end.</summary>
    public static IEnumerable<JsValue> Items(ObjectInstance list)
    {
        for (long i = 0; i < Js.Length(list); i++)
            yield return list.Get(Js.Index(i));
    }

    private static IEnumerable<JsValue> CodePoints(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var isPair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            yield return isPair ? text.Substring(i++, 2) : text[i].ToString();
        }
    }

    private IEnumerable<JsValue> Steps(JsValue walk)
    {
        var next = ToFunction(walk.AsObject().Get("next"), "a walk's next");
        while (true)
        {
            var step = next.Call(walk, []);
            if (!step.IsObject())
                throw TypeError("a walk's next did not return an object");
            if (TypeConverter.ToBoolean(step.AsObject().Get("done")))
                yield break;
            yield return step.AsObject().Get("value");
        }
    }
}
