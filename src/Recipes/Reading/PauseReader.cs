using System.Globalization;
using ConnectorHub.Abstractions;
using ConnectorHub.Recipes.Yaml;
using NodaTime;

namespace ConnectorHub.Recipes.Reading;

/// <summary>Reads what stands between actions: <c>wait</c>, <c>stop</c>, <c>let</c>.</summary>
internal sealed class PauseReader(RecipeFile file, ConditionReader conditions, ValueReader values, LetReader lets)
{
    private const string WaitExample = "a time such as 2h, or the next such hour: until 09:00";

    // A run that is forgotten for longer is nobody's wish.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    private readonly FindingList _findings = file.Findings;

    public static bool Reads(YamlMap map) => map.Find("wait") is not null || map.Find("stop") is not null || map.Find("let") is not null;

    public RecipeStep? Read(YamlMap map, Sight sight)
    {
        var keys = map.Find("wait") is not null ? Keys.Wait : map.Find("stop") is not null ? Keys.Stop : Keys.StepLet;
        keys.Check(map, map.Start, _findings);
        var lines = map.Find("if") is { } condition ? conditions.Read(condition.Value, sight) : [];
        return map.Find("wait") is { } wait ? Wait(wait.Value, lines, map.Start.Line)
            : map.Find("stop") is { } stop ? Stop(stop.Value, lines, sight, map.Start.Line)
            : new LetStep(lets.Read(map.Find("let")!.Value, sight), lines, map.Start.Line);
    }

    private WaitStep? Wait(YamlNode node, IReadOnlyList<ConditionLine> lines, int line)
    {
        if (node is not YamlScalar { IsNull: false } scalar)
        {
            Scalars.Wrong(node, "wait", WaitExample, _findings);
            return null;
        }

        if (scalar.Text.StartsWith("until ", StringComparison.Ordinal))
        {
            return Until(scalar, lines, line);
        }

        if (!Durations.TryParse(scalar.Text, out var time))
        {
            _findings.Error(scalar.Start, FindingCodes.BadDuration, $"'wait' is {scalar.Words}. It must be {WaitExample}. A time is {Durations.Allowed}.");
            return null;
        }

        if (time > LongestWait)
        {
            _findings.Error(scalar.Start, FindingCodes.BadDuration, $"'wait' is {scalar.Text}. Allowed: at most 30d.");
        }

        return new WaitStep(time, null, lines, line);
    }

    private WaitStep? Until(YamlScalar scalar, IReadOnlyList<ConditionLine> lines, int line)
    {
        if (!TimeOnly.TryParseExact(scalar.Text["until ".Length..].Trim(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var hour))
        {
            _findings.Error(scalar.Start, FindingCodes.BadDuration, $"'wait' is {scalar.Words}. After 'until' stands an hour of the day with two digits each: until 09:00");
            return null;
        }

        if (file.Zone is null)
        {
            _findings.Error(scalar.Start, FindingCodes.NoZone, "'wait: until' needs a zone to know when that is. Add 'zone: Europe/Paris' to the recipe, or set 'Hub:Zone'.");
        }

        return new WaitStep(null, new LocalTime(hour.Hour, hour.Minute), lines, line);
    }

    private StopStep? Stop(YamlNode node, IReadOnlyList<ConditionLine> lines, Sight sight, int line)
    {
        if (node is not YamlScalar { IsNull: false, Text.Length: > 0 } scalar)
        {
            Scalars.Wrong(node, "stop", "the reason, such as \"the live has no date yet\"", _findings);
            return null;
        }

        return values.Template(scalar, TextKind.Plain, sight) is { } reason ? new StopStep(reason, lines, line) : null;
    }
}
