using ConnectorHub.Runs.Store;

namespace ConnectorHub.Tests.Acceptance.Stores;

public abstract partial class HubStoreAcceptance
{
    [Fact]
    public async Task An_event_is_stored_with_all_it_came_with()
    {
        var incoming = Event("evt_1", "key-1") with
        {
            Time = Now.AddSeconds(-3),
            Subject = "Ada \u0000 Lovelace é",
            Test = true,
            Decisions = [Taken(), new Decision("other", "hash-2", DecisionVerdict.Skipped, 7, "event.name was \"Ada\"")],
        };

        await Store.AcceptAsync(Deliver(incoming) with { HookEvent = "joined" }, Cancel);

        var stored = await EventAsync("evt_1");
        Assert.Equal((Connection, "joined", "meltingspot", "member.joined"), (stored.Connection, stored.HookEvent, stored.Source, stored.Type));
        Assert.Equal(("key-1", Now.AddSeconds(-3), true, Now), (stored.DedupeKey, stored.Time!.Value, stored.Test, stored.ReceivedAt));
        Assert.Equal("Ada \u0000 Lovelace é", stored.Subject);
        Assert.Equal(incoming.Body.ToArray(), stored.Body.ToArray());
        Assert.Equal(incoming.Decisions, stored.Decisions);
        Assert.Equal((0, 0, null), (stored.Duplicates, stored.OtherBodies, stored.LastDuplicateAt));
    }

    [Fact]
    public async Task An_event_that_no_recipe_wants_is_stored_too()
    {
        var accepted = await AcceptAsync(Event("evt_1") with { Decisions = [], Runs = [] });

        Assert.Empty(accepted.Runs);
        Assert.Empty((await EventAsync("evt_1")).Decisions);
    }

    [Fact]
    public async Task An_empty_body_is_a_body()
    {
        await AcceptAsync(Event("evt_1", body: ""));

        Assert.True((await EventAsync("evt_1")).Body.IsEmpty);
    }

    [Fact]
    public async Task A_delivery_of_several_events_is_answered_in_their_order()
    {
        await AcceptAsync(Event("evt_0", "key-2"));

        var accepted = await Store.AcceptAsync(Deliver(Event("evt_1", "key-1"), Event("evt_2", "key-2"), Event("evt_3", "key-3")), Cancel);

        Assert.Equal(["evt_1", "evt_2", "evt_3"], accepted.Select(one => one.Id));
        Assert.Equal([null, "evt_0", null], accepted.Select(one => one.DuplicateOf));
        Assert.Equal([RunOf("evt_1")], accepted[0].Runs);
        Assert.Empty(accepted[1].Runs);
    }

    [Fact]
    public async Task A_run_is_opened_queued_and_due_at_once()
    {
        await AcceptAsync(Event("evt_1"));

        var run = await RunAsync(RunOf("evt_1"));
        Assert.Equal((RunState.Queued, "evt_1", Recipe, "hash-1"), (run.State, run.EventId, run.RecipeId, run.RecipeHash));
        Assert.Equal((Now, (DateTimeOffset?)Now, null), (run.CreatedAt, run.DueAt, run.FinishedAt));
        Assert.Equal((0, 0, 0, 0, 0, 0L), (run.Generation, run.StepIndex, run.StepTries, run.Attempts, run.Deaths, run.Epoch));
        Assert.Equal((Slack, false, false, "", null), (run.NextConnection, run.Rehearsal, run.InScript, run.Note, run.Error));
        Assert.True(run.Lets.IsEmpty && run.Outputs.IsEmpty);
    }

    [Fact]
    public async Task A_run_that_needs_no_connection_names_none()
    {
        Assert.Null((await RunAsync(await OpenRunAsync("evt_1", nextConnection: null))).NextConnection);
    }

    [Fact]
    public async Task The_text_of_a_runs_recipe_is_stored_with_it()
    {
        await AcceptAsync(Event("evt_1"));

        Assert.Equal("name: welcome", await Store.RecipeTextAsync("hash-1", Cancel));
        Assert.Null(await Store.RecipeTextAsync("hash-2", Cancel));
    }

    [Fact]
    public async Task A_repeated_key_is_a_duplicate_and_stores_nothing_new()
    {
        await AcceptAsync(Event("evt_1", "key-1"));

        var again = await AcceptAsync(Event("evt_2", "key-1"), Now.AddMinutes(5));

        Assert.Equal(("evt_1", true), (again.DuplicateOf, again.SameBody));
        Assert.Empty(again.Runs);
        Assert.Null(await Store.FindEventAsync("evt_2", Cancel));
        Assert.Null(await Store.FindRunAsync(RunOf("evt_2"), Cancel));
    }

    [Fact]
    public async Task Duplicates_are_counted_on_the_first_event()
    {
        await AcceptAsync(Event("evt_1", "key-1"));
        await AcceptAsync(Event("evt_2", "key-1"), Now.AddMinutes(5));
        await AcceptAsync(Event("evt_3", "key-1"), Now.AddMinutes(6));

        var stored = await EventAsync("evt_1");
        Assert.Equal((2, 0, Now.AddMinutes(6)), (stored.Duplicates, stored.OtherBodies, stored.LastDuplicateAt!.Value));
    }

    [Fact]
    public async Task A_repeated_key_with_another_body_is_told_apart()
    {
        await AcceptAsync(Event("evt_1", "key-1", "{}"));

        var again = await AcceptAsync(Event("evt_2", "key-1", "{ }"));

        Assert.False(again.SameBody);
        var stored = await EventAsync("evt_1");
        Assert.Equal((1, 1), (stored.Duplicates, stored.OtherBodies));
    }

    [Fact]
    public async Task A_key_repeated_within_one_delivery_is_a_duplicate()
    {
        var accepted = await Store.AcceptAsync(Deliver(Event("evt_1", "key-1"), Event("evt_2", "key-1")), Cancel);

        Assert.Equal("evt_1", accepted[1].DuplicateOf);
    }

    [Fact]
    public async Task The_same_key_on_another_connection_is_another_event()
    {
        await AcceptAsync(Event("evt_1", "key-1"));

        var other = await Store.AcceptAsync(Deliver(Event("evt_2", "key-1")) with { Connection = "meltingspot-test" }, Cancel);

        Assert.Null(other[0].DuplicateOf);
    }

    [Fact]
    public async Task The_same_key_on_another_event_segment_is_another_event()
    {
        await AcceptAsync(Event("evt_1", "key-1"));

        var other = await Store.AcceptAsync(Deliver(Event("evt_2", "key-1")) with { HookEvent = "left" }, Cancel);

        Assert.Null(other[0].DuplicateOf);
    }

    [Fact]
    public async Task An_event_without_a_key_is_never_a_duplicate()
    {
        await AcceptAsync(Event("evt_1"));

        Assert.Null((await AcceptAsync(Event("evt_2"))).DuplicateOf);
    }

    [Fact]
    public async Task A_key_holds_until_its_time_and_not_after()
    {
        await AcceptAsync(Event("evt_1", "key-1"));

        var last = await AcceptAsync(Event("evt_2", "key-1"), Now.AddDays(7));
        var after = await AcceptAsync(Event("evt_3", "key-1"), Now.AddDays(7).AddMilliseconds(1));

        Assert.Equal(("evt_1", null), (last.DuplicateOf, after.DuplicateOf));
    }

    [Fact]
    public async Task A_key_that_ran_out_belongs_to_the_event_that_took_it_over()
    {
        await AcceptAsync(Event("evt_1", "key-1", "old"));
        await AcceptAsync(Event("evt_2", "key-1", "new") with { DedupeUntil = Now.AddDays(30) }, Now.AddDays(8));

        var again = await AcceptAsync(Event("evt_3", "key-1", "new"), Now.AddDays(9));

        Assert.Equal(("evt_2", true), (again.DuplicateOf, again.SameBody));
    }

    [Fact]
    public async Task Of_many_deliveries_of_one_key_at_once_exactly_one_is_new()
    {
        var accepted = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => AcceptAsync(Event($"evt_{i:D2}", "key-1"))));

        var first = Assert.Single(accepted, one => one.DuplicateOf is null);
        Assert.All(accepted.Where(one => one != first), one => Assert.Equal(first.Id, one.DuplicateOf));
        Assert.Equal(39, (await EventAsync(first.Id)).Duplicates);
    }

    [Fact]
    public async Task A_planned_run_with_an_error_is_opened_as_a_dead_letter()
    {
        var error = new RunError("match", "CH5100", "The filter failed.");
        var planned = Planned("run_1") with { Error = error };

        var accepted = await AcceptAsync(Event("evt_1") with { Runs = [planned, Planned("run_2", "other")] });

        Assert.Equal(["run_2"], accepted.Runs);
        var run = await RunAsync("run_1");
        Assert.Equal((RunState.DeadLettered, error), (run.State, run.Error));
        Assert.Null(await ClaimAsync("run_1"));
    }

    [Fact]
    public async Task A_delivery_that_was_cancelled_before_it_began_is_not_stored()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.AcceptAsync(Deliver(Event("evt_1")), cancelled.Token));

        Assert.Null(await Store.FindEventAsync("evt_1", Cancel));
    }

    [Fact]
    public async Task A_delivery_with_one_event_that_cannot_be_stored_stores_none()
    {
        await AcceptAsync(Event("evt_2"));

        await Assert.ThrowsAnyAsync<Exception>(() => Store.AcceptAsync(Deliver(Event("evt_1", "key-1"), Event("evt_2")), Cancel));

        Assert.Null(await Store.FindEventAsync("evt_1", Cancel));
        Assert.Null((await AcceptAsync(Event("evt_3", "key-1"))).DuplicateOf);
        Assert.True(Store.CanCommit);
    }

    [Fact]
    public async Task What_was_accepted_is_there_after_a_restart()
    {
        await AcceptAsync(Event("evt_1", "key-1"));

        await ReopenAsync();

        Assert.Equal("evt_1", (await AcceptAsync(Event("evt_2", "key-1"))).DuplicateOf);
        Assert.Equal(RunState.Queued, (await RunAsync(RunOf("evt_1"))).State);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(long.MinValue)]
    [InlineData(0x7d4e_5a76_0123_4567)]
    public async Task The_span_of_a_delivery_is_kept_with_its_event(long? span)
    {
        await AcceptAsync(Event("evt_1") with { Span = span });

        Assert.Equal(span, (await EventAsync("evt_1")).Span);
        Assert.Equal(span, Assert.Single(await Store.ListEventsAsync(new EventQuery(), Cancel)).Span);
    }
}
