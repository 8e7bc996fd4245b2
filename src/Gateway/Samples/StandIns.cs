using System.Globalization;
using System.Text.RegularExpressions;

namespace ConnectorHub.Gateway.Samples;

/// <summary>The look-alikes of one sample: the same for the same text, and nothing in them comes from it but its form.</summary>
internal sealed partial class StandIns
{
    private static readonly string[] FirstNames = ["Alex", "Sam", "Robin", "Kim", "Charlie", "Noa", "Jo", "Toni"];
    private static readonly string[] LastNames = ["Sample", "Example", "Muster", "Modelo", "Exemple", "Voorbeeld"];
    private static readonly string[] Streets = ["Sample Street", "Example Road"];

    private readonly Dictionary<(string Kind, string Text), string> _known = [];
    private readonly List<(string Text, string StandIn)> _names = [];

    /// <summary>A name; remembered, so that it is also replaced inside other texts.</summary>
    public string Name(string field, string text) => Known("name", text, number =>
    {
        var first = FirstNames[number % FirstNames.Length];
        var last = LastNames[number % LastNames.Length];
        var plain = field.ToLowerInvariant();
        var name = plain.Contains("company", StringComparison.Ordinal) ? $"Company {number + 1}"
            : plain.Contains("first", StringComparison.Ordinal) || plain.Contains("given", StringComparison.Ordinal) ? first
            : plain.Contains("last", StringComparison.Ordinal) || plain.Contains("family", StringComparison.Ordinal) ? last
            : $"{first} {last}";
        if (text.Length >= 3)
        {
            _names.Add((text, name));
        }

        return name;
    });

    /// <summary>Digits in the same places.</summary>
    public string Digits(string text) => Known("digits", text, number =>
    {
        const string Pattern = "5550100";
        var at = number;
        return string.Concat(text.Select(c => char.IsAsciiDigit(c) ? Pattern[at++ % Pattern.Length] : c));
    });

    /// <summary>A key of the same length and alphabet.</summary>
    public string Key(string text) => Known("key", text, number => string.Concat(text.Select(c => char.IsDigit(c) ? (char)('0' + (number % 10)) : char.IsLetter(c) ? 'x' : c)));

    /// <summary>A part of an address.</summary>
    public string Address(string field, string text) => Known("address", text, number => field.ToLowerInvariant().Replace("_", string.Empty, StringComparison.Ordinal) switch
    {
        "city" or "ipcity" => "Sampletown",
        "street" => Streets[number % Streets.Length],
        "fulladdress" => $"{number + 1} {Streets[number % Streets.Length]}, Sampletown",
        _ => string.Concat(text.Select(c => char.IsDigit(c) ? '1' : c)),
    });

    /// <summary>What somebody wrote; numbers and single words of a form stay, for conditions may ask for them.</summary>
    public string FreeText(string text) =>
        decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out _) || Mail().IsMatch(text) ? text
        : Telephone().IsMatch(text) ? Digits(text)
        : Known("text", text, number => $"Sample text {number + 1}");

    /// <summary>Replaces what tells a person apart wherever it stands inside a text: mail addresses, names, ids, network addresses, keys in links.</summary>
    public string Within(string text)
    {
        text = Mail().Replace(text, match => Known("mail", match.Value.ToLowerInvariant().Replace("%40", "@", StringComparison.Ordinal), number => $"person{number + 1}@example.com")
            .Replace("@", match.Value.Contains('@', StringComparison.Ordinal) ? "@" : "%40", StringComparison.Ordinal));
        foreach (var (name, standIn) in _names)
        {
            text = text == standIn ? text : Regex.Replace(text, $@"\b{Regex.Escape(name)}\b", standIn.Replace("$", "$$", StringComparison.Ordinal), RegexOptions.IgnoreCase | RegexOptions.NonBacktracking);
        }

        text = Uuid().Replace(text, match => Known("uuid", match.Value.ToLowerInvariant(), number => $"00000000-0000-4000-8000-{number + 1:d12}"));
        text = HexId().Replace(text, match => Known("hex", match.Value, number => (number + 1).ToString(CultureInfo.InvariantCulture).PadLeft(match.Length, '0')));
        text = Network().Replace(text, match => Known("network", match.Value, number => $"203.0.113.{(number % 254) + 1}"));
        return LinkKey().Replace(text, match => match.Groups[1].Value + Key(match.Groups[2].Value));
    }

    private string Known(string kind, string text, Func<int, string> make)
    {
        if (!_known.TryGetValue((kind, text), out var standIn))
        {
            standIn = make(_known.Keys.Count(known => known.Kind == kind));
            _known.Add((kind, text), standIn);
        }

        return standIn;
    }

    [GeneratedRegex(@"[\p{L}\p{N}._+\-]+(%2B[\p{L}\p{N}._+\-]+)?(@|%40)[\p{L}\p{N}\-]+(\.[\p{L}\p{N}\-]+)+", RegexOptions.NonBacktracking)]
    private static partial Regex Mail();

    [GeneratedRegex(@"^\+?[0-9][0-9 ()./\-]{6,}[0-9]$", RegexOptions.NonBacktracking)]
    private static partial Regex Telephone();

    [GeneratedRegex("[0-9a-zA-Z]{8}-[0-9a-zA-Z]{4}-[0-9a-zA-Z]{4}-[0-9a-zA-Z]{4}-[0-9a-zA-Z]{12}", RegexOptions.NonBacktracking)]
    private static partial Regex Uuid();

    [GeneratedRegex("[0-9a-f]{20,}", RegexOptions.NonBacktracking)]
    private static partial Regex HexId();

    [GeneratedRegex(@"[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}", RegexOptions.NonBacktracking)]
    private static partial Regex Network();

    [GeneratedRegex("([?&](?:key|token|code|secret|password|sig|signature|s)=)([^&#\\s]+)", RegexOptions.IgnoreCase)]
    private static partial Regex LinkKey();
}
