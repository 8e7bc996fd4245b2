using ConnectorHub.Gateway.Admin;
using ConnectorHub.Gateway.Doctor.Online;
using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Gateway.Settings;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Gateway.Doctor;

/// <summary>How urgent a line of the doctor's is.</summary>
internal enum Urgency
{
    /// <summary>All is well.</summary>
    Ok,

    /// <summary>May be meant so; worth a look.</summary>
    Look,

    /// <summary>Something is not done or will be lost until a person acts.</summary>
    Fix,
}

/// <summary>One thing the doctor says.</summary>
/// <param name="Part">Of the hub: settings, store, runs, pauses, recipes, scripts, secrets, connections, hooks; and of the world: hosts, clock, address.</param>
internal sealed record Diagnosis(Urgency Urgency, string Part, string Sentence);

/// <summary>What the doctor looks at.</summary>
/// <param name="Findings">Of the settings.</param>
/// <param name="FreeBytes">On the disk of the data folder; null where that cannot be told.</param>
internal sealed record Chart(
    IReadOnlyList<string> Findings,
    StatusAnswer Status,
    IReadOnlyList<RecipeSummary> Recipes,
    IReadOnlyList<ConnectionSummary> Connections,
    HooksAnswer Hooks,
    long? FreeBytes)
{
    /// <summary>So many bytes free are too few.</summary>
    public long DiskBelow { get; init; } = new WatchOptions().DiskBelow;

    /// <summary>Size of the store's write-ahead log.</summary>
    public long LogBytes { get; init; }

    /// <summary>How late the oldest run is that could go on; zero where none is, or where no gateway runs.</summary>
    public TimeSpan Late { get; init; }

    /// <summary>From when on that is too late.</summary>
    public TimeSpan LateAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>What the process that answers tells of itself.</summary>
    public VitalsAnswer Vitals { get; init; } = VitalsAnswer.None;

    /// <summary>What hosts outside answered; null where they were not asked.</summary>
    public OnlineAnswer? Online { get; init; }

    /// <summary>Where recipes are read from.</summary>
    public string RecipesFolder { get; init; } = new HubOptions().RecipesFolder;

    /// <summary>True where a gateway runs that receives.</summary>
    public bool Serving { get; init; } = true;

    /// <summary>Words for moments.</summary>
    public HubTime Clock { get; init; } = new(string.Empty, TimeProvider.System);
}

/// <summary>Says what is wrong with a hub and what to do about it. Pure.</summary>
internal static class Examination
{
    private const long LargeLog = 512L * 1024 * 1024;

    /// <summary>Everything there is to say, the parts in order; a part that is well says so in one line.</summary>
    public static IReadOnlyList<Diagnosis> Of(Chart chart) =>
    [
        .. Part("settings", chart.Findings.Select(Setting), "nothing to remark"),
        .. Part("store", Store(chart), $"can commit; {Counted(chart.Status.Events, "event", "events")}"),
        .. Part("runs", WorkExamination.Runs(chart).Select(Say), "none is unfinished"),
        .. Part("pauses", WorkExamination.Pauses(chart).Select(Say), "nothing is paused"),
        .. Part("recipes", Recipes(chart), $"{chart.Recipes.Count(recipe => recipe.State == "live")} live"),
        .. Part("scripts", ScriptExamination.Of(chart.Status.Scripts).Select(Say), ScriptExamination.Well(chart.Status.Scripts)),
        .. Part("secrets", SecretExamination.Of(chart.Vitals.Secrets, chart.Serving).Select(Say), "none is set"),
        .. Part("connections", chart.Connections.SelectMany(connection => Connection(connection, chart.Vitals)), Ready(chart.Connections)),
        .. Part("hooks", Hooks(chart.Hooks), "every hook that a recipe waits for is called and answers in time"),
        .. chart.Online is { } online ? OnlineExamination.Of(online, chart.Serving, chart.Clock) : [],
    ];

    private static List<Diagnosis> Part(string part, IEnumerable<Line> lines, string well)
    {
        var found = lines.Select(line => new Diagnosis(line.Urgency, part, line.Sentence)).ToList();
        return found.Count > 0 ? found : [new Diagnosis(Urgency.Ok, part, well)];
    }

    // What stops a start may not have stopped the question.
    private static Line Setting(string finding) => finding.Contains(": error ", StringComparison.Ordinal) ? Fix(finding) : Look(finding);

    private static string Ready(IReadOnlyList<ConnectionSummary> connections)
    {
        var ready = connections.Count(connection => connection is { Problem: null, BlockedBy: null });
        return ready == connections.Count ? $"{ready} ready" : $"{ready} of {connections.Count} ready; see the secrets above";
    }

    private static IEnumerable<Line> Store(Chart chart)
    {
        if (!chart.Status.CanCommit)
        {
            yield return Fix("The store cannot commit: platforms get a 503. Look at the disk of the data folder and at the log.");
        }

        if (chart.FreeBytes < chart.DiskBelow)
        {
            yield return Fix($"The disk of the data folder has {chart.FreeBytes / (1024 * 1024)} MB left. Make room before it is full.");
        }

        if (chart.LogBytes > LargeLog)
        {
            yield return Look($"The store's log (hub.db-wal) has grown to {chart.LogBytes / (1024 * 1024)} MB: the disk is slow, or another program holds the store open. It shrinks once that is over.");
        }

        if (chart.Late > chart.LateAfter)
        {
            yield return Fix($"The oldest run that could go on has waited {(long)chart.Late.TotalMinutes} minutes too long: the gateway does not keep up. See its processor time, then Runs:Concurrency.");
        }

        if (Count(chart, RunState.DeadLettered) is > 0 and var dead)
        {
            yield return Fix($"{Counted(dead, "run waits", "runs wait")} for a person after the last try. See: connectorhub dead-letters");
        }

        if (Count(chart, RunState.Asking) is > 0 and var asking)
        {
            yield return Fix($"{Counted(asking, "run asks", "runs ask")} whether something was done before the answer was lost. See: connectorhub runs --state Asking");
        }
    }

    private static IEnumerable<Line> Recipes(Chart chart) => chart.Recipes.Count == 0
        ? [Look($"There is no recipe in '{chart.RecipesFolder}': events are kept, and nothing is done with them. Write one with: connectorhub init, or set Hub:RecipesFolder.")]
        : chart.Recipes.SelectMany(Recipe);

    private static IEnumerable<Line> Recipe(RecipeSummary recipe)
    {
        if (recipe.State.StartsWith("broken", StringComparison.Ordinal))
        {
            yield return Fix($"{recipe.File} is {recipe.State}. See: connectorhub check");
        }
        else if (recipe.State is "rehearse" or "off")
        {
            yield return Look($"{recipe.File}: mode is {recipe.State}, so it sends nothing.");
        }
    }

    private static IEnumerable<Line> Connection(ConnectionSummary connection, VitalsAnswer vitals)
    {
        // A secret that is not there has been said above.
        if (connection.Problem is { } problem && !vitals.Secrets.Any(place => place.Connection == connection.Name && !place.InUse))
        {
            yield return Fix($"{connection.Name} cannot be used: {problem}.");
        }

        if (connection.BlockedBy is { } block)
        {
            yield return Fix($"{connection.Name} is blocked: {block} Put it right, then: connectorhub connections release {connection.Name}");
        }

        if (connection.BaseUrl is { } address)
        {
            yield return Look($"{connection.Name} goes to {address} and not to the platform's own address (BaseUrl).");
        }

        if (connection.Mode == "Rehearse")
        {
            yield return Look($"{connection.Name} rehearses: what it would send is recorded, and nothing is sent.");
        }
    }

    private static IEnumerable<Line> Hooks(HooksAnswer hooks)
    {
        if (hooks.AddressHint is { } hint && hooks.Connections.Count > 0)
        {
            yield return Fix(hint);
        }

        foreach (var connection in hooks.Connections)
        {
            foreach (var line in connection.Sources.SelectMany(Source))
            {
                yield return line;
            }
        }
    }

    private static IEnumerable<Line> Source(SourceSummary source)
    {
        if (source.Down is { } down)
        {
            yield return new Line(down.Level >= StakeLevel.GaveUp ? Urgency.Fix : Urgency.Look, $"{source.Source}: {down.Sentence}");
        }

        foreach (var hook in source.Hooks)
        {
            foreach (var line in Hook(hook))
            {
                yield return line;
            }
        }
    }

    private static IEnumerable<Line> Hook(HookSummary hook)
    {
        if (hook.AtStake is { } stake)
        {
            var why = hook.Streak is { } streak ? $" Last refused because: {streak.Text}" : string.Empty;
            yield return new Line(Urgency.Fix, $"{hook.Name}: {stake.Sentence}{why}");
        }

        if (hook.Lost is { } lost)
        {
            yield return Fix($"{hook.Name}: {lost.Sentence}");
        }

        if (hook.Events == 0 && hook.Recipes.Count > 0)
        {
            yield return Look($"{hook.Name}: {string.Join(", ", hook.Recipes.Select(recipe => recipe.Id))} wait{(hook.Recipes.Count == 1 ? "s" : string.Empty)} for it, and no event has ever arrived. See: connectorhub hooks");
        }

        if (hook.Events > 0 && hook.Events == hook.Tests)
        {
            yield return Look($"{hook.Name}: every event so far was marked as a test by the platform, and tests are only rehearsed unless the hook says Tests: Live.");
        }

        if (hook.OtherBodies > 0)
        {
            yield return Look($"{hook.Name}: the platform repeated an id with another body {Counted(hook.OtherBodies, "time", "times")}; the first one counts. See: connectorhub events --duplicates");
        }
    }

    private static long Count(Chart chart, RunState state) => chart.Status.Runs.GetValueOrDefault(state.ToString());

    private static string Counted(long count, string one, string many) => count == 1 ? $"1 {one}" : $"{count} {many}";

    private static Line Say((Urgency Urgency, string Sentence) said) => new(said.Urgency, said.Sentence);

    private static Line Fix(string sentence) => new(Urgency.Fix, sentence);

    private static Line Look(string sentence) => new(Urgency.Look, sentence);

    private sealed record Line(Urgency Urgency, string Sentence);
}
