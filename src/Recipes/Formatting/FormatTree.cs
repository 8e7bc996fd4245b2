namespace ConnectorHub.Recipes.Formatting;

/// <summary>A comment of the source, from its <c>#</c> on.</summary>
/// <param name="Index">Where it stands in the text.</param>
/// <param name="Column">From 0.</param>
/// <param name="OwnLine">Nothing else stands in its line.</param>
/// <param name="BlankBefore">The line above is empty.</param>
internal sealed record FormatComment(int Index, int Column, string Text, bool OwnLine, bool BlankBefore);

internal enum LeafKind
{
    Empty,
    Plain,
    SingleQuoted,
    DoubleQuoted,

    /// <summary><c>|</c> or <c>&gt;</c> and the lines below.</summary>
    BlockText,

    /// <summary>A whole <c>{ }</c> or <c>[ ]</c>, or an alias.</summary>
    AsWritten,
}

/// <summary>A piece of the source that is written again as it is, or only with other quotes.</summary>
internal sealed record FormatLeaf(int Start, int End, LeafKind Kind, string Value);

/// <summary>A key with its value, or an item of a list, with the comments that belong to it.</summary>
internal sealed class FormatEntry(int start, int column, FormatBlock? owner)
{
    /// <summary>Where its key or its dash stands.</summary>
    public int Start { get; } = start;

    /// <summary>The column of its key or its dash in the source, from 0.</summary>
    public int Column { get; } = column;

    /// <summary>Null for the file as a whole.</summary>
    public FormatBlock? Owner { get; } = owner;

    /// <summary>Null for an item of a list.</summary>
    public FormatLeaf? Key { get; init; }

    /// <summary>The anchor of a block, such as <c>&amp;name</c>.</summary>
    public string Anchor { get; set; } = "";

    /// <summary>Null where there is a block.</summary>
    public FormatLeaf? Leaf { get; set; }

    public FormatBlock? Block { get; set; }

    public bool BlankBefore { get; set; }

    /// <summary>The comments above it.</summary>
    public List<FormatComment> Lead { get; set; } = [];

    /// <summary>Behind the key or the dash, where the value stands in a later line.</summary>
    public FormatComment? BehindHead { get; set; }

    /// <summary>In lines of their own between key and value.</summary>
    public List<FormatComment> Between { get; } = [];

    /// <summary>In the line in which it ends; behind the key where a block follows.</summary>
    public FormatComment? Behind { get; set; }

    /// <summary>A line of its own is empty above all that belongs to it.</summary>
    public bool StandsApart => Lead.Count > 0 ? Lead[0].BlankBefore : BlankBefore;
}

/// <summary>A map or a list written in lines.</summary>
internal sealed class FormatBlock(int column, FormatEntry owner)
{
    public int Column { get; } = column;

    public FormatEntry Owner { get; } = owner;

    public List<FormatEntry> Entries { get; set; } = [];

    /// <summary>Comments below its last entry.</summary>
    public List<FormatComment> Trailing { get; } = [];
}
