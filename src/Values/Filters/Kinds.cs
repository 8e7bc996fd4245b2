namespace ConnectorHub.Values.Filters;

/// <summary>Sets of value kinds.</summary>
[Flags]
internal enum Kinds
{
    Boolean = 1,
    Number = 2,
    Text = 4,
    Moment = 8,
    List = 16,
    Map = 32,

    /// <summary>Whatever has one written form.</summary>
    Scalar = Boolean | Number | Text | Moment,

    /// <summary>Numbers, and texts that are numbers.</summary>
    Numeric = Number | Text,

    /// <summary>Moments, and ISO texts.</summary>
    Temporal = Moment | Text,

    Any = Scalar | List | Map,
}

internal static class KindSets
{
    public static bool Takes(this Kinds kinds, Value value) => (kinds & Of(value.Kind)) != 0;

    public static IReadOnlyList<ValueKind> Each(this Kinds kinds) =>
        [.. Enum.GetValues<ValueKind>().Where(kind => (kinds & Of(kind)) != 0)];

    private static Kinds Of(ValueKind kind) => kind switch
    {
        ValueKind.Boolean => Kinds.Boolean,
        ValueKind.Number => Kinds.Number,
        ValueKind.Text => Kinds.Text,
        ValueKind.Moment => Kinds.Moment,
        ValueKind.List => Kinds.List,
        ValueKind.Map => Kinds.Map,
        _ => 0,
    };
}
