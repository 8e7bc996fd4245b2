using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ConnectorHub.ScriptHost.JavaScript.BuiltIns;
using ConnectorHub.Scripting;
using Jint.Native;
using Jint.Native.Array;
using Jint.Native.Date;
using Jint.Native.Function;
using Jint.Native.Object;

namespace ConnectorHub.ScriptHost.JavaScript;

/// <summary>
/// Writes a returned value as JSON. Like JSON.stringify, toJSON included, but what that would silently drop or blank
/// (a function, NaN, an invalid date) is a problem with its place: it is nearly always a slip. A member that is undefined is left out.
/// </summary>
internal sealed class JsonOut
{
    // What System.Text.Json reads by default.
    private const int MaxDepth = 64;

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly List<string> _path = [];
    private readonly Utf8JsonWriter _json;
    private readonly int _maxBytes;
    private string? _problem;

    private JsonOut(Utf8JsonWriter json, int maxBytes) => (_json, _maxBytes) = (json, maxBytes);

    public static ScriptReply Reply(JsValue value, int maxBytes)
    {
        if (value.IsUndefined())
            return new ScriptReply(ReplyKind.NotJson, "The script returned nothing. End it with 'return' and a value.");
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, Writing);
        var output = new JsonOut(json, maxBytes);
        if (!output.Write(value, "") || (json.BytesCommitted + json.BytesPending > maxBytes && !output.TooBig()))
            return new ScriptReply(ReplyKind.NotJson, output._problem!);
        json.Flush();
        return new ScriptReply(ReplyKind.Returned, buffer.WrittenMemory);
    }

    private bool Write(JsValue value, string key)
    {
        if (_json.BytesCommitted + _json.BytesPending > _maxBytes)
            return TooBig();
        if (value.IsObject())
            return WriteObject(value, key);
        if (value is LongNumber number)
            _json.WriteRawValue(number.Digits, skipInputValidation: true);
        else if (value.IsString())
            return WriteText(value.AsString(), isName: false);
        else if (value.IsNumber())
            return WriteNumber(value.AsNumber());
        else if (value.IsBoolean())
            _json.WriteBooleanValue(value.AsBoolean());
        else
            _json.WriteNullValue();
        return true;
    }

    private bool WriteObject(JsValue value, string key)
    {
        var @object = value.AsObject();
        if (@object is FunctionInstance)
            return Problem("is a function", "Call it, or leave it out.");
        if (_path.Count >= MaxDepth)
            return Problem($"is nested deeper than {MaxDepth} levels, or refers to itself", "Return a flatter value.");
        if (@object is DateInstance { PrimitiveValue: double.NaN })
            return Problem("is an invalid date", "Check the text it was made from.");
        if (@object.Get("toJSON") is { } toJson && toJson.IsObject() && toJson.AsObject() is FunctionInstance convert)
            return WriteConverted(convert.Call(value, [key]), key);
        if (@object is IPrimitiveInstance primitive)
            return Write(primitive.PrimitiveValue, key);
        return @object is ArrayInstance ? WriteList(@object) : WriteMap(@object);
    }

    // toJSON is asked once: what it returns is written without asking again, but for the values inside.
    private bool WriteConverted(JsValue converted, string key)
    {
        if (converted.IsUndefined())
            return Problem("became undefined in toJSON", "Return a value from it.");
        if (!converted.IsObject())
            return Write(converted, key);
        if (converted.AsObject() is FunctionInstance)
            return Problem("is a function", "Call it, or leave it out.");
        return converted.AsObject() is ArrayInstance list ? WriteList(list) : WriteMap(converted.AsObject());
    }

    private bool WriteList(ObjectInstance list)
    {
        var length = (long)list.Get("length").AsNumber();
        _json.WriteStartArray();
        for (long i = 0; i < length; i++)
        {
            var index = i.ToString(CultureInfo.InvariantCulture);
            var item = list.Get(index);
            _path.Add($"[{index}]");
            if (!Write(item.IsUndefined() ? JsValue.Null : item, index))
                return false;
            _path.RemoveAt(_path.Count - 1);
        }

        _json.WriteEndArray();
        return true;
    }

    private bool WriteMap(ObjectInstance map)
    {
        _json.WriteStartObject();
        foreach (var name in Js.OwnNames(map))
        {
            var value = map.Get(name);
            if (value.IsUndefined())
                continue;
            _path.Add("." + name);
            if (!WriteText(name, isName: true) || !Write(value, name))
                return false;
            _path.RemoveAt(_path.Count - 1);
        }

        _json.WriteEndObject();
        return true;
    }

    private bool WriteNumber(double number)
    {
        if (!double.IsFinite(number))
            return Problem($"is {(double.IsNaN(number) ? "NaN (not a number)" : "infinite")}", "Check what it is calculated from.");
        _json.WriteRawValue(Numerals.ToText(number), skipInputValidation: true);
        return true;
    }

    private bool WriteText(string text, bool isName)
    {
        if (text.Length > _maxBytes)
            return TooBig();
        // Through UTF-8, so that half a surrogate pair becomes U+FFFD: other readers refuse it.
        var length = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = ArrayPool<byte>.Shared.Rent(length);
        var utf8 = rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented));
        if (isName)
            _json.WritePropertyName(utf8);
        else
            _json.WriteStringValue(utf8);
        ArrayPool<byte>.Shared.Return(rented);
        return _json.BytesCommitted + _json.BytesPending <= _maxBytes || TooBig();
    }

    private bool TooBig()
    {
        _problem = $"The script returned more than {_maxBytes} bytes of JSON. Return only what the recipe needs.";
        return false;
    }

    private bool Problem(string what, string fix)
    {
        var place = _path.Count == 0 ? "The returned value" : "In the returned value, " + string.Concat(_path.Take(8)).TrimStart('.');
        _problem = $"{place} {what}. {fix}";
        return false;
    }
}
