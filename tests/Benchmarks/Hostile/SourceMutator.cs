namespace ConnectorHub.Tests.Benchmarks.Hostile;

/// <summary>Makes broken and odd source out of good and hostile source. Same seed, same sources.</summary>
internal sealed class SourceMutator(IReadOnlyList<string> seeds, int seed)
{
    private const int MaxLength = 500;

    private static readonly string[] Tokens =
    [
        "(", ")", "[", "]", "{", "}", "function(", "=>", "return ", "`", "${", "'", "\"", "\\", "\\u", "/", "/*", "*/", "//", "?.", "??", "...", "var ", "let ", "class ", "new ",
        "try{", "catch(e)", "finally", "throw ", "for(", ";;", "in ", "of ", "while(1)", "do ", "switch(", "case ", "default:", "with(", "get ", "set ", "yield ", "await ", "0x", "1e", "08",
        "\0", "\u2028", "\ufeff", "\ud800", "é", "𝓐", "a:", "break a", "<!--", "--", "++", "**", ">>>=", "!", "~", ",", ";", ".", "#", "@", "\n", "\r",
    ];

    private readonly Random _random = new(seed);

    public string Next()
    {
        var source = seeds[_random.Next(seeds.Count)];
        source = source.Length > MaxLength ? source[..MaxLength] : source;
        for (var changes = _random.Next(1, 6); changes > 0; changes--)
            source = Change(source);
        return source;
    }

    private string Change(string source)
    {
        var at = _random.Next(source.Length + 1);
        var end = Math.Min(source.Length, at + _random.Next(1, 20));
        return _random.Next(7) switch
        {
            0 => source.Remove(at, end - at),
            1 => source.Insert(at, Tokens[_random.Next(Tokens.Length)]),
            2 => source.Insert(at, source[at..end]),
            3 => source.Insert(at, string.Concat(Enumerable.Repeat(Tokens[_random.Next(Tokens.Length)], _random.Next(2, 300)))),
            4 => at < source.Length ? string.Concat(source.AsSpan(0, at), ((char)_random.Next(char.MaxValue + 1)).ToString(), source.AsSpan(at + 1)) : source,
            5 => source[..at],
            _ => Cross(source, at),
        };
    }

    private string Cross(string source, int at)
    {
        var other = seeds[_random.Next(seeds.Count)];
        var from = _random.Next(other.Length + 1);
        return string.Concat(source.AsSpan(0, at), other.AsSpan(from, Math.Min(MaxLength, other.Length - from)));
    }
}
