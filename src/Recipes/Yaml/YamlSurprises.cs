using ConnectorHub.Recipes.Reading;

namespace ConnectorHub.Recipes.Yaml;

/// <summary>What YAML reads in another way than the person who wrote it.</summary>
internal static class YamlSurprises
{
    public static bool IsPlaceholder(YamlText source, int index) =>
        index + 1 < source.Text.Length && source.Text[index] == '{' && source.Text[index + 1] == '{';

    public static void UnquotedPlaceholder(YamlText source, int index, FindingList findings)
    {
        var place = source.PlaceAt(index);
        findings.Error(
            place,
            FindingCodes.UnquotedPlaceholder,
            $"'{{{{' begins a map in YAML unless it is quoted. Write: {QuotedFrom(source.Line(place.Line), place.Column - 1)}");
    }

    /// <summary>
    /// A <c>#</c> after a blank begins a comment. A comment that a person meant has a blank behind the sign as well,
    /// so <c>channel: #ops</c> and <c>text: Room #5</c> are taken for values that lost their end.
    /// </summary>
    public static void CutByComment(YamlScalar scalar, int end, YamlText source, FindingList findings)
    {
        var text = source.Text;
        var at = end;
        while (at < text.Length && text[at] is ' ' or '\t')
        {
            at++;
        }

        if (at == end || at + 1 >= text.Length || text[at] != '#' || text[at + 1] is ' ' or '\t' or '\r' or '\n' or '#' or '-' or '=')
        {
            return;
        }

        // A key's own scalar is followed by ':' and never comes here; a value before a comment on a line of its own does not either.
        var place = source.PlaceAt(at);
        var line = source.Line(place.Line);
        var start = scalar.Text.Length == 0 ? place : scalar.Start.Line == place.Line ? scalar.Start : source.PlaceAt(source.LineStart(place.Line) + Indent(line));
        findings.Error(
            place,
            FindingCodes.CutByComment,
            $"' #' begins a comment, so the value ends before '{Word(line, place.Column - 1)}'. Write: {QuotedFrom(line, start.Column - 1)} (or put a blank after '#' if a comment is meant)");
    }

    /// <summary>The line with its value, from <paramref name="start"/> on, in quotes.</summary>
    public static string QuotedFrom(string line, int start)
    {
        var before = line[..start];
        var end = IsInFlow(before) ? FlowEnd(line, start) : line.TrimEnd().Length;
        return Offer($"{before.TrimStart()}{Quote(line[start..end])}{line[end..].TrimEnd()}");
    }

    /// <summary>A mended line as a message shows it: a very long one is no help.</summary>
    public static string Offer(string line) => line.Length <= 200 ? line : line[..200] + "…";

    /// <summary>A text in the quotes that need no escapes where that is possible.</summary>
    public static string Quote(string text)
    {
        if (text.Contains("{{", StringComparison.Ordinal) || !text.Contains('"', StringComparison.Ordinal))
        {
            return $"\"{text.Replace('"', '\'')}\"";
        }

        return $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    private static bool IsInFlow(string before) =>
        before.Count(c => c is '{' or '[') > before.Count(c => c is '}' or ']');

    private static int FlowEnd(string line, int start)
    {
        var close = line.IndexOf("}}", start, StringComparison.Ordinal);
        if (close >= 0)
        {
            return close + 2;
        }

        var comma = line.AsSpan(start).IndexOfAny(",]}");
        return comma < 0 ? line.TrimEnd().Length : start + comma;
    }

    private static string Word(string line, int start)
    {
        var end = line.IndexOf(' ', start);
        return end < 0 ? line[start..] : line[start..end];
    }

    private static int Indent(string line) => line.Length - line.TrimStart().Length;
}
