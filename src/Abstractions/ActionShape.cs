namespace ConnectorHub.Abstractions;

/// <summary>Where a text lands, and so how a value placed in it is escaped by the hub. Connectors never escape.</summary>
public enum TextKind
{
    /// <summary>No markup: nothing is escaped.</summary>
    Plain,

    /// <summary>Slack's markup: <c>&amp; &lt; &gt;</c> are replaced, so that no mention and no link can be smuggled in.</summary>
    Mrkdwn,

    /// <summary>HTML text or attribute.</summary>
    Html,

    /// <summary>One segment or one query value of an address: percent-encoded.</summary>
    UrlPart,

    /// <summary>A header value: control characters are removed.</summary>
    Header,
}

/// <summary>How the hub escapes the values placed in this input field. Without it: <see cref="TextKind.Plain"/>.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class TextAttribute(TextKind kind) : Attribute
{
    /// <summary>The kind.</summary>
    public TextKind Kind { get; } = kind;
}

/// <summary>One sentence about a field, for the tables and for editors.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class AboutAttribute(string text) : Attribute
{
    /// <summary>The sentence.</summary>
    public string Text { get; } = text;
}

/// <summary>What a field holds.</summary>
public enum FieldType
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    WholeNumber,

    /// <summary>A number.</summary>
    Number,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>A list of texts.</summary>
    TextList,

    /// <summary>A map of texts.</summary>
    TextMap,

    /// <summary>Any JSON value.</summary>
    Any,
}

/// <summary>One field of an action's input (snake_case, as recipes write it) or output (camelCase, as <c>steps.id.field</c>).</summary>
/// <param name="Name">As a recipe writes it.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Required">True where a missing value is Rejected.</param>
/// <param name="TextKind">How values placed in it are escaped.</param>
/// <param name="About">One sentence.</param>
/// <param name="Allowed">The only values taken, or empty.</param>
public sealed record Field(string Name, FieldType Type, bool Required, TextKind TextKind, string About, IReadOnlyList<string> Allowed);

/// <summary>What an action accepts and gives.</summary>
public sealed record ActionShape(IReadOnlyList<Field> Inputs, IReadOnlyList<Field> Outputs);
