using System.Text.RegularExpressions;
using ConnectorHub.Abstractions;
using ConnectorHub.Values;
using NodaTime;

namespace ConnectorHub.Recipes.Expressions;

/// <summary>Reads what stands behind an operator: plain text, a number, "quoted", [A, B], {{ path }}, 3d of now, and a last <c>exactly</c>.</summary>
internal sealed partial class RightSideReader(string sentence, int start, Operator found)
{
    private readonly List<PathUse> _paths = [];
    private readonly List<SyntaxProblem> _problems = [];

    public IReadOnlyList<SyntaxProblem> Problems => _problems;

    public IReadOnlyList<PathUse> Paths => _paths;

    public bool NeedsZone { get; private set; }

    /// <summary>One value, or the entries of a written list.</summary>
    public List<Node> Nodes { get; } = [];

    /// <summary>True where the values are the entries of a written list.</summary>
    public bool IsWrittenList { get; private set; }

    public bool Exactly { get; private set; }

    /// <summary>The span of <c>is within</c>.</summary>
    public Duration Span { get; private set; }

    /// <summary>The pattern of <c>matches</c>.</summary>
    public Regex? Pattern { get; private set; }

    /// <summary>False with <see cref="Problems"/>.</summary>
    public bool Read()
    {
        if (found.StandsLast)
        {
            return true;
        }

        var (from, end) = Trim(start, sentence.Length);
        if (Exact().Match(sentence[from..end]) is { Success: true } last)
        {
            Exactly = true;
            (from, end) = Trim(from, from + last.Index);
        }

        if (from == end)
        {
            return Fail(from, $"Nothing follows '{found.Words}'. Example: {found.Example}.", "For an empty text write \"\", or 'is empty'.");
        }

        return found.Relation switch
        {
            Relation.Within => ReadSpan(from, end),
            Relation.Matches => ReadPattern(from, end),
            Relation.OneOf => ReadList(from, end),
            _ => ReadSingle(from, end) && Fits(from),
        };
    }

    private bool ReadSpan(int from, int end)
    {
        var match = WithinNow().Match(sentence[from..end]);
        if (match.Success && DurationText.TryParse(match.Groups[1].Value, out var span))
        {
            Span = span;
            Nodes.Add(new LiteralNode(Value.Text(match.Value)));
            return true;
        }

        return Fail(from, $"'{found.Words}' needs a span, as in '{found.Words} 3d of now'; found '{sentence[from..end]}'.", "Write a number with s, m, h, d or w, then 'of now'.");
    }

    private bool ReadPattern(int from, int end)
    {
        var text = sentence[from..end];
        if (text.Contains("{{", StringComparison.Ordinal))
        {
            return Fail(from, "A regular expression is written out, not looked up: a pattern from outside could cost any amount of time.", "Use 'contains {{ … }}' for a text that is looked up.");
        }

        var pattern = (QuotedText.Read(text) ?? Value.Text(text)).ToText();
        Pattern = PatternText.Compile(pattern, ignoreCase: !Exactly, out var reason);
        return Pattern is not null || Fail(from, reason, "Use a plain pattern, or 'contains', 'starts with' and 'ends with'.");
    }

    private bool ReadList(int from, int end)
    {
        if (sentence[from] != '[')
        {
            return sentence.AsSpan(from, end - from).StartsWith("{{", StringComparison.Ordinal)
                ? ReadValue(from, end)
                : Fail(from, $"'{found.Words}' needs a list: [A, B] or {{{{ path }}}}; found '{sentence[from..end]}'.", $"Write {found.Words} [{sentence[from..end]}].");
        }

        if (sentence[end - 1] != ']')
        {
            return Fail(from, "'[' is not closed.", "Close the list with ']' at the end of the sentence.");
        }

        IsWrittenList = true;
        foreach (var (itemFrom, itemEnd) in ListItems.Of(sentence, from + 1, end - 1))
        {
            var (first, last) = Trim(itemFrom, itemEnd);
            if (first == last)
            {
                return Fail(first, "The list has an empty place.", "Take the comma away, or write \"\" for an empty text.");
            }

            if (sentence[first] == '[')
            {
                return Fail(first, "A list inside a list cannot be compared.", "Quote it where it is text.");
            }

            if (!ReadValue(first, last))
            {
                return false;
            }
        }

        return true;
    }

    private bool ReadSingle(int from, int end)
    {
        if (sentence[from] == '[' && sentence[end - 1] == ']')
        {
            return Fail(from, $"'{found.Words}' compares with one value; found a list.", "Write 'is one of [A, B]', or one condition a line.");
        }

        return ReadValue(from, end);
    }

    private bool ReadValue(int from, int end)
    {
        var text = sentence[from..end];
        if (QuotedText.Read(text) is { } quoted)
        {
            Nodes.Add(new LiteralNode(quoted));
            return true;
        }

        if (text[0] == '"')
        {
            return Fail(from, "The text has no closing quote, or something follows it.", "End it with \"; a quote inside is doubled: \"say \"\"hi\"\"\".");
        }

        if (text.Contains("{{", StringComparison.Ordinal))
        {
            return ReadTemplate(text, from);
        }

        if (text is "null")
        {
            return Fail(from, "null is asked for with 'is missing': null counts as missing.", "Write 'is missing', or \"null\" for the text.");
        }

        if (JoinedConditions().Match(text) is { Success: true } joined)
        {
            return Fail(from + joined.Index, $"'{joined.Value.Trim()}' looks like a second condition; a sentence has one.", "Write one condition a line ('any:' for or), or quote the text.");
        }

        Nodes.Add(new LiteralNode(Value.TryNumber(text, out var number) ? number : Value.Text(text)));
        return true;
    }

    private bool ReadTemplate(string text, int from)
    {
        var parse = Template.Parse(text, TextKind.Plain);
        if (parse.Template is not { } template)
        {
            _problems.AddRange(parse.Problems.Select(problem => problem with { Offset = problem.Offset + from }));
            return false;
        }

        if (template.UsesRaw)
        {
            return Fail(from, "'raw' has no meaning in a condition.", "Remove '| raw'.");
        }

        NeedsZone |= template.NeedsZone;
        _paths.AddRange(template.Paths.Select(use => use with { Offset = use.Offset + from }));
        Nodes.Add(new TemplateNode(template));
        return true;
    }

    // What is written out can be judged now; what is looked up is judged when it is there.
    private bool Fits(int from)
    {
        if (Nodes[0] is not LiteralNode { Value: var value })
        {
            return true;
        }

        var isMoment = IsNow(value) || ValueComparison.InstantOf(value, null) is not null;
        var isNumber = ValueComparison.OrderOfNumbers(value, value) is not null;
        return found.Relation switch
        {
            Relation.Before or Relation.After when !isMoment => Fail(
                from, $"'{found.Words}' needs a date such as 2030-01-31, 'now' or {{{{ path }}}}; found '{value.ToText()}'.", $"For the text write is \"{found.Words[3..]} {value.ToText()}\"."),
            Relation.More or Relation.Less or Relation.AtLeast or Relation.AtMost when !isNumber && !isMoment => Fail(
                from, $"'{found.Words}' needs a number, a date or {{{{ path }}}}; found '{value.ToText()}'.", null),
            _ => true,
        };
    }

    public static bool IsNow(Value value) => value.Kind == ValueKind.Text && string.Equals(value.ToText(), "now", StringComparison.OrdinalIgnoreCase);

    private (int From, int End) Trim(int from, int end)
    {
        while (from < end && char.IsWhiteSpace(sentence[from]))
        {
            from++;
        }

        while (end > from && char.IsWhiteSpace(sentence[end - 1]))
        {
            end--;
        }

        return (from, end);
    }

    private bool Fail(int offset, string message, string? fix)
    {
        _problems.Add(new SyntaxProblem(offset, message, fix));
        return false;
    }

    [GeneratedRegex(@"\sexactly$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Exact();

    [GeneratedRegex(@"^(\S+)\s+of\s+now$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WithinNow();

    [GeneratedRegex(@"\s(and|or|&&|\|\|)\s+(event|meta|shared|steps|item)\.\S*\s", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex JoinedConditions();
}
