using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConnectorHub.Abstractions;

/// <summary>One constructor parameter of a record, read as a field.</summary>
internal sealed record RecordField(Field Field, ParameterInfo Parameter, IReadOnlyDictionary<string, object> Choices);

/// <summary>Reads the fields of input and output records. A record it cannot read is a defect of the connector, so it throws at first use.</summary>
internal static class RecordFields
{
    private static readonly Dictionary<Type, FieldType> Types = new()
    {
        [typeof(string)] = FieldType.Text,
        [typeof(int)] = FieldType.WholeNumber,
        [typeof(long)] = FieldType.WholeNumber,
        [typeof(decimal)] = FieldType.Number,
        [typeof(double)] = FieldType.Number,
        [typeof(bool)] = FieldType.Boolean,
        [typeof(IReadOnlyList<string>)] = FieldType.TextList,
        [typeof(IReadOnlyDictionary<string, string>)] = FieldType.TextMap,
        [typeof(JsonElement)] = FieldType.Any,
    };

    /// <summary>The fields of an output record.</summary>
    public static IReadOnlyList<Field> OfOutput(Type record) =>
        [.. Read(record, JsonNamingPolicy.CamelCase).Select(field => field.Field)];

    /// <summary>The fields of an input record.</summary>
    public static IReadOnlyList<RecordField> OfInput(Type record) => Read(record, JsonNamingPolicy.SnakeCaseLower);

    private static List<RecordField> Read(Type record, JsonNamingPolicy naming)
    {
        var constructors = record.GetConstructors();
        if (constructors.Length != 1)
        {
            throw new InvalidOperationException($"{record.Name} has {constructors.Length} public constructors. Fields are read from exactly one.");
        }

        var nullability = new NullabilityInfoContext();
        return [.. constructors[0].GetParameters().Select(parameter => Read(record, parameter, nullability, naming))];
    }

    private static RecordField Read(Type record, ParameterInfo parameter, NullabilityInfoContext nullability, JsonNamingPolicy naming)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        var choices = type.IsEnum ? ReadChoices(type) : [];
        if (!type.IsEnum && !Types.ContainsKey(type))
        {
            throw new InvalidOperationException(
                $"{record.Name}.{parameter.Name} is {type.Name}. Fields may be {string.Join(", ", Types.Keys.Select(known => known.Name))} or an enum.");
        }

        var about = Attribute<AboutAttribute>(record, parameter)?.Text
            ?? throw new InvalidOperationException($"{record.Name}.{parameter.Name} has no [About(\"…\")].");
        var isNullable = nullability.Create(parameter).WriteState == NullabilityState.Nullable;
        var field = new Field(
            naming.ConvertName(parameter.Name!),
            type.IsEnum ? FieldType.Text : Types[type],
            !isNullable && !parameter.HasDefaultValue,
            Attribute<TextAttribute>(record, parameter)?.Kind ?? TextKind.Plain,
            about,
            [.. choices.Keys]);
        return new RecordField(field, parameter, choices);
    }

    private static Dictionary<string, object> ReadChoices(Type type)
    {
        var choices = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var member in type.GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            var name = member.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name
                ?? JsonNamingPolicy.KebabCaseLower.ConvertName(member.Name);
            choices[name] = member.GetValue(null)!;
        }

        return choices;
    }

    // On a positional record an attribute lands on the parameter unless it says property:.
    private static T? Attribute<T>(Type record, ParameterInfo parameter)
        where T : Attribute =>
        parameter.GetCustomAttribute<T>()
        ?? (parameter.Name is { } name ? record.GetProperty(name)?.GetCustomAttribute<T>() : null);
}
