using ConnectorHub.Recipes;
using ConnectorHub.Recipes.Expressions;

namespace ConnectorHub.Tests.Unit.Recipes;

public sealed class TrialTests
{
    private static readonly Scope Sees = new Scope().Set("event", RecipeHouse.Event("""{"live":{"name":"Product news","status":"Live"},"occurredAt":1715095714,"note":null}"""));

    [Fact]
    public void Each_filter_says_what_it_made()
    {
        var made = Assert.IsType<Trial.Made>(Try("{{ event.occurredAt | from_unix | in_zone('Europe/Paris') | date('HH:mm') }}"));

        Assert.Equal(
            ["event.occurredAt = 1715095714", "| from_unix = 2024-05-07T15:28:34Z", "| in_zone('Europe/Paris') = 2024-05-07T17:28:34+02:00", "| date('HH:mm') = 17:28"],
            made.Steps.Select(step => $"{step.Text} = {step.Value.ToText()}"));
        Assert.Equal("17:28", made.Value.ToText());
    }

    [Fact]
    public void What_follows_a_filter_that_fails_is_not_told()
    {
        var made = Assert.IsType<Trial.Made>(Try("event.live.name | from_unix | date('HH:mm')"));

        Assert.Equal(["event.live.name", "| from_unix"], made.Steps.Select(step => step.Text));
        Assert.Contains("'from_unix' needs a number", made.Steps[1].Problem, StringComparison.Ordinal);
        Assert.NotNull(made.Problem);
    }

    [Fact]
    public void The_second_choice_is_told_only_where_it_is_taken()
    {
        Assert.Equal(["event.note", "?? 'none'", "| upper"], Assert.IsType<Trial.Made>(Try("event.note ?? 'none' | upper")).Steps.Select(step => step.Text));
        Assert.Equal(["event.live.name", "| upper"], Assert.IsType<Trial.Made>(Try("event.live.name ?? 'none' | upper")).Steps.Select(step => step.Text));
    }

    [Fact]
    public void A_name_that_is_not_there_gets_the_nearest_that_is()
    {
        var made = Assert.IsType<Trial.Made>(Try("{{ event.live.nam }} {{ evnt.live }}"));

        Assert.Equal(
            [
                "'event.live.nam' is not in this event. Did you mean 'event.live.name' (there \"Product news\")?",
                "'evnt' is not known here. Did you mean 'event'? Known: event. Values of 'let' and of steps exist only in a run.",
            ],
            made.Notes);
    }

    [Fact]
    public void A_condition_answers_with_what_it_found_and_what_it_would_take()
    {
        Assert.True(Assert.IsType<Trial.Asked>(Try("event.live.status is Live")).Answer.Holds);
        var no = Assert.IsType<Trial.Asked>(Try("event.live.status | upper is Planned"));
        Assert.False(no.Answer.Holds);
        Assert.Equal("value was \"LIVE\"", no.Answer.Found);
        Assert.Equal(["event.live.status", "| upper"], no.Steps.Select(step => step.Text));
    }

    [Theory]
    [InlineData("{{ event.live.name | uper }}", "{{ event.live.name | uper }}", 21)]
    [InlineData("event.live.name | uper", "{{ event.live.name | uper }}", 21)]
    [InlineData("event.live.name equals x", "event.live.name equals x", 16)]
    public void What_cannot_be_read_is_pointed_at(string text, string shown, int offset)
    {
        var unreadable = Assert.IsType<Trial.Unreadable>(Try(text));

        Assert.Equal(shown, unreadable.Text);
        Assert.Equal(offset, Assert.Single(unreadable.Problems).Offset);
    }

    private static Trial Try(string text) => Trial.Of(text, Sees, null, DateTimeOffset.FromUnixTimeSeconds(1715095720));
}
