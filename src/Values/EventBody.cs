using ConnectorHub.Abstractions;

namespace ConnectorHub.Values;

/// <summary>An event's body as expressions see it: what its platform writes for a date that is not set is null.</summary>
public static class EventBody
{
    private const string UnixDate = "_at";
    private const string YearOne = "0001-01-01T00:00:00";

    /// <summary>The body with such dates as null; the body itself where its platform writes none.</summary>
    public static Value WithoutMissingDates(Value body, MissingDates missing) =>
        missing == MissingDates.None ? body : Clean(string.Empty, body, missing);

    private static Value Clean(string name, Value value, MissingDates missing) => value.Kind switch
    {
        ValueKind.Map => Value.Map(value.Members.Select(member => KeyValuePair.Create(member.Key, Clean(member.Key, member.Value, missing)))),
        ValueKind.List => Value.List([.. value.Items.Select(item => Clean(string.Empty, item, missing))]),
        ValueKind.Number when missing.HasFlag(MissingDates.UnixZero) && name.EndsWith(UnixDate, StringComparison.Ordinal) && value.ToText() == "0" => Value.Null,
        ValueKind.Text when missing.HasFlag(MissingDates.YearOne) && value.ToText().StartsWith(YearOne, StringComparison.Ordinal) => Value.Null,
        _ => value,
    };
}
