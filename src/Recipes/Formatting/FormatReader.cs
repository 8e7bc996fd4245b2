using ConnectorHub.Recipes.Yaml;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using Tokens = YamlDotNet.Core.Tokens;

namespace ConnectorHub.Recipes.Formatting;

/// <summary>
/// Reads a text as entries with their places. Only for texts that <see cref="YamlReader"/> took: it has bounded size and depth.
/// </summary>
internal sealed class FormatReader
{
    private readonly YamlText _source;
    private readonly Parser _parser;
    private readonly Queue<int> _dashes;

    private FormatReader(YamlText source)
    {
        _source = source;
        _parser = new Parser(new StringReader(source.Text));
        _dashes = Dashes(source.Text);
    }

    /// <summary>All entries, as they follow each other in the file; the first stands for the file as a whole.</summary>
    public List<FormatEntry> Entries { get; } = [];

    /// <summary>All leaves, keys among them, as they follow each other in the file.</summary>
    public List<FormatLeaf> Leaves { get; } = [];

    public bool HasAliases { get; private set; }

    public static FormatReader Read(YamlText source)
    {
        var reader = new FormatReader(source);
        reader._parser.Consume<StreamStart>();
        reader._parser.Consume<DocumentStart>();
        var file = new FormatEntry(-1, -1, null);
        reader.Entries.Add(file);
        reader.Value(file);
        return reader;
    }

    private static Queue<int> Dashes(string text)
    {
        var found = new Queue<int>();
        var scanner = new Scanner(new StringReader(text));
        while (scanner.MoveNext())
        {
            if (scanner.Current is Tokens.BlockEntry dash)
            {
                found.Enqueue((int)dash.Start.Index);
            }
        }

        return found;
    }

    private void Value(FormatEntry entry)
    {
        switch (_parser.Current)
        {
            case MappingStart { Style: not MappingStyle.Flow } map:
                _parser.MoveNext();
                entry.Anchor = map.Anchor.IsEmpty ? "" : $"&{map.Anchor.Value}";
                Map(entry);
                break;
            case SequenceStart { Style: not SequenceStyle.Flow } list:
                _parser.MoveNext();
                entry.Anchor = list.Anchor.IsEmpty ? "" : $"&{list.Anchor.Value}";
                List(entry);
                break;
            default:
                entry.Leaf = Leaf(entry.Column);
                break;
        }
    }

    private void Map(FormatEntry owner)
    {
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = Leaf(owner.Column);
            owner.Block ??= new FormatBlock(ColumnOf(key.Start), owner);
            Value(Add(new FormatEntry(key.Start, ColumnOf(key.Start), owner.Block) { Key = key }));
        }
    }

    private void List(FormatEntry owner)
    {
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            var dash = _dashes.Dequeue();
            owner.Block ??= new FormatBlock(ColumnOf(dash), owner);
            Value(Add(new FormatEntry(dash, ColumnOf(dash), owner.Block)));
        }
    }

    private FormatEntry Add(FormatEntry entry)
    {
        entry.BlankBefore = BeginsLine(entry.Start) && IsBlankAbove(entry.Start);
        entry.Owner!.Entries.Add(entry);
        Entries.Add(entry);
        return entry;
    }

    private FormatLeaf Leaf(int column)
    {
        var first = (ParsingEvent)_parser.Current!;
        var leaf = first switch
        {
            Scalar scalar => Scalar(scalar, column),
            _ => new FormatLeaf((int)first.Start.Index, EndOf(first), LeafKind.AsWritten, ""),
        };
        HasAliases |= first is AnchorAlias;
        _parser.MoveNext();
        Leaves.Add(leaf);
        return leaf;
    }

    private FormatLeaf Scalar(Scalar scalar, int column)
    {
        var start = (int)scalar.Start.Index;
        var end = (int)scalar.End.Index;
        var style = scalar.Style;
        if (style is YamlDotNet.Core.ScalarStyle.Literal or YamlDotNet.Core.ScalarStyle.Folded)
        {
            return new FormatLeaf(start, BlockText.Of(_source, start, column).End, LeafKind.BlockText, scalar.Value);
        }

        end = start + _source.Text[start..end].TrimEnd().Length;
        var kind = style switch
        {
            _ when end == start => LeafKind.Empty,
            _ when !scalar.Anchor.IsEmpty => LeafKind.AsWritten,
            YamlDotNet.Core.ScalarStyle.SingleQuoted => LeafKind.SingleQuoted,
            YamlDotNet.Core.ScalarStyle.DoubleQuoted => LeafKind.DoubleQuoted,
            _ => LeafKind.Plain,
        };
        return new FormatLeaf(start, end, kind, scalar.Value);
    }

    /// <summary>Leaves the parser at the last event of what it stands at.</summary>
    private int EndOf(ParsingEvent first)
    {
        var depth = first.NestingIncrease;
        while (depth > 0)
        {
            _parser.MoveNext();
            HasAliases |= _parser.Current is AnchorAlias;
            depth += _parser.Current!.NestingIncrease;
        }

        // The event that ends a bracket ends before it.
        var end = (int)_parser.Current!.End.Index;
        return first is AnchorAlias || end >= _source.Text.Length || _source.Text[end] is not ('}' or ']') ? end : end + 1;
    }

    private int ColumnOf(int index) => _source.PlaceAt(index).Column - 1;

    private bool BeginsLine(int index) => string.IsNullOrWhiteSpace(_source.Line(_source.PlaceAt(index).Line)[..ColumnOf(index)]);

    private bool IsBlankAbove(int index) => FormatComments.IsBlankAbove(_source, index);
}
