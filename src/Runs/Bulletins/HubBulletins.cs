using ConnectorHub.Recipes.HubEvents;
using ConnectorHub.Runs.Store;
using ConnectorHub.Runs.Work;
using Microsoft.Extensions.Logging;

namespace ConnectorHub.Runs.Bulletins;

/// <summary>
/// Tells people what they should know, by events of the hub's own that recipes wait for. What is told and what is remembered of it are one transaction, so a
/// crash neither loses nor repeats. One caller at a time.
/// </summary>
public sealed class HubBulletins(IEnumerable<IWatch> watches, BulletinIntake intake, IHubStore store, TimeProvider time, ILogger<HubBulletins> logger)
{
    // Dead letters taken note of at once; the rest comes with the next look.
    private const int MostAtOnce = 10_000;

    private readonly IReadOnlyList<IWatch> _watches = [.. watches];
    private IReadOnlyDictionary<(string Type, string Cause), TellingRow>? _rows;

    /// <summary>Looks at everything once and tells what is to be told; answers what it told.</summary>
    public async Task<IReadOnlyList<Bulletin>> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var now = time.GetUtcNow();
            _rows ??= (await store.TellingsAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(row => (row.Type, row.Cause));
            var untold = await store.UntoldAsync(MostAtOnce, cancellationToken).ConfigureAwait(false);
            var outlooks = new List<Outlook> { new(HubEventNames.RunDeadLettered, [.. untold.Groups.Select(Concern)], Forgets: true) { Counts = true } };
            foreach (var watch in _watches)
            {
                outlooks.Add(await watch.LookAsync(new WatchMemory(Of(watch.Type), Of(watch.KeptType)), now, cancellationToken).ConfigureAwait(false));
            }

            var plan = BulletinDesk.Plan(_rows, outlooks, now);
            if (plan.Changed.Count > 0 || plan.Gone.Count > 0 || untold.UpTo is not null)
            {
                await intake.TakeAsync(plan, untold.UpTo, now, cancellationToken).ConfigureAwait(false);
                _rows = plan.Rows;
            }

            return plan.Bulletins;
        }
        catch (StoreUnavailableException exception)
        {
            // What is remembered is read again: a write that failed may have been done all the same.
            _rows = null;
            Log.StoreUnavailable(logger, exception);
            return [];
        }
    }

    private Dictionary<string, TellingRow> Of(string? type) =>
        _rows!.Where(row => row.Key.Type == type).ToDictionary(row => row.Key.Cause, row => row.Value, StringComparer.Ordinal);

    private static Concern Concern(CauseGroup group) => new(
        HubEventNames.RunDeadLettered,
        BulletinDesk.Cause(group.Connection, group.RecipeId, group.Step, group.Code),
        string.Empty,
        group.Oldest,
        BulletinFact.Map(
            ("recipe", group.RecipeId),
            ("connection", group.Connection),
            ("step", group.Step),
            ("code", group.Code),
            ("message", BulletinFact.Sentence(group.Message)),
            ("run", group.NewestRun)))
    {
        Count = group.Runs,
    };
}

/// <summary>Takes bulletins in as events, like any other.</summary>
public sealed class BulletinIntake(Intake intake, BulletinWords words, IHubStore store, WorkQueue work)
{
    /// <summary>How long a bulletin's key is known.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(400);

    /// <exception cref="StoreUnavailableException">Nothing was stored: try again.</exception>
    internal async Task TakeAsync(DeskPlan plan, long? upTo, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var arrivals = plan.Bulletins.Select(bulletin => intake.PrepareBulletin(bulletin, words.Body(bulletin), now)).ToList();
        var deliveries = arrivals.Select(arrival => new Delivery(HubSource.SourceName, arrival.Event.Type, now, [arrival.Event])).ToList();
        var accepted = await store.TellAsync(new Telling(deliveries, plan.Changed, plan.Gone, upTo), cancellationToken).ConfigureAwait(false);
        foreach (var (arrival, answer) in arrivals.Zip(accepted))
        {
            foreach (var run in answer.Runs)
            {
                // A lossy hint: what does not fit is found by the sweep.
                work.Offer(new RunHint(run, arrival.Known));
            }
        }
    }
}
