using ConnectorHub.Abstractions;
using ConnectorHub.Runs.Connections;

namespace ConnectorHub.Tests.Unit.Runs;

/// <summary>A limit for each destination beside that of the connection.</summary>
public class DestinationPaceTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly RateLimit OneASecond = new(1, 1, 5);
    private static readonly StepOutcome Done = new StepOutcome.Done(default);
    private static readonly StepOutcome SlowDown = new StepOutcome.Failed(FailureKind.RateLimited, "ratelimited", "Slow.", TimeSpan.FromSeconds(30));

    [Fact]
    public void A_busy_channel_does_not_slow_a_quiet_one()
    {
        var pace = new Pace(new RateLimit(10, 1, 10), OneASecond);
        var busy = Enumerable.Range(0, 1000).Select(i => pace.Enter($"busy_{i:d4}", Start, destination: "busy")).ToList();

        Assert.Equal(5, busy.Count(turn => turn is null));
        Assert.Equal(Start.AddSeconds(995), busy[^1]);
        Assert.All(Enumerable.Range(0, 5), i => Assert.Null(pace.Enter($"quiet_{i}", Start, destination: "quiet")));
        Assert.Null(pace.Enter("none", Start.AddSeconds(1.05)));
    }

    [Theory]
    [InlineData(20, 1, 1)]
    [InlineData(20, 1, 40)]
    [InlineData(200, 1, 20)]
    public void No_limit_is_exceeded_and_nothing_starves_with_10_000_runs_over_50_channels(int count, int seconds, int burst)
    {
        var limit = new RateLimit(count, seconds, burst);
        var attempts = Play(new Pace(limit, OneASecond), Enumerable.Range(0, 10_000).Select(i => ($"run_{i:d5}", $"channel_{i % 50}", Start)), (_, _) => Done, out var asked);

        Assert.Equal(10_000, attempts.Select(attempt => attempt.Run).Distinct().Count());
        Assert.InRange(asked, 10_000, 20_000);
        AssertKept(limit, attempts.Select(attempt => attempt.At));
        Assert.All(attempts.GroupBy(attempt => attempt.Channel), channel => AssertKept(OneASecond, channel.Select(attempt => attempt.At)));
        // The narrower of the two says how long it takes: 200 runs a channel, 10,000 on the connection.
        var narrowest = Math.Max(200 - 5, (10_000.0 - burst) / count * seconds);
        Assert.InRange((attempts.Max(attempt => attempt.At) - Start).TotalSeconds, narrowest - 1, narrowest + 10);
    }

    [Fact]
    public void Runs_that_come_in_over_time_to_channels_of_very_different_size_keep_both_limits_and_all_come_through()
    {
        var chance = new Random(7);
        var limit = new RateLimit(10, 1, 5);
        var runs = Enumerable.Range(0, 10_000).Select(i => ($"run_{i:d5}", $"channel_{(int)(50 * Math.Pow(chance.NextDouble(), 3))}", Start.AddMilliseconds(chance.Next(600_000)))).ToList();

        var attempts = Play(new Pace(limit, OneASecond), runs, (_, _) => Done, out _);

        Assert.Equal(10_000, attempts.Count);
        AssertKept(limit, attempts.Select(attempt => attempt.At));
        Assert.All(attempts.GroupBy(attempt => attempt.Channel), channel => AssertKept(OneASecond, channel.Select(attempt => attempt.At)));
        // Nobody of a channel is passed over for longer than all that waited there take.
        var born = runs.ToDictionary(run => run.Item1, run => run.Item3);
        Assert.All(attempts.GroupBy(attempt => attempt.Channel).Where(channel => channel.Count() < 50), channel =>
            Assert.All(channel, attempt => Assert.InRange((attempt.At - born[attempt.Run]).TotalSeconds, 0, 1_000)));
    }

    [Fact]
    public void Slow_down_pauses_its_channel_and_not_the_others()
    {
        var pace = new Pace(null, OneASecond);
        Assert.Null(pace.Enter("run_0", Start, destination: "busy"));
        pace.Tell(SlowDown, Start, "busy");

        Assert.Equal([30, 31, 32], Enumerable.Range(1, 3).Select(i => (pace.Enter($"run_{i}", Start, destination: "busy")!.Value - Start).TotalSeconds));
        Assert.Null(pace.Enter("run_4", Start, destination: "quiet"));
        Assert.Null(pace.Enter("run_5", Start));
        var shown = pace.View(Start)!;
        Assert.Equal(("it asked to slow down", 3), (shown.Why, shown.Runs));
        Assert.Equal([new DestinationView("busy", 3, Start.AddSeconds(32), "it asked to slow down")], shown.Destinations);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Limits_whose_turns_never_fall_together_are_both_kept(int burst)
    {
        var (limit, each) = (new RateLimit(7, 1, burst), new RateLimit(1, 1, 1));
        var pace = new Pace(limit, each);
        Assert.Null(pace.Enter("first", Start, destination: "channel_0"));
        pace.Tell(SlowDown, Start.AddSeconds(0.03), "channel_0");
        var runs = Enumerable.Range(0, 2_000).Select(i => ($"run_{i:d5}", $"channel_{i % 20}", Start.AddSeconds(0.3).AddMilliseconds(i * 37)));

        var attempts = Play(pace, runs, (at, channel) => channel == "channel_3" && at < Start.AddSeconds(20) ? SlowDown : Done, out var asked);

        Assert.Equal(2_000, attempts.Count);
        Assert.InRange(asked, 2_000, 6_000);
        AssertKept(limit, attempts.Select(attempt => attempt.At));
        Assert.All(attempts.GroupBy(attempt => attempt.Channel), channel => AssertKept(each, channel.Select(attempt => attempt.At)));
    }

    [Fact]
    public void Three_channels_told_to_slow_down_within_a_minute_pause_the_connection()
    {
        var pace = new Pace(null, OneASecond);
        pace.Tell(SlowDown, Start, "one");
        pace.Tell(SlowDown, Start.AddSeconds(70), "two");
        pace.Tell(SlowDown, Start.AddSeconds(80), "two");
        Assert.Null(pace.Enter("run_0", Start.AddSeconds(80), destination: "four"));

        pace.Tell(SlowDown, Start.AddSeconds(85), "three");
        Assert.Null(pace.Enter("run_1", Start.AddSeconds(85), destination: "four"));
        pace.Tell(SlowDown, Start.AddSeconds(90), "five");

        Assert.Equal(Start.AddSeconds(120), pace.Enter("run_2", Start.AddSeconds(90), destination: "four"));
        Assert.Equal("it asked to slow down", pace.View(Start.AddSeconds(90))!.Why);
    }

    [Fact]
    public void Where_the_platform_has_no_limit_for_destinations_slow_down_means_the_connection()
    {
        var pace = new Pace(null);
        pace.Tell(SlowDown, Start, "one");

        Assert.Equal(Start.AddSeconds(30), pace.Enter("run_0", Start, destination: "two"));
    }

    [Fact]
    public void A_turn_that_a_pause_makes_useless_is_there_for_others()
    {
        // The connection's burst lets a run go four seconds ahead of its turn.
        var pace = new Pace(new RateLimit(1, 1, 5), new RateLimit(1, 1, 1));
        Assert.All(Enumerable.Range(0, 5), i => Assert.Null(pace.Enter($"run_{i}", Start, destination: $"channel_{i}")));
        Assert.Equal(Start.AddSeconds(1), pace.Enter("waits", Start, destination: "busy"));
        pace.Tell(SlowDown, Start.AddSeconds(0.5), "busy");

        Assert.InRange(pace.Enter("waits", Start.AddSeconds(1), destination: "busy")!.Value, Start.AddSeconds(30.5), Start.AddSeconds(31.5));
        Assert.Null(pace.Enter("other", Start.AddSeconds(1), destination: "quiet"));
        Assert.Equal(Start.AddSeconds(2), pace.Enter("third", Start.AddSeconds(1), destination: "quieter"));
    }

    [Fact]
    public void Those_who_go_out_in_one_call_share_a_turn_of_both()
    {
        var pace = new Pace(new RateLimit(10, 1, 1), new RateLimit(1, 60, 1));
        var sheet = new SharedCall("sheet", 3);
        Assert.Null(pace.Enter("run_0", Start, sheet, destination: "sheet"));

        Assert.All(Enumerable.Range(1, 3), i => Assert.Equal(Start.AddSeconds(60), pace.Enter($"run_{i}", Start, sheet, destination: "sheet")));
        Assert.Equal(Start.AddSeconds(120), pace.Enter("run_4", Start, sheet, destination: "sheet"));
        Assert.Null(pace.Enter("run_1", Start.AddSeconds(60), sheet, destination: "sheet"));
        Assert.Equal(Start.AddSeconds(120), pace.Enter("run_2", Start.AddSeconds(60), sheet, destination: "sheet"));
    }

    [Fact]
    public void Idle_channels_are_forgotten()
    {
        var pace = new Pace(null, OneASecond);
        for (var i = 0; i < 100_000; i++)
        {
            Assert.Null(pace.Enter($"run_{i}", Start.AddMilliseconds(i * 100), destination: $"person_{i}"));
        }

        Assert.InRange(pace.Remembered, 1, 300);
    }

    private sealed record Attempt(string Run, string Channel, DateTimeOffset At);

    private static List<Attempt> Play(Pace pace, IEnumerable<(string Run, string Channel, DateTimeOffset At)> runs, Func<DateTimeOffset, string, StepOutcome> attempt, out int asked)
    {
        asked = 0;
        var attempts = new List<Attempt>();
        var queue = new PriorityQueue<(string Run, string Channel), (DateTimeOffset, string)>(runs.Select(run => ((run.Run, run.Channel), (run.At, run.Run))));
        while (queue.TryDequeue(out var run, out var at))
        {
            asked++;
            if (pace.Enter(run.Run, at.Item1, destination: run.Channel) is { } turn)
            {
                queue.Enqueue(run, (turn, run.Run));
                continue;
            }

            attempts.Add(new Attempt(run.Run, run.Channel, at.Item1));
            pace.Tell(attempt(at.Item1, run.Channel), at.Item1, run.Channel);
        }

        return attempts;
    }

    // A limit is kept where each attempt finds a token in a bucket that fills at its rate: exact, whatever the window.
    private static void AssertKept(RateLimit limit, IEnumerable<DateTimeOffset> attempts)
    {
        var (tokens, last) = ((double)limit.Burst, Start);
        foreach (var at in attempts)
        {
            tokens = Math.Min(limit.Burst, tokens + ((at - last) / limit.Interval));
            last = at;
            Assert.True(tokens > 0.999, $"At {at:O} no attempt was left of {limit}.");
            tokens--;
        }
    }
}
