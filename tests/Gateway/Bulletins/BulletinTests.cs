using ConnectorHub.Recipes.HubEvents;
using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.StandIns.Faults;

namespace ConnectorHub.Tests.Gateway.Bulletins;

/// <summary>The hub's own events, from what happened to the message in the channel. The clock begins on 1 September 2026, 10:00 in Paris.</summary>
public class BulletinTests
{
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task A_dead_letter_is_told_once_and_three_hundred_more_in_one_message_after_ten_minutes()
    {
        await using var house = await BulletinHouse.StartAsync(("work", BulletinRecipes.Work), ("tells", BulletinRecipes.Tells()));
        await house.PostAsync("""{"channel":"#gone","number":0}""");
        await house.PassAsync(TimeSpan.FromSeconds(10));

        var first = Assert.Single(house.Told);
        Assert.StartsWith("work failed at post | 1 |  | A run of work failed for good at post (slack, channel_not_found) on 1 Sep 10:00 and waits for you. It says: ", first, StringComparison.Ordinal);

        await Task.WhenAll(Enumerable.Range(1, 300).Select(i => house.PostAsync($$"""{"channel":"#gone","number":{{i}}}""")));
        await house.PassAsync(TenMinutes - TimeSpan.FromSeconds(10));
        Assert.Single(house.Told);
        await house.PassAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(2, house.Told.Count);
        Assert.StartsWith("work failed at post, 300 times | 300 | +299 more | 300 runs of work failed for good at post (slack, channel_not_found) since 1 Sep 10:00 and wait for you.", house.Told[1], StringComparison.Ordinal);
        await house.PassAsync(TenMinutes);
        Assert.Equal(2, house.Told.Count);
    }

    [Fact]
    public async Task The_event_is_stored_like_any_other_and_why_explains_it()
    {
        await using var house = await BulletinHouse.StartAsync(("work", BulletinRecipes.Work), ("tells", BulletinRecipes.Tells()));
        await house.PostAsync("""{"channel":"#gone","number":0}""");
        await house.PassAsync(TimeSpan.FromSeconds(10));

        var row = Assert.Single(await house.EventsAsync());
        Assert.Equal(("hub", "hub", HubEventNames.RunDeadLettered, HubEventNames.RunDeadLettered, "work failed at post"), (row.Source, row.Connection, row.HookEvent, row.Type, row.Subject));
        Assert.Equal(DecisionVerdict.Taken, Assert.Single(row.Decisions).Verdict);
        var reason = Assert.Single((await house.Get<ConnectorHub.Runs.Why>().ExplainAsync(row, null, CancellationToken.None)).Recipes);
        Assert.Equal(("taken", "yes"), (reason.Verdict, reason.Lines[0].Answer));
        Assert.Contains(row.Id, (await house.Store.SearchEventsAsync(new EventQuery(Text: "channel_not_found"), 100, CancellationToken.None)).Found.Select(found => found.Id));
    }

    [Fact]
    public async Task A_platform_that_does_not_answer_is_told_after_ten_minutes_once_while_it_lasts_and_the_next_outage_again()
    {
        await using var house = await BulletinHouse.StartAsync(("work", BulletinRecipes.Work), ("tells", BulletinRecipes.Tells()));
        for (var outage = 1; outage <= 2; outage++)
        {
            house.Slack.Faults.Plan = new FaultPlan { Outage = Outage.Refused };
            await Task.WhenAll(Enumerable.Range(0, 12).Select(i => house.PostAsync($$"""{"channel":"#general","number":{{i}}}""")));
            await house.PassAsync(TimeSpan.FromMinutes(9));
            Assert.Equal(outage - 1, house.Told.Count);
            await house.PassAsync(TimeSpan.FromMinutes(20));

            Assert.Equal(outage, house.Told.Count);
            Assert.Matches(@"^slack does not answer \| 1 \|  \| slack has not answered as it should since 1 Sep \d\d:\d\d\. 12 runs wait for it; ", house.Told[^1]);

            house.Slack.Faults.Plan = new FaultPlan();
            await house.PassAsync(TimeSpan.FromMinutes(70));
            Assert.Equal(12 * outage, house.Slack.Book.Effects);
        }
    }

    [Fact]
    public async Task A_restart_neither_repeats_nor_loses()
    {
        await using var house = await BulletinHouse.StartAsync(("work", BulletinRecipes.Work), ("tells", BulletinRecipes.Tells()));
        await house.PostAsync("""{"channel":"#gone","number":0}""");
        await house.PassAsync(TimeSpan.FromSeconds(10));
        await house.PostAsync("""{"channel":"#gone","number":1}""");
        await house.PassAsync(TimeSpan.FromSeconds(20));
        await house.PostAsync("""{"channel":"#gone","number":2}""");
        await house.RestartAsync();

        await house.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Single(house.Told);
        await house.RestartAsync();
        await house.PassAsync(TimeSpan.FromMinutes(6));

        Assert.Equal(["1", "2"], house.Told.Select(told => told.Split(" | ")[1]));
    }

    [Fact]
    public async Task A_blocked_connection_is_told_by_another_one_once_for_each_version_of_its_credentials()
    {
        await using var house = await BulletinHouse.StartAsync(("work", BulletinRecipes.Work), ("tells", BulletinRecipes.Tells()));
        house.Slack.Faults.Plan = new FaultPlan { Revoked = true };
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => house.PostAsync($$"""{"channel":"#general","number":{{i}}}""")));
        await house.PassAsync(TimeSpan.FromHours(1));
        await house.RestartAsync();
        await house.PassAsync(TimeSpan.FromMinutes(20));

        var told = Assert.Single(house.Told);
        Assert.StartsWith("slack is blocked | 1 |  | slack was refused on 1 Sep 10:00 (token_revoked): ", told, StringComparison.Ordinal);
        Assert.EndsWith("Its runs wait, and nothing is lost.", told, StringComparison.Ordinal);

        // The same credentials once more: a person let it go on and nothing was mended.
        await house.Store.ReleaseConnectionAsync("slack", house.Time.GetUtcNow(), CancellationToken.None);
        await house.PassAsync(TimeSpan.FromMinutes(20));
        Assert.Single(house.Told);
        Assert.Single(await house.Store.BlockedConnectionsAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_rejected_recipe_is_told_once_for_each_content_also_one_that_is_broken_at_the_start()
    {
        await using var house = await BulletinHouse.StartAsync(("torn", "version: 1\nname: Torn\nwhen: { source: webhook, event: x }\n"), ("work", BulletinRecipes.Work), ("tells", BulletinRecipes.Tells()));
        await house.PassAsync(TimeSpan.FromMinutes(30));
        await house.RestartAsync();
        await house.PassAsync(TimeSpan.FromMinutes(30));
        Assert.Contains("recipes/torn.yaml was not taken | 1 |  | The recipe file has 1 mistake, and no version of it works", Assert.Single(house.Told), StringComparison.Ordinal);

        await house.WriteAsync("work", BulletinRecipes.Work.Replace("post-message", "post-mesage", StringComparison.Ordinal));
        await house.ReloadAsync();
        await house.PassAsync(TimeSpan.FromMinutes(30));

        Assert.Equal(2, house.Told.Count);
        Assert.Contains("recipes/work.yaml was not taken | 1 |  | The recipe file has 1 mistake, and its last good version stays in use. The first: recipes/work.yaml(5,", house.Told[1], StringComparison.Ordinal);
        Assert.Contains("Did you mean 'post-message'?", house.Told[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hub_recipe_that_always_fails_leads_to_nothing_more()
    {
        await using var house = await BulletinHouse.StartAsync(("work", BulletinRecipes.Work), ("tells", BulletinRecipes.Tells("#gone")));
        await house.PostAsync("""{"channel":"#gone","number":0}""");
        await house.PassAsync(TimeSpan.FromHours(2));

        Assert.Empty(house.Told);
        Assert.Single(await house.EventsAsync());
        var dead = await house.Store.ListRunsAsync(new RunQuery(RecipeId: "tells", State: RunState.DeadLettered), CancellationToken.None);
        Assert.Equal([-1, 0], dead.Select(run => run.Generation).Order());
    }

    [Fact]
    public async Task A_hub_recipe_whose_own_connection_is_blocked_or_whose_file_is_broken_leads_to_nothing_more()
    {
        await using var house = await BulletinHouse.StartAsync(("work", BulletinRecipes.Work), ("tells", BulletinRecipes.Tells()));
        house.Ops.Faults.Plan = new FaultPlan { Revoked = true };
        await house.PostAsync("""{"channel":"#gone","number":0}""");
        await house.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal([HubEventNames.RunDeadLettered, HubEventNames.ConnectionBlocked], (await house.EventsAsync()).Select(row => row.Type));

        await house.WriteAsync("tells", BulletinRecipes.Tells().Replace("steps:", "stepps:", StringComparison.Ordinal));
        await house.WriteAsync("tells-too", BulletinRecipes.Tells().Replace("steps:", "stepps:", StringComparison.Ordinal));
        await house.ReloadAsync();
        await house.PassAsync(TimeSpan.FromHours(2));

        Assert.Equal(2, (await house.EventsAsync()).Count);
    }
}
