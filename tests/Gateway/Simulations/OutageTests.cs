using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.StandIns;
using ConnectorHub.Tests.StandIns.Faults;
using ConnectorHub.Tests.StandIns.Google;

namespace ConnectorHub.Tests.Gateway.Simulations;

/// <summary>A platform is down for two hours while ten thousand events come in.</summary>
public class OutageTests
{
    private const int Events = 10_000;

    // connector.json of google-calendar: 300 a minute, 60 of them at once.
    private const int PerMinute = 300;
    private const int AtOnce = 60;

    [Fact]
    public async Task Nothing_is_lost_nothing_doubled_and_the_rest_is_made_as_fast_as_the_limit_allows()
    {
        var time = new VirtualTime();
        using var google = new GoogleStandIn(time);
        var calendar = Bookings.In(google);
        await using var hub = await SimulatedHub.StartAsync(
            time,
            new Dictionary<string, StandIn> { ["google-calendar"] = google },
            Bookings.Recipe,
            ("Connections:google-calendar:Connector", "google-calendar"),
            ("Connections:google-calendar:Secrets:ServiceAccountKey", google.Account.ToKeyFile()));
        var start = time.GetUtcNow();

        // An hour of refused connections and one of 503; the events come in during the first ten minutes.
        google.Faults.Plan = new FaultPlan { Outage = Outage.Refused };
        for (var batch = 0; batch < 100; batch++)
        {
            await Task.WhenAll(Enumerable.Range(batch * (Events / 100), Events / 100).Select(i => hub.PostAsync($$"""{"number":{{i}}}""")));
            await hub.RunUntilAsync(time.GetUtcNow().AddSeconds(6));
        }

        await hub.RunUntilAsync(start.AddHours(1));
        google.Faults.Plan = new FaultPlan { Outage = Outage.Unavailable };
        await hub.RunUntilAsync(start.AddHours(2));
        var during = google.Book.CallsOf("events.insert") + google.Book.CallsOf("token");
        Assert.Equal(0, google.Book.Effects);

        google.Faults.Plan = new FaultPlan();
        var up = time.GetUtcNow();
        await hub.RunUntilAsync(start.AddDays(7));
        var drained = time.GetUtcNow() - up;

        Assert.Equal(new Dictionary<RunState, long> { [RunState.Succeeded] = Events }, (await hub.StatesAsync()).Where(state => state.Value > 0).ToDictionary());
        Assert.Equal((Events, 0), (calendar.Entries.Count, google.Book.Doubles));
        Assert.Equal(Events, calendar.Entries.Values.Select(entry => (string?)entry["summary"]).Distinct().Count());
        Assert.InRange(hub.Outbound.Most("google-calendar", TimeSpan.FromMinutes(1)), 1, PerMinute + AtOnce - 1);

        // Few looked while it was down. After it the last trial may be five minutes away, then the limit counts.
        Assert.InRange(during, 1, 200);
        Assert.InRange(drained, TimeSpan.FromMinutes((Events - AtOnce) / PerMinute), TimeSpan.FromMinutes((Events / PerMinute) + 6));
        TestContext.Current.TestOutputHelper?.WriteLine($"{during} requests during the outage; drained in {drained} virtual time");
    }
}
