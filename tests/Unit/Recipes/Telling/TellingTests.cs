using ConnectorHub.Connectors;
using ConnectorHub.Recipes;
using ConnectorHub.Recipes.Telling;
using ConnectorHub.Tests.Unit.Architecture;
using ConnectorHub.Values;

namespace ConnectorHub.Tests.Unit.Recipes.Telling;

public sealed class TellingTests
{
    public static TheoryData<string> Shipped =>
        [.. SourceTree.Files("recipes", ".yaml").Select(file => file["recipes/".Length..^".yaml".Length]).Where(id => id != "shared")];

    [Theory]
    [MemberData(nameof(Shipped))]
    public async Task A_shipped_recipe_reads_as_its_page_says(string id)
    {
        var golden = $"tests/Unit/Recipes/Telling/{id}.txt";
        var told = string.Join('\n', RecipeTelling.InFull(await LoadAsync(id, SourceTree.Read($"recipes/{id}.yaml")), ConnectorCatalog.All)) + "\n";

        Assert.True(File.Exists(System.IO.Path.Combine(SourceTree.Root, golden)), $"{golden} is missing. It would hold:\n{told}");
        Assert.Equal(SourceTree.Read(golden), told);
    }

    [Fact]
    public async Task Every_key_is_told()
    {
        var recipe = await LoadAsync("all", """
            version: 1
            name: All of it
            owner: ops@acme.example
            mode: rehearse
            zone: Europe/Paris
            when: { source: meltingspot, event: [live.updated, member.created], connection: main }
            if:
              - event.live.status is Live
              - any:
                  - event.live.name contains demo
                  - all:
                      - event.live.name exists
                      - not: event.live.name is Test
            once_per: { key: "{{ event.live.id }}", within: 1d }
            order_by: { key: "live/{{ event.live.id }}", strict: true }
            too_late_after: 90m
            retry: [30s, 2m]
            let:
              name: "{{ event.live.name | upper }}"
              made: { recall: "live/{{ event.live.id }}" }
              code: { js: "return 1" }
              grade: { choose: [ { if: event.live.status is Live, value: "on" }, { value: "off" } ] }
            steps:
              - wait: 2h
              - wait: until 09:00
                if: event.spot.name exists
              - stop: not on air
                if: event.spot.name is Closed
              - let: { again: "{{ name }}!" }
              - id: post
                use: slack.post-message
                connection: slack-acme
                key: "live/{{ event.live.id }}"
                if: made is missing
                with: { channel: "#a", text: "{{ name }}", join: true, facts: { Who: "{{ event.spot.name }}" } }
                retry: [1m]
                timeout: 20s
                repeat: again
                continue_on_error: true
            """);

        Assert.Equal(
            """
            "All of it", looked after by ops@acme.example.
            It rehearses: every request is made up and shown, and none is sent.

            It waits until MeltingSpot sends live.updated or member.created on the connection main.
            It goes on only if all of this is true:
              - event.live.status is Live
              - event.live.name contains demo or (event.live.name exists and not (event.live.name is Test))
            It does its work once per "{{ event.live.id }}" within 1 day: an event with the same value does nothing more, unless the first one failed for good.
            Runs with the same "live/{{ event.live.id }}" go one after the other, in the order their events came. One that has failed for good holds up those behind it.
            An event that came more than 1 hour and 30 minutes ago is too late: nothing is sent for it any more.
            First it computes:
              - name: "{{ event.live.name | upper }}"
              - made: what a step with the key "live/{{ event.live.id }}" returned in an earlier run of any recipe, if there was one
              - code: what its script returns
              - grade: "on" if event.live.status is Live, otherwise "off"

            Then it waits 2 hours; the wait survives a restart.
            Then, only if event.spot.name exists, it waits until it is 09:00; the wait survives a restart.
            If event.spot.name is Closed, it stops here, as done: not on air
            Then it computes:
              - again: "{{ name }}!"
            In step post, only if made is missing, it posts a message to a channel, a thread or a person (slack.post-message on the connection slack-acme), with:
              - channel: "#a"
              - text: "{{ name }}"
              - join: true
              - facts.Who: "{{ event.spot.name }}"
              What it makes is remembered as "live/{{ event.live.id }}"; where that was made before, it is used again and not made twice.
              One try may take 20 seconds.
              What fails for the moment is tried once more after 1 minute.
              Where nobody can tell whether it arrived, it is sent again.
              If it fails for good, the run goes on without it.

            What fails for the moment is tried again up to 2 times, after waits of 30 seconds and 2 minutes. After the last try the run is kept as a dead letter until a person looks at it.
            It carries no test.
            """,
            string.Join('\n', RecipeTelling.InFull(recipe, ConnectorCatalog.All)));
        Assert.Equal(
            "When MeltingSpot sends live.updated or member.created on the connection main and event.live.status is Live and (event.live.name contains demo or (event.live.name exists and not (event.live.name is Test))), it waits 2 hours, waits until it is 09:00 and posts a message to a channel, a thread or a person.",
            RecipeTelling.InShort(recipe, ConnectorCatalog.All));
    }

    [Theory]
    [InlineData("cron: \"0 9 * * MON-FRI\"", "At 09:00, on Monday to Friday, by the clock of Europe/Paris, it posts a message to a channel, a thread or a person.")]
    [InlineData("cron: \"30 8,18 1,15 1 *\"", "At 08:30 and 18:30, on day 1 and 15 of the month, in January, by the clock of Europe/Paris, it posts a message to a channel, a thread or a person.")]
    [InlineData("cron: \"*/20 * * * SAT,SUN\"", "Every 20 minutes, on Saturday and Sunday, by the clock of Europe/Paris, it posts a message to a channel, a thread or a person.")]
    [InlineData("cron: \"*/1 * * * *\"", "Every minute, every day, by the clock of Europe/Paris, it posts a message to a channel, a thread or a person.")]
    [InlineData("cron: \"15 * * * *\"", "Every hour at xx:15, every day, by the clock of Europe/Paris, it posts a message to a channel, a thread or a person.")]
    [InlineData("every: 6h", "Every 6 hours, counted from midnight, by the clock of Europe/Paris, it posts a message to a channel, a thread or a person.")]
    public async Task A_schedule_is_told_in_words(string schedule, string told)
    {
        var recipe = await LoadAsync("clock", Clock(schedule));

        Assert.Equal(told, RecipeTelling.InShort(recipe, ConnectorCatalog.All));
    }

    [Theory]
    [InlineData("last", "If the gateway was down, it runs once for the latest time it missed.")]
    [InlineData("all", "If the gateway was down, it runs for each time it missed.")]
    [InlineData("none", "What it misses while the gateway is down is not made up for.")]
    public async Task What_becomes_of_missed_times_is_told(string missed, string told)
    {
        var recipe = await LoadAsync("clock", Clock($"every: 15m, missed: {missed}"));

        Assert.Contains($"It runs every 15 minutes, counted from midnight, by the clock of Europe/Paris. {told}", RecipeTelling.InFull(recipe, ConnectorCatalog.All));
    }

    private static string Clock(string schedule) =>
        $$"""
        version: 1
        name: Clock
        when: { schedule: { {{schedule}}, zone: Europe/Paris } }
        steps:
          - { id: post, use: slack.post-message, with: { channel: "#a", text: hello } }

        """;

    private static async Task<Recipe> LoadAsync(string id, string text)
    {
        var loader = new RecipeLoader(ConnectorCatalog.All, null, null, (_, _) => ValueTask.FromResult<ScriptProblem?>(null), Value.Missing);
        var loaded = await loader.LoadAsync($"recipes/{id}.yaml", id, text, TestContext.Current.CancellationToken);
        Assert.True(loaded.Recipe is not null, string.Join('\n', loaded.Findings));
        return loaded.Recipe;
    }
}
