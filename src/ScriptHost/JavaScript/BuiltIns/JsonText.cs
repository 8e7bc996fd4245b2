using System.Globalization;
using System.Text;
using Jint.Native;
using Jint.Native.Function;
using Jint.Native.Object;

namespace ConnectorHub.ScriptHost.JavaScript.BuiltIns;

/// <summary>JSON.parse: the standard's grammar, with a word on where a text leaves it.</summary>
internal sealed class JsonText
{
    private const int MaxDepth = 512;

    private readonly World _world;
    private readonly string _text;
    private int _at;
    private int _depth;

    private JsonText(World world, string text) => (_world, _text) = (world, text);

    public static JsValue Parse(World world, JsValue[] a)
    {
        var reader = new JsonText(world, Js.Text(a.At(0)));
        reader.PassSpace();
        var value = reader.Value();
        reader.PassSpace();
        if (reader._at < reader._text.Length)
            throw reader.Wrong();
        if (!Js.IsFunction(a.At(1)))
            return value;
        var root = world.Object();
        ObjectMethods.Set(root, "", value);
        return Revive(world, (FunctionInstance)a[1].AsObject(), root, "");
    }

    private static JsValue Revive(World world, FunctionInstance reviver, ObjectInstance holder, string name)
    {
        world.CheckStack();
        var value = holder.Get(name);
        if (value.IsObject())
        {
            var inner = value.AsObject();
            var names = value.IsArray() ? Enumerable.Range(0, (int)Js.Length(inner)).Select(place => Js.Index(place)).ToList() : Js.OwnNames(inner);
            foreach (var each in names)
            {
                var revived = Revive(world, reviver, inner, each);
                if (revived.IsUndefined())
                    inner.Delete(each, false);
                else
                    inner.DefineOwnProperty(each, new(revived, true, true, true), false);
            }
        }

        return reviver.Call(holder, [name, value]);
    }

    private Jint.Runtime.JavaScriptException Wrong()
    {
        var line = _text.AsSpan(0, Math.Min(_at, _text.Length)).Count('\n') + 1;
        var column = _at - (_at == 0 ? -1 : _text.LastIndexOf('\n', Math.Min(_at, _text.Length) - 1));
        return _world.SyntaxError(_at >= _text.Length
            ? "the JSON text ends too early"
            : $"the JSON text cannot be read at '{_text[_at]}', line {line}, column {column}");
    }

    private void PassSpace()
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\t' or '\n' or '\r')
            _at++;
    }

    private JsValue Value()
    {
        if (_at >= _text.Length)
            throw Wrong();
        return _text[_at] switch
        {
            '{' => Nested(Map),
            '[' => Nested(List),
            '"' => Text(),
            't' => Word("true", JsValue.True),
            'f' => Word("false", JsValue.False),
            'n' => Word("null", JsValue.Null),
            _ => Number(),
        };
    }

    private JsValue Nested(Func<JsValue> read)
    {
        if (++_depth > MaxDepth)
            throw _world.RangeError($"the JSON text is nested deeper than {MaxDepth}");
        _at++;
        PassSpace();
        var value = read();
        _depth--;
        return value;
    }

    private JsValue Map()
    {
        var map = _world.Object();
        if (Takes('}'))
            return map;
        do
        {
            PassSpace();
            if (_at >= _text.Length || _text[_at] != '"')
                throw Wrong();
            var name = Text();
            PassSpace();
            Require(':');
            PassSpace();
            ObjectMethods.Set(map, name, Value());
            PassSpace();
        }
        while (Takes(','));
        Require('}');
        return map;
    }

    private JsValue List()
    {
        if (Takes(']'))
            return _world.List([]);
        var items = new List<JsValue>();
        do
        {
            PassSpace();
            items.Add(Value());
            PassSpace();
        }
        while (Takes(','));
        Require(']');
        return _world.List(items);
    }

    private bool Takes(char letter)
    {
        if (_at >= _text.Length || _text[_at] != letter)
            return false;
        _at++;
        return true;
    }

    private void Require(char letter)
    {
        if (!Takes(letter))
            throw Wrong();
    }

    private JsValue Word(string word, JsValue value)
    {
        foreach (var letter in word)
            Require(letter);
        return value;
    }

    private JsValue Number()
    {
        var start = _at;
        Takes('-');
        if (!Takes('0'))
            Digits();
        if (Takes('.'))
            Digits();
        if (_at < _text.Length && _text[_at] is 'e' or 'E')
        {
            _at++;
            _ = Takes('+') || Takes('-');
            Digits();
        }

        return double.Parse(_text.AsSpan(start, _at - start), NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private void Digits()
    {
        var start = _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
            _at++;
        if (_at == start)
            throw Wrong();
    }

    private string Text()
    {
        var start = ++_at;
        while (_at < _text.Length && _text[_at] is not ('"' or '\\') and >= ' ')
            _at++;
        if (_at < _text.Length && _text[_at] == '"')
            return _text[start.._at++];
        var text = new StringBuilder().Append(_text, start, _at - start);
        while (!Takes('"'))
        {
            if (_at >= _text.Length || _text[_at] < ' ')
                throw Wrong();
            text.Append(_text[_at] == '\\' ? Escape() : _text[_at++]);
        }

        return text.ToString();
    }

    private char Escape()
    {
        _at++;
        if (_at >= _text.Length)
            throw Wrong();
        if (_text[_at] == 'u')
            return Unit();
        var plain = _text[_at] switch { '"' => '"', '\\' => '\\', '/' => '/', 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', _ => throw Wrong() };
        _at++;
        return plain;
    }

    private char Unit()
    {
        _at++;
        for (var digit = 0; digit < 4; digit++)
        {
            if (_at + digit >= _text.Length || !char.IsAsciiHexDigit(_text[_at + digit]))
            {
                _at += digit;
                throw Wrong();
            }
        }

        _at += 4;
        return (char)ushort.Parse(_text.AsSpan(_at - 4, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }
}
