using ConnectorHub.Recipes;
using ConnectorHub.Recipes.Expressions;
using NodaTime;

namespace ConnectorHub.Tests.Unit.Recipes;

public class MatchingTests
{
    private static readonly Instant Now = Instant.FromUtc(2024, 5, 7, 15, 28);

    [Fact]
    public async Task An_event_that_fits_every_line_is_taken()
    {
        var result = await DecideAsync("if:\n  - event.member.status is Accepted\n  - event.member.title is one of [CEO, CMO]");

        Assert.Equal((true, "", null), (result.Taken, result.Detail, result.OncePerKey));
    }

    [Fact]
    public async Task The_line_that_decides_is_named_with_what_was_found()
    {
        var result = await DecideAsync("if:\n  - event.member.status is Accepted\n  - event.member.title is CTO");

        Assert.Equal((false, 6), (result.Taken, result.Line));
        Assert.Contains("event.member.title is CTO", result.Detail, StringComparison.Ordinal);
        Assert.Contains("CEO", result.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("any:\n      - event.member.title is CTO\n      - event.member.title is CEO", true)]
    [InlineData("any:\n      - event.member.title is CTO\n      - event.member.title is CMO", false)]
    [InlineData("all:\n      - event.member.title is CEO\n      - event.member.status is Accepted", true)]
    [InlineData("all:\n      - event.member.title is CEO\n      - event.member.status is Invited", false)]
    [InlineData("not: event.member.title is CTO", true)]
    [InlineData("not: event.member.title is CEO", false)]
    [InlineData("not:\n      any:\n        - event.member.title is CTO\n        - event.member.title is CMO", true)]
    public async Task Groups_change_what_a_list_means(string group, bool taken)
    {
        Assert.Equal(taken, (await DecideAsync($"if:\n  - {group}")).Taken);
    }

    [Fact]
    public async Task Top_values_are_computed_for_the_conditions_that_read_them_without_touching_the_scope()
    {
        var scope = Scope();
        var recipe = await RecipeAsync(
            """
            let:
              who: "{{ event.member }}"
              mail: "{{ who.email | lower }}"
              unread: "{{ event.member.phone }}"
            if: mail ends with "@meltingspot.io"
            once_per: "{{ mail }}"
            """);

        var result = Matching.Decide(recipe, scope, Now);

        Assert.Equal((true, "john.doe@meltingspot.io"), (result.Taken, result.OncePerKey));
        Assert.DoesNotContain(scope.Names, name => name.Key == "mail");
        Assert.Equal(["who", "mail"], recipe.Plan.Lets.Select(let => let.Name));
    }

    [Theory]
    [InlineData("{{ event.member.phone }}")]
    [InlineData("live/{{ event.member.phone }}")]
    public async Task Without_a_value_for_once_per_there_is_no_key(string key)
    {
        var result = await DecideAsync($"once_per: \"{key}\"");

        Assert.Equal((true, null), (result.Taken, result.OncePerKey));
    }

    [Fact]
    public async Task A_value_that_cannot_be_computed_fails_the_decision_and_says_so()
    {
        var recipe = await RecipeAsync("let: { at: \"{{ event.occurredAt | from_unix }}\" }\nif: at exists");

        var result = Matching.Decide(recipe, Scope("""{"occurredAt":"yesterday"}"""), Now);

        Assert.Equal((false, true, 4), (result.Taken, result.Failed, result.Line));
        Assert.Contains("yesterday", result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_explanation_goes_line_by_line_and_ends_with_what_would_match()
    {
        var recipe = await RecipeAsync("if:\n  - event.member.status is Invited\n  - event.member.title is CEO");

        var explanation = Matching.Explain(recipe, Scope(), Now);

        Assert.False(explanation.Matches);
        Assert.Equal([("yes", "when"), ("no", "if[1]"), ("–", "if[2]")], explanation.Lines.Select(line => (line.Answer, line.Label)));
        Assert.Equal("meltingspot / member.created", explanation.Lines[0].Sentence);
        Assert.Contains("\"Accepted\"", explanation.Lines[1].Note, StringComparison.Ordinal);
        Assert.Equal("Skipped: nothing was sent. It would match if event.member.status were \"Invited\".", explanation.Summary);
    }

    [Fact]
    public async Task An_explanation_of_an_event_of_another_type_stops_at_when()
    {
        var recipe = await RecipeAsync("if: event.member.status is Accepted");
        var scope = Scope().Set("meta", RecipeHouse.Event("""{"source":"meltingspot","type":"member.deleted"}"""));

        var explanation = Matching.Explain(recipe, scope, Now);

        Assert.Equal(["no", "–"], explanation.Lines.Select(line => line.Answer));
        Assert.Contains("member.created", explanation.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_explanation_of_a_match_shows_the_once_per_value()
    {
        var explanation = Matching.Explain(await RecipeAsync("once_per: \"{{ event.member.id }}\""), Scope(), Now);

        Assert.True(explanation.Matches);
        Assert.Contains("m-1", explanation.Lines[^1].Note, StringComparison.Ordinal);
    }

    private static async Task<MatchResult> DecideAsync(string keys) => Matching.Decide(await RecipeAsync(keys), Scope(), Now);

    private static Task<Recipe> RecipeAsync(string keys)
    {
        var text = $$"""
            version: 1
            name: A
            when: { source: meltingspot, event: member.created }
            {{keys}}
            steps:
              - { id: hello, use: slack.post-message, with: { channel: "#ops", text: hello } }
            """;
        return RecipeHouse.GoodAsync(text);
    }

    private static Scope Scope(string? json = null) => new Scope()
        .Set("event", RecipeHouse.Event(json ?? """{"member":{"id":"m-1","email":"John.Doe@meltingspot.io","status":"Accepted","title":"CEO","phone":null}}"""))
        .Set("meta", RecipeHouse.Event("""{"source":"meltingspot","type":"member.created"}"""));
}
