using ConnectorHub.Recipes.HubEvents;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Bulletins;
using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.Unit.Architecture;
using ConnectorHub.Values;

namespace ConnectorHub.Tests.Unit.Runs.Bulletins;

/// <summary>The shipped samples are what the hub really makes: recipes are checked and tested against them.</summary>
public class BulletinWordsTests
{
    private static readonly DateTimeOffset Since = new(2026, 5, 12, 12, 5, 10, TimeSpan.Zero);

    private static readonly BulletinWords Words = new(HubZone.Find("Europe/Paris"), "http://127.0.0.1:8081/");

    public static TheoryData<string> Samples =>
    [
        .. HubEventNames.All, $"{HubEventNames.RunDeadLettered}.more", $"{HubEventNames.RunDeadLettered}.sum",
    ];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_is_what_the_hub_makes(string name)
    {
        var made = Words.Body(Of(name)).ToUtf8Json();
        var shipped = Value.Parse(System.Text.Encoding.UTF8.GetBytes(SourceTree.Read($"src/Recipes/HubEvents/samples/{name}.json"))).ToUtf8Json();

        Assert.Equal(System.Text.Encoding.UTF8.GetString(made), System.Text.Encoding.UTF8.GetString(shipped));
    }

    [Fact]
    public void Every_event_has_a_sample_and_every_sample_says_what_to_do()
    {
        var events = HubConnector.Instance.Sources.Single().Events;

        Assert.Equal(HubEventNames.All, events.Select(type => type.Name));
        Assert.All(events.SelectMany(type => type.Bodies), body =>
            Assert.All((string[])["title", "text", "fix", "since", "link"], field => Assert.NotEmpty(body.GetProperty(field).GetString()!)));
    }

    [Fact]
    public void Without_a_zone_the_time_says_that_it_is_utc()
    {
        var body = new BulletinWords(null, "http://127.0.0.1:8081").Body(Of(HubEventNames.ConnectionBlocked));

        Assert.Contains("on 12 May 12:05 UTC (token_revoked)", body.Member("text").ToText(), StringComparison.Ordinal);
        Assert.Equal("2026-05-12T12:05:10+00:00", body.Member("since").ToText());
    }

    [Theory]
    [InlineData(HubEventNames.ConnectionBlocked, "connection", "9 more connections are blocked", "c0, c1, c2, c3, c4, c5, c6, c7 and 1 more.")]
    [InlineData(HubEventNames.ConnectionDown, "connection", "9 more connections do not answer", "c0, c1, c2, c3, c4, c5, c6, c7 and 1 more.")]
    [InlineData(HubEventNames.RecipeRejected, "file", "9 more recipe files were not taken", "c0, c1, c2, c3, c4, c5, c6, c7 and 1 more.")]
    [InlineData(HubEventNames.SourceSilent, "hook", "9 more hooks are silent", "c0, c1, c2, c3, c4, c5, c6, c7 and 1 more.")]
    [InlineData(HubEventNames.SourceRefusing, "hook", "9 more hooks refuse what comes", "c0, c1, c2, c3, c4, c5, c6, c7 and 1 more.")]
    [InlineData(HubEventNames.SenderAtRisk, "hook", "9 more hooks are at risk at their platforms", "c0, c1, c2, c3, c4, c5, c6, c7 and 1 more.")]
    public void What_is_summed_up_is_named(string type, string field, string title, string end)
    {
        var body = Words.Body(new Bulletin(type, "k", [.. Enumerable.Range(0, 9).Select(i => Row(type, 1, (field, $"c{i}")))]));

        Assert.Equal((title, "+8 more"), (body.Member("title").ToText(), body.Member("moreText").ToText()));
        Assert.EndsWith(end, body.Member("text").ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_with_a_blank_is_quoted_in_the_command()
    {
        var body = Words.Body(new Bulletin(HubEventNames.RunDeadLettered, "k", [Row(HubEventNames.RunDeadLettered, 1, ("recipe", "new members"), ("step", "hello"), ("code", "x"))]));

        Assert.Contains("replay --recipe \"new members\" --step hello --code x", body.Member("fix").ToText(), StringComparison.Ordinal);
    }

    private static Bulletin Of(string name)
    {
        (string, string)[] welcome =
        [
            ("recipe", "welcome"), ("connection", "slack-acme"), ("step", "hello"), ("code", "channel_not_found"),
            ("message", "Slack knows no channel #new-members."), ("run", "run_01jv1k3q0000000000000000000"),
        ];
        (string, string)[] sheet =
        [
            ("recipe", "member-to-sheet"), ("connection", "google-marketing"), ("step", "row"), ("code", "sheet_missing"),
            ("message", "The spreadsheet has no sheet 'Members'."), ("run", "run_01jv1k3q0000000000000000001"),
        ];
        return name switch
        {
            HubEventNames.RunDeadLettered => One(name, 1, welcome),
            $"{HubEventNames.RunDeadLettered}.more" => One(HubEventNames.RunDeadLettered, 313, welcome),
            $"{HubEventNames.RunDeadLettered}.sum" => new(HubEventNames.RunDeadLettered, "k", [Row(HubEventNames.RunDeadLettered, 40, welcome), Row(HubEventNames.RunDeadLettered, 2, sheet)]),
            HubEventNames.ConnectionBlocked => One(name, 1, ("connection", "slack-acme"), ("code", "token_revoked"), ("message", "Slack no longer accepts the bot token.")),
            HubEventNames.ConnectionDown => One(name, 1, ("connection", "slack-acme"), ("waiting", "5,000 runs wait")),
            HubEventNames.RecipeRejected => One(
                name, 1, ("recipe", "welcome"), ("file", "recipes/welcome.yaml"), ("code", "CH2004"),
                ("message", "recipes/welcome.yaml(14,10): error CH2004: connector 'slack' has no action 'post-mesage'. Did you mean 'post-message'?"),
                ("mistakes", "2 mistakes"), ("inUse", "its last good version stays in use")),
            HubEventNames.SourceSilent => One(
                name, 1, ("hook", "meltingspot-main/live.updated"), ("connection", "meltingspot-main"),
                ("expected", "By the last 6 weeks, about 23 were to be expected by now."), ("lastEvent", "evt_01jv1k3q0000000000000000002")),
            HubEventNames.SourceRefusing => One(
                name, 1, ("hook", "meltingspot-main/live.updated"), ("connection", "meltingspot-main"), ("refused", "12 deliveries"), ("why", "wrong proof"),
                ("message", "The signature was made with another secret, or the body was changed on its way."),
                ("advice", "Copy the secret from the platform into the connection's settings again, and see that no proxy between changes the body.")),
            HubEventNames.SenderAtRisk => One(
                name, 1, ("hook", "livestorm-main/session.ended"), ("connection", "livestorm-main"), ("level", "WillDisable"),
                ("stake", "Livestorm disables this webhook at 13 May 14:05:10, 23 h from now, if it gets no 200 before."),
                ("message", "The signature was made with another secret, or the body was changed on its way."),
                ("advice", "Copy the secret from the platform into the connection's settings again, and see that no proxy between changes the body.")),
            _ => One(name, 1, ("free", "812 MB"), ("limit", "1024 MB"), ("folder", "/var/lib/connectorhub")),
        };
    }

    private static Bulletin One(string type, long count, params (string Name, string Text)[] facts) => new(type, "k", [Row(type, count, facts)]);

    private static TellingRow Row(string type, long count, params (string Name, string Text)[] facts) =>
        new(type, "/cause", "mark", count, Since, null, BulletinFact.Map(facts).ToUtf8Json());
}
