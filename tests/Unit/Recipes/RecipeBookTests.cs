using ConnectorHub.Recipes;
using ConnectorHub.Values;

namespace ConnectorHub.Tests.Unit.Recipes;

public class RecipeBookTests
{
    [Fact]
    public async Task An_entry_is_wanted_for_each_of_its_events_and_no_other()
    {
        var book = Book(await EntryAsync("a", "when: { source: meltingspot, event: [live.updated, member.created] }"));

        Assert.Single(book.Wanting("meltingspot", "live.updated", "x"));
        Assert.Single(book.Wanting("meltingspot", "member.created", "x"));
        Assert.Empty(book.Wanting("meltingspot", "live.created", "x"));
        Assert.Empty(book.Wanting("livestorm", "live.updated", "x"));
    }

    [Fact]
    public async Task A_recipe_of_one_connection_does_not_see_the_events_of_another()
    {
        var narrow = await EntryAsync("narrow", "when: { source: meltingspot, event: live.updated, connection: meltingspot-main }");
        var wide = await EntryAsync("wide", "when: { source: meltingspot, event: live.updated }");
        var book = Book(narrow, wide);

        Assert.Equal(["narrow", "wide"], book.Wanting("meltingspot", "live.updated", "meltingspot-main").Select(entry => entry.Id));
        Assert.Equal(["wide"], book.Wanting("meltingspot", "live.updated", "meltingspot-other").Select(entry => entry.Id));
    }

    [Fact]
    public async Task A_recipe_that_is_off_wants_nothing()
    {
        Assert.Empty(Book(await EntryAsync("a", "when: { source: meltingspot, event: live.updated }\nmode: off")).Wanting("meltingspot", "live.updated", "x"));
    }

    [Fact]
    public async Task A_recipe_with_a_schedule_wants_no_event_that_comes_in()
    {
        var entry = await EntryAsync("a", "when: { schedule: { every: 15m, zone: Europe/Paris } }");

        Assert.IsType<ScheduleTrigger>(entry.Live!.When);
        Assert.Empty(Book(entry).Wanting("schedule", "fired", "schedule/a"));
    }

    [Fact]
    public async Task A_broken_file_still_says_which_events_it_wants()
    {
        var entry = await EntryAsync("a", "when: { source: meltingspot, event: live.updated }\nmoed: off");

        Assert.Null(entry.Live);
        Assert.Single(Book(entry).Wanting("meltingspot", "live.updated", "x"));
    }

    private static RecipeBook Book(params BookEntry[] entries) => new(entries, Value.Missing, []);

    private static async Task<BookEntry> EntryAsync(string id, string keys)
    {
        var text = $$"""
            version: 1
            name: A
            {{keys}}
            steps:
              - { id: hello, use: slack.post-message, with: { channel: "#ops", text: hello } }
            """;
        var loaded = await RecipeHouse.LoadAsync(text);
        return new BookEntry(id, $"recipes/{id}.yaml", loaded.Recipe, false, loaded.Findings, loaded.When);
    }
}
