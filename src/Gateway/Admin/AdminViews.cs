using System.Text.Json;
using ConnectorHub.Connectors;
using ConnectorHub.Recipes;
using ConnectorHub.Recipes.Telling;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Gateway.Admin;

/// <summary>Rows of the store as the admin API shows them.</summary>
internal static class AdminViews
{
    public static EventSummary Summary(EventRow row, IReadOnlyList<RunRow> runs) => new(
        row.Id,
        row.ReceivedAt,
        row.Hook,
        row.Source,
        row.Type,
        row.Subject,
        row.Test,
        row.Duplicates,
        row.OtherBodies,
        Outcome(row, runs));

    public static RunSummary Summary(RunRow row) => new(
        row.Id,
        row.EventId,
        row.RecipeId,
        row.RecipeHash,
        row.State,
        row.Rehearsal,
        row.CreatedAt,
        row.DueAt,
        row.FinishedAt,
        row.Attempts,
        row.State is RunState.Waiting or RunState.Blocked ? row.NextConnection : null,
        Stands(row.State) ? row.Error : null,
        row.Note);

    public static RunDetail Detail(RunRow row, string inShort, IReadOnlyList<AttemptRow> attempts) =>
        new(Summary(row), inShort, RunStory.Steps(row, attempts), [.. attempts.Select(Detail)], RunStory.Advice(row)) { Log = RunLog.Of(row) };

    public static JsonElement? Json(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return null;
        }

        using var document = JsonDocument.Parse(bytes);
        return document.RootElement.Clone();
    }

    public static WhyAnswer Why(EventReason reason) => new(
        Summary(reason.Event, [.. reason.Recipes.SelectMany(recipe => recipe.Runs)]),
        [.. reason.Recipes.Select(recipe => new WhyRecipe(
            recipe.RecipeId,
            recipe.RecipeHash,
            recipe.InShort,
            recipe.Verdict,
            [.. recipe.Lines.Select(line => new WhyLine(line.Answer, line.Label, line.Sentence, line.Note, line.Line))],
            recipe.Summary,
            [.. recipe.Runs.Select(Summary)]) { History = recipe.History })],
        reason.Unwanted);

    /// <param name="notReady">Which connection it lacks; null where it lacks none, or where connections are not judged.</param>
    public static RecipeSummary Summary(BookEntry entry, string? notReady) => new(
        entry.Id,
        entry.File,
        entry.Live?.Name ?? string.Empty,
        State(entry, notReady),
        entry.Live?.Hash ?? string.Empty,
        [.. entry.Findings.Select(finding => finding.ToString())],
        entry.Live is { } live ? RecipeTelling.InShort(live, ConnectorCatalog.All) : string.Empty);

    private static string State(BookEntry entry, string? notReady) => entry switch
    {
        { Live: null } => "broken",
        { IsLastGood: true } => "broken; its last good version is live",
        { Live.Mode: RecipeMode.Off } => "off",
        _ when notReady is not null => $"not ready: {notReady}",
        { Live.Mode: RecipeMode.Rehearse } => "rehearse",
        _ => "live",
    };

    private static AttemptDetail Detail(AttemptRow row) => new(
        row.Number,
        row.StepId,
        row.Action,
        row.Connection,
        row.State,
        row.Rehearsal,
        row.StartedAt,
        row.EndedAt,
        row.Kind,
        row.Code,
        row.Message,
        row.EffectKey,
        Json(row.Input),
        Json(row.Output),
        AttemptRecords.Request(row.Request));

    // What once kept a run waiting is history when it has ended well; its attempts still tell it.
    private static bool Stands(RunState state) => state is RunState.Waiting or RunState.Blocked or RunState.Asking or RunState.DeadLettered;

    private static string Outcome(EventRow row, IReadOnlyList<RunRow> runs)
    {
        if (runs.Count > 0)
        {
            var states = runs.GroupBy(run => run.State).Select(group => group.Count() == 1 ? $"{group.Key}" : $"{group.Count()} {group.Key}");
            return $"{runs.Count} run{(runs.Count == 1 ? string.Empty : "s")}: {string.Join(", ", states)}";
        }

        return row.Decisions.Count == 0 ? "no recipe waits for it" : $"no recipe took it ({string.Join(", ", row.Decisions.Select(d => d.RecipeId).Distinct())})";
    }
}
