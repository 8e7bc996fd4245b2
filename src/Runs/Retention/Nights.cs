using ConnectorHub.Recipes.Schedules;
using ConnectorHub.Runs.Schedules;
using ConnectorHub.Runs.Store;
using NodaTime;

namespace ConnectorHub.Runs.Retention;

/// <summary>
/// When what is kept no longer is removed: each night at three. How far it has come is kept in the store, so a night on which the hub was down,
/// asleep or held up is made up for: once, however many there were.
/// </summary>
public sealed class Nights(Forgetting forgetting, IHubStore store, BeforeStart before, RunsOptions options, TimeProvider time)
{
    /// <summary>The name of the job.</summary>
    public const string Job = "retention";

    /// <summary>What was missed is made up for so long after the start: first comes what waited for the hub.</summary>
    public static readonly TimeSpan AfterStart = TimeSpan.FromMinutes(5);

    private const string Id = StandingJob.Prefix + Job;

    private readonly Schedule.Cron _schedule = new(CronTimes.Parse("0 3 * * *").Times!, HubZone.Find(options.Zone) ?? DateTimeZone.Utc, MissedFirings.Last);

    /// <summary>Removes what is over, whether or not a night is due. It counts as done when it is over: a crash leaves the night due.</summary>
    /// <param name="at">When it was to begin: a timer may be a moment early.</param>
    public async Task WorkAsync(DateTimeOffset at, CancellationToken cancellationToken) =>
        await WorkAsync(await DueAsync(at, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <summary>Removes what is over where a night was missed; false where none was.</summary>
    public async Task<bool> MakeUpAsync(CancellationToken cancellationToken)
    {
        var due = await DueAsync(time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        if (due.Fire.Count == 0)
        {
            return false;
        }

        await WorkAsync(due, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task WorkAsync(DueFirings due, CancellationToken cancellationToken)
    {
        var began = time.GetUtcNow();
        await forgetting.RunAsync(cancellationToken).ConfigureAwait(false);
        if (due.Fire.Count > 0)
        {
            var missed = due.Missed > 0 ? new MissedCount(due.Missed, due.MadeUp, began) : null;
            await store.KeepDoneAsync(Id, due.Until.ToDateTimeOffset(), missed, cancellationToken).ConfigureAwait(false);
        }
    }

    // Where no night is kept yet, those since a gateway was last alive are owed; a new hub owes none.
    private async Task<DueFirings> DueAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        var now = Instant.Max(Instant.FromDateTimeOffset(time.GetUtcNow()), Instant.FromDateTimeOffset(at));
        var rows = await store.SchedulesAsync(cancellationToken).ConfigureAwait(false);
        var last = rows.FirstOrDefault(row => row.Id == Id)?.LastAt ?? before.AliveAt;
        return DueFirings.Of(_schedule, last is { } known ? Instant.FromDateTimeOffset(known) : now - DueFirings.OnTime, now);
    }
}
