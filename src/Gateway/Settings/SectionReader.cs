using System.Globalization;
using ConnectorHub.Values;

namespace ConnectorHub.Gateway.Settings;

/// <summary>Parses one text of the settings.</summary>
internal delegate bool TextParser<T>(string text, out T value);

/// <summary>
/// Reads one section strictly: every key that nobody asked for is a finding, and so is every value of the wrong form. Reading goes on after a
/// finding, so that all of them come at once.
/// </summary>
internal sealed class SectionReader(IConfiguration section, string path, List<SettingsFinding> findings)
{
    private const int LongestShown = 60;

    private readonly List<string> _known = [];

    public string Text(string key, string absent) => Scalar(key) ?? absent;

    public int WholeNumber(string key, int absent, int least, int most) => Read<int>(
        key,
        absent,
        (string text, out int value) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least && value <= most,
        string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));

    public TimeSpan Duration(string key, TimeSpan absent, TimeSpan least, TimeSpan most) => Read<TimeSpan>(
        key,
        absent,
        (string text, out TimeSpan value) => Durations.TryParse(text, out value) && value >= least && value <= most,
        $"{Durations.Allowed}, from {Durations.Format(least)} to {Durations.Format(most)}");

    public int ByteSize(string key, int absent, int least, int most) => Read<int>(
        key,
        absent,
        (string text, out int value) => ByteSizes.TryParse(text, out value) && value >= least && value <= most,
        $"{ByteSizes.Allowed}, from {ByteSizes.Format(least)} to {ByteSizes.Format(most)}");

    public T Choice<T>(string key, T absent)
        where T : struct, Enum => Read<T>(
        key,
        absent,
        (string text, out T value) => Enum.TryParse(text, ignoreCase: true, out value) && !char.IsAsciiDigit(text[0]),
        "one of: " + string.Join(", ", Enum.GetNames<T>()));

    /// <summary>One value; <paramref name="absent"/> where it is not there or not allowed, the latter with a finding.</summary>
    public T Read<T>(string key, T absent, TextParser<T> parse, string allowed)
    {
        if (Scalar(key) is not { } text)
        {
            return absent;
        }

        if (text.Length > 0 && parse(text, out var value))
        {
            return value;
        }

        Wrong(Place(key), text, allowed);
        return absent;
    }

    /// <summary>Like <see cref="Read"/>, but an empty text also says that there is no value.</summary>
    public T Optional<T>(string key, T absent, TextParser<T> parse, string allowed) =>
        Scalar(key) is { Length: > 0 } ? Read(key, absent, parse, allowed + ", or empty for none") : absent;

    /// <summary>A list of values; the whole of <paramref name="absent"/> where it is not there.</summary>
    public IReadOnlyList<T> List<T>(string key, IReadOnlyList<T> absent, TextParser<T> parse, string allowed)
    {
        _known.Add(key);
        var child = section.GetSection(key);
        var items = child.GetChildren().ToArray();
        if (items.Length == 0)
        {
            if (!string.IsNullOrEmpty(child.Value))
            {
                Wrong(Place(key), child.Value, $"a list, each item {allowed}");
            }

            return child.Value is null ? absent : [];
        }

        var values = new List<T>();
        foreach (var item in items)
        {
            if (item.Value is { Length: > 0 } text && parse(text, out var value))
            {
                values.Add(value);
            }
            else
            {
                Wrong(Place($"{key}:{item.Key}"), item.Value ?? "a section", allowed);
            }
        }

        return values;
    }

    /// <summary>What stands in this section, where the names are the operator's own.</summary>
    public IReadOnlyList<IConfigurationSection> Children => [.. section.GetChildren()];

    /// <summary>A section below this one.</summary>
    public SectionReader Section(string key) => new(Below(key), Place(key), findings);

    /// <summary>Takes a key as known without reading it.</summary>
    public void Skip(string key) => _known.Add(key);

    /// <summary>Reports what nobody asked for. Call it last.</summary>
    public void Finish()
    {
        foreach (var child in section.GetChildren())
        {
            if (!_known.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            {
                findings.Add(new(Place(child.Key), SettingsCodes.Unknown, $"'{Place(child.Key)}' is not a setting. {Suggest(child.Key, _known)}"));
            }
        }
    }

    public string Place(string key) => path.Length == 0 ? key : $"{path}:{key}";

    public void Add(string key, SettingsCode code, string message) => findings.Add(new(Place(key), code, message));

    /// <summary>"Did you mean …? Allowed: …" for a word that is not among the candidates.</summary>
    public static string Suggest(string word, IReadOnlyList<string> candidates)
    {
        var nearest = Nearest.Of(word, candidates);
        var allowed = candidates.Count == 0 ? "Nothing is allowed here." : $"Allowed: {string.Join(", ", candidates)}.";
        return nearest is null ? allowed : $"Did you mean '{nearest}'? {allowed}";
    }

    private IConfigurationSection Below(string key)
    {
        _known.Add(key);
        var child = section.GetSection(key);
        if (!string.IsNullOrEmpty(child.Value))
        {
            // Not shown: it may be a secret that somebody wrote without its name.
            findings.Add(new(Place(key), SettingsCodes.WrongValue, "One value stands where a section { … } is allowed."));
        }

        return child;
    }

    private string? Scalar(string key)
    {
        _known.Add(key);
        var child = section.GetSection(key);
        if (!child.GetChildren().Any())
        {
            return child.Value;
        }

        findings.Add(new(Place(key), SettingsCodes.WrongValue, "A list or section stands where one value is allowed."));
        return null;
    }

    private void Wrong(string place, string found, string allowed) =>
        findings.Add(new(place, SettingsCodes.WrongValue, $"'{Shown(found)}' is not allowed. Allowed: {allowed}."));

    // An address may carry a password, and a key may be pasted anywhere: never more than the start.
    private static string Shown(string found)
    {
        var at = found.LastIndexOf('@');
        var safe = at < 0 ? found : "***" + found[at..];
        return safe.Length <= LongestShown ? safe : safe[..LongestShown] + "…";
    }
}
