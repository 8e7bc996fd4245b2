using ConnectorHub.Runs.Store;

namespace ConnectorHub.Tests.Acceptance.Stores;

public abstract partial class HubStoreAcceptance
{
    [Fact]
    public async Task An_intent_is_stored_as_a_started_attempt()
    {
        var run = await ClaimNewAsync("evt_1");

        Assert.True(await Store.BeginAttemptAsync(Intent(run) with { Rehearsal = true }, Cancel));

        var attempt = Assert.Single(await Store.AttemptsAsync(run.Id, Cancel));
        Assert.Equal((run.Id, 1, "post", "slack.post-message"), (attempt.RunId, attempt.Number, attempt.StepId, attempt.Action));
        Assert.Equal((Slack, "v1", "effect-1", true), (attempt.Connection, attempt.CredentialVersion, attempt.EffectKey, attempt.Rehearsal));
        Assert.Equal((AttemptState.Started, null), (attempt.State, attempt.EndedAt));
        Assert.Equal((Now.AddSeconds(1), Now.AddSeconds(21)), (attempt.StartedAt, attempt.Deadline));
        Assert.Equal(("", "", ""), (attempt.Kind, attempt.Code, attempt.Message));
        Assert.Equal("""{"text":"hi"}"""u8.ToArray(), attempt.Input.ToArray());
        Assert.True(attempt.Output.IsEmpty && attempt.Request.IsEmpty);
    }

    [Fact]
    public async Task An_intent_raises_the_runs_attempts_and_moves_its_lease()
    {
        var run = await ClaimNewAsync("evt_1");

        await Store.BeginAttemptAsync(Intent(run), Cancel);

        Assert.Equal(1, (await RunAsync(run.Id)).Attempts);
        Assert.Null(await ClaimAsync(run.Id, Now.AddSeconds(119)));
        Assert.NotNull(await ClaimAsync(run.Id, Now.AddSeconds(120)));
    }

    [Fact]
    public async Task The_first_intent_stores_the_lets_and_a_later_one_leaves_them()
    {
        var run = await ClaimNewAsync("evt_1");

        await Store.BeginAttemptAsync(Intent(run) with { Lets = Bytes("""{"a":1}""") }, Cancel);
        await Store.BeginAttemptAsync(Intent(run, 2), Cancel);

        Assert.Equal("""{"a":1}"""u8.ToArray(), (await RunAsync(run.Id)).Lets.ToArray());
    }

    [Fact]
    public async Task An_intent_under_an_old_epoch_is_refused_and_not_stored()
    {
        var old = await ClaimNewAsync("evt_1");
        await ClaimAsync(old.Id, Now.AddSeconds(60), "gateway-2");

        Assert.False(await Store.BeginAttemptAsync(Intent(old), Cancel));

        Assert.Empty(await Store.AttemptsAsync(old.Id, Cancel));
        Assert.Equal(0, (await RunAsync(old.Id)).Attempts);
    }

    [Fact]
    public async Task An_intent_of_a_run_that_is_not_running_is_refused()
    {
        var run = await ClaimNewAsync("evt_1");
        await Store.ChangeRunAsync(To(run, RunState.Cancelled), Cancel);

        Assert.False(await Store.BeginAttemptAsync(Intent(run), Cancel));
    }

    [Fact]
    public async Task An_attempt_cannot_be_begun_twice()
    {
        var run = await ClaimNewAsync("evt_1");
        await Store.BeginAttemptAsync(Intent(run), Cancel);

        await Assert.ThrowsAnyAsync<Exception>(() => Store.BeginAttemptAsync(Intent(run), Cancel));

        Assert.Equal(1, (await RunAsync(run.Id)).Attempts);
        Assert.True(Store.CanCommit);
    }

    [Fact]
    public async Task An_outcome_is_stored_with_what_follows_for_the_run()
    {
        var run = await ClaimNewAsync("evt_1");
        await Store.BeginAttemptAsync(Intent(run), Cancel);
        var result = Result(run, AttemptState.Failed) with { Kind = "Transient", Code = "503", Message = "Later.", Request = Bytes("{}") };

        Assert.True(await Store.EndAttemptAsync(result, To(run, RunState.Waiting) with { StepTries = 1, DueAt = Now.AddSeconds(30) }, Cancel));

        var attempt = Assert.Single(await Store.AttemptsAsync(run.Id, Cancel));
        Assert.Equal((AttemptState.Failed, Now.AddSeconds(2)), (attempt.State, attempt.EndedAt!.Value));
        Assert.Equal(("Transient", "503", "Later."), (attempt.Kind, attempt.Code, attempt.Message));
        Assert.Equal(("""{"ts":"1"}""", "{}"), (Text(attempt.Output), Text(attempt.Request)));
        Assert.Equal("""{"text":"hi"}""", Text(attempt.Input));
        var after = await RunAsync(run.Id);
        Assert.Equal((RunState.Waiting, 1, Now.AddSeconds(30)), (after.State, after.StepTries, after.DueAt!.Value));
    }

    [Fact]
    public async Task An_outcome_under_an_old_epoch_is_discarded_whole()
    {
        var old = await ClaimNewAsync("evt_1");
        await Store.BeginAttemptAsync(Intent(old), Cancel);
        await ClaimAsync(old.Id, Now.AddSeconds(120), "gateway-2");

        Assert.False(await Store.EndAttemptAsync(Result(old), To(old, RunState.Succeeded), Cancel));

        Assert.Equal(AttemptState.Started, Assert.Single(await Store.AttemptsAsync(old.Id, Cancel)).State);
        Assert.Equal(RunState.Running, (await RunAsync(old.Id)).State);
    }

    [Fact]
    public async Task An_outcome_of_an_attempt_never_begun_is_an_error_and_changes_nothing()
    {
        var run = await ClaimNewAsync("evt_1");

        await Assert.ThrowsAnyAsync<Exception>(() => Store.EndAttemptAsync(Result(run), To(run, RunState.Succeeded), Cancel));

        Assert.Equal(RunState.Running, (await RunAsync(run.Id)).State);
    }

    [Fact]
    public async Task An_unconfirmed_attempt_may_still_be_confirmed()
    {
        var run = await ClaimNewAsync("evt_1");
        await Store.BeginAttemptAsync(Intent(run), Cancel);
        await Store.EndAttemptAsync(Result(run, AttemptState.Unconfirmed), To(run, RunState.Running), Cancel);

        Assert.True(await Store.EndAttemptAsync(Result(run), To(run, RunState.Succeeded), Cancel));

        Assert.Equal(AttemptState.Done, Assert.Single(await Store.AttemptsAsync(run.Id, Cancel)).State);
    }

    [Fact]
    public async Task Attempts_come_in_the_order_they_were_made()
    {
        var run = await ClaimNewAsync("evt_1");
        foreach (var number in Enumerable.Range(1, 12))
        {
            await Store.BeginAttemptAsync(Intent(run, number), Cancel);
        }

        Assert.Equal(Enumerable.Range(1, 12), (await Store.AttemptsAsync(run.Id, Cancel)).Select(attempt => attempt.Number));
        Assert.Empty(await Store.AttemptsAsync("run_nobody", Cancel));
    }

    private static string Text(ReadOnlyMemory<byte> bytes) => System.Text.Encoding.UTF8.GetString(bytes.Span);
}
