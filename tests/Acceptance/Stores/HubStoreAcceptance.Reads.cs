using ConnectorHub.Runs.Store;

namespace ConnectorHub.Tests.Acceptance.Stores;

public abstract partial class HubStoreAcceptance
{
    [Fact]
    public async Task Due_runs_come_oldest_first_whatever_they_wait_for()
    {
        var second = await OpenRunAsync("evt_1", Slack, Now.AddSeconds(-20));
        var first = await OpenRunAsync("evt_2", "google-marketing", Now.AddSeconds(-30));
        var lapsed = await OpenRunAsync("evt_3", Slack, Now.AddSeconds(-100));
        await ClaimAsync(lapsed, Now.AddSeconds(-70));
        await OpenRunAsync("evt_4", Slack, Now.AddSeconds(1));
        await ClaimNewAsync("evt_5");

        var due = await Store.DueRunsAsync(Now, 10, Cancel);

        Assert.Equal([first, second, lapsed], due);
    }

    [Fact]
    public async Task No_more_due_runs_are_answered_than_asked_for()
    {
        foreach (var i in Enumerable.Range(0, 6))
        {
            await OpenRunAsync($"evt_{i}", i % 2 == 0 ? Slack : "google-marketing", Now.AddSeconds(-i));
        }

        Assert.Equal([RunOf("evt_5"), RunOf("evt_4"), RunOf("evt_3")], await Store.DueRunsAsync(Now, 3, Cancel));
    }

    [Fact]
    public async Task Events_are_listed_newest_first_and_page_by_page()
    {
        foreach (var i in Enumerable.Range(1, 5))
        {
            await AcceptAsync(Event($"evt_{i}"));
        }

        Assert.Equal(["evt_5", "evt_4"], await ListedAsync(new EventQuery(Limit: 2)));
        Assert.Equal(["evt_3", "evt_2"], await ListedAsync(new EventQuery(BeforeId: "evt_4", Limit: 2)));
    }

    [Fact]
    public async Task Events_are_listed_by_connection_and_by_type()
    {
        await AcceptAsync(Event("evt_1"));
        await AcceptAsync(Event("evt_2") with { Type = "member.left" });
        await Store.AcceptAsync(Deliver(Event("evt_3")) with { Connection = "spir-main" }, Cancel);

        Assert.Equal(["evt_2", "evt_1"], await ListedAsync(new EventQuery(Connection: Connection)));
        Assert.Equal(["evt_2"], await ListedAsync(new EventQuery(Type: "member.left")));
        Assert.Empty(await ListedAsync(new EventQuery(Connection: "spir-main", Type: "member.left")));
    }

    [Fact]
    public async Task Events_of_a_type_are_listed_in_order_whatever_connections_bring_them()
    {
        var random = new Random(20_261_122);
        var all = Enumerable.Range(0, 300).Select(i => (Id: $"evt_{i:d3}", Connection: $"main-{random.Next(4)}", Type: $"type-{random.Next(3)}")).ToList();
        foreach (var one in all)
        {
            await Store.AcceptAsync(Deliver(Event(one.Id) with { Type = one.Type, Runs = [] }) with { Connection = one.Connection }, Cancel);
        }

        foreach (var type in new[] { "type-0", "type-1", "type-2", "type-9" })
        {
            var newest = all.Where(one => one.Type == type).Select(one => one.Id).Reverse().ToList();
            Assert.Equal(newest, await ListedAsync(new EventQuery(Type: type, Limit: 300)));
            Assert.Equal(newest.Take(7), await ListedAsync(new EventQuery(Type: type, Limit: 7)));
            Assert.Equal(newest.Where(id => string.CompareOrdinal(id, "evt_150") < 0).Take(7), await ListedAsync(new EventQuery(Type: type, BeforeId: "evt_150", Limit: 7)));
            Assert.Equal(newest.Contains("evt_150") ? ["evt_150"] : [], await ListedAsync(new EventQuery("EVT_150", Type: type, Limit: 7)));
            Assert.Equal(newest.Where(id => all.Contains((id, "main-2", type))), await ListedAsync(new EventQuery(Connection: "main-2", Type: type, Limit: 300)));
        }
    }

    [Theory]
    [InlineData("EVT_1")]
    [InlineData("KEY-1")]
    [InlineData("lovelace")]
    [InlineData("ANALYTICAL")]
    [InlineData("café")]
    public async Task A_text_is_found_in_ids_subject_and_body_without_case(string text)
    {
        await AcceptAsync(Event("evt_0", body: "{}"));
        await AcceptAsync(Event("evt_1", "key-1", """{"engine":"analytical","at":"CAFÉ"}""") with { Subject = "Ada Lovelace" });
        await AcceptAsync(Event("evt_2", body: "{}"));

        Assert.Equal(["evt_1"], await ListedAsync(new EventQuery(Text: text)));
    }

    [Theory]
    [InlineData("%")]
    [InlineData("_d_")]
    [InlineData("[a-z]")]
    [InlineData("' OR 1=1 --")]
    public async Task A_searched_text_is_taken_as_it_is(string text)
    {
        await AcceptAsync(Event("evt_1", body: "Ada"));
        await AcceptAsync(Event("evt_2", body: $"so {text} it is"));

        Assert.Equal(["evt_2"], await ListedAsync(new EventQuery(Text: text)));
    }

    [Fact]
    public async Task A_search_can_be_paged_and_narrowed()
    {
        foreach (var i in Enumerable.Range(1, 4))
        {
            await AcceptAsync(Event($"evt_{i}") with { Type = i == 2 ? "member.left" : "member.joined" });
        }

        Assert.Equal(["evt_3"], await ListedAsync(new EventQuery(Text: "ada", Type: "member.joined", BeforeId: "evt_4", Limit: 1)));
    }

    [Theory]
    [InlineData("josé+1@shop.example")]
    [InlineData("JOSÉ+1@")]
    [InlineData("forms/12 \"late\"")]
    public async Task A_page_of_a_search_finds_what_JSON_writes_with_escapes(string text)
    {
        await AcceptAsync(Event("evt_1", body: """{"email":"jos\u00e9\u002B1@shop.example","at":"forms\/12 \"late\""}"""));
        await AcceptAsync(Event("evt_2", body: """{"cut":"\u00e","email":"jose"}"""));

        var page = await Store.SearchEventsAsync(new EventQuery(Text: text), 100, Cancel);

        Assert.Equal(["evt_1"], page.Found.Select(row => row.Id));
        Assert.Equal((2, true), (page.Searched, page.End));
    }

    [Fact]
    public async Task A_page_of_a_search_says_where_the_next_begins()
    {
        foreach (var i in Enumerable.Range(1, 5))
        {
            await AcceptAsync(Event($"evt_{i}", body: i is 1 or 3 ? "needle" : "hay"), Now.AddMinutes(i));
        }

        var first = await Store.SearchEventsAsync(new EventQuery(Text: "needle"), 2, Cancel);
        var second = await Store.SearchEventsAsync(new EventQuery(Text: "needle", BeforeId: first.LastId), 2, Cancel);
        var third = await Store.SearchEventsAsync(new EventQuery(Text: "needle", BeforeId: second.LastId), 2, Cancel);
        var enough = await Store.SearchEventsAsync(new EventQuery(Text: "needle", Limit: 1), 100, Cancel);

        Assert.Equal((0, 2, "evt_4", Now.AddMinutes(4), false), (first.Found.Count, first.Searched, first.LastId, first.LastAt!.Value, first.End));
        Assert.Equal(("evt_3", "evt_2"), (Assert.Single(second.Found).Id, second.LastId));
        Assert.Equal(("evt_1", 1, true), (Assert.Single(third.Found).Id, third.Searched, third.End));
        Assert.Equal(("evt_3", 3, false), (Assert.Single(enough.Found).Id, enough.Searched, enough.End));
    }

    [Fact]
    public async Task Runs_are_listed_newest_first_and_page_by_page()
    {
        foreach (var i in Enumerable.Range(1, 5))
        {
            await AcceptAsync(Event($"evt_{i}"));
        }

        var first = await Store.ListRunsAsync(new RunQuery(Limit: 2), Cancel);
        var next = await Store.ListRunsAsync(new RunQuery(BeforeId: first[1].Id, Limit: 2), Cancel);

        Assert.Equal(["evt_5", "evt_4", "evt_3", "evt_2"], first.Concat(next).Select(run => run.EventId));
    }

    [Fact]
    public async Task Runs_are_listed_by_event_and_by_recipe()
    {
        await AcceptAsync(Event("evt_1") with { Runs = [Planned("run_a"), Planned("run_b", "other")] });
        await AcceptAsync(Event("evt_2"));

        Assert.Equal(["run_b", "run_a"], await RunsAsync(new RunQuery(EventId: "evt_1")));
        Assert.Equal(["run_b"], await RunsAsync(new RunQuery(RecipeId: "other")));
        Assert.Empty(await RunsAsync(new RunQuery(EventId: "evt_2", RecipeId: "other")));
    }

    [Fact]
    public async Task Runs_are_listed_by_each_state()
    {
        foreach (var state in Enum.GetValues<RunState>())
        {
            var run = await RunAsync(await OpenRunAsync($"evt_{(int)state}"));
            if (state != RunState.Queued)
            {
                await Store.ChangeRunAsync(To((await ClaimAsync(run.Id))!, state), Cancel);
            }
        }

        foreach (var state in Enum.GetValues<RunState>())
        {
            Assert.Equal([RunOf($"evt_{(int)state}")], await RunsAsync(new RunQuery(State: state)));
        }
    }

    [Fact]
    public async Task Events_and_runs_that_do_not_exist_are_not_found()
    {
        Assert.Null(await Store.FindEventAsync("evt_nobody", Cancel));
        Assert.Null(await Store.FindRunAsync("run_nobody", Cancel));
    }

    [Fact]
    public async Task The_last_good_version_of_a_recipe_replaces_the_one_before()
    {
        await Store.KeepRecipeAsync(new KeptRecipe("b", "hash-b", "text b"), Cancel);
        await Store.KeepRecipeAsync(new KeptRecipe("a", "hash-1", "text 1"), Cancel);
        await Store.KeepRecipeAsync(new KeptRecipe("a", "hash-2", "text 2"), Cancel);

        Assert.Equal(
            [new KeptRecipe("a", "hash-2", "text 2"), new KeptRecipe("b", "hash-b", "text b")],
            (await Store.KeptRecipesAsync(Cancel)).OrderBy(kept => kept.Id, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_forgotten_recipe_leaves_its_texts_to_the_runs_that_are_pinned_to_them()
    {
        await Store.KeepRecipeAsync(new KeptRecipe(Recipe, "hash-1", "name: welcome"), Cancel);
        await AcceptAsync(Event("evt_1"));

        await Store.ForgetRecipeAsync(Recipe, Cancel);
        await Store.ForgetRecipeAsync("never kept", Cancel);

        Assert.Empty(await Store.KeptRecipesAsync(Cancel));
        Assert.Equal("name: welcome", await Store.RecipeTextAsync("hash-1", Cancel));
    }

    [Fact]
    public async Task Admin_tokens_are_kept_as_hashes()
    {
        var token = new TokenRow("0a1b", "first", Now);

        await Store.AddTokenAsync(token, Cancel);
        await Store.AddTokenAsync(token, Cancel);

        Assert.Equal([token], await Store.TokensAsync(Cancel));
    }

    [Fact]
    public async Task Counts_follow_every_change()
    {
        Assert.Equal((0L, 0L), ((await Store.CountsAsync(Now, Cancel)).Events, (await Store.CountsAsync(Now, Cancel)).Runs.Values.Sum()));
        await AcceptAsync(Event("evt_1", "key-1"));
        await AcceptAsync(Event("evt_2", "key-1"));
        await Store.ChangeRunAsync(To(await ClaimNewAsync("evt_3"), RunState.Succeeded), Cancel);
        await ClaimNewAsync("evt_4");

        var counts = await Store.CountsAsync(Now, Cancel);

        Assert.Equal(3, counts.Events);
        Assert.Equal(
            [(RunState.Queued, 1L), (RunState.Running, 1L), (RunState.Succeeded, 1L)],
            counts.Runs.Where(state => state.Value != 0).OrderBy(state => state.Key).Select(state => (state.Key, state.Value)));
    }

    [Fact]
    public async Task The_oldest_due_run_is_one_that_may_be_claimed()
    {
        await OpenRunAsync("evt_1", Slack, Now.AddSeconds(-30));
        await OpenRunAsync("evt_2", "google-marketing", Now.AddSeconds(-20));
        Assert.Null((await Store.CountsAsync(Now.AddSeconds(-31), Cancel)).OldestDue);
        Assert.Equal(Now.AddSeconds(-30), (await Store.CountsAsync(Now, Cancel)).OldestDue);

        await Store.BlockConnectionAsync(new ConnectionBlock(Slack, "v1", "c", "m", Now), Cancel);

        Assert.Equal(Now.AddSeconds(-20), (await Store.CountsAsync(Now, Cancel)).OldestDue);
    }

    [Fact]
    public async Task Runs_that_wait_for_a_connection_are_told_by_when_they_are_due_and_no_others()
    {
        var second = await OpenRunAsync("evt_1", Slack, Now.AddSeconds(20));
        var first = await OpenRunAsync("evt_2", Slack, Now.AddSeconds(-30));
        await OpenRunAsync("evt_3", "google-marketing", Now.AddSeconds(-100));
        await ClaimNewAsync("evt_4");

        Assert.Equal([first, second], (await Store.WaitingRunsAsync(Slack, 10, Cancel)).Select(run => run.Id));
        Assert.Equal([first], (await Store.WaitingRunsAsync(Slack, 1, Cancel)).Select(run => run.Id));
        Assert.Empty(await Store.WaitingRunsAsync("nobody", 10, Cancel));
    }

    private async Task<IEnumerable<string>> ListedAsync(EventQuery query) =>
        (await Store.ListEventsAsync(query, Cancel)).Select(found => found.Id);

    private async Task<IEnumerable<string>> RunsAsync(RunQuery query) =>
        (await Store.ListRunsAsync(query, Cancel)).Select(run => run.Id);
}
