using ConnectorHub.Recipes.Yaml;

namespace ConnectorHub.Recipes.Reading;

/// <summary>Whether what a recipe plans still finds its run alive.</summary>
internal static class LifeCheck
{
    public static void Check(YamlMap recipe, TimeSpan giveUpAfter, FindingList findings)
    {
        Retry(recipe, giveUpAfter, findings);
        foreach (var step in (recipe.Find("steps")?.Value as YamlList)?.Items.OfType<YamlMap>() ?? [])
        {
            Retry(step, giveUpAfter, findings);
        }

        if (recipe.Find("too_late_after") is { Value: YamlScalar scalar } && Durations.TryParse(scalar.Text, out var late) && late > giveUpAfter)
        {
            findings.Warning(
                scalar.Start,
                FindingCodes.OutlivesRun,
                $"'too_late_after' is {scalar.Text}, and a run gives up after {Durations.Words(giveUpAfter)} anyway. Write at most {Durations.Words(giveUpAfter)}, or raise Runs:GiveUpAfter in the settings.");
        }
    }

    private static void Retry(YamlMap map, TimeSpan giveUpAfter, FindingList findings)
    {
        if (map.Find("retry")?.Value is not YamlList list)
        {
            return;
        }

        var total = TimeSpan.Zero;
        foreach (var wait in list.Items.OfType<YamlScalar>())
        {
            total += Durations.TryParse(wait.Text, out var duration) ? duration : TimeSpan.Zero;
            if (total > giveUpAfter)
            {
                findings.Warning(
                    wait.Start,
                    FindingCodes.OutlivesRun,
                    $"up to here the waits add up to {Math.Ceiling(total.TotalDays)}d, and a run gives up after {Durations.Words(giveUpAfter)}: this try never comes. Shorten the list, or raise Runs:GiveUpAfter in the settings.");
                return;
            }
        }
    }
}
