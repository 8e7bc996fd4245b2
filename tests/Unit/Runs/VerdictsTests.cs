using ConnectorHub.Abstractions;
using ConnectorHub.Runs;

namespace ConnectorHub.Tests.Unit.Runs;

public class VerdictsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly RunsOptions Options = new();

    [Fact]
    public void A_done_outcome_goes_on_with_the_next_step()
        => Assert.IsType<Verdict.NextStep>(On(new StepOutcome.Done(default)));

    [Fact]
    public void A_transient_failure_waits_as_the_schedule_says_and_uses_a_try()
    {
        var verdict = Assert.IsType<Verdict.RetryAt>(On(Fail(FailureKind.Transient)));
        Assert.Equal(Now + TimeSpan.FromSeconds(30), verdict.At);
        Assert.Equal(1, verdict.UsedTries);
    }

    [Theory]
    [InlineData(1, 120)]
    [InlineData(6, 158400)]
    public void Each_try_has_its_own_wait(int usedTries, int seconds)
        => Assert.Equal(Now + TimeSpan.FromSeconds(seconds), Assert.IsType<Verdict.RetryAt>(On(Fail(FailureKind.Transient), usedTries)).At);

    [Fact]
    public void Waits_grow_by_at_most_a_tenth()
        => Assert.Equal(Now + TimeSpan.FromSeconds(33), Assert.IsType<Verdict.RetryAt>(On(Fail(FailureKind.Transient), chance: 1)).At);

    [Fact]
    public void After_the_last_wait_the_run_is_a_dead_letter_with_the_targets_words()
    {
        var verdict = Assert.IsType<Verdict.DeadLetter>(On(Fail(FailureKind.Transient), usedTries: 7));
        Assert.Equal("post", verdict.Error.Step);
        Assert.Equal("code", verdict.Error.Code);
    }

    [Fact]
    public void A_rejected_input_is_a_dead_letter_at_once()
        => Assert.IsType<Verdict.DeadLetter>(On(Fail(FailureKind.Rejected)));

    [Fact]
    public void A_failed_step_that_may_fail_goes_on()
        => Assert.IsType<Verdict.NextStep>(On(Fail(FailureKind.Rejected), continueOnError: true));

    [Theory]
    [InlineData(7, 7)]
    [InlineData(-5, 1)]
    [InlineData(315360000, 86400)]
    public void A_rate_limit_waits_as_asked_within_bounds_and_uses_no_try(int asked, int seconds)
    {
        var verdict = Assert.IsType<Verdict.RetryAt>(On(Fail(FailureKind.RateLimited, TimeSpan.FromSeconds(asked)), usedTries: 3));
        Assert.Equal(Now + TimeSpan.FromSeconds(seconds), verdict.At);
        Assert.Equal(3, verdict.UsedTries);
    }

    [Fact]
    public void An_unconfirmed_attempt_is_looked_for_after_its_deadline_and_a_settle_time()
    {
        var verdict = Assert.IsType<Verdict.RetryAt>(On(Fail(FailureKind.Unconfirmed)));
        Assert.Equal(Now + TimeSpan.FromSeconds(20) + Options.Settle, verdict.At);
    }

    [Fact]
    public void Refused_credentials_wait_for_the_connection()
        => Assert.IsType<Verdict.WaitForConnection>(On(Fail(FailureKind.Unauthorized)));

    [Fact]
    public void A_late_refusal_of_an_old_token_never_blocks_new_credentials()
    {
        var verdict = Assert.IsType<Verdict.RetryAt>(On(Fail(FailureKind.Unauthorized), usedTries: 2, credentialsChanged: true));
        Assert.Equal(Now, verdict.At);
        Assert.Equal(2, verdict.UsedTries);
    }

    [Theory]
    [InlineData(FailureKind.Transient)]
    [InlineData(FailureKind.RateLimited)]
    [InlineData(FailureKind.Unconfirmed)]
    public void A_run_gives_up_after_seven_days_whatever_it_waits_for(FailureKind kind)
        => Assert.IsType<Verdict.DeadLetter>(On(Fail(kind), createdAt: Now - TimeSpan.FromDays(7)));

    private static StepOutcome.Failed Fail(FailureKind kind, TimeSpan? retryAfter = null) => new(kind, "code", "why", retryAfter);

    private static Verdict On(
        StepOutcome outcome, int usedTries = 0, double chance = 0, bool credentialsChanged = false, bool continueOnError = false, DateTimeOffset? createdAt = null)
        => Verdicts.On(
            outcome,
            new AttemptFacts("post", usedTries, RetrySchedule.Default, Now, Now + TimeSpan.FromSeconds(20), createdAt ?? Now, credentialsChanged, continueOnError, chance),
            Options);
}
