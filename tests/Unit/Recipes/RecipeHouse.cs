using System.Text;
using ConnectorHub.Abstractions;
using ConnectorHub.Recipes;
using ConnectorHub.Tests.Unit.Support;
using ConnectorHub.Values;
using NodaTime;

namespace ConnectorHub.Tests.Unit.Recipes;

/// <summary>The connectors, connections and shared values that the tests of recipes are checked against.</summary>
internal static class RecipeHouse
{
    private const string LiveSample =
        """{"live":{"id":"l-1","name":"LiveName","status":"Planned"},"occurredAt":1715095714,"spot":{"id":"s-1","name":"SpotName"},"test":true}""";

    private const string MemberSample =
        """
        {"member":{"id":"m-1","email":"john.doe@meltingspot.io","firstname":"John","lastname":"Doe","status":"Accepted","title":"CEO","phone":null,
          "utm":{"campaign":"campaignUtm"},"fields":[{"id":"email","value":"a@b.c"}],"tags":[],"custom":{"size":"L"}},
         "occurredAt":1715095714,"seenAt":1715095714000,"live":{"id":"l-1"}}
        """;

    public static IReadOnlyList<IConnector> Connectors { get; } =
    [
        new ShapedConnector(
            "meltingspot",
            [new ShapedAction("get-live", [ShapedAction.In("live", required: true)], [])],
            [
                new ShapedSource(
                    "meltingspot",
                    [
                        ShapedSource.Event("live.updated", LiveSample),
                        ShapedSource.Event("member.created", MemberSample, open: "event.member.custom"),
                        ShapedSource.Event("live.guessed", LiveSample, inferred: true),
                    ]),
            ]),
        new ShapedConnector(
            "slack",
            [
                new ShapedAction(
                    "post-message",
                    [
                        ShapedAction.In("channel", required: true),
                        ShapedAction.In("text", required: true, kind: TextKind.Mrkdwn),
                        ShapedAction.In("unfurl", FieldType.Boolean),
                        ShapedAction.In("priority", FieldType.WholeNumber),
                        ShapedAction.In("style", allowed: ["plain", "card"]),
                    ],
                    [ShapedAction.In("channel"), ShapedAction.In("ts")]),
                new ShapedAction("add-reaction", [ShapedAction.In("name", required: true)], []),
            ],
            []),
        new ShapedConnector(
            "google-sheets",
            [
                new ShapedAction(
                    "append-row",
                    [
                        ShapedAction.In("spreadsheet", required: true),
                        ShapedAction.In("sheet", required: true),
                        ShapedAction.In("values", FieldType.TextMap, required: true),
                        ShapedAction.In("tags", FieldType.TextList),
                    ],
                    [ShapedAction.In("rowNumber", FieldType.WholeNumber)]),
            ],
            []),
    ];

    public static IReadOnlyDictionary<string, string> Connections { get; } = new Dictionary<string, string>
    {
        ["meltingspot-main"] = "meltingspot",
        ["slack-acme"] = "slack",
        ["google-marketing"] = "google-sheets",
    };

    public static Value Shared { get; } = Value.Parse("""{"leads_sheet":"1AbC","channels":{"ops":"#ops"}}"""u8.ToArray());

    public static RecipeLoader Loader(IReadOnlyDictionary<string, string>? connections = null, string? zone = "Europe/Paris", ScriptCheck? scripts = null) =>
        new(Connectors, connections ?? Connections, zone is null ? null : DateTimeZoneProviders.Tzdb[zone], scripts ?? NoProblem, Shared);

    public static async Task<LoadedRecipe> LoadAsync(string text, RecipeLoader? loader = null) =>
        await (loader ?? Loader()).LoadAsync("recipes/a.yaml", "a", text, TestContext.Current.CancellationToken);

    public static async Task<Recipe> GoodAsync(string text, RecipeLoader? loader = null)
    {
        var loaded = await LoadAsync(text, loader);

        Assert.Empty(loaded.Findings);
        return loaded.Recipe!;
    }

    public static Value Event(string json) => Value.Parse(Encoding.UTF8.GetBytes(json));

    private static ValueTask<ScriptProblem?> NoProblem(string code, CancellationToken cancellationToken) => ValueTask.FromResult<ScriptProblem?>(null);
}
