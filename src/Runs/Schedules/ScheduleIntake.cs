using ConnectorHub.Recipes;
using ConnectorHub.Recipes.Schedules;
using ConnectorHub.Runs.Store;
using ConnectorHub.Runs.Telemetry;
using ConnectorHub.Runs.Work;
using NodaTime;

namespace ConnectorHub.Runs.Schedules;

/// <summary>Takes firings in as events, in the same transaction as deliveries, and finds the last one.</summary>
public sealed class ScheduleIntake(Intake intake, IHubStore store, WorkQueue work, TimeProvider time)
{
    /// <summary>Stores a firing with its run and hands the run over; one that is stored already changes nothing.</summary>
    /// <exception cref="StoreUnavailableException">Nothing was stored: try again.</exception>
    public async Task TakeAsync(Firing firing, BookEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(firing);
        var now = time.GetUtcNow();
        var arrival = intake.PrepareFiring(firing, entry, now);
        var accepted = await store.AcceptAsync(new Delivery(firing.Connection, string.Empty, now, [arrival.Event]), cancellationToken).ConfigureAwait(false);
        if (accepted[0].DuplicateOf is null)
        {
            RunInstruments.Fired(entry.Id);
        }

        foreach (var run in accepted[0].Runs)
        {
            // A lossy hint: what does not fit is found by the sweep.
            work.Offer(new RunHint(run, arrival.Known));
        }
    }

    /// <summary>Schedules that a person holds up, and since when.</summary>
    public async Task<IReadOnlyDictionary<string, Instant>> HeldAsync(CancellationToken cancellationToken) =>
        (await store.SchedulesAsync(cancellationToken).ConfigureAwait(false))
            .Where(row => row.Hold is not null)
            .ToDictionary(row => row.Id, row => Instant.FromDateTimeOffset(row.Hold!.Since), StringComparer.Ordinal);

    /// <summary>Keeps what was missed, for a person to see.</summary>
    public Task CountMissedAsync(string recipeId, DueFirings due, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(due);
        return store.CountMissedAsync(recipeId, new MissedCount(due.Missed, due.MadeUp, time.GetUtcNow()), cancellationToken);
    }

    /// <summary>When this schedule of a recipe last fired; null where it never did, or where another schedule has fired since.</summary>
    public async Task<Instant?> LastAsync(string recipeId, Schedule schedule, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        var newest = await store.ListEventsAsync(new EventQuery(Connection: ScheduleTrigger.ConnectionOf(recipeId), Limit: 1), cancellationToken).ConfigureAwait(false);
        return newest is [{ Time: { } at } row] && row.Subject == schedule.Text ? Instant.FromDateTimeOffset(at) : null;
    }
}
