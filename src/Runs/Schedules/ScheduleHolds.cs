using ConnectorHub.Runs.Acts;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Runs.Schedules;

/// <summary>Which schedules a person holds up: kept in the store, so also across a restart.</summary>
public sealed class ScheduleHolds(IHubStore store, IStandingJobs jobs, IIdSource ids, TimeProvider time)
{
    /// <summary>Holds one up; where it is already, nothing changes.</summary>
    public async Task HoldAsync(string id, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        await store.HoldScheduleAsync(id, new ScheduleHold(time.GetUtcNow(), actor.Who, actor.Why), Entry("pause", id, actor), cancellationToken).ConfigureAwait(false);
        await FollowAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets one go on; false where it was not held up.</summary>
    public async Task<bool> LetGoAsync(string id, Actor actor, CancellationToken cancellationToken)
    {
        var done = await store.LetScheduleGoAsync(id, Entry("resume", id, actor), cancellationToken).ConfigureAwait(false);
        await FollowAsync(cancellationToken).ConfigureAwait(false);
        return done;
    }

    /// <summary>Brings the hub's own jobs to what is held up now; also at the start.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        var rows = await store.SchedulesAsync(cancellationToken).ConfigureAwait(false);
        var held = rows
            .Where(row => row.Hold is not null && row.Id.StartsWith(StandingJob.Prefix, StringComparison.Ordinal))
            .Select(row => row.Id[StandingJob.Prefix.Length..]);
        await jobs.FollowAsync(held.ToHashSet(StringComparer.Ordinal), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Keeps an act on a schedule that changes nothing of it.</summary>
    public Task NoteAsync(string act, string id, Actor actor, CancellationToken cancellationToken) => store.NoteAsync(Entry(act, id, actor), cancellationToken);

    private AuditEntry Entry(string act, string id, Actor actor) => new(ids.Next("act_"), time.GetUtcNow(), actor.Who, act, id, actor.Why, string.Empty);
}
