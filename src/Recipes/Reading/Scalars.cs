using ConnectorHub.Recipes.Yaml;

namespace ConnectorHub.Recipes.Reading;

/// <summary>Reads the plain keys of a recipe: texts, words of a set, durations, yes and no. Each says what it wants where it does not get it.</summary>
internal static class Scalars
{
    /// <summary>A text that is not empty; null where there is none, and that has been said.</summary>
    public static string? Text(YamlMap map, string key, FindingList findings)
    {
        if (map.Find(key) is not { } entry)
        {
            return null;
        }

        if (entry.Value is YamlScalar { IsNull: false } scalar && scalar.Text.Trim().Length > 0)
        {
            return scalar.Text.Trim();
        }

        Wrong(entry.Value, key, "a text", findings);
        return null;
    }

    public static bool Boolean(YamlMap map, string key, FindingList findings)
    {
        if (map.Find(key) is not { } entry)
        {
            return false;
        }

        if (entry.Value is YamlScalar { Plain: PlainKind.Boolean } scalar)
        {
            return PlainScalar.IsTrue(scalar.Text);
        }

        var truth = entry.Value is YamlScalar { Style: ScalarStyle.Plain } word ? PlainScalar.OldTruth(word.Text) : null;
        Wrong(entry.Value, key, truth is null ? "true or false" : $"true or false: write {key}: {truth}", findings);
        return false;
    }

    /// <summary>One of a few words, as a number into <paramref name="allowed"/>; the first where the key is not there.</summary>
    public static int Choice(YamlMap map, string key, IReadOnlyList<string> allowed, FindingList findings)
    {
        if (map.Find(key) is not { } entry)
        {
            return 0;
        }

        for (var i = 0; i < allowed.Count; i++)
        {
            if (entry.Value is YamlScalar scalar && string.Equals(scalar.Text, allowed[i], StringComparison.Ordinal))
            {
                return i;
            }
        }

        var near = entry.Value is YamlScalar word ? Keys.DidYouMean(word.Text, allowed) : "";
        findings.Error(entry.Value.Start, FindingCodes.WrongType, $"'{key}' is {entry.Value.Words}.{near} Allowed: {Words.List(allowed)}.");
        return 0;
    }

    public static TimeSpan? Duration(YamlMap map, string key, FindingList findings) =>
        map.Find(key) is { } entry ? Duration(entry.Value, key, findings) : null;

    /// <summary>A list of waits; null where the key is not there.</summary>
    public static IReadOnlyList<TimeSpan>? Waits(YamlMap map, FindingList findings)
    {
        if (map.Find("retry") is not { } entry)
        {
            return null;
        }

        if (entry.Value is not YamlList list)
        {
            Wrong(entry.Value, "retry", "a list of waits, such as [30s, 2m, 10m, 1h]", findings);
            return null;
        }

        const int Most = 50;
        if (list.Items.Count > Most)
        {
            findings.Error(list.Start, FindingCodes.WrongType, $"'retry' has {list.Items.Count} waits. Allowed: at most {Most}.");
        }

        return [.. list.Items.Select(item => Duration(item, "retry", findings)).OfType<TimeSpan>()];
    }

    public static void Wrong(YamlNode found, string key, string wanted, FindingList findings)
    {
        if (found is not YamlLostPlaceholder)
        {
            findings.Error(found.Start, FindingCodes.WrongType, $"'{key}' is {found.Words}. It must be {wanted}.");
        }
    }

    private static TimeSpan? Duration(YamlNode node, string key, FindingList findings)
    {
        if (node is YamlScalar scalar && Durations.TryParse(scalar.Text, out var duration))
        {
            return duration;
        }

        if (node is not YamlLostPlaceholder)
        {
            findings.Error(node.Start, FindingCodes.BadDuration, $"'{key}' has {node.Words}, which is no duration. {Durations.Problem((node as YamlScalar)?.Text ?? "")}");
        }

        return null;
    }
}
