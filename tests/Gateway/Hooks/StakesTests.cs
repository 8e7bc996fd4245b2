using ConnectorHub.Abstractions;
using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Tests.Gateway.Hooks;

/// <summary>What a failing hook and a gateway that was down lead to, sentence by sentence.</summary>
public class StakesTests
{
    private const string Remedy = "Do this.";

    private static readonly DateTimeOffset Now = new(2026, 3, 10, 13, 3, 5, TimeSpan.Zero);

    private static readonly SenderContract Livestorm = Contract([30, 60, 150, 360, 720]) with { DisablesAfter = TimeSpan.FromSeconds(1320) };
    private static readonly SenderContract Spir = Contract([10, 10, 10, 10]);
    private static readonly SenderContract GitHub = Contract([]);
    private static readonly SenderContract Svix = Contract([5, 300, 1800, 7200, 18000, 36000, 36000]) with { DisablesAfter = TimeSpan.FromDays(5) };

    [Fact]
    public void A_platform_that_switches_hooks_off_says_when_and_in_how_long()
    {
        var stake = Of(Livestorm, "Livestorm").Of(Failing(TimeSpan.FromMinutes(11)), Now);
        Assert.Equal((StakeLevel.WillDisable, "Livestorm disables this webhook at 14:14:05, 11 min from now, if it gets no 200 before."), (stake.Level, stake.Sentence));
    }

    [Fact]
    public void After_its_patience_it_has_most_likely_switched_the_hook_off()
    {
        var stake = Of(Livestorm, "Livestorm").Of(Failing(TimeSpan.FromMinutes(22)), Now);
        Assert.Equal((StakeLevel.Disabled, "Livestorm has most likely disabled this webhook at 14:03:05. Do this."), (stake.Level, stake.Sentence));
    }

    [Theory]
    [InlineData(39, StakeLevel.TriesAgain, "Spir tries again until 14:03:06; nothing is lost yet.")]
    [InlineData(40, StakeLevel.GaveUp, "Spir gave up at 14:03:05 on up to 3 events. Do this.")]
    [InlineData(400, StakeLevel.GaveUp, "Spir gave up at 13:57:05 on up to 3 events. Do this.")]
    public void A_platform_that_tries_again_gives_up_when_its_last_try_is_over(int seconds, StakeLevel level, string sentence)
    {
        var stake = Of(Spir, "Spir").Of(Failing(TimeSpan.FromSeconds(seconds), failures: 15, events: 3), Now);
        Assert.Equal((level, sentence), (stake.Level, stake.Sentence));
    }

    [Theory]
    [InlineData(1, "GitHub does not try again: up to 1 delivery is lost. Do this.")]
    [InlineData(2, "GitHub does not try again: up to 2 deliveries are lost. Do this.")]
    public void What_is_tried_once_is_lost_at_once(int events, string sentence)
    {
        var stake = Of(GitHub, "GitHub").Of(Failing(TimeSpan.Zero, events, events), Now);
        Assert.Equal((StakeLevel.GaveUp, sentence), (stake.Level, stake.Sentence));
    }

    [Fact]
    public void Events_may_be_lost_long_before_the_hook_is_switched_off()
    {
        var early = Of(Svix, "MeltingSpot").Of(Failing(TimeSpan.FromHours(1)), Now);
        Assert.Equal(StakeLevel.WillDisable, early.Level);
        Assert.Equal("MeltingSpot tries again until 11 Mar 16:38:10; nothing is lost yet. It disables this webhook at 15 Mar 13:03:05, 5 days from now, if it gets no 200 before.", early.Sentence);

        var late = Of(Svix, "MeltingSpot").Of(Failing(TimeSpan.FromDays(3), 40, 7), Now);
        Assert.Equal(StakeLevel.GaveUp, late.Level);
        Assert.Equal("MeltingSpot gave up at 8 Mar 17:38:10 on up to 7 events and disables this webhook at 12 Mar 14:03:05, 2 days from now, if it gets no 200 before. Do this.", late.Sentence);
    }

    [Fact]
    public void Waits_that_are_not_published_make_every_time_a_guess()
    {
        var guess = Spir with { RetriesAssumed = true };
        Assert.Equal(
            "SPOTIO gave up at about 14:02:45 on up to 3 events. It does not publish how long it waits between its tries, so the time is a guess. Do this.",
            Of(guess, "SPOTIO").Of(Failing(TimeSpan.FromMinutes(1), 3, 3), Now).Sentence);
        Assert.Equal(
            "SPOTIO tries again until about 14:03:35; nothing is lost yet. It does not publish how long it waits between its tries, so the time is a guess.",
            Of(guess, "SPOTIO").Of(Failing(TimeSpan.FromSeconds(10)), Now).Sentence);
    }

    [Fact]
    public void A_downtime_costs_what_was_tried_for_the_last_time_while_it_went_on()
    {
        var down = new Downtime(new DateTimeOffset(2026, 3, 10, 12, 50, 12, TimeSpan.Zero), new DateTimeOffset(2026, 3, 10, 13, 3, 20, TimeSpan.Zero));
        var now = down.Until;
        Assert.Equal("Spir has given up on what it first sent between 13:50:12 and 14:02:40. Do this.", Of(Spir, "Spir").Of(down, now)!.Sentence);
        Assert.Equal("GitHub does not try again: what it sent between 13:50:12 and 14:03:20 is lost. Do this.", Of(GitHub, "GitHub").Of(down, now)!.Sentence);
        Assert.Equal("MeltingSpot tries again until 11 Mar 17:25:17; nothing is lost yet.", Of(Svix, "MeltingSpot").Of(down, now)!.Sentence);
        Assert.Equal("Livestorm tries again until 14:12:12; nothing is lost yet.", Of(Livestorm, "Livestorm").Of(down, now)!.Sentence);
        Assert.Equal(StakeLevel.TriesAgain, Of(Livestorm, "Livestorm").Of(down, now)!.Level);
    }

    [Fact]
    public void A_long_downtime_may_have_switched_the_hook_off()
    {
        var stake = Of(Livestorm, "Livestorm").Of(new Downtime(Now.AddHours(-1), Now), Now)!;
        Assert.Equal(StakeLevel.Disabled, stake.Level);
        Assert.Equal(
            "Livestorm has given up on what it first sent between 13:03:05 and 13:41:05. If there was any, it has most likely disabled the webhook. Do this.",
            stake.Sentence);
    }

    [Fact]
    public void A_downtime_that_cost_nothing_is_not_spoken_of_when_all_tries_are_over()
    {
        var down = new Downtime(Now.AddMinutes(-2), Now);
        Assert.NotNull(Of(Svix, "MeltingSpot").Of(down, Now.AddHours(27)));
        Assert.Null(Of(Svix, "MeltingSpot").Of(down, Now.AddHours(28)));
    }

    [Fact]
    public void A_loss_is_shown_until_it_is_seven_days_old()
    {
        var ended = new EndedStreak(Failing(TimeSpan.FromMinutes(2), 5, 1), Now);
        var stakes = Of(Spir, "Spir");
        Assert.Equal("Spir gave up at 14:01:45 on up to 1 event. Since 14:03:05 deliveries are taken again. Do this.", stakes.Of(ended, Now)!.Sentence);
        Assert.NotNull(stakes.Of(ended, Now.AddDays(7).AddSeconds(-1)));
        Assert.Null(stakes.Of(ended, Now.AddDays(7)));
        var down = new Downtime(Now.AddMinutes(-2), Now);
        Assert.NotNull(stakes.Of(down, Now.AddDays(7).AddSeconds(-1)));
        Assert.Null(stakes.Of(down, Now.AddDays(7)));
    }

    [Fact]
    public void A_streak_that_ended_before_the_last_try_has_cost_nothing() =>
        Assert.Null(Of(Spir, "Spir").Of(new EndedStreak(Failing(TimeSpan.FromSeconds(39), 4, 1), Now), Now));

    [Fact]
    public void Without_a_zone_times_are_UTC_and_say_so()
    {
        var stakes = new Stakes(Spir, "Spir", new HubTime(string.Empty, TimeProvider.System));
        Assert.Equal("Spir tries again until 13:03:25 UTC; nothing is lost yet.", stakes.Of(Failing(TimeSpan.FromSeconds(20)), Now).Sentence);
        Assert.Equal("Spir has given up on what it first sent between 13:01:05 and 13:02:25 UTC. Do this.", stakes.Of(new Downtime(Now.AddMinutes(-2), Now), Now)!.Sentence);
    }

    [Theory]
    [InlineData(0.2, "0 s")]
    [InlineData(89, "89 s")]
    [InlineData(90, "2 min")]
    [InlineData(660, "11 min")]
    [InlineData(3 * 3600, "3 h")]
    [InlineData(5 * 86400, "5 days")]
    public void A_span_has_one_unit(double seconds, string text) => Assert.Equal(text, HubTime.Span(TimeSpan.FromSeconds(seconds)));

    private static SenderContract Contract(int[] waits) => new(
        TimeSpan.FromSeconds(10), SuccessStatus.Any2xx, [.. waits.Select(wait => TimeSpan.FromSeconds(wait))], null, "It gives up.", Remedy);

    private static Stakes Of(SenderContract contract, string sender) => new(contract, sender, new HubTime("Europe/Paris", TimeProvider.System));

    private static Streak Failing(TimeSpan since, long failures = 3, long events = 3) =>
        new(Now - since, Now, failures, events, HookNoteKind.WrongProof, "Wrong.");
}
