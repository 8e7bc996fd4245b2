namespace ConnectorHub.Recipes.Yaml;

/// <summary>
/// Finds for each character of a scalar's text the character of the file it came from, so that a problem inside a template,
/// a condition or a script is shown where a person sees it.
/// </summary>
internal static class ScalarMap
{
    /// <summary>One index into <paramref name="source"/> for each offset of <paramref name="text"/>, its end included.</summary>
    public static int[] Build(string source, int start, string text, ScalarStyle style)
    {
        var map = new int[text.Length + 1];
        var at = style switch
        {
            ScalarStyle.Literal => Literal(source, start, text, map),
            ScalarStyle.Folded => Flow(source, BlockBody(source, start), text, style, map),
            ScalarStyle.Plain => Flow(source, start, text, style, map),
            _ => Flow(source, start + 1, text, style, map),
        };
        map[text.Length] = at;
        return map;
    }

    /// <summary>A literal block keeps its lines: line n of the text is line n below the <c>|</c>, without the indentation.</summary>
    private static int Literal(string source, int start, string text, int[] map)
    {
        var at = BlockBody(source, start);
        var indent = Indentation(source, start, at);
        var offset = 0;
        while (offset < text.Length)
        {
            at += Math.Min(indent, BlanksAt(source, at));
            while (offset < text.Length && text[offset] != '\n')
            {
                map[offset++] = at++;
            }

            if (offset < text.Length)
            {
                map[offset++] = at;
            }

            at = AfterBreak(source, at);
        }

        return Math.Min(at, source.Length);
    }

    /// <summary>
    /// The other styles fold lines: a run of white space with a line break in it stands for some white space of the text,
    /// so both runs are passed together.
    /// </summary>
    private static int Flow(string source, int at, string text, ScalarStyle style, int[] map)
    {
        var offset = 0;
        while (offset < text.Length)
        {
            var run = FoldAt(source, at);
            if (run > 0)
            {
                while (offset < text.Length && char.IsWhiteSpace(text[offset]))
                {
                    map[offset++] = at;
                }

                at += run;
                continue;
            }

            var (taken, given) = Unit(source, at, style);
            for (var i = 0; i < given && offset < text.Length; i++)
            {
                map[offset++] = Math.Min(at, source.Length);
            }

            at += taken;
        }

        return Math.Min(at, source.Length);
    }

    /// <summary>How many characters of the file the next unit takes, and how many of the text it gives.</summary>
    private static (int Taken, int Given) Unit(string source, int at, ScalarStyle style)
    {
        if (at >= source.Length)
        {
            return (1, 1);
        }

        if (style == ScalarStyle.SingleQuoted && source[at] == '\'')
        {
            return (2, 1);
        }

        if (style != ScalarStyle.DoubleQuoted || source[at] != '\\' || at + 1 >= source.Length)
        {
            return (1, 1);
        }

        return source[at + 1] switch
        {
            'x' => (4, 1),
            'u' => (6, 1),
            'U' => (10, 2),
            '\n' or '\r' => (1 + FoldAt(source, at + 1), 0),
            _ => (2, 1),
        };
    }

    /// <summary>The length of a run of white space that holds a line break, or 0.</summary>
    private static int FoldAt(string source, int at)
    {
        var end = at;
        var breaks = false;
        while (end < source.Length && source[end] is ' ' or '\t' or '\r' or '\n')
        {
            breaks |= source[end] is '\r' or '\n';
            end++;
        }

        return breaks ? end - at : 0;
    }

    private static int BlockBody(string source, int start)
    {
        var end = source.AsSpan(start).IndexOfAny('\r', '\n');
        return end < 0 ? source.Length : AfterBreak(source, start + end);
    }

    /// <summary>The indentation of a block's lines: that of its first line with content. An indicator (<c>|2</c>) leaves more of it in the text.</summary>
    private static int Indentation(string source, int start, int body)
    {
        var at = body;
        while (at < source.Length)
        {
            var blanks = BlanksAt(source, at);
            if (at + blanks < source.Length && source[at + blanks] is not ('\r' or '\n'))
            {
                return Indicator(source, start) is { } given ? Math.Min(blanks, ParentIndentation(source, start) + given) : blanks;
            }

            at = AfterBreak(source, at + blanks);
        }

        return 0;
    }

    private static int? Indicator(string source, int start)
    {
        for (var i = start + 1; i < Math.Min(start + 3, source.Length); i++)
        {
            if (char.IsAsciiDigit(source[i]))
            {
                return source[i] - '0';
            }
        }

        return null;
    }

    private static int ParentIndentation(string source, int start)
    {
        var line = source.AsSpan(0, start).LastIndexOfAny('\r', '\n') + 1;
        var at = line;
        while (at < start && source[at] is ' ' or '-')
        {
            at++;
        }

        return at - line;
    }

    private static int BlanksAt(string source, int at)
    {
        var end = at;
        while (end < source.Length && source[end] == ' ')
        {
            end++;
        }

        return end - at;
    }

    private static int AfterBreak(string source, int at) =>
        at >= source.Length ? source.Length
        : source[at] == '\r' && at + 1 < source.Length && source[at + 1] == '\n' ? at + 2
        : source[at] is '\r' or '\n' ? at + 1
        : at;
}
