using ConnectorHub.Recipes.Yaml;
using ConnectorHub.Values;

namespace ConnectorHub.Recipes.Reading;

/// <summary>The keys a map may have at one place of a recipe.</summary>
/// <param name="Place">As a message names it: <c>a step</c>.</param>
/// <param name="Allowed">In the order a person would write them, and <c>fmt</c> does.</param>
/// <param name="Required">Those without which it means nothing.</param>
internal sealed record Keys(string Place, IReadOnlyList<string> Allowed, IReadOnlyList<string> Required)
{
    public static readonly Keys Recipe = new(
        "a recipe",
        ["version", "name", "about", "owner", "mode", "when", "if", "too_late_after", "zone", "let", "once_per", "order_by", "retry", "steps", "on_error", "tests"],
        ["version", "name", "when", "steps"]);

    public static readonly Keys When = new("'when'", ["source", "event", "connection", "schedule"], ["source", "event"]);

    public static readonly Keys WhenSchedule = new("'when' with a schedule", ["schedule"], []);

    public static readonly Keys Schedule = new("'schedule'", ["cron", "every", "zone", "missed"], []);

    public static readonly Keys Step = new(
        "a step",
        ["id", "for_each", "each_key", "if", "use", "connection", "key", "with", "retry", "timeout", "continue_on_error", "repeat"],
        ["id", "use"]);

    public static readonly Keys OnError = new("an entry of 'on_error'", ["id", "if", "use", "connection", "with", "retry", "timeout"], ["use"]);

    public static readonly Keys Wait = new("a wait", ["wait", "if"], ["wait"]);

    public static readonly Keys Stop = new("a stop", ["stop", "if"], ["stop"]);

    public static readonly Keys StepLet = new("a 'let' between steps", ["let", "if"], ["let"]);

    public static readonly Keys Choice = new("an offer of 'choose'", ["if", "value"], ["value"]);

    public static readonly Keys Test = new("a test", ["name", "sample", "change", "remembered", "answers", "expect"], ["name", "sample", "expect"]);

    public static readonly Keys OncePer = new("'once_per'", ["key", "within"], ["key"]);

    public static readonly Keys OrderBy = new("'order_by'", ["key", "strict"], ["key"]);

    public static readonly Keys Group = new("a condition", ["any", "all", "not"], []);

    /// <summary>Says which keys are unknown and which are missing.</summary>
    /// <param name="at">Where a missing key is shown.</param>
    public void Check(YamlMap map, Place at, FindingList findings)
    {
        foreach (var entry in map.Entries)
        {
            if (!Allowed.Contains(entry.Key.Text))
            {
                findings.Error(entry.Key.Start, FindingCodes.UnknownKey, $"'{entry.Key.Text}' is not a key of {Place}.{Hint(entry.Key.Text)} Allowed: {Words.List(Allowed)}.");
            }
        }

        // A misspelled key has been named already; it is not missing as well.
        var meant = map.Entries.Where(entry => !Allowed.Contains(entry.Key.Text)).Select(entry => Meant(entry.Key.Text)).ToList();
        foreach (var key in Required)
        {
            if (map.Find(key) is null && !meant.Contains(key))
            {
                findings.Error(at, FindingCodes.MissingKey, $"{Place} has no '{key}'. It needs: {Words.List(Required)}.");
            }
        }
    }

    private string Hint(string key)
    {
        if (Meant(key) is { } meant)
        {
            return $" Did you mean '{meant}'?";
        }

        var home = new[] { Recipe, When, Step, Test, OncePer }.FirstOrDefault(other => other.Allowed.Contains(key));
        return home is null ? "" : $" It is a key of {home.Place}.";
    }

    /// <summary>The key that a slip of the keyboard, or another tool's word, stands for.</summary>
    private string? Meant(string key) =>
        KeySynonyms.Of(key).FirstOrDefault(Allowed.Contains) ?? Nearest.Of(key, Allowed);

    /// <summary><c> Did you mean 'steps'?</c>, or nothing.</summary>
    public static string DidYouMean(string word, IEnumerable<string> candidates) =>
        Nearest.Of(word, candidates) is { } near ? $" Did you mean '{near}'?" : "";
}
