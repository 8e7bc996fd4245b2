using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.StandIns;
using ConnectorHub.Tests.StandIns.Faults;
using ConnectorHub.Tests.StandIns.Google;
using ConnectorHub.Tests.StandIns.Slack;

namespace ConnectorHub.Tests.Gateway.Simulations;

/// <summary>One of ten effects happens and its answer never comes.</summary>
public class LostAnswerTests
{
    private const int Events = 10_000;

    private static readonly FaultPlan LoseATenth = new() { Lose = 0.1, Seed = 20261121 };

    // Two effects an event: one that knows its key, one that cannot be told from a second.
    private const string Recipe = Bookings.Recipe + """
          - id: said
            use: slack.post-webhook
            with: { text: "Booking {{ event.number }}" }
            repeat: again
        """;

    [Fact]
    public async Task With_a_key_nothing_is_doubled_and_without_one_every_extra_is_a_recorded_doubt()
    {
        var (time, google, slack) = StandIns();
        using var _ = google;
        await using var hub = await StartAsync(time, google, slack, Recipe);

        await PostAsync(hub, Events);
        await hub.RunUntilAsync(time.GetUtcNow().AddDays(7));

        Assert.Equal(new Dictionary<RunState, long> { [RunState.Succeeded] = Events }, (await hub.StatesAsync()).Where(state => state.Value > 0).ToDictionary());
        Assert.Equal((Events, 0), (google.Calendars.Find("sales@acme.example", ServiceAccount.Email)!.Entries.Count, google.Book.Doubles));

        var doubts = await DoubtsAsync(hub);
        var extras = slack.Book.Effects - Events;
        Assert.InRange(doubts["entry"], Events / 11, Events / 7);
        Assert.InRange(extras, Events / 11, Events / 7);
        Assert.Equal(doubts["said"], extras);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{google.Book.CallsOf("events.insert")} inserts, {doubts["entry"]} in doubt, 0 doubled; {slack.Book.CallsOf("webhook")} posts, {doubts["said"]} in doubt, {extras} extra");
    }

    [Fact]
    public async Task Who_does_not_say_again_is_asked_and_nothing_is_sent_twice()
    {
        var (time, google, slack) = StandIns();
        using var _ = google;
        await using var hub = await StartAsync(time, google, slack, Recipe.Replace("    repeat: again", string.Empty, StringComparison.Ordinal));

        await PostAsync(hub, Events / 10);
        await hub.RunUntilAsync(time.GetUtcNow().AddDays(7));

        var states = await hub.StatesAsync();
        Assert.Equal(Events / 10, slack.Book.Effects);
        Assert.Equal((await DoubtsAsync(hub))["said"], states[RunState.Asking]);
        Assert.Equal(Events / 10, states[RunState.Asking] + states[RunState.Succeeded]);
    }

    private static (VirtualTime Time, GoogleStandIn Google, SlackStandIn Slack) StandIns()
    {
        var time = new VirtualTime();
        var google = new GoogleStandIn(time);
        Bookings.In(google);
        google.Faults.Plan = LoseATenth with { Only = "events.insert" };
        var slack = new SlackStandIn(time, perChannel: int.MaxValue);
        slack.Faults.Plan = LoseATenth;
        return (time, google, slack);
    }

    private static Task<SimulatedHub> StartAsync(VirtualTime time, GoogleStandIn google, SlackStandIn slack, string recipe) => SimulatedHub.StartAsync(
        time,
        new Dictionary<string, StandIn> { ["google-calendar"] = google, ["slack"] = slack },
        recipe,
        ("Connections:google-calendar:Connector", "google-calendar"),
        ("Connections:google-calendar:Secrets:ServiceAccountKey", google.Account.ToKeyFile()),
        ("Connections:slack:Connector", "slack"),
        ("Connections:slack:Secrets:WebhookUrl", $"https://hooks.slack.com/{SlackStandIn.WebhookPath}"));

    private static async Task PostAsync(SimulatedHub hub, int events)
    {
        foreach (var batch in Enumerable.Range(0, events).Chunk(500))
        {
            await Task.WhenAll(batch.Select(i => hub.PostAsync($$"""{"number":{{i}}}""")));
        }
    }

    /// <summary>Attempts that were recorded as unconfirmed, by step.</summary>
    private static async Task<Dictionary<string, int>> DoubtsAsync(SimulatedHub hub)
    {
        var doubts = new Dictionary<string, int>();
        foreach (var run in await hub.Store.ListRunsAsync(new RunQuery(Limit: Events + 1), CancellationToken.None))
        {
            foreach (var attempt in await hub.Store.AttemptsAsync(run.Id, CancellationToken.None))
            {
                if (attempt.State == AttemptState.Unconfirmed || attempt.Kind == nameof(Abstractions.FailureKind.Unconfirmed))
                {
                    doubts[attempt.StepId] = doubts.GetValueOrDefault(attempt.StepId) + 1;
                }
            }
        }

        return doubts;
    }
}
