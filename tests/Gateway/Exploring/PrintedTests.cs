using ConnectorHub.Gateway.Commands;
using ConnectorHub.Gateway.Exploring;
using ConnectorHub.Recipes;
using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Runs.RecipeTests;
using ConnectorHub.Values;

namespace ConnectorHub.Tests.Gateway.Exploring;

/// <summary>What the exploring commands print, word for word.</summary>
public sealed class PrintedTests
{
    private static readonly Scope Sees = new Scope().Set("event", Value.Parse("""{"live":{"name":"Product news","status":"Live"},"occurredAt":1715095714}"""u8.ToArray()));

    [Fact]
    public void Fields_show_path_type_value_and_what_to_paste()
    {
        var sample = EventLookup.Sample("meltingspot/live.updated");
        var rows = FieldList.Of([sample.Event.Sample], zoneIsSet: false);

        Assert.Equal(
            """
            meltingspot/live.updated  About it.
            Documented.

            event.live.id      text                       00000000-0000-0000-0000-000000000000  {{ event.live.id }}
            event.live.name    text                       LiveName                              {{ event.live.name }}
            event.live.status  text                       Planned                               {{ event.live.status }}
            event.occurredAt   date (seconds since 1970)  1715095714                            {{ event.occurredAt | from_unix | in_zone('Europe/Paris') | date('d MMM yyyy HH:mm') }}
            event.spot.id      text                       00000000-0000-0000-0000-000000000000  {{ event.spot.id }}
            event.spot.name    text                       SpotName                              {{ event.spot.name }}
            event.test         true or false              true                                  {{ event.test }}

            """,
            Printed(output => FieldsCommand.Print(output, new FieldsAnswer("meltingspot/live.updated", "About it.", "Documented.", rows), null, false)));
        Assert.Equal(["event.live.status"], FieldList.Filter(rows, "planned").Select(row => row.Path));
    }

    [Fact]
    public void A_search_that_finds_no_field_says_so() => Assert.Contains(
        "No field has 'phone' in its path, type or value. All of them: connectorhub fields a/b",
        Printed(output => FieldsCommand.Print(output, new FieldsAnswer("a/b", "", "", []), "phone", false)),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("schedul", "There is no source 'schedul'. Did you mean 'schedule'?")]
    [InlineData("meltingspt/live.updated", "There is no source 'meltingspt'. Did you mean 'meltingspot'?")]
    [InlineData("meltingspot/live.updatd", "'meltingspot' has no event 'live.updatd'. Did you mean 'meltingspot/live.updated'?")]
    public void A_misspelled_event_gets_the_nearest_there_is(string wanted, string said) =>
        Assert.StartsWith(said, Assert.Throws<CommandFailedException>(() => EventLookup.Sample(wanted)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_fields_of_a_schedule_are_those_of_a_moment_of_it() => Assert.Equal(
        """
        schedule  A moment of the recipe's schedule has come.
        Made by the hub, by the clock of the recipe's zone. The values are those of a schedule that fires each day at nine.

        event.scheduledFor  date (ISO text)  2026-01-02T09:00:00+01:00       {{ event.scheduledFor | from_iso | date('d MMM yyyy HH:mm') }}  the moment that was due, however late it is
        event.previous      date (ISO text)  2026-01-01T09:00:00+01:00       {{ event.previous | from_iso | date('d MMM yyyy HH:mm') }}      the moment before it; missing the first time
        meta.id             text             evt_01M7Z0T6V202RX2EBG4G5X95Z3  {{ meta.id }}                                                   the hub's id of the event
        meta.source         text             schedule                        {{ meta.source }}                                               as in when.source
        meta.type           text             fired                           {{ meta.type }}                                                 as in when.event
        meta.time           date                                             {{ meta.time }}                                                 when it happened, else when it was received
        meta.receivedAt     date                                             {{ meta.receivedAt }}                                           when the hub received it
        meta.hook           text                                             {{ meta.hook }}                                                 connection/event

        """,
        Printed(output => FieldsCommand.Print(output, FieldsCommand.Firing("Europe/Paris"), null, false)));

    [Fact]
    public void A_value_is_tried_on_a_moment_of_a_schedule()
    {
        var scope = TryCommand.Firing("Europe/Paris").Scope(Value.Missing);
        var trial = Trial.Of("{{ event.scheduledFor | from_iso | date('d MMM') }} {{ meta.source }}/{{ meta.type }}", scope, ConnectorHub.Runs.HubZone.Find("Europe/Paris"), DateTimeOffset.UnixEpoch);

        Assert.Contains("text: \"2 Jan schedule/fired\"", Printed(output => TryCommand.Print(trial, false, output)), StringComparison.Ordinal);
    }

    [Fact]
    public void All_recipes_are_listed_with_how_they_stand_and_what_they_do() => Assert.Equal(
        """
        lives  (live)
          When MeltingSpot sends live.updated, it posts a message.
        team/rows  (not ready: step 'add': no connection for google-sheets is set up; add one under Connections in the settings)
          When SPOTIO sends lead.added, it adds a row.
        torn  (broken)
          What it does can be said once it has no errors. See: connectorhub check
        One in full: connectorhub explain lives

        """,
        Printed(output => ExplainCommand.List(
            [
                new("lives", "recipes/lives.yaml", "Lives", "live", "h", [], "When MeltingSpot sends live.updated, it posts a message."),
                new("team/rows", "recipes/team/rows.yaml", "Rows", "not ready: step 'add': no connection for google-sheets is set up; add one under Connections in the settings", "h", [], "When SPOTIO sends lead.added, it adds a row."),
                new("torn", "recipes/torn.yaml", "", "broken", "", ["…"], ""),
            ],
            false,
            output)));

    [Fact]
    public void A_misspelled_recipe_gets_the_nearest_there_is()
    {
        var folder = Directory.CreateTempSubdirectory("connectorhub-test-").FullName;
        File.WriteAllText(System.IO.Path.Combine(folder, "live-to-slack.yaml"), "version: 1");

        var said = Assert.Throws<CommandFailedException>(() => ExplainCommand.Find("live-to-slak", folder)).Message;

        Assert.EndsWith(" Did you mean 'live-to-slack'? List them with: connectorhub explain", said, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void An_action_shows_what_it_takes_what_it_gives_and_a_step() => Assert.Equal(
        """
        slack.join-channel  Makes the bot a member of a public channel.
        Sent twice, it has the same effect as once.

        takes
          channel  text  needed  The public channel's name (`#general`) or id

        gives
          channel  text  {{ steps.join_channel.channel }}  The channel's id
          name     text  {{ steps.join_channel.name }}     The channel's name

        a step to paste below 'steps:'

          - id: join_channel
            use: slack.join-channel
            with:
              channel: "#general"

        """,
        Printed(output => ActionsCommand.Run("slack.join-channel", false, output)));

    [Theory]
    [InlineData("slack.post-mesage", "'slack' has no action 'post-mesage'. Did you mean 'slack.post-message'? It has: ")]
    [InlineData("slak", "There is no action 'slak'. Did you mean 'slack'? Connectors with actions: ")]
    public void A_misspelled_action_gets_the_nearest_there_is(string wanted, string said) =>
        Assert.StartsWith(said, Assert.Throws<CommandFailedException>(() => ActionsCommand.Run(wanted, false, TextWriter.Null)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_filter_shows_its_example_and_what_it_comes_to() => Assert.Equal(
        """
        dates
          from_unix_ms  Reads milliseconds since 1970 as a moment.
                        {{ 1715095714000 | from_unix_ms }}  →  2024-05-07T17:28:34+02:00

        Try one: connectorhub try "{{ event.occurredAt | from_unix }}" --event meltingspot/live.updated

        """,
        Printed(output => FiltersCommand.Run("from_unix_ms", false, output)));

    [Fact]
    public void A_value_is_told_filter_by_filter() => Assert.Equal(
        """
        event.occurredAt  number  1715095714
          | from_unix     moment  2024-05-07T15:28:34Z

        moment: 2024-05-07T15:28:34Z

        """,
        Printed(output => Tried("event.occurredAt | from_unix", output)));

    [Theory]
    [InlineData("{{ event.live.name | upper }}", 0, "text: \"PRODUCT NEWS\"")]
    [InlineData("event.live.status is Live", 0, "yes: value was \"Live\"")]
    [InlineData("event.live.status is Planned", 1, "no: value was \"Live\"\nIt would match if event.live.status were \"Planned\".")]
    [InlineData("event.live.nam", 0, "'event.live.nam' is not in this event. Did you mean 'event.live.name' (there \"Product news\")?")]
    [InlineData("event.live.name | uper", 2, "  {{ event.live.name | uper }}\n                       ^\n")]
    [InlineData("event.live.name | from_unix", 2, "It cannot be computed: {{ event.live.name | from_unix }}: 'from_unix' needs a number")]
    public void A_trial_says_what_it_came_to(string text, int code, string said)
    {
        var output = new StringWriter();

        Assert.Equal(code, Tried(text, output));
        Assert.Contains(said, output.ToString().ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_of_a_recipe_is_told_event_by_event_and_field_by_field()
    {
        var old = new PlayedEvent(true, "", [Step("post", """{"channel":"#a","text":"x"}""")], null);
        var later = new PlayedEvent(true, "", [Step("post", """{"channel":"#b","text":"x","thread":"1"}""")], null);
        var skipped = new PlayedEvent(false, "if[1]: event.live.status is Live (value was \"Planned\")", [], null);
        Assert.Null(VersionDifference.Of(old, old));
        Assert.Equal("taken; stopped: enough", VersionDifference.Of(old, old with { Ended = "stopped: enough" })!.New);
        Assert.Null(VersionDifference.Of(skipped, skipped with { Why = "another reason" }));
        var differences = new[] { VersionDifference.Of(old, later)!, VersionDifference.Of(skipped, old)! }
            .Select((difference, at) => new EventDifference($"evt_{at}", "live.updated", DateTimeOffset.UnixEpoch, difference.Old, difference.New, difference.Steps));

        Assert.Equal(
            """
            3 event(s) since 1970-01-01 00:00Z: the old version takes 1, the new one 2.
            2 of them come to something else:

            evt_0  live.updated  1970-01-01 00:00:00Z
              post
                ~ channel: "#a" → "#b"
                + thread: "1"

            evt_1  live.updated  1970-01-01 00:00:00Z
              old  if[1]: event.live.status is Live (value was "Planned")
              new  taken
              post
                + action: slack.post-message
                + request: POST https://slack.com/api/chat.postMessage
                + channel: "#a"
                + text: "x"

            Played without network: what a step looks up is its action's sample; recall finds nothing; once_per, order_by and too_late_after are not asked.

            """,
            Printed(output => Assert.Equal(1, DiffCommand.Print(new DiffReport(DateTimeOffset.UnixEpoch, 3, false, 1, 2, [.. differences]), false, output))));
    }

    private static PlayedStep Step(string id, string body) =>
        new(id, "slack.post-message", new Abstractions.RecordedRequest("POST", "https://slack.com/api/chat.postMessage", [], body), null);

    private static int Tried(string text, TextWriter output) => TryCommand.Print(Trial.Of(text, Sees, null, DateTimeOffset.FromUnixTimeSeconds(1715095720)), false, output);

    private static string Printed(Action<TextWriter> print)
    {
        var output = new StringWriter();
        print(output);
        return output.ToString().ReplaceLineEndings("\n");
    }
}
