using System.Text;
using ConnectorHub.Recipes.Reading;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ConnectorHub.Recipes.Yaml;

/// <summary>
/// Builds a tree with places out of the parser's events. The parser itself never recurses and looks at most 1,024 characters ahead,
/// so stopping at <see cref="YamlLimits.Depth"/> bounds time and stack for any input.
/// </summary>
internal sealed class YamlReader
{
    private readonly YamlText _source;
    private readonly FindingList _findings;
    private readonly Parser _parser;
    private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);
    private long _nodes;
    private int _aliases;

    // How many unquoted placeholders the reader is inside of: only the outermost is worth a finding.
    private int _lost;

    private YamlReader(YamlText source, FindingList findings)
    {
        _source = source;
        _findings = findings;
        _parser = new Parser(new StringReader(source.Text));
    }

    /// <summary>The file's one document, or null where there is none to speak of; then the findings say why.</summary>
    public static YamlNode? Read(YamlText source, FindingList findings)
    {
        if (!IsTextWithinLimits(source, findings))
        {
            return null;
        }

        var reader = new YamlReader(source, findings);
        try
        {
            return reader.Document();
        }
        catch (GuardException refusal)
        {
            findings.Error(refusal.Place, refusal.Code, refusal.Message);
            return null;
        }
        catch (YamlException broken)
        {
            YamlSyntax.Explain(broken.Message, (int)broken.Start.Index, source, findings);
            return null;
        }
        catch (InvalidOperationException)
        {
            // YamlDotNet 16.3.0 throws this, without a place, for some plain texts inside brackets that are not closed.
            YamlSyntax.Explain("a bracket is not closed", (int)(reader._parser.Current?.End.Index ?? 0), source, findings);
            return null;
        }
    }

    private static bool IsTextWithinLimits(YamlText source, FindingList findings)
    {
        var bytes = Encoding.UTF8.GetByteCount(source.Text);
        if (bytes > YamlLimits.Bytes)
        {
            findings.Error(
                new Place(1, 1),
                FindingCodes.TooLarge,
                $"the file has {bytes / 1024} KiB. A recipe may have {YamlLimits.Bytes / 1024} KiB: move long lists into a sheet or 'shared.yaml'.");
            return false;
        }

        for (var i = 0; i < source.Text.Length; i++)
        {
            if (source.Text[i] < ' ' && source.Text[i] is not ('\n' or '\r' or '\t'))
            {
                findings.Error(
                    source.PlaceAt(i),
                    FindingCodes.NotYaml,
                    $"character U+{(int)source.Text[i]:X4} is not text. A recipe is a UTF-8 text file: save it as one, or remove the character.");
                return false;
            }
        }

        return true;
    }

    private YamlNode? Document()
    {
        Next<StreamStart>();
        if (Current is StreamEnd)
        {
            _findings.Error(new Place(1, 1), FindingCodes.NotYaml, "the file is empty. A recipe begins with 'version: 1'.");
            return null;
        }

        Next<DocumentStart>();
        var root = Node(1);
        Next<DocumentEnd>();
        if (Current is DocumentStart second)
        {
            Refuse(FindingCodes.YamlNotTaken, second.Start, "a second document begins here. A file holds one recipe: put the other into a file of its own.");
        }

        return root;
    }

    private ParsingEvent? Current
    {
        get
        {
            if (_parser.Current is null)
            {
                _parser.MoveNext();
            }

            return _parser.Current;
        }
    }

    private T Next<T>()
        where T : ParsingEvent
    {
        var current = Current as T ?? throw new YamlException("the document ends unexpectedly");
        _parser.MoveNext();
        return current;
    }

    private YamlNode Node(int depth)
    {
        if (depth > YamlLimits.Depth)
        {
            Refuse(FindingCodes.TooLarge, Current!.Start, $"this is nested more than {YamlLimits.Depth} levels deep. A recipe may have {YamlLimits.Depth} levels.");
        }

        if (Current is AnchorAlias)
        {
            return Alias(depth);
        }

        Count(1);
        var start = (NodeEvent)Current!;
        RefuseTag(start);
        YamlNode node = start switch
        {
            SequenceStart => List(depth),
            MappingStart => Map(depth),
            _ => Scalar(),
        };
        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor.Value] = node;
        }

        return node;
    }

    private YamlNode Alias(int depth)
    {
        var alias = Next<AnchorAlias>();
        if (++_aliases > YamlLimits.Aliases)
        {
            Refuse(FindingCodes.TooLarge, alias.Start, $"this is alias number {_aliases}. A recipe may have {YamlLimits.Aliases} aliases (*name).");
        }

        if (!_anchors.TryGetValue(alias.Value.Value, out var node))
        {
            Refuse(FindingCodes.YamlNotTaken, alias.Start, $"'*{alias.Value.Value}' stands for something marked '&{alias.Value.Value}', and nothing above is. To mean the text, quote it: \"*{alias.Value.Value}\".");
        }

        Count(node!.Size);
        if (depth + node.Height - 1 > YamlLimits.Depth)
        {
            Refuse(FindingCodes.TooLarge, alias.Start, $"what this alias stands for is nested more than {YamlLimits.Depth} levels deep. A recipe may have {YamlLimits.Depth} levels.");
        }

        return node;
    }

    private YamlScalar Scalar()
    {
        var scalar = Next<Scalar>();
        var style = scalar.Style switch
        {
            YamlDotNet.Core.ScalarStyle.SingleQuoted => ScalarStyle.SingleQuoted,
            YamlDotNet.Core.ScalarStyle.DoubleQuoted => ScalarStyle.DoubleQuoted,
            YamlDotNet.Core.ScalarStyle.Literal => ScalarStyle.Literal,
            YamlDotNet.Core.ScalarStyle.Folded => ScalarStyle.Folded,
            _ => ScalarStyle.Plain,
        };
        var node = new YamlScalar(scalar.Value, style, _source, PlaceOf(scalar.Start), (int)scalar.Start.Index);
        if (style == ScalarStyle.Plain)
        {
            YamlSurprises.CutByComment(node, (int)scalar.End.Index, _source, _findings);
        }

        return node;
    }

    private YamlList List(int depth)
    {
        var start = Next<SequenceStart>();
        var items = new List<YamlNode>();
        while (Current is not SequenceEnd)
        {
            items.Add(Node(depth + 1));
        }

        Next<SequenceEnd>();
        return new YamlList(items, start.Style == SequenceStyle.Flow, PlaceOf(start.Start), (int)start.Start.Index);
    }

    private YamlNode Map(int depth)
    {
        var start = (MappingStart)Current!;
        var index = (int)start.Start.Index;
        var flow = start.Style == MappingStyle.Flow;
        var lost = flow && YamlSurprises.IsPlaceholder(_source, index);
        if (lost && _lost++ == 0)
        {
            // Said before reading on: text behind the placeholder makes the parser give up.
            YamlSurprises.UnquotedPlaceholder(_source, index, _findings);
        }

        Next<MappingStart>();
        var entries = new List<YamlEntry>();
        while (Current is not MappingEnd)
        {
            var key = Node(depth + 1);
            var value = Node(depth + 1);
            if (!lost)
            {
                AddEntry(entries, key, value);
            }
        }

        Next<MappingEnd>();
        _lost -= lost ? 1 : 0;
        return lost ? new YamlLostPlaceholder(PlaceOf(start.Start), index) : new YamlMap(entries, flow, PlaceOf(start.Start), index);
    }

    private void AddEntry(List<YamlEntry> entries, YamlNode key, YamlNode value)
    {
        if (key is not YamlScalar name)
        {
            if (key is not YamlLostPlaceholder)
            {
                _findings.Error(key.Start, FindingCodes.YamlNotTaken, $"a key is {key.Words}. A key is a word, such as 'name'.");
            }

            return;
        }

        var first = entries.Find(entry => string.Equals(entry.Key.Text, name.Text, StringComparison.Ordinal));
        if (first is null)
        {
            entries.Add(new YamlEntry(name, value));
            return;
        }

        _findings.Error(
            name.Start,
            FindingCodes.DuplicateKey,
            $"'{name.Text}' is given twice, in line {first.Key.Start.Line} and in line {name.Start.Line}. A key stands once: remove one of them.");
    }

    private void RefuseTag(NodeEvent node)
    {
        if (!node.Tag.IsEmpty)
        {
            Refuse(FindingCodes.YamlNotTaken, node.Start, "a type mark beginning with '!' stands here. Recipes use none: remove it, or quote the text.");
        }
    }

    private void Count(long nodes)
    {
        _nodes += nodes;
        if (_nodes > YamlLimits.Nodes)
        {
            Refuse(FindingCodes.TooLarge, Current!.Start, $"the file has more than {YamlLimits.Nodes} values once its aliases are written out. A recipe may have {YamlLimits.Nodes}.");
        }
    }

    private Place PlaceOf(Mark mark) => _source.PlaceAt((int)mark.Index);

    private void Refuse(string code, Mark mark, string message) => throw new GuardException(code, PlaceOf(mark), message);

    /// <summary>Leaves the reading at once; never leaves this class.</summary>
    private sealed class GuardException(string code, Place place, string message) : Exception(message)
    {
        public string Code { get; } = code;

        public Place Place { get; } = place;
    }
}
