namespace ConnectorHub.ScriptHost.Lowering;

/// <summary>
/// The compiler's program text, in the chapters it is written in. What comes after the last one needed (editors, watching, a server) is not read.
/// </summary>
internal static class CompilerText
{
    private const string ChapterStart = "\n(function (ts) {";
    private const string LastChapter = "ts.createProgram = createProgram";

    // Its way of walking any iterable wraps each loop in try and finally, which is slow here and hides where an error came from.
    // With the way for arrays, and __list around what is walked, a loop stays a loop.
    private const string ChoiceOfLoop = "compilerOptions.downlevelIteration ? convertForOfStatementForIterable : convertForOfStatementForArray";
    private const string LoopForArrays = "convertForOfStatementForArray";

    // The template of a tag is the same object each time it is reached; the compiler sees to that in modules only.
    private const string TemplateInModule = "if (ts.isExternalModule(currentSourceFile)) {";
    private const string TemplateAnywhere = "if (true) {";

    public static IReadOnlyList<string> Read() =>
        Chapters(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "typescript", "tsserver.js")));

    /// <summary>A script of ours that is part of this program.</summary>
    public static string Own(string name)
    {
        using var stream = typeof(CompilerText).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"'{name}' is not part of this program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static List<string> Chapters(string text)
    {
        var chapters = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var next = text.IndexOf(ChapterStart, start + 1, StringComparison.Ordinal);
            var chapter = next < 0 ? text[start..] : text[start..next];
            chapters.Add(chapter
                .Replace(ChoiceOfLoop, LoopForArrays, StringComparison.Ordinal)
                .Replace(TemplateInModule, TemplateAnywhere, StringComparison.Ordinal));
            if (next < 0 || chapter.Contains(LastChapter, StringComparison.Ordinal))
                break;
            start = next;
        }

        return chapters;
    }
}
