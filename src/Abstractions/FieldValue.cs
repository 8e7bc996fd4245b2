using System.Text.Json;

namespace ConnectorHub.Abstractions;

/// <summary>One JSON value as the C# value of a field, or null where it is of another kind.</summary>
internal static class FieldValue
{
    private const int ShownLength = 60;

    public static object? Read(FieldType type, Type target, JsonElement value) => type switch
    {
        FieldType.Text => AsText(value),
        FieldType.WholeNumber => AsWhole(target, value),
        FieldType.Number => AsNumber(target, value),
        FieldType.Boolean => AsBoolean(value),
        FieldType.TextList => AsList(value),
        FieldType.TextMap => AsMap(value),
        FieldType.Any => value.Clone(),
        _ => throw new InvalidOperationException($"{type} is not a kind of field."),
    };

    public static string Wanted(FieldType type) => type switch
    {
        FieldType.Text => "text",
        FieldType.WholeNumber => "a whole number",
        FieldType.Number => "a number",
        FieldType.Boolean => "true or false",
        FieldType.TextList => "a list of texts",
        FieldType.TextMap => "a map of texts",
        _ => "a value",
    };

    public static string Shorten(string text) => text.Length <= ShownLength ? text : text[..ShownLength] + "…";

    public static string? AsText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => UntrustedJson.Text(value),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    private static object? AsWhole(Type target, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number)
        {
            return null;
        }

        if ((Nullable.GetUnderlyingType(target) ?? target) == typeof(int))
        {
            return value.TryGetInt32(out var small) ? small : null;
        }

        return value.TryGetInt64(out var large) ? large : null;
    }

    private static object? AsNumber(Type target, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number)
        {
            return null;
        }

        if ((Nullable.GetUnderlyingType(target) ?? target) == typeof(decimal))
        {
            return value.TryGetDecimal(out var exact) ? exact : null;
        }

        return value.TryGetDouble(out var wide) && double.IsFinite(wide) ? wide : null;
    }

    private static object? AsBoolean(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static List<string>? AsList(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var texts = new List<string>();
        foreach (var item in value.EnumerateArray())
        {
            if (AsText(item) is not { } text)
            {
                return null;
            }

            texts.Add(text);
        }

        return texts;
    }

    private static Dictionary<string, string>? AsMap(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
        {
            if (AsText(member.Value) is not { } text || UntrustedJson.Name(member) is not { } name)
            {
                return null;
            }

            map[name] = text;
        }

        return map;
    }
}
