using ConnectorHub.Runs.Store;
using ConnectorHub.Runs.Work;

namespace ConnectorHub.Runs.Acts;

/// <summary>What a person does with runs that wait for one: replay, cancel, decide. Each act is audited; done twice it is done once.</summary>
public sealed class RunActs(RunParts parts, ReplayPlanner planner, WorkQueue work, IIdSource ids, TimeProvider time)
{
    private const int AtOnce = 16;
    private readonly IHubStore _store = parts.Store;

    /// <summary>Lets a run go on, or opens one that takes its place.</summary>
    /// <param name="dueAt">When; null: now.</param>
    public async Task<ActAnswer> ReplayAsync(string runId, ReplayWish wish, Actor actor, DateTimeOffset? dueAt, CancellationToken cancellationToken)
    {
        if (await _store.FindRunAsync(runId, cancellationToken).ConfigureAwait(false) is not { } run)
        {
            return new ActAnswer.Unknown();
        }

        var due = dueAt ?? time.GetUtcNow();
        return await planner.PlanAsync(run, wish, due, Entry("replay", runId, actor, wish.Words), cancellationToken).ConfigureAwait(false) switch
        {
            ReplayPlan.Possible { Act: var act } => Offer(await DoAsync(act, run, cancellationToken).ConfigureAwait(false), due),
            ReplayPlan.Impossible { Why: var why } => new ActAnswer.Refused(why),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Gives a run up, for a reason.</summary>
    public async Task<ActAnswer> CancelAsync(string runId, Actor actor, CancellationToken cancellationToken) =>
        await _store.FindRunAsync(runId, cancellationToken).ConfigureAwait(false) is { } run
            ? await DoAsync(new RunAct.Cancel(runId, Entry("cancel", runId, actor, string.Empty)), run, cancellationToken).ConfigureAwait(false)
            : new ActAnswer.Unknown();

    /// <summary>Says whether what is in doubt has happened. Where it has not, it is sent again.</summary>
    public async Task<ActAnswer> DecideAsync(string runId, bool happened, Actor actor, CancellationToken cancellationToken)
    {
        if (await _store.FindRunAsync(runId, cancellationToken).ConfigureAwait(false) is not { } run)
        {
            return new ActAnswer.Unknown();
        }

        if (run is not { State: RunState.Asking, Error: { } error })
        {
            return new ActAnswer.Refused(ActWords.NotAsking(run));
        }

        var (stepIndex, outputs) = happened ? await planner.PassedAsync(run, error.Step, cancellationToken).ConfigureAwait(false) : (run.StepIndex, null);
        var entry = Entry("decide", runId, actor, happened ? $"step {error.Step} happened" : $"step {error.Step} is sent again");
        var answer = await DoAsync(new RunAct.Decide(runId, error.Step, happened, stepIndex, outputs, entry), run, cancellationToken).ConfigureAwait(false);
        return Offer(answer, entry.At);
    }

    /// <summary>Replays all that fit, oldest first.</summary>
    /// <param name="perSecond">At most so many begin in a second; null: all at once, as fast as their connections allow.</param>
    public Task<ManyAnswer> ReplayManyAsync(RunFilter filter, ReplayWish wish, Actor actor, DateTimeOffset? from, double? perSecond, CancellationToken cancellationToken)
    {
        var start = from ?? time.GetUtcNow();
        return ManyAsync(filter, (id, place) => ReplayAsync(id, wish, actor, perSecond is { } rate ? start + TimeSpan.FromSeconds(place / rate) : from, cancellationToken), cancellationToken);
    }

    /// <summary>Gives up all that fit.</summary>
    public Task<ManyAnswer> CancelManyAsync(RunFilter filter, Actor actor, CancellationToken cancellationToken) =>
        ManyAsync(filter, (id, _) => CancelAsync(id, actor, cancellationToken), cancellationToken);

    private async Task<ManyAnswer> ManyAsync(RunFilter filter, Func<string, int, Task<ActAnswer>> act, CancellationToken cancellationToken)
    {
        var found = await _store.FindRunsAsync(filter, cancellationToken).ConfigureAwait(false);
        var answers = new ActAnswer[found.Count];
        await Parallel.ForAsync(
            0,
            found.Count,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (place, _) => answers[place] = await act(found[place], place).ConfigureAwait(false)).ConfigureAwait(false);
        var problems = answers
            .Select((answer, place) => (Answer: answer as ActAnswer.Refused, Run: found[place]))
            .Where(one => one.Answer is not null)
            .GroupBy(one => one.Answer!.Problem.Replace(one.Run, "it", StringComparison.Ordinal))
            .Select(group => new ManyProblem(group.Key, group.Count(), group.First().Run));
        return new ManyAnswer(found.Count, answers.Count(answer => answer is ActAnswer.Done), [.. problems]);
    }

    private async Task<ActAnswer> DoAsync(RunAct act, RunRow run, CancellationToken cancellationToken) =>
        await _store.ActAsync(act, cancellationToken).ConfigureAwait(false) switch
        {
            ActResult.Done done => new ActAnswer.Done(done.RunId, done.Note),
            ActResult.NotNow now => new ActAnswer.Refused(ActWords.NotNow(act, run.Id, now)),
            ActResult.Unknown => new ActAnswer.Unknown(),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private ActAnswer Offer(ActAnswer answer, DateTimeOffset due)
    {
        if (answer is ActAnswer.Done done)
        {
            // Without it the sweep finds the run.
            work.OfferAt(done.RunId, due);
        }

        return answer;
    }

    private AuditEntry Entry(string act, string target, Actor actor, string detail) =>
        new(ids.Next("act_"), time.GetUtcNow(), actor.Who, act, target, actor.Why, detail);
}
