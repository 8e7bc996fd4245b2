namespace ConnectorHub.Scripting.Lowering;

/// <summary>
/// Finds the place in the original of a place in lowered code. The mappings are those of source map revision 3: lines parted by ';', segments by ',',
/// each of numbers in base 64 with a continuation bit, relative to the segment before. Read only when a script has failed.
/// </summary>
internal static class SourceMap
{
    private const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /// <summary>The original place, all 1-based: that of the last part that begins at or before the given one.</summary>
    public static (int Line, int Column) Original(string mappings, int line, int column)
    {
        var (found, segment) = ((Line: 1, Column: 1), new Segment());
        var lines = mappings.Split(';');
        for (var i = 0; i < lines.Length && i < line; i++)
        {
            segment.GeneratedColumn = 0;
            foreach (var text in lines[i].Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                segment.Add(text);
                if (i == line - 1 && segment.GeneratedColumn > column - 1)
                    return found;
                found = (segment.Line + 1, segment.Column + 1);
            }
        }

        return found;
    }

    private struct Segment
    {
        public int GeneratedColumn;
        public int Line;
        public int Column;

        public void Add(string text)
        {
            var position = 0;
            GeneratedColumn += Number(text, ref position);
            // The number of the source file: there is one.
            if (position >= text.Length)
                return;
            Number(text, ref position);
            Line += Number(text, ref position);
            Column += Number(text, ref position);
        }

        // Five bits a digit, the lowest first; the sixth says that more follow; the lowest bit of all is the sign.
        private static int Number(string text, ref int position)
        {
            var (value, shift) = (0, 0);
            while (position < text.Length)
            {
                var digit = Digits.IndexOf(text[position++], StringComparison.Ordinal);
                value |= (digit & 31) << shift;
                if ((digit & 32) == 0)
                    break;
                shift += 5;
            }

            return (value & 1) == 1 ? -(value >> 1) : value >> 1;
        }
    }
}
