using ConnectorHub.Recipes.Yaml;

namespace ConnectorHub.Recipes.Formatting;

/// <summary>Writes the entries of a file in canonical form.</summary>
/// <param name="sections">The keys at the top stand apart: true for recipes.</param>
internal sealed class FormatWriter(YamlText source, bool sections)
{
    private readonly FormatLines _lines = new();

    public string Write(IReadOnlyList<FormatComment> header, FormatBlock file)
    {
        Comments(header, 0);
        if (header.Count > 0)
        {
            _lines.Blank();
        }

        Block(file, 0, null);
        return _lines.ToString();
    }

    /// <param name="begun">What stands already in the line of the first entry; null where the block begins a line.</param>
    private void Block(FormatBlock block, int indent, string? begun)
    {
        FormatEntry? above = null;
        foreach (var entry in block.Entries)
        {
            if (above is not null && (entry.StandsApart || (sections && block.Owner.Owner is null && (IsSection(above) || IsSection(entry)))))
            {
                _lines.Blank();
            }

            Comments(entry.Lead, indent);
            if (entry.Lead.Count > 0 && entry.BlankBefore)
            {
                _lines.Blank();
            }

            Entry(entry, indent, begun ?? Blanks(indent));
            (above, begun) = (entry, null);
        }

        Comments(block.Trailing, indent, mayStandApart: true);
    }

    private void Entry(FormatEntry entry, int indent, string begun)
    {
        var head = begun + (entry.Key is { } key ? $"{source.Text[key.Start..key.End]}:" : "-") + (entry.Anchor.Length > 0 ? $" {entry.Anchor}" : "");
        if (entry.Block is null)
        {
            Value(entry, entry.Leaf!, indent, head);
        }
        else if (entry.Key is null && entry.Anchor.Length == 0 && entry.Behind is null)
        {
            Block(entry.Block, indent + 2, $"{head} ");
        }
        else
        {
            _lines.Add(head, entry.Behind);
            Block(entry.Block, indent + 2, null);
        }
    }

    private void Value(FormatEntry entry, FormatLeaf leaf, int indent, string head)
    {
        if (leaf.Kind == LeafKind.Empty)
        {
            _lines.Add(head, entry.Behind);
            Comments(entry.Between, indent + 2, mayStandApart: true);
            return;
        }

        if (entry.BehindHead is not null || entry.Between.Count > 0)
        {
            _lines.Add(head, entry.BehindHead);
            Comments(entry.Between, indent + 2);
            head = Blanks(indent + 1);
        }

        if (leaf.Kind == LeafKind.BlockText)
        {
            Text(BlockText.Of(source, leaf.Start, entry.Column), indent, head);
            return;
        }

        var lines = Quoting.Of(leaf, source.Text[leaf.Start..leaf.End]).Split('\n');
        for (var number = 0; number < lines.Length; number++)
        {
            // Lines of a value keep their places among each other.
            var line = number == 0 ? $"{head} {lines[0]}" : Shifted(lines[number], indent - entry.Column);
            _lines.Add(line.TrimEnd(), number == lines.Length - 1 ? entry.Behind : null);
        }
    }

    private void Text(BlockText text, int indent, string head)
    {
        _lines.Add($"{head} {text.Header}", text.Comment);
        var blanks = Blanks(indent + (text.Given > 0 ? text.Given : 2));
        foreach (var line in text.Lines)
        {
            _lines.AddAsIs(line.Length == 0 ? "" : blanks + line);
        }

        if (text.Keeps)
        {
            _lines.NoBlankHere();
        }
    }

    private void Comments(IEnumerable<FormatComment> comments, int indent, bool mayStandApart = false)
    {
        var first = !mayStandApart;
        foreach (var comment in comments)
        {
            if (comment.BlankBefore && !first)
            {
                _lines.Blank();
            }

            _lines.AddAsIs(Blanks(indent) + comment.Text);
            first = false;
        }
    }

    private bool IsSection(FormatEntry entry) => entry.Block is not null || source.Text.AsSpan(entry.Leaf!.Start, entry.Leaf.End - entry.Leaf.Start).Contains('\n');

    private static string Shifted(string line, int by)
    {
        var content = line.TrimStart(' ', '\t');
        return content.Length == 0 ? "" : Blanks(Math.Max(line.Length - content.Length + by, 0)) + content;
    }

    private static string Blanks(int count) => new(' ', count);
}
