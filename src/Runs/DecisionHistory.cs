using ConnectorHub.Runs.Store;

namespace ConnectorHub.Runs;

/// <summary>What recipes decided on an event one after the other.</summary>
public static class DecisionHistory
{
    /// <summary>Of recipes that a person had asked again, recipe by recipe, the oldest first; empty for nearly all events.</summary>
    public static IReadOnlyList<PastDecision> Of(EventRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var history = new List<PastDecision>();
        foreach (var recipe in row.Decisions.GroupBy(decision => decision.RecipeId).Where(group => group.Any(decision => decision.Later is not null)))
        {
            if (recipe.First().Later is not null)
            {
                history.Add(new PastDecision(recipe.Key, row.ReceivedAt, null, "not asked: the recipe was not live, or waited for other events"));
            }

            history.AddRange(recipe.Select(decision => new PastDecision(recipe.Key, decision.Later?.At ?? row.ReceivedAt, decision.Later?.Who, Words(decision))));
        }

        return history;
    }

    internal static string Word(DecisionVerdict verdict) => verdict switch
    {
        DecisionVerdict.Taken => "taken",
        DecisionVerdict.Skipped => "skipped",
        DecisionVerdict.AlreadyDone => "already done",
        DecisionVerdict.RecipeBroken => "recipe broken",
        DecisionVerdict.NotReady => "not ready",
        DecisionVerdict.MatchFailed => "match failed",
        DecisionVerdict.Learning => "not asked",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Words(Decision decision) => decision switch
    {
        { Detail.Length: 0 } => Word(decision.Verdict),
        { Verdict: DecisionVerdict.AlreadyDone } => $"already done by {decision.Detail}",
        _ => $"{Word(decision.Verdict)}: {decision.Detail}",
    };
}
