using System.Globalization;
using System.Text;
using ConnectorHub.Runs.Store;
using ConnectorHub.Storage;

namespace ConnectorHub.Tests.Acceptance.Stores;

/// <summary>A process that ends while it forgets: wherever that is, nothing is half gone, and the next night finishes it.</summary>
public sealed class SqliteForgettingTests : IDisposable
{
    private const int OldEvents = 720;
    private const int YoungEvents = 180;
    private const int Cuts = 20;
    private const string Slack = "slack-acme";

    // What is not as it must be. Events, by the remainder of their number, have 1, 2, 0, 2, 1, 1 runs, each with an attempt, or are gone with all of them.
    private const string Halves =
        """
        SELECT group_concat(what || ' ' || id, x'0a') FROM (
        SELECT 'a run without event:' AS what, id FROM runs WHERE event_id NOT IN (SELECT id FROM events)
        UNION ALL SELECT 'an attempt without run:', run_id FROM attempts WHERE run_id NOT IN (SELECT id FROM runs)
        UNION ALL SELECT 'a run without attempt:', id FROM runs WHERE id NOT IN (SELECT run_id FROM attempts)
        UNION ALL SELECT 'an event without its runs:', id FROM events e
            WHERE (SELECT count(*) FROM runs r WHERE r.event_id = e.id) <> cast(substr('120211', 1 + cast(substr(id, 5) AS INTEGER) % 6, 1) AS INTEGER)
        UNION ALL SELECT 'events counted wrongly:', events FROM event_count WHERE events <> (SELECT count(*) FROM events)
        UNION ALL SELECT 'runs counted wrongly, state', state FROM run_counts c WHERE runs <> (SELECT count(*) FROM runs r WHERE r.state = c.state)
        UNION ALL SELECT 'a search block of other events:', number FROM search_blocks WHERE events <> (SELECT count(*) FROM events WHERE id BETWEEN first_id AND last_id)
        UNION ALL SELECT 'a slice without block:', id FROM search_slices WHERE id / 256 NOT IN (SELECT number FROM search_blocks))
        """;

    // All that forgetting may touch.
    private const string Rest =
        """
        SELECT group_concat(what || id, ' ') FROM (
        SELECT '' AS what, id FROM events UNION ALL SELECT state, id FROM runs UNION ALL SELECT number || state, run_id FROM attempts
        UNION ALL SELECT 'event key ', key FROM event_keys UNION ALL SELECT 'run key ', value FROM run_keys ORDER BY 1, 2)
        """;

    private const string EventIds = "SELECT group_concat(id, ' ') FROM (SELECT id FROM events ORDER BY id DESC)";

    private static readonly RunState[][] States =
        [[RunState.Succeeded], [RunState.Succeeded, RunState.Expired], [], [RunState.DeadLettered, RunState.Succeeded], [RunState.Waiting], [RunState.Cancelled]];

    private static readonly DateTimeOffset Now = new(2024, 5, 7, 17, 28, 34, TimeSpan.FromHours(2));
    private static readonly DateTimeOffset Old = Now.AddDays(-100);

    private readonly SqliteFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 300_000)]
    public async Task Wherever_the_process_ends_nothing_is_half_gone_and_the_next_night_finishes_it()
    {
        await FillAsync();
        using var killed = new KilledFolder(_folder);
        var (log, begin) = (Array.Empty<byte>(), 0);
        await using (var store = await OpenAsync(_folder))
        {
            begin = killed.Log().Length;
            await ForgetAsync(store);
            log = killed.Log();
        }

        var whole = (string)_folder.AskBeside(Rest)!;
        var random = new Random(20_261_122);
        var left = new HashSet<int>();
        foreach (var cut in Enumerable.Range(0, Cuts).Select(_ => random.Next(begin, log.Length)))
        {
            using var folder = killed.CutOff(log.AsSpan(0, cut));
            await using var store = await OpenAsync(folder);
            left.Add(await IsSoundAsync(store, folder));

            await ForgetAsync(store);

            await IsSoundAsync(store, folder);
            Assert.Equal(whole, folder.AskBeside(Rest));
        }

        // Two thirds of the old go; a cut before the first of them or after the last would prove little.
        Assert.InRange(left.Count(events => events is > YoungEvents + (OldEvents / 3) and < YoungEvents + OldEvents), 3, int.MaxValue);
    }

    /// <summary>Answers how many events there are.</summary>
    private static async Task<int> IsSoundAsync(SqliteHubStore store, SqliteFolder folder)
    {
        Assert.Equal("ok", folder.AskBeside("PRAGMA integrity_check"));
        Assert.Equal(DBNull.Value, folder.AskBeside(Halves));
        var there = ((string)folder.AskBeside(EventIds)!).Split(' ');
        Assert.Superset(Enumerable.Range(0, OldEvents + YoungEvents).Where(IsKept).Select(Id).ToHashSet(), there.ToHashSet());

        // What the index rules out and what it reads are all there is, and nothing more.
        var (found, searched) = await SearchAsync(store, "@example.com");
        Assert.Equal(there, found);
        Assert.Equal(there.Length, searched);
        foreach (var number in Enumerable.Range(0, OldEvents).Where(number => number % 47 == 0))
        {
            Assert.Equal(there.Where(id => id == Id(number)), (await SearchAsync(store, $"person{number}@example.com")).Found);
        }

        return there.Length;
    }

    private static async Task<(IReadOnlyList<string> Found, long Searched)> SearchAsync(SqliteHubStore store, string text)
    {
        var (found, searched, query) = (new List<string>(), 0L, new EventQuery(text, Limit: 10_000));
        while (true)
        {
            var page = await store.SearchEventsAsync(query, 1_000, Cancel);
            found.AddRange(page.Found.Select(row => row.Id));
            searched += page.Searched;
            if (page.End)
            {
                return (found, searched);
            }

            query = query with { BeforeId = page.LastId };
        }
    }

    private static async Task ForgetAsync(SqliteHubStore store)
    {
        await foreach (var _ in store.ForgetAsync(new KeptSince(Now.AddDays(-90), Now.AddDays(-90)), Now, Cancel))
        {
        }
    }

    private static Task<SqliteHubStore> OpenAsync(SqliteFolder folder)
    {
        (folder.Options.SearchBlock, folder.Options.IndexShare) = (16, 1);
        return folder.OpenAsync(Now);
    }

    private static bool IsKept(int number) => number >= OldEvents || number % 6 is 3 or 4;

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"evt_{number:d6}");

    private async Task FillAsync()
    {
        await using (var store = await OpenAsync(_folder))
        {
            foreach (var few in Enumerable.Range(0, OldEvents + YoungEvents).Chunk(60))
            {
                var at = few[0] < OldEvents ? Old : Now;
                await store.AcceptAsync(new Delivery("main", "", at, [.. few.Select(Event)]), Cancel);
                await Task.WhenAll(few.SelectMany(number => States[number % 6].Select((state, place) => EndAsync(store, RunOf(number, place), state, at))));
            }
        }

        // A store that is opened anew begins with an empty log and the whole index.
        await using (await OpenAsync(_folder))
        {
            while (Convert.ToInt64(_folder.AskBeside("SELECT coalesce(sum(events), 0) FROM search_blocks WHERE slices > 0"), CultureInfo.InvariantCulture) < OldEvents)
            {
                Cancel.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }
    }

    // Every other key is over with its event.
    private static IncomingEvent Event(int number)
    {
        var until = number % 2 == 0 ? Now.AddDays(-1) : Now.AddDays(30);
        var runs = States[number % 6].Select((_, place) => new PlannedRun(RunOf(number, place), $"recipe-{place}", "hash-1", "name: welcome", false, $"value-{number}", until, Slack, null));
        var body = Encoding.UTF8.GetBytes($$"""{"mail":"person{{number}}@example.com"}""");
        return new IncomingEvent(Id(number), "meltingspot", "member.joined", $"key-{number}", until, null, null, false, body, [], [.. runs]);
    }

    private static async Task EndAsync(SqliteHubStore store, string run, RunState state, DateTimeOffset at)
    {
        var claimed = await store.ClaimAsync(new RunClaim(run, "gateway-1", Now, Now.AddSeconds(60)), Cancel);
        Assert.NotNull(claimed);
        var intent = new AttemptIntent(run, claimed.Epoch, 1, "post", "slack.post-message", Slack, "v1", "effect-1", false, at, at.AddSeconds(20), Now.AddSeconds(120), "{}"u8.ToArray(), null);
        Assert.True(await store.BeginAttemptAsync(intent, Cancel));
        var outcome = state is RunState.Succeeded ? AttemptState.Done : AttemptState.Failed;
        var change = new RunChange(run, claimed.Epoch, state, 0, 0, at) { DueAt = state == RunState.Waiting ? Now.AddDays(1) : null };
        Assert.True(await store.EndAttemptAsync(new AttemptResult(run, 1, outcome, at, "", "", "", default, default), change, Cancel));
    }

    private static string RunOf(int number, int place) => string.Create(CultureInfo.InvariantCulture, $"run_{number:d6}{place}");
}
