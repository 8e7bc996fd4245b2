using ConnectorHub.Abstractions;
using ConnectorHub.Runs.Connections;

namespace ConnectorHub.Tests.Unit.Runs;

public class PaceTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly RateLimit SixtyAMinute = new(60, 60, 10);
    private static readonly StepOutcome Done = new StepOutcome.Done(default);
    private static readonly StepOutcome Down = StepOutcome.Fail(FailureKind.Transient, "http_503", "Down.");

    [Fact]
    public void Without_a_limit_nobody_waits() =>
        Assert.All(Enumerable.Range(0, 1000), i => Assert.Null(new Pace(null).Enter($"run_{i}", Start)));

    [Fact]
    public void A_burst_goes_at_once_and_the_rest_one_by_one()
    {
        var pace = new Pace(SixtyAMinute);

        Assert.All(Enumerable.Range(0, 10), i => Assert.Null(pace.Enter($"run_{i}", Start)));
        Assert.Equal(Start.AddSeconds(1), pace.Enter("run_10", Start));
        Assert.Equal(Start.AddSeconds(2), pace.Enter("run_11", Start));
        Assert.Equal(Start.AddSeconds(1), pace.Enter("run_10", Start.AddSeconds(0.5)));
        Assert.Null(pace.Enter("run_10", Start.AddSeconds(1)));
    }

    [Fact]
    public void Ten_thousand_waiting_runs_drain_as_fast_as_the_limit_allows_and_ask_twice_each()
    {
        var played = Play(new Pace(SixtyAMinute), 10_000, _ => Done);

        Assert.Equal(10_000, played.DoneAt.Count);
        Assert.InRange(played.Asked, 10_000, 20_000);
        Assert.InRange(MostInAMinute(played.AttemptsAt), 60, 71);
        Assert.InRange(played.DoneAt.Max() - Start, TimeSpan.FromSeconds(9_980), TimeSpan.FromSeconds(10_000));
    }

    [Fact]
    public void An_outage_of_two_hours_costs_few_attempts_and_no_run()
    {
        var up = Start.AddHours(2);

        var played = Play(new Pace(SixtyAMinute), 10_000, now => now < up ? Down : Done);

        Assert.Equal(10_000, played.DoneAt.Count);
        Assert.InRange(played.AttemptsAt.Count(at => at < up), 10, 60);
        Assert.InRange(MostInAMinute(played.AttemptsAt), 10, 71);
        // Five minutes until the breaker tries again, and then what the limit takes.
        Assert.InRange(played.DoneAt.Max() - up, TimeSpan.FromSeconds(9_900), TimeSpan.FromSeconds(10_000 + 600));
    }

    [Fact]
    public void When_the_platform_asks_to_slow_down_all_wait_and_come_back_one_by_one()
    {
        var pace = new Pace(null);
        pace.Tell(SlowDown(30), Start);

        var turns = Enumerable.Range(0, 5).Select(i => pace.Enter($"run_{i}", Start)).ToList();

        Assert.Equal([30.0, 30.1, 30.2, 30.3, 30.4], turns.Select(turn => (turn!.Value - Start).TotalSeconds));
        Assert.Null(pace.Enter("run_0", Start.AddSeconds(30)));
        Assert.Equal("it asked to slow down", pace.View(Start)!.Why);
    }

    [Fact]
    public void Waits_that_do_not_help_grow_to_five_minutes_and_one_success_ends_that()
    {
        var pace = new Pace(null);
        var now = Start;
        var waits = new List<double>();
        for (var i = 0; i < 13; i++)
        {
            Assert.Null(pace.Enter("run_a", now));
            pace.Tell(SlowDown(1), now);

            // One that was under way with it was refused as well.
            pace.Tell(SlowDown(1), now.AddMilliseconds(200));
            var next = pace.Enter("run_a", now.AddMilliseconds(300))!.Value;
            waits.Add(Math.Round((next - now).TotalSeconds));
            now = next;
        }

        Assert.Equal([1, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300], waits);

        Assert.Null(pace.Enter("run_a", now));
        pace.Tell(Done, now);
        pace.Tell(SlowDown(1), now.AddSeconds(1));
        Assert.Equal(2, Math.Round((pace.Enter("run_b", now.AddSeconds(1))!.Value - now).TotalSeconds));
    }

    [Fact]
    public void The_trial_after_an_outage_goes_at_once_whatever_the_limit_has_left()
    {
        var pace = new Pace(new RateLimit(1, 60, 1));
        Assert.Null(pace.Enter("run_0", Start));
        for (var i = 0; i < 10; i++)
        {
            pace.Tell(Down, Start);
        }

        Assert.Null(pace.Enter("run_new", Start.AddSeconds(30)));
        pace.Tell(Done, Start.AddSeconds(31));
        Assert.Equal(Start.AddSeconds(60), pace.Enter("run_next", Start.AddSeconds(31)));
    }

    [Fact]
    public void Those_who_go_out_in_one_call_share_a_turn_and_the_first_of_them_uses_it()
    {
        var pace = new Pace(new RateLimit(1, 60, 1));
        var sheet = new SharedCall("sheet", 3);
        Assert.Null(pace.Enter("run_0", Start, sheet));

        Assert.All(Enumerable.Range(1, 3), i => Assert.Equal(Start.AddSeconds(60), pace.Enter($"run_{i}", Start, sheet)));
        Assert.Equal(Start.AddSeconds(120), pace.Enter("run_4", Start, sheet));
        Assert.Equal(Start.AddSeconds(180), pace.Enter("run_5", Start, new SharedCall("other", 3)));

        Assert.Null(pace.Enter("run_1", Start.AddSeconds(60), sheet));
        Assert.Equal(Start.AddSeconds(120), pace.Enter("run_2", Start.AddSeconds(60), sheet));
        Assert.Equal(Start.AddSeconds(120), pace.Enter("run_3", Start.AddSeconds(61), sheet));
        Assert.Equal(Start.AddSeconds(240), pace.Enter("run_6", Start.AddSeconds(61), sheet));
        Assert.Null(pace.Enter("run_4", Start.AddSeconds(120), sheet));
    }

    [Fact]
    public void After_slow_down_whole_calls_get_turns_and_not_each_row()
    {
        var pace = new Pace(SixtyAMinute);
        Assert.Null(pace.Enter("run_x", Start));
        pace.Tell(SlowDown(30), Start);

        var turns = Enumerable.Range(0, 250).Select(i => pace.Enter($"run_{i}", Start, new SharedCall("sheet", 100))!.Value).Distinct().ToList();

        Assert.Equal([30, 31, 32], turns.Select(turn => (int)(turn - Start).TotalSeconds));
    }

    [Fact]
    public void An_attempt_that_writes_twice_takes_two_of_the_limit()
    {
        var pace = new Pace(new RateLimit(60, 60, 2));

        Assert.Null(pace.Enter("run_0", Start, writes: 2));
        Assert.Equal(Start.AddSeconds(1), pace.Enter("run_1", Start, writes: 2));
        Assert.Equal(Start.AddSeconds(3), pace.Enter("run_2", Start));
    }

    [Fact]
    public void Half_of_ten_failures_open_the_breaker_and_one_trial_decides()
    {
        var breaker = new Breaker();
        foreach (var failed in (bool[])[false, true, false, true, false, true, false, true, false])
        {
            breaker.Tell(failed, Start);
        }

        Assert.Null(breaker.Ask(Start));
        breaker.Tell(true, Start);
        Assert.Equal(Start.AddSeconds(30), breaker.Ask(Start));
        Assert.Null(breaker.Ask(Start.AddSeconds(30)));
        Assert.NotNull(breaker.Ask(Start.AddSeconds(31)));

        breaker.Tell(true, Start.AddSeconds(32));
        Assert.Equal(Start.AddSeconds(92), breaker.Ask(Start.AddSeconds(33)));
        Assert.Null(breaker.Ask(Start.AddSeconds(92)));
        breaker.Tell(false, Start.AddSeconds(93));
        Assert.Null(breaker.Ask(Start.AddSeconds(93)));
        Assert.Null(breaker.Ask(Start.AddSeconds(93)));
    }

    [Fact]
    public void Failures_spread_over_time_and_few_ones_do_not_open_it()
    {
        var breaker = new Breaker();
        for (var i = 0; i < 100; i++)
        {
            breaker.Tell(true, Start.AddSeconds(i * 7));
            Assert.Null(breaker.Ask(Start.AddSeconds(i * 7)));
        }
    }

    [Fact]
    public void A_trial_that_is_never_heard_of_again_is_followed_by_another()
    {
        var breaker = new Breaker();
        for (var i = 0; i < 10; i++)
        {
            breaker.Tell(true, Start);
        }

        Assert.Null(breaker.Ask(Start.AddSeconds(30)));
        Assert.NotNull(breaker.Ask(Start.AddSeconds(149)));
        Assert.Null(breaker.Ask(Start.AddSeconds(150)));
    }

    private static StepOutcome.Failed SlowDown(int seconds) => new StepOutcome.Failed(FailureKind.RateLimited, "ratelimited", "Slow.", TimeSpan.FromSeconds(seconds));

    private sealed record Played(List<DateTimeOffset> AttemptsAt, List<DateTimeOffset> DoneAt, int Asked);

    // Each run asks, waits for its turn, attempts, and comes again half a minute after a failure: virtual time, no clock.
    private static Played Play(Pace pace, int runs, Func<DateTimeOffset, StepOutcome> attempt)
    {
        var played = new Played([], [], 0);
        var queue = new PriorityQueue<string, DateTimeOffset>(Enumerable.Range(0, runs).Select(i => ($"run_{i:d5}", Start)));
        while (queue.TryDequeue(out var run, out var now))
        {
            played = played with { Asked = played.Asked + 1 };
            if (pace.Enter(run, now) is { } turn)
            {
                queue.Enqueue(run, turn);
                continue;
            }

            played.AttemptsAt.Add(now);
            var outcome = attempt(now);
            pace.Tell(outcome, now);
            if (outcome is StepOutcome.Done)
            {
                played.DoneAt.Add(now);
            }
            else
            {
                queue.Enqueue(run, now.AddSeconds(30));
            }
        }

        return played;
    }

    private static int MostInAMinute(List<DateTimeOffset> attempts)
    {
        var most = 0;
        var first = 0;
        for (var i = 0; i < attempts.Count; i++)
        {
            while (attempts[i] - attempts[first] >= TimeSpan.FromMinutes(1))
            {
                first++;
            }

            most = Math.Max(most, i - first + 1);
        }

        return most;
    }
}
