using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;

namespace ConnectorHub.Abstractions;

/// <summary>
/// Makes an input record from a rendered <c>with</c> map. Strict: an unknown field, a missing required one and a wrong kind of value are
/// problems, all told at once. Two conveniences lose nothing: a number or true/false in a text field is its text, and null is as good as absent.
/// </summary>
internal sealed class InputBinder<TInput>
    where TInput : class
{
    private readonly ConstructorInfo _constructor = typeof(TInput).GetConstructors()[0];
    private readonly IReadOnlyList<RecordField> _fields = RecordFields.OfInput(typeof(TInput));

    public InputBinder() => Fields = [.. _fields.Select(field => field.Field)];

    public IReadOnlyList<Field> Fields { get; }

    public bool TryBind(JsonElement input, [NotNullWhen(true)] out TInput? bound, [NotNullWhen(false)] out string? problem)
    {
        bound = null;
        if (input.ValueKind != JsonValueKind.Object)
        {
            problem = $"the input is {Describe(input)}; it must be a map of {FieldNames()}.";
            return false;
        }

        var problems = new List<string>();
        RefuseUnknown(input, problems);
        var arguments = new object?[_fields.Count];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = Bind(_fields[i], input, problems);
        }

        if (problems.Count > 0)
        {
            problem = string.Join(" ", problems);
            return false;
        }

        bound = (TInput)_constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null);
        problem = null;
        return true;
    }

    private void RefuseUnknown(JsonElement input, List<string> problems)
    {
        foreach (var member in input.EnumerateObject())
        {
            var name = UntrustedJson.Name(member);
            if (!_fields.Any(field => field.Field.Name == name))
            {
                problems.Add($"'{FieldValue.Shorten(name ?? "…")}' is not a field. It has: {FieldNames()}.");
            }
        }
    }

    private static object? Bind(RecordField field, JsonElement input, List<string> problems)
    {
        if (UntrustedJson.Member(input, field.Field.Name) is not { ValueKind: not JsonValueKind.Null } value)
        {
            if (field.Field.Required)
            {
                problems.Add($"'{field.Field.Name}' is missing; it is required ({field.Field.About}).");
            }

            return field.Parameter.HasDefaultValue ? DefaultOf(field.Parameter) : null;
        }

        if (field.Choices.Count > 0)
        {
            return Choose(field, value, problems);
        }

        var read = FieldValue.Read(field.Field.Type, field.Parameter.ParameterType, value);
        if (read is null)
        {
            // Several where one is wanted is a misunderstanding, not a slip: what the field is helps.
            var meaning = field.Field.Type == FieldType.Text && value.ValueKind == JsonValueKind.Array ? $" It is: {field.Field.About}." : string.Empty;
            problems.Add($"'{field.Field.Name}' is {Describe(value)}; it must be {FieldValue.Wanted(field.Field.Type)}.{meaning}");
        }

        return read;
    }

    private static object? Choose(RecordField field, JsonElement value, List<string> problems)
    {
        var text = FieldValue.AsText(value);
        if (text is not null && field.Choices.TryGetValue(text, out var choice))
        {
            return choice;
        }

        problems.Add($"'{field.Field.Name}' is {Describe(value)}; allowed: {string.Join(", ", field.Field.Allowed)}.");
        return null;
    }

    // An enum's default arrives as its number.
    private static object? DefaultOf(ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return parameter.DefaultValue is { } value && type.IsEnum ? Enum.ToObject(type, value) : parameter.DefaultValue;
    }

    private string FieldNames() => string.Join(", ", Fields.Select(field => field.Name));

    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "a map",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => $"\"{FieldValue.Shorten(FieldValue.AsText(value) ?? "…")}\"",
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => FieldValue.Shorten(value.GetRawText()),
        JsonValueKind.Null => "null",
        _ => "missing",
    };
}
