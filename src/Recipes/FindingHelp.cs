namespace ConnectorHub.Recipes;

/// <summary>What a person should know about a finding: the chapter of <c>FINDINGS.md</c> about its code.</summary>
public static class FindingHelp
{
    private static readonly Dictionary<string, string> Chapters = Read();

    /// <summary>The chapter's text; empty for a code that has none.</summary>
    public static string Of(string code) => Chapters.GetValueOrDefault(code) ?? "";

    private static Dictionary<string, string> Read()
    {
        using var stream = typeof(FindingHelp).Assembly.GetManifestResourceStream("FINDINGS.md")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n").Split("\n## ").Skip(1).ToDictionary(
            chapter => chapter[..chapter.IndexOf(' ', StringComparison.Ordinal)],
            chapter => chapter[(chapter.IndexOf('\n', StringComparison.Ordinal) + 1)..].Trim(),
            StringComparer.Ordinal);
    }
}
