namespace ConnectorHub.Values;

/// <summary>What a value is.</summary>
public enum ValueKind
{
    /// <summary>Not there: no such path, nothing returned.</summary>
    Missing,

    /// <summary>There, and null.</summary>
    Null,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>A number, with the digits it came with.</summary>
    Number,

    /// <summary>Text.</summary>
    Text,

    /// <summary>A point in time, seen in a zone.</summary>
    Moment,

    /// <summary>A list.</summary>
    List,

    /// <summary>A map; its members keep their order.</summary>
    Map,
}
