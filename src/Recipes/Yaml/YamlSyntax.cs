using ConnectorHub.Recipes.Reading;

namespace ConnectorHub.Recipes.Yaml;

/// <summary>Says what is wrong with a file that is not YAML, by the mistakes people make before the parser's own words.</summary>
internal static class YamlSyntax
{
    public static void Explain(string words, int index, YamlText source, FindingList findings)
    {
        var place = source.PlaceAt(index);
        if (findings.HasErrorNear(place.Line))
        {
            return;
        }

        if (words.Contains("tab", StringComparison.Ordinal) && TabLine(source) is { } tabbed)
        {
            // The parser names the line in which the block began.
            place = source.PlaceAt(tabbed);
        }

        foreach (var number in Suspects(source, place.Line))
        {
            if (Known(source, number, place, findings))
            {
                return;
            }
        }

        findings.Error(place, FindingCodes.NotYaml, Words(words, source, place));
    }

    /// <summary>The line the parser stopped in, and the line with content above it: a value that ended too early is often noticed late.</summary>
    private static IEnumerable<int> Suspects(YamlText source, int line)
    {
        yield return line;
        for (var above = line - 1; above > 0; above--)
        {
            if (source.Line(above).Trim().Length > 0)
            {
                yield return above;
                yield break;
            }
        }
    }

    private static bool Known(YamlText source, int number, Place stopped, FindingList findings)
    {
        var line = source.Line(number);
        var value = ValueStart(line);
        var rest = line[value..];
        if (rest.StartsWith("{{", StringComparison.Ordinal))
        {
            YamlSurprises.UnquotedPlaceholder(source, source.LineStart(number) + value, findings);
            return true;
        }

        if (rest.StartsWith('"') && QuoteInsidePlaceholder(rest) is { } inner)
        {
            var mended = YamlSurprises.Offer(line[..value].TrimStart() + '"' + rest[1..].TrimEnd().TrimEnd('"').Replace('"', '\'') + '"');
            findings.Error(
                new Place(number, value + inner + 1),
                FindingCodes.DoubleQuotesInside,
                $"a double quote inside \"{{{{ }}}}\" ends the text. Write texts inside {{{{ }}}} in single quotes: {mended}");
            return true;
        }

        if (IsConditions(line) && rest.StartsWith('[') && stopped.Line == number)
        {
            findings.Error(
                new Place(number, value + 1),
                FindingCodes.ConditionsInFlowList,
                "sentences stand in square brackets, where YAML splits a sentence at each comma. Write one a line, each after '- '.");
            return true;
        }

        return SecondColon(number, line, value, stopped, findings) || Tab(line, number, findings);
    }

    private static bool IsConditions(string line) => line.TrimStart(' ', '-') is var start
        && (start.StartsWith("if:", StringComparison.Ordinal) || start.StartsWith("any:", StringComparison.Ordinal) || start.StartsWith("all:", StringComparison.Ordinal) || start.StartsWith("expect:", StringComparison.Ordinal));

    /// <summary>Where the quote stands that ends a double-quoted text in the middle of a placeholder.</summary>
    private static int? QuoteInsidePlaceholder(string rest)
    {
        var quote = rest.IndexOf('"', 1);
        if (quote < 0)
        {
            return null;
        }

        var inside = rest[..quote];
        var open = inside.LastIndexOf("{{", StringComparison.Ordinal);
        return open >= 0 && inside.IndexOf("}}", open, StringComparison.Ordinal) < 0 ? quote : null;
    }

    private static bool SecondColon(int number, string line, int value, Place stopped, FindingList findings)
    {
        var rest = line[value..];
        var colon = rest.IndexOf(": ", StringComparison.Ordinal);
        colon = colon < 0 && rest.TrimEnd().EndsWith(':') ? rest.TrimEnd().Length - 1 : colon;
        if (value == 0 || colon <= 0 || rest[0] is '"' or '\'' or '{' or '[' or '|' or '>' || stopped.Line != number)
        {
            return false;
        }

        findings.Error(
            new Place(number, value + colon + 1),
            FindingCodes.NotYaml,
            $"': ' inside a value begins a map. Quote the value: {YamlSurprises.QuotedFrom(line, value)}");
        return true;
    }

    private static int? TabLine(YamlText source)
    {
        for (var at = source.Text.IndexOf('\t', StringComparison.Ordinal); at >= 0; at = source.Text.IndexOf('\t', at + 1))
        {
            var place = source.PlaceAt(at);
            if (source.Line(place.Line).AsSpan(0, place.Column).IsWhiteSpace())
            {
                return at;
            }
        }

        return null;
    }

    private static bool Tab(string line, int number, FindingList findings)
    {
        var indent = line.Length - line.TrimStart().Length;
        var tab = line.IndexOf('\t', StringComparison.Ordinal);
        if (tab < 0 || tab >= indent)
        {
            return false;
        }

        findings.Error(new Place(number, tab + 1), FindingCodes.NotYaml, "a tab indents this line. YAML is indented with blanks: two for each level.");
        return true;
    }

    private static string Words(string words, YamlText source, Place place)
    {
        var found = place.Column <= source.Line(place.Line).Length ? source.Line(place.Line)[place.Column - 1] : ' ';
        if (words.Contains("cannot start any token", StringComparison.Ordinal))
        {
            return $"a text may not begin with '{found}' unless it is quoted. Write: {YamlSurprises.QuotedFrom(source.Line(place.Line), place.Column - 1)}";
        }

        if (found is '"' or '\'' && words.Contains("end of stream", StringComparison.Ordinal))
        {
            return $"the quote {found} that opens here is never closed. Close it, or double it where it belongs to the text.";
        }

        if (words.Contains("multi-line", StringComparison.Ordinal) && found is '"' or '\'')
        {
            return $"the quote {found} that opens here is never closed. Close it, or double it where it belongs to the text.";
        }

        if (words.Contains("flow mapping", StringComparison.Ordinal) || words.Contains("flow sequence", StringComparison.Ordinal) || words.Contains("bracket", StringComparison.Ordinal))
        {
            var (open, close) = words.Contains("mapping", StringComparison.Ordinal) ? ('{', '}') : ('[', ']');
            return $"a '{open}' above or in this line is not closed with '{close}', or a comma is missing between two of its entries.";
        }

        if (words.Contains("invalid mapping", StringComparison.Ordinal) || words.Contains("block mapping", StringComparison.Ordinal))
        {
            return "this line does not begin where its neighbours do. Keys of one map stand exactly below each other, two blanks for each level.";
        }

        return $"this is not YAML: {char.ToLowerInvariant(words[0])}{words[1..].TrimEnd('.')}. Look at the indentation and the quotes of this line and of the one above.";
    }

    /// <summary>Where the value of a line begins: behind its dashes and its key.</summary>
    private static int ValueStart(string line)
    {
        var at = line.Length - line.TrimStart().Length;
        while (at + 1 < line.Length && line[at] == '-' && line[at + 1] == ' ')
        {
            at += 2;
            while (at < line.Length && line[at] == ' ')
            {
                at++;
            }
        }

        var key = at;
        while (key < line.Length && (char.IsLetterOrDigit(line[key]) || line[key] is '_' or '-' or ' '))
        {
            key++;
        }

        if (key == at || key + 1 >= line.Length || line[key] != ':' || line[key + 1] != ' ')
        {
            return at;
        }

        return key + 1 + line[(key + 1)..].TakeWhile(c => c == ' ').Count();
    }
}
