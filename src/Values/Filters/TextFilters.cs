using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ConnectorHub.Values.Filters;

/// <summary>Texts: numbers, moments, true and false are taken in their written form.</summary>
internal static class TextFilters
{
    private const string Group = "text";
    private const int MostParts = 100_000;

    public static IReadOnlyList<FilterDefinition> All { get; } =
    [
        new(Group, "lower", Kinds.Scalar, Kinds.Text, "Small letters.", new("{{ 'Ada@Acme.example' | lower }}", "", "ada@acme.example"), Lower),
        new(Group, "upper", Kinds.Scalar, Kinds.Text, "Capital letters.", new("{{ 'fr' | upper }}", "", "FR"), Upper),
        new(Group, "trim", Kinds.Scalar, Kinds.Text, "Without white space at both ends.", new("{{ '  Ada ' | trim }}", "", "Ada"), Trim),
        new(Group, "title", Kinds.Scalar, Kinds.Text, "A capital at the start of each word, small letters behind it.", new("{{ 'jean-pierre DUPONT' | title }}", "", "Jean-Pierre Dupont"), Title),
        new(Group, "split", Kinds.Scalar, Kinds.List, "A list of the parts between a separator, each trimmed.", new("{{ 'a, b, c' | split(',') | last }}", "", "c"), Split)
        {
            Parameters = [new("separator", Kinds.Text, "A comma without it.", Optional: true)],
        },
        new(Group, "join", Kinds.List, Kinds.Text, "One text of a list; missing and null items are passed over.", new("{{ event.tags | join(' / ') }}", """{"tags":["CEO","Paris"]}""", "CEO / Paris"), Join)
        {
            Parameters = [new("separator", Kinds.Text, "Comma and space without it.", Optional: true)],
        },
        new(Group, "replace", Kinds.Scalar, Kinds.Text, "Every place of one text replaced by another, letter by letter.", new("{{ '06 12 34' | replace(' ', '') }}", "", "061234"), Replace)
        {
            Parameters = [new("old", Kinds.Scalar, "What is looked for."), new("new", Kinds.Scalar, "What comes in its place.")],
        },
        new(Group, "match", Kinds.Scalar, Kinds.Text, "The part that a regular expression finds: its first group where it has one. Missing where it finds nothing.", new("{{ 'Order #4711' | match('#(\\d+)') }}", "", "4711"), Match)
        {
            Parameters = [new("pattern", Kinds.Text, "A regular expression without look-around and back references.")],
            Prepare = PatternText.Prepare,
        },
        new(Group, "truncate", Kinds.Scalar, Kinds.Text, "At most so many letters, the ending included.", new("{{ 'A very long title' | truncate(10) }}", "", "A very lo…"), Truncate)
        {
            Parameters = [new("length", Kinds.Numeric, "How many letters."), new("ending", Kinds.Text, "Three dots without it.", Optional: true)],
        },
        new(Group, "url", Kinds.Scalar, Kinds.Text, "Percent-encoded, to stand in an address. A field that is part of an address encodes by itself, and never twice.", new("{{ 'a b&c' | url }}", "", "a%20b%26c"), Url),
        new(Group, "hash", Kinds.Any, Kinds.Text, "SHA-256 in 64 small hex digits; a list or map by its JSON.", new("{{ 'ada@acme.example' | hash | truncate(8, '') }}", "", "2a132241"), Hash),
        new(Group, "json", Kinds.Any, Kinds.Text, "Its JSON.", new("{{ event.member | json }}", """{"member":{"id":7,"name":"Zoé"}}""", """{"id":7,"name":"Zoé"}"""), Json),
        new(Group, "format", Kinds.Numeric, Kinds.Text, "A number by a pattern: 0 is a digit always shown, # one shown where needed, a comma groups thousands, a dot begins the places.", new("{{ 1234.5 | format('#,##0.00', 'de') }}", "", "1.234,50"), Format)
        {
            Parameters = [new("pattern", Kinds.Text, "0.00, #,##0, 0.0 %."), new("language", Kinds.Text, "Whose separators; English without it.", Optional: true)],
        },
    ];

    private static FilterResult Lower(in FilterCall call) => Value.Text(call.Input.ToText().ToLowerInvariant());

    private static FilterResult Upper(in FilterCall call) => Value.Text(call.Input.ToText().ToUpperInvariant());

    private static FilterResult Trim(in FilterCall call) => Value.Text(call.Input.ToText().Trim());

    private static FilterResult Title(in FilterCall call)
    {
        var title = new StringBuilder();
        var starts = true;
        foreach (var letter in call.Input.ToText())
        {
            title.Append(starts ? char.ToUpperInvariant(letter) : char.ToLowerInvariant(letter));
            starts = char.IsWhiteSpace(letter) || letter is '-' or '/' or '(' or '.';
        }

        return Value.Text(title.ToString());
    }

    private static FilterResult Split(in FilterCall call)
    {
        var separator = call.Argument(0)?.ToText() ?? ",";
        if (separator.Length == 0)
        {
            return call.Problem("needs a separator of at least one letter; it got an empty text. Without one it splits at commas.");
        }

        var text = call.Input.ToText();
        return text.AsSpan().Count(separator) < MostParts
            ? Value.List([.. text.Split(separator, StringSplitOptions.TrimEntries).Select(Value.Text)])
            : call.Problem($"makes at most {MostParts} parts; this text has more.");
    }

    private static FilterResult Join(in FilterCall call)
    {
        var separator = call.Argument(0)?.ToText() ?? ", ";
        if (call.Input.Weight + ((long)separator.Length * call.Input.Count) > Value.GreatestWeight)
        {
            return Messages.TooHeavy(call.Definition);
        }

        return Value.Text(string.Join(separator, call.Input.Items.Where(item => !item.IsMissingOrNull).Select(item => item.ToText())));
    }

    private static FilterResult Replace(in FilterCall call)
    {
        var old = call.Argument(0)?.ToText() ?? "";
        if (old.Length == 0)
        {
            return call.Problem("needs a text to look for; it got an empty one.");
        }

        var text = call.Input.ToText();
        var with = call.Argument(1)?.ToText() ?? "";
        return text.Length + ((long)text.AsSpan().Count(old) * with.Length) > Value.GreatestWeight
            ? Messages.TooHeavy(call.Definition)
            : Value.Text(text.Replace(old, with, StringComparison.Ordinal));
    }

    private static FilterResult Match(in FilterCall call)
    {
        if (call.Prepared<Regex>(out var problem) is not { } pattern)
        {
            return problem!;
        }

        var found = pattern.Match(call.Input.ToText());
        if (!found.Success)
        {
            return Value.Missing;
        }

        return Value.Text(found.Groups.Count > 1 ? found.Groups[1].Value : found.Value);
    }

    private static FilterResult Truncate(in FilterCall call)
    {
        var ending = call.Argument(1)?.ToText() ?? "…";
        if (call.Argument(0) is not { } given || !Inputs.TryWhole(given, out var length) || length < 0)
        {
            return call.Problem($"needs a whole number of letters; it got {Messages.Show(call.Argument(0) ?? Value.Missing)}.");
        }

        var text = call.Input.ToText();
        if (text.Length <= length)
        {
            return Value.Text(text);
        }

        var kept = Math.Max(0, length - ending.Length);

        // A pair of surrogates is one letter; half of it is none.
        kept -= kept > 0 && char.IsHighSurrogate(text[kept - 1]) ? 1 : 0;
        return Value.Text(string.Concat(text.AsSpan(0, kept), ending.AsSpan(0, Math.Min(ending.Length, length))));
    }

    private static FilterResult Url(in FilterCall call) => Value.Text(Uri.EscapeDataString(call.Input.ToText()));

    private static FilterResult Hash(in FilterCall call) =>
        Value.Text(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(call.Input.ToText()))));

    private static FilterResult Json(in FilterCall call) => Value.Text(Encoding.UTF8.GetString(call.Input.ToUtf8Json()));

    private static FilterResult Format(in FilterCall call)
    {
        if (!Inputs.TryNumber(call.Input, out var number))
        {
            return Inputs.NotANumber(call, call.Input);
        }

        var pattern = call.Argument(0)?.ToText() ?? "";
        if (!NumberPattern.IsSafe(pattern))
        {
            return call.Problem($"takes a pattern of 0 # , . % and text in quotes, up to 40 letters; it got \"{Messages.Cut(pattern)}\". Example: format('#,##0.00', 'fr').");
        }

        var language = call.Argument(1)?.ToText() ?? "";
        return Languages.Find(language) is { } culture
            ? Value.Text(number.ToString(pattern, culture))
            : new FilterProblem(Languages.Unknown(language));
    }
}
