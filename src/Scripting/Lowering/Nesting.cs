namespace ConnectorHub.Scripting.Lowering;

/// <summary>Finds code that nests so deeply that the compile process would spend its whole budget on it.</summary>
internal static class Nesting
{
    /// <summary>Nobody writes this by hand; brackets in texts and comments count too, which only matters where hundreds of them stay open.</summary>
    public const int Most = 300;

    /// <summary>The place (from 1) where the code is nested deeper than <see cref="Most"/>; null where it is nowhere.</summary>
    public static (int Line, int Column)? TooDeep(string code)
    {
        var (depth, line, start) = (0, 1, 0);
        for (var i = 0; i < code.Length; i++)
        {
            switch (code[i])
            {
                case '(' or '[' or '{' when ++depth > Most:
                    return (line, i - start + 1);
                case ')' or ']' or '}':
                    depth = Math.Max(0, depth - 1);
                    break;
                case '\n':
                    (line, start) = (line + 1, i + 1);
                    break;
                default:
                    break;
            }
        }

        return null;
    }
}
