using System.Globalization;
using System.Text;
using Jint.Native;
using Jint.Native.Function;
using Jint.Native.Object;

namespace ConnectorHub.ScriptHost.JavaScript.BuiltIns;

/// <summary>JSON.stringify. A whole number beyond 2^53 that came with the event keeps its digits.</summary>
internal sealed class JsonWriting
{
    private const int MaxLength = 16 * 1024 * 1024;

    private readonly World _world;
    private readonly StringBuilder _text = new();
    private readonly List<ObjectInstance> _open = [];
    private readonly FunctionInstance? _replacer;
    private readonly List<string>? _names;
    private readonly string _gap;

    private JsonWriting(World world, JsValue replacer, JsValue space)
    {
        _world = world;
        _replacer = Js.IsFunction(replacer) ? (FunctionInstance)replacer.AsObject() : null;
        _names = replacer.IsArray() ? Names(replacer.AsObject()) : null;
        _gap = Gap(space);
    }

    public static JsValue Write(World world, JsValue[] a)
    {
        var writer = new JsonWriting(world, a.At(1), a.At(2));
        var root = world.Object();
        ObjectMethods.Set(root, "", a.At(0));
        return writer.Member(root, "", a.At(0), () => { }) ? writer._text.ToString() : JsValue.Undefined;
    }

    private static List<string> Names(ObjectInstance list)
    {
        var names = new List<string>();
        foreach (var item in World.Items(list))
        {
            var isName = item.IsString() || item.IsNumber() || (item.IsObject() && item.AsObject() is IPrimitiveInstance { PrimitiveValue: { } inner } && (inner.IsString() || inner.IsNumber()));
            if (isName && !names.Contains(Js.Text(item)))
                names.Add(Js.Text(item));
        }

        return names;
    }

    private static string Gap(JsValue space)
    {
        if (space.IsObject() && space.AsObject() is IPrimitiveInstance boxed)
            space = boxed.PrimitiveValue;
        if (space.IsNumber())
            return new string(' ', (int)Math.Clamp(Js.Integer(space), 0, 10));
        var text = space.IsString() ? space.AsString() : "";
        return text.Length <= 10 ? text : text[..10];
    }

    // False where the value has no JSON; the lead is what stands before it.
    private bool Member(ObjectInstance holder, string name, JsValue value, Action lead)
    {
        _world.CheckStack();
        if (value.IsObject() && value.AsObject().Get("toJSON") is { } convert && Js.IsFunction(convert))
            value = ((FunctionInstance)convert.AsObject()).Call(value, [name]);
        if (_replacer is not null)
            value = _replacer.Call(holder, [name, value]);
        if (value.IsObject() && value.AsObject() is IPrimitiveInstance boxed)
            value = boxed.PrimitiveValue.IsNumber() ? Js.Number(value) : boxed.PrimitiveValue.IsString() ? Js.Text(value) : boxed.PrimitiveValue;
        if (value.IsUndefined() || Js.IsFunction(value))
            return false;
        lead();
        Value(value);
        return _text.Length <= MaxLength ? true : throw TextMethods.TooLong(_world);
    }

    private void Value(JsValue value)
    {
        if (value is LongNumber number)
            _text.Append(number.Digits);
        else if (value.IsObject())
            Nested(value);
        else if (value.IsString())
            Quote(value.AsString());
        else if (value.IsNumber())
            _text.Append(double.IsFinite(value.AsNumber()) ? Numerals.ToText(value.AsNumber()) : "null");
        else
            _text.Append(value.IsBoolean() ? value.AsBoolean() ? "true" : "false" : "null");
    }

    private void Nested(JsValue value)
    {
        var inner = value.AsObject();
        if (_open.Exists(open => ReferenceEquals(open, inner)))
            throw _world.TypeError("JSON.stringify: a value contains itself");
        _open.Add(inner);
        if (value.IsArray())
            List(inner);
        else
            Map(inner);
        _open.RemoveAt(_open.Count - 1);
    }

    private void List(ObjectInstance list)
    {
        _text.Append('[');
        var length = Js.Length(list);
        for (long i = 0; i < length; i++)
        {
            var first = i == 0;
            if (!Member(list, Js.Index(i), list.Get(Js.Index(i)), () => Lead(first)))
            {
                Lead(first);
                _text.Append("null");
            }
        }

        Close(']', length == 0);
    }

    private void Map(ObjectInstance map)
    {
        _text.Append('{');
        var isFirst = true;
        foreach (var name in _names ?? Js.OwnNames(map))
        {
            isFirst &= !Member(map, name, map.Get(name), () =>
            {
                Lead(isFirst);
                Quote(name);
                _text.Append(_gap.Length > 0 ? ": " : ":");
            });
        }

        Close('}', isFirst);
    }

    private void Lead(bool isFirst)
    {
        if (!isFirst)
            _text.Append(',');
        Line(_open.Count);
    }

    private void Close(char bracket, bool isEmpty)
    {
        if (!isEmpty)
            Line(_open.Count - 1);
        _text.Append(bracket);
    }

    private void Line(int depth)
    {
        if (_gap.Length == 0)
            return;
        _text.Append('\n');
        for (var i = 0; i < depth; i++)
            _text.Append(_gap);
    }

    private void Quote(string text)
    {
        _text.Append('"');
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                _text.Append(text[i++]).Append(text[i]);
            else
                Letter(text[i]);
        }

        _text.Append('"');
    }

    private void Letter(char letter)
    {
        _ = letter switch
        {
            '"' => _text.Append("\\\""),
            '\\' => _text.Append("\\\\"),
            '\b' => _text.Append("\\b"),
            '\f' => _text.Append("\\f"),
            '\n' => _text.Append("\\n"),
            '\r' => _text.Append("\\r"),
            '\t' => _text.Append("\\t"),
            < ' ' => _text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
            _ when char.IsSurrogate(letter) => _text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
            _ => _text.Append(letter),
        };
    }
}
