using System.Text;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Tests.Acceptance.Stores;

/// <summary>
/// What every store must do, sentence by sentence as the port says it. A store's test class opens it and inherits the facts.
/// </summary>
public abstract partial class HubStoreAcceptance : IAsyncLifetime
{
    protected const string Connection = "meltingspot-main";
    protected const string Slack = "slack-acme";
    protected const string Recipe = "team/welcome";

    protected static readonly DateTimeOffset Now = new(2024, 5, 7, 17, 28, 34, TimeSpan.FromHours(2));

    private IHubStore? _store;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected IHubStore Store => _store ?? throw new InvalidOperationException("The store is not open.");

    public async ValueTask InitializeAsync() => _store = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await CleanAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the store of this test; called again, it opens the same one.</summary>
    protected abstract Task<IHubStore> OpenAsync();

    /// <summary>Removes what the test has left.</summary>
    protected virtual Task CleanAsync() => Task.CompletedTask;

    protected async Task ReopenAsync()
    {
        await CloseAsync();
        _store = await OpenAsync();
    }

    protected async Task CloseAsync()
    {
        if (_store is not null)
        {
            await _store.DisposeAsync();
            _store = null;
        }
    }

    protected static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    protected static string RunOf(string eventId, int place = 0) => $"run_{eventId[4..]}{place}";

    protected static PlannedRun Planned(string id, string recipe = Recipe) =>
        new(id, recipe, "hash-1", "name: welcome", false, null, null, Slack, null);

    protected static Decision Taken(string recipe = Recipe) => new(recipe, "hash-1", DecisionVerdict.Taken, 3, "");

    /// <summary>An event that one recipe takes.</summary>
    protected static IncomingEvent Event(string id, string? key = null, string body = """{"name":"Ada"}""") =>
        new(id, "meltingspot", "member.joined", key, Now.AddDays(7), null, null, false, Bytes(body), [Taken()], [Planned(RunOf(id))]);

    /// <summary>An event that one recipe takes, once per value.</summary>
    protected static IncomingEvent OncePer(
        string id,
        string value,
        DateTimeOffset? until = null,
        bool rehearsal = false,
        string recipe = Recipe) =>
        Event(id) with
        {
            Decisions = [Taken(recipe)],
            Runs = [Planned(RunOf(id), recipe) with { OncePerKey = value, OncePerUntil = until, Rehearsal = rehearsal }],
        };

    protected static Delivery Deliver(params IncomingEvent[] events) => new(Connection, "", Now, events);

    protected async Task<AcceptedEvent> AcceptAsync(IncomingEvent incoming, DateTimeOffset? at = null) =>
        (await Store.AcceptAsync(Deliver(incoming) with { ReceivedAt = at ?? Now }, Cancel))[0];

    /// <summary>Accepts an event and answers the run it opened.</summary>
    protected async Task<string> OpenRunAsync(string eventId, string? nextConnection = Slack, DateTimeOffset? at = null)
    {
        var incoming = Event(eventId);
        incoming = incoming with { Runs = [incoming.Runs[0] with { NextConnection = nextConnection }] };
        return Assert.Single((await AcceptAsync(incoming, at)).Runs);
    }

    protected Task<RunRow?> ClaimAsync(string runId, DateTimeOffset? at = null, string owner = "gateway-1") =>
        Store.ClaimAsync(new RunClaim(runId, owner, at ?? Now, (at ?? Now).AddSeconds(60)), Cancel);

    /// <summary>Opens a run and claims it.</summary>
    protected async Task<RunRow> ClaimNewAsync(string eventId, string? nextConnection = Slack)
    {
        var run = await ClaimAsync(await OpenRunAsync(eventId, nextConnection));
        Assert.NotNull(run);
        return run;
    }

    protected static RunChange To(RunRow run, RunState state) => new(run.Id, run.Epoch, state, run.StepIndex, run.StepTries, Now);

    protected async Task<RunRow> RunAsync(string id)
    {
        var run = await Store.FindRunAsync(id, Cancel);
        Assert.NotNull(run);
        return run;
    }

    protected async Task<EventRow> EventAsync(string id)
    {
        var found = await Store.FindEventAsync(id, Cancel);
        Assert.NotNull(found);
        return found;
    }

    protected static AttemptIntent Intent(RunRow run, int number = 1) =>
        new(
            run.Id, run.Epoch, number, "post", "slack.post-message", Slack, "v1", "effect-1", false,
            Now.AddSeconds(1), Now.AddSeconds(21), Now.AddSeconds(120), Bytes("""{"text":"hi"}"""), null);

    protected static AttemptResult Result(RunRow run, AttemptState state = AttemptState.Done, int number = 1) =>
        new(run.Id, number, state, Now.AddSeconds(2), "", "", "", Bytes("""{"ts":"1"}"""), default);
}
