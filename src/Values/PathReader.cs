using System.Globalization;

namespace ConnectorHub.Values;

/// <summary>Reads one path out of a longer text.</summary>
internal sealed class PathReader(string text, int position)
{
    private readonly List<PathSegment> _segments = [];

    public int Position => position;

    public SyntaxProblem? Problem { get; private set; }

    private bool AtEnd => position >= text.Length;

    private char Here => AtEnd ? '\0' : text[position];

    public Path? Read()
    {
        if (!Names.Starts(Here))
        {
            return Stop(position, $"A path begins with a name such as event, meta or shared; found {Names.Show(text, position)}.", null);
        }

        var start = position;
        var root = Name();
        while (Here is '.' or '[')
        {
            if (!(Here == '.' ? Member() : Bracket()))
            {
                return null;
            }
        }

        return new Path(text[start..position], root, [.. _segments]);
    }

    private bool Member()
    {
        var dot = position++;
        if (!Names.Continues(Here))
        {
            Stop(dot, $"A name must follow the dot; found {Names.Show(text, position)}.", "Remove the dot, or write ['odd name'] for a name with other letters.");
            return false;
        }

        _segments.Add(new PathSegment.Name(Name(), Plain: true));
        return true;
    }

    private bool Bracket()
    {
        var open = position++;
        SkipSpace();
        var segment = Here switch
        {
            '*' => Star(),
            '\'' => Quoted(open),
            >= '0' and <= '9' => Index(open),
            var letter when Names.Starts(letter) => Match(open),
            _ => StopAt(open),
        };
        if (segment is null)
        {
            return false;
        }

        SkipSpace();
        if (Here != ']')
        {
            Stop(open, $"'[' is not closed; found {Names.Show(text, position)}.", "Close it with ']'.");
            return false;
        }

        position++;
        _segments.Add(segment);
        return true;
    }

    private PathSegment.All Star()
    {
        position++;
        return new PathSegment.All();
    }

    private PathSegment.Name? Quoted(int open) => Literal(open) is { } name ? new PathSegment.Name(name.ToText(), Plain: false) : null;

    private PathSegment.Index? Index(int open)
    {
        var first = position;
        while (char.IsAsciiDigit(Here))
        {
            position++;
        }

        if (int.TryParse(text.AsSpan(first, position - first), NumberStyles.None, CultureInfo.InvariantCulture, out var place))
        {
            return new PathSegment.Index(place);
        }

        Stop(open, $"{text[first..position]} is too large for a place in a list.", null);
        return null;
    }

    private PathSegment.Match? Match(int open)
    {
        List<string> key = [Name()];
        while (Here == '.' && position + 1 < text.Length && Names.Continues(text[position + 1]))
        {
            position++;
            key.Add(Name());
        }

        SkipSpace();
        if (Here != '=')
        {
            var name = string.Join('.', key);
            Stop(open, $"'[{name}]' names no item; allowed are [0], [*], ['name'] and [{name}='value'].", $"['{name}']");
            return null;
        }

        position++;
        SkipSpace();
        return Literal(open) is { } expected ? new PathSegment.Match(key, expected) : null;
    }

    private Value? Literal(int open)
    {
        if (LiteralText.TryRead(text, position, out var value, out var end))
        {
            position = end;
            return value;
        }

        Stop(open, $"A text in single quotes, a number, true or false is expected here; found {Names.Show(text, position)}.", "Write the value as 'value'.");
        return null;
    }

    private PathSegment? StopAt(int open)
    {
        var fix = Here == '-' ? "Use .last for the last item." : null;
        Stop(open, $"Inside [ ] stand a place such as 0, *, 'a name' or id='value'; found {Names.Show(text, position)}.", fix);
        return null;
    }

    private string Name()
    {
        var first = position;
        while (Names.Continues(Here))
        {
            position++;
        }

        return text[first..position];
    }

    private void SkipSpace()
    {
        while (Here == ' ')
        {
            position++;
        }
    }

    private Path? Stop(int offset, string message, string? fix)
    {
        Problem ??= new SyntaxProblem(offset, message, fix);
        return null;
    }
}
