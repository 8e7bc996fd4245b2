using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.StandIns;
using ConnectorHub.Tests.StandIns.Faults;
using ConnectorHub.Tests.StandIns.Google;

namespace ConnectorHub.Tests.Gateway.Simulations;

/// <summary>A platform fails on a Saturday, and may be tried again on weekdays from 8 to 18 only.</summary>
public class WindowTests
{
    private static readonly DateTimeOffset Saturday = new(2026, 9, 5, 10, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Monday = new(2026, 9, 7, 6, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task What_fails_outside_the_window_waits_for_its_opening_and_uses_no_try()
    {
        var time = new VirtualTime();
        using var google = new GoogleStandIn(time);
        await using var hub = await StartAsync(time, google);
        google.Faults.Plan = new FaultPlan { Outage = Outage.Unavailable };

        await hub.PostAsync("""{"number":1}""");
        await hub.RunUntilAsync(Saturday.AddMinutes(2));

        var waits = await RunAsync(hub);
        Assert.Equal((RunState.Waiting, 1, 1, Monday), (waits.State, waits.Attempts, waits.StepTries, waits.DueAt));
        Assert.Equal("waits for its retry window: Mon 7 Sep 08:00 (MON-FRI 08:00-18:00 Europe/Paris)", waits.Error!.Message);

        google.Faults.Plan = new FaultPlan();
        time.GoTo(Monday.AddSeconds(-30));
        await hub.RunUntilAsync(Monday.AddSeconds(-5));
        Assert.Equal(0, google.Book.Effects);
        await hub.RunUntilAsync(Monday.AddMinutes(10));

        Assert.Equal((RunState.Succeeded, 2, 1), await RunAsync(hub) is var run ? (run.State, run.Attempts, google.Book.Effects) : default);
    }

    [Fact]
    public async Task What_would_have_to_wait_longer_than_runs_may_is_given_up()
    {
        var time = new VirtualTime();
        using var google = new GoogleStandIn(time);
        await using var hub = await StartAsync(time, google, ("Runs:GiveUpAfter", "1d"), ("Runs:Retry:0", "30s"));
        google.Faults.Plan = new FaultPlan { Outage = Outage.Unavailable };

        await hub.PostAsync("""{"number":1}""");
        await hub.RunUntilAsync(Saturday.AddMinutes(2));

        Assert.Equal((RunState.DeadLettered, 1), await RunAsync(hub) is var run ? (run.State, run.Attempts) : default);
    }

    [Fact]
    public async Task First_attempts_wait_only_where_that_is_asked_for()
    {
        var time = new VirtualTime();
        using var google = new GoogleStandIn(time);
        await using var hub = await StartAsync(time, google, ("Connections:google-calendar:RetryWindow:Holds", "All"));

        await hub.PostAsync("""{"number":1}""");
        await hub.RunUntilAsync(Saturday.AddMinutes(2));

        Assert.Equal((RunState.Waiting, 0, Monday), await RunAsync(hub) is var waits ? (waits.State, waits.Attempts, waits.DueAt) : default);
        time.GoTo(Monday.AddSeconds(-5));
        await hub.RunUntilAsync(Monday.AddMinutes(10));
        Assert.Equal((RunState.Succeeded, 1), await RunAsync(hub) is var run ? (run.State, google.Book.Effects) : default);
    }

    private static async Task<RunRow> RunAsync(SimulatedHub hub) => Assert.Single(await hub.Store.ListRunsAsync(new RunQuery(), CancellationToken.None));

    private static Task<SimulatedHub> StartAsync(VirtualTime time, GoogleStandIn google, params (string Key, string Value)[] settings)
    {
        Bookings.In(google);
        time.GoTo(Saturday);
        const string Window = "Connections:google-calendar:RetryWindow";
        return SimulatedHub.StartAsync(
            time,
            new Dictionary<string, StandIn> { ["google-calendar"] = google },
            Bookings.Recipe,
            [
                ("Connections:google-calendar:Connector", "google-calendar"),
                ("Connections:google-calendar:Secrets:ServiceAccountKey", google.Account.ToKeyFile()),
                ($"{Window}:Days", "MON-FRI"),
                ($"{Window}:From", "08:00"),
                ($"{Window}:To", "18:00"),
                .. settings,
            ]);
    }
}
