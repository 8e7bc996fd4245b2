namespace ConnectorHub.Recipes.Yaml;

/// <summary>A place in a file, both from 1.</summary>
internal readonly record struct Place(int Line, int Column);

/// <summary>A node of a recipe file that still knows where it stands. Closed: scalar, list, map.</summary>
internal abstract class YamlNode(Place start, int index)
{
    /// <summary>Where it begins.</summary>
    public Place Start { get; } = start;

    /// <summary>Where it begins, as an index into the text.</summary>
    public int Index { get; } = index;

    /// <summary>How many nodes it stands for once every alias is written out.</summary>
    public abstract long Size { get; }

    /// <summary>How many levels it has, itself included.</summary>
    public abstract int Height { get; }

    /// <summary>What it is, in words for a message.</summary>
    public abstract string Words { get; }
}

internal enum ScalarStyle
{
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
    Folded,
}

/// <summary>A text, a number, true, false or nothing.</summary>
internal sealed class YamlScalar(string text, ScalarStyle style, YamlText source, Place start, int index) : YamlNode(start, index)
{
    private int[]? _indices;

    public string Text { get; } = text;

    public ScalarStyle Style { get; } = style;

    public override long Size => 1;

    public override int Height => 1;

    public override string Words => IsNull ? "nothing" : Plain switch
    {
        PlainKind.Boolean or PlainKind.Number => Text,
        _ => $"the text '{Shorten(Text)}'",
    };

    /// <summary>What the words of a plain scalar are in YAML 1.2 core; a quoted one is always text.</summary>
    public PlainKind Plain => Style == ScalarStyle.Plain ? PlainScalar.KindOf(Text) : PlainKind.Text;

    public bool IsNull => Plain == PlainKind.Null;

    /// <summary>Where the character at <paramref name="offset"/> of <see cref="Text"/> stands in the file.</summary>
    public Place PlaceOf(int offset) => source.PlaceAt(IndexOf(offset));

    /// <summary>Where a line and column of <see cref="Text"/>, both from 1, stand in the file.</summary>
    public Place PlaceOf(int line, int column)
    {
        var offset = 0;
        for (var passed = 1; passed < line; passed++)
        {
            var end = Text.IndexOf('\n', offset);
            if (end < 0)
            {
                break;
            }

            offset = end + 1;
        }

        return PlaceOf(offset + Math.Max(column, 1) - 1);
    }

    /// <summary>The index into the file of the character at <paramref name="offset"/> of <see cref="Text"/>.</summary>
    public int IndexOf(int offset)
    {
        _indices ??= ScalarMap.Build(source.Text, Index, Text, Style);
        return _indices[Math.Clamp(offset, 0, Text.Length)];
    }

    private static string Shorten(string text)
    {
        var line = text.AsSpan().IndexOfAny('\r', '\n') is var cut and >= 0 ? text[..cut] + "…" : text;
        return line.Length <= 60 ? line : line[..60] + "…";
    }
}

internal sealed class YamlList(IReadOnlyList<YamlNode> items, bool flow, Place start, int index) : YamlNode(start, index)
{
    public IReadOnlyList<YamlNode> Items { get; } = items;

    /// <summary>Written as <c>[a, b]</c>.</summary>
    public bool Flow { get; } = flow;

    public override long Size { get; } = 1 + items.Sum(item => item.Size);

    public override int Height { get; } = 1 + items.Select(item => item.Height).DefaultIfEmpty(0).Max();

    public override string Words => Items.Count == 0 ? "an empty list" : "a list";
}

/// <summary>One key of a map with its value.</summary>
internal sealed record YamlEntry(YamlScalar Key, YamlNode Value);

internal sealed class YamlMap(IReadOnlyList<YamlEntry> entries, bool flow, Place start, int index) : YamlNode(start, index)
{
    public IReadOnlyList<YamlEntry> Entries { get; } = entries;

    /// <summary>Written as <c>{ a: b }</c>.</summary>
    public bool Flow { get; } = flow;

    public override long Size { get; } = 1 + entries.Sum(entry => entry.Value.Size + 1);

    public override int Height { get; } = 1 + entries.Select(entry => entry.Value.Height).DefaultIfEmpty(0).Max();

    public override string Words => "a map of keys";

    public YamlEntry? Find(string key)
    {
        foreach (var entry in Entries)
        {
            if (string.Equals(entry.Key.Text, key, StringComparison.Ordinal))
            {
                return entry;
            }
        }

        return null;
    }
}

/// <summary>A value that was meant as <c>"{{ … }}"</c> and that YAML read as a map; it has been reported already.</summary>
internal sealed class YamlLostPlaceholder(Place start, int index) : YamlNode(start, index)
{
    public override long Size => 1;

    public override int Height => 1;

    public override string Words => "an unquoted {{ }}";
}
