using ConnectorHub.Values;
using Path = ConnectorHub.Values.Path;

namespace ConnectorHub.Recipes.Expressions;

/// <summary>Slips in expressions, each with what to write instead.</summary>
internal static class ExpressionProblems
{
    public static SyntaxProblem Unexpected(string text, int at, string allowed)
    {
        if (at >= text.Length)
        {
            return new SyntaxProblem(text.Length, $"The text ends too soon: {allowed}.", null);
        }

        var fix = text[at] switch
        {
            '"' => "Write texts in single quotes: 'text'.",
            '(' => "Write filters behind a bar: value | filter(argument).",
            '+' => "Write | plus(…) for numbers, or place two placeholders side by side for texts.",
            '=' or '!' or '<' or '>' => "Comparisons belong into 'if:'.",
            >= 'A' and <= 'z' => "A name with a blank in it is written event['odd name'], a text in single quotes.",
            '.' => "Put the value into a 'let:' first, then name its member.",
            _ => null,
        };
        return new SyntaxProblem(at, $"{Names.Show(text, at)} cannot stand here: {allowed}.", fix);
    }

    public static SyntaxProblem CallWithoutBar(int start, Path path)
    {
        var fix = FilterCatalog.Find(path.Text) is { } filter ? $"value | {filter.Signature}" : "value | filter(argument)";
        return new SyntaxProblem(start, $"'{path.Text}(' is no value: filters stand behind a bar.", $"Write {fix}.");
    }

    public static SyntaxProblem UnknownFilter(int start, string name)
    {
        var names = FilterCatalog.All.Select(filter => filter.Name).Append("raw").Order(StringComparer.Ordinal).ToList();
        var fix = (Meant(name) ?? Nearest.Of(name, names)) is { } near ? $"Did you mean '{near}'?" : null;
        return new SyntaxProblem(start, $"There is no filter '{name}'. Filters: {string.Join(", ", names)}.", fix);
    }

    /// <summary>What other tools call our filters.</summary>
    private static string? Meant(string name) => name.ToLowerInvariant() switch
    {
        "downcase" or "tolower" or "lowercase" => "lower",
        "upcase" or "toupper" or "uppercase" => "upper",
        "capitalize" or "titlecase" => "title",
        "strip" => "trim",
        "size" or "length" or "len" => "count",
        "slice" or "substring" or "left" => "truncate",
        "strftime" or "format_date" or "formatdate" => "date",
        "to_number" or "int" or "float" => "number",
        "uniq" or "distinct" => "unique",
        "filter" or "select" => "where",
        "sub" or "gsub" => "replace",
        "urlencode" or "url_encode" => "url",
        "tojson" or "to_json" or "stringify" => "json",
        _ => null,
    };

    public static SyntaxProblem CannotFollow(int start, Filter filter, Filter before)
    {
        var made = before.Output is { } kind ? $"a {kind.ToString().ToLowerInvariant()}" : "something else";
        return new SyntaxProblem(
            start, $"'{filter.Name}' cannot follow '{before.Name}', which makes {made}. {filter.About}", $"Example: {filter.Example.Template}");
    }
}
