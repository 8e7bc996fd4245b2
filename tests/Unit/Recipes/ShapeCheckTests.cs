using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors;
using ConnectorHub.Recipes;
using ConnectorHub.Tests.Unit.Support;
using ConnectorHub.Values;
using NodaTime;

namespace ConnectorHub.Tests.Unit.Recipes;

/// <summary>Paths are held to everything an event was seen to carry: its sample and its variants together.</summary>
public class ShapeCheckTests
{
    private const string Sample =
        """{"data":{"id":7,"lead":{"name":"Ada","city":null},"contacts":[{"firstName":"Jan","fields":[{"title":"Email","values":["a@b.c"]}]}],"tags":[]},"canceled_at":0}""";

    private static readonly EventType Added = new("added", "Happens.", Json(Sample), Inferred: false, ["data.lead.custom"])
    {
        Variants = [Json("""{"data":{"id":"7","contacts":[{"lastName":"Kowalski"}]},"cancelledAt":"2026-01-01T00:00:00Z"}""")],
    };

    [Theory]
    [InlineData("event.data.id")]
    [InlineData("event.canceled_at")]
    [InlineData("event.cancelledAt")]
    [InlineData("event.data.lead.city.anything")]
    [InlineData("event.data.lead.custom.size")]
    [InlineData("event.data.tags[0].anything")]
    [InlineData("event.data.tags.first")]
    [InlineData("event.data.tags.count")]
    [InlineData("event.data.count")]
    [InlineData("event.data.contacts[9].lastName")]
    [InlineData("event.data.contacts.last.firstName")]
    [InlineData("event.data.contacts[*].fields[title='Phone'].values[*]")]
    [InlineData("event.data.contacts[firstName='Eve'].lastName")]
    public async Task What_one_body_shows_may_be_read(string path) => Assert.Empty(await FindingsAsync(path));

    [Theory]
    [InlineData("event.data.idd", "'event.data.idd' is in no sample of spot/added. Did you mean 'event.data.id' (there 7)?")]
    [InlineData("event.data.contacts[9].lastNam", "'event.data.contacts[9].lastNam' is in no sample of spot/added. Did you mean 'event.data.contacts[9].lastName' (there \"Kowalski\")?")]
    [InlineData("event.data.contacts.firstName", "'event.data.contacts.firstName' is in no sample of spot/added. 'event.data.contacts' is a list: write event.data.contacts[0].firstName, or event.data.contacts[*].firstName for all.")]
    [InlineData("event.data.contacts[*].fields[title='Email'].value", "'event.data.contacts[*].fields[title='Email'].value' is in no sample of spot/added. Did you mean 'event.data.contacts[*].fields[title='Email'].values' (there a list)?")]
    [InlineData("event.data.lead.name.first", "'event.data.lead.name.first' is in no sample of spot/added. 'event.data.lead.name' is \"Ada\" there.")]
    public async Task What_none_shows_is_a_finding_with_the_nearest_name(string path, string message) => Assert.Equal([message], await FindingsAsync(path));

    [Fact]
    public async Task A_date_that_is_not_set_in_a_sample_is_no_date_and_no_mistake()
    {
        Assert.Empty(await FindingsAsync("event.canceled_at | from_unix | date('d MMM')"));
        Assert.Equal("", await RenderAsync("event.canceled_at | from_unix | date('d MMM')"));
    }

    [Fact]
    public void Every_shipped_event_has_a_shape_that_knows_its_bodies() => Assert.All(
        ConnectorCatalog.All.SelectMany(connector => connector.Sources).SelectMany(source => source.Events),
        known => Assert.NotEqual(JsonKinds.None, JsonShape.Of(known.Bodies).Kinds));

    private static async Task<IReadOnlyList<string>> FindingsAsync(string path) => [.. (await LoadAsync(path)).Findings.Select(finding => finding.Message)];

    private static async Task<string> RenderAsync(string path)
    {
        var recipe = (await LoadAsync(path)).Recipe!;
        var body = EventBody.WithoutMissingDates(Value.FromJson(Added.Sample), MissingDates.UnixZero);
        var scope = new ConnectorHub.Recipes.Expressions.Scope().Set("event", body);
        return recipe.Let[0].Value.EvaluateNow(scope, DateTimeZone.Utc).Value.ToText();
    }

    private static async Task<LoadedRecipe> LoadAsync(string path)
    {
        var connector = new ShapedConnector("spot", [new ShapedAction("note", [ShapedAction.In("text")], [])], [new ShapedSource("spot", [Added], MissingDates.UnixZero)]);
        var loader = new RecipeLoader([connector], null, DateTimeZone.Utc, (_, _) => ValueTask.FromResult<ScriptProblem?>(null), Value.Missing);
        return await RecipeHouse.LoadAsync(
            $$$"""
            version: 1
            name: Shape
            when: { source: spot, event: added }
            let:
              found: "{{ {{{path}}} }}"
            steps:
              - id: note
                use: spot.note
                with: { text: "{{ found }}" }
            """,
            loader);
    }

    private static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement;
}
