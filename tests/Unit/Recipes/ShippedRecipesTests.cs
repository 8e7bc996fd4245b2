using ConnectorHub.Connectors;
using ConnectorHub.Recipes;
using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Tests.Unit.Architecture;
using ConnectorHub.Values;
using NodaTime;

namespace ConnectorHub.Tests.Unit.Recipes;

public class ShippedRecipesTests
{
    private static readonly Instant Now = Instant.FromUnixTimeSeconds(1715095720);

    [Theory]
    [InlineData("meltingspot-live-started-to-slack")]
    [InlineData("meltingspot-member-joined-to-slack")]
    [InlineData("meltingspot-member-to-hubspot")]
    [InlineData("meltingspot-member-to-sheet")]
    [InlineData("meltingspot-topic-to-support-desk")]
    [InlineData("meltingspot-quiz-score-to-sheet")]
    [InlineData("meltingspot-dates-made-readable")]
    [InlineData("livestorm-registrant-to-sheet")]
    [InlineData("livestorm-ended-to-slack")]
    [InlineData("spotio-lead-to-hubspot")]
    [InlineData("spotio-activity-done-to-slack")]
    [InlineData("spir-booking-to-calendar")]
    public async Task A_shipped_recipe_has_no_findings_and_tests_both_ways(string id)
    {
        var recipe = await LoadAsync(id);

        Assert.Contains(recipe.Tests, test => test.Expect.Any(one => one is Expectation.RunsAre { Ids.Count: 1 }));
        Assert.Contains(recipe.Tests, test => test.Expect.Any(one => one is Expectation.SkippedBy));
    }

    [Fact]
    public async Task The_announcement_of_a_live_reads_as_its_test_says()
    {
        var recipe = await LoadAsync("meltingspot-live-started-to-slack");
        var scope = new Scope().Set("event", RecipeHouse.Event("""{"live":{"id":"l","name":"Ops & <!channel>","status":"Live"},"occurredAt":1715095714,"spot":{"name":"Spot"}}"""));

        Assert.Equal("l", Matching.Decide(recipe, scope, Now).OncePerKey);
        scope.Set("started", recipe.Let[0].Value.EvaluateNow(scope, recipe.Zone).Value);
        var with = recipe.Actions[0].With.EvaluateNow(scope, recipe.Zone).Value;

        Assert.Equal("Ops &amp; &lt;!channel&gt; is live on Spot since 17:28 (7 May 2024, Paris).", with.Member("text").ToText());
    }

    private static async Task<Recipe> LoadAsync(string id)
    {
        // Against what the connectors really offer: a recipe as shipped has no settings around it.
        var loader = new RecipeLoader(ConnectorCatalog.All, null, null, (_, _) => ValueTask.FromResult<ScriptProblem?>(null), Value.Missing);
        var loaded = await loader.LoadAsync($"recipes/{id}.yaml", id, SourceTree.Read($"recipes/{id}.yaml"), TestContext.Current.CancellationToken);

        Assert.Empty(loaded.Findings);
        return loaded.Recipe!;
    }
}
