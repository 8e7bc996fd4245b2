using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ConnectorHub.Connectors;
using ConnectorHub.Recipes.Reading;
using ConnectorHub.Recipes.Schemas;
using ConnectorHub.Recipes.Yaml;
using ConnectorHub.Tests.Unit.Architecture;
using NJsonSchema;

namespace ConnectorHub.Tests.Unit.Recipes.Schemas;

/// <summary>What an editor is told of recipes, judged by a validator that is not ours.</summary>
public partial class RecipeSchemaTests
{
    private const string Broken = "tests/Unit/Recipes/Broken";

    /// <summary>Kinds of broken recipes that their shape alone gives away; what a value means is for <c>check</c>.</summary>
    private static readonly string[] Shapes = ["action-", "field-", "key-", "missing-", "type-", "version-", "duration-"];

    /// <summary>Right in shape, wrong all the same.</summary>
    private static readonly string[] OnlyCheckSees =
    [
        "duration-longer-than-memory", "duration-of-nothing", "duration-timeout-too-long", "type-let-is-a-script", "type-recall-is-a-map",
        "type-js-is-empty", "key-beside-js", "version-with-a-point",
    ];

    private static readonly Lazy<Task<JsonSchema>> House = new(() => JsonSchema.FromJsonAsync(RecipeSchema.Write(RecipeHouse.Connectors)));

    private static readonly Lazy<Task<JsonSchema>> Shipped = new(() => JsonSchema.FromJsonAsync(RecipeSchema.Write(ConnectorCatalog.All)));

    public static TheoryData<string> ShippedRecipes => [.. SourceTree.Files("recipes", ".yaml").Where(file => !file.EndsWith("/shared.yaml", StringComparison.Ordinal))];

    public static TheoryData<string> BrokenShapes =>
        [.. SourceTree.Files(Broken, ".yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Where(name => Shapes.Any(name.StartsWith)).Except(OnlyCheckSees)];

    [Theory]
    [MemberData(nameof(ShippedRecipes))]
    public async Task A_shipped_recipe_is_what_the_schema_says(string file) => Assert.Empty((await Shipped.Value).Validate(Json(SourceTree.Read(file))!));

    [Theory]
    [InlineData("README.md")]
    [InlineData("recipes/README.md")]
    public async Task The_recipe_of_a_page_is_what_the_schema_says(string page)
    {
        var recipe = string.Concat(Blocks().Matches(SourceTree.Read(page)).Select(match => Regex.Replace(match.Groups[2].Value, $"(?m)^{match.Groups[1].Value}", "")));

        Assert.Empty((await Shipped.Value).Validate(Json(recipe)!));
    }

    [Theory]
    [InlineData("if: event.member.status is Accepted")]
    [InlineData("if:\n  - any:\n      - event.member.status is Accepted\n      - not: event.member.title is CEO\n  - event.member.id exists")]
    [InlineData("once_per: { key: \"{{ event.member.id }}\", within: 30d }")]
    [InlineData("let:\n  domain: { js: return 1 }\n  made: { recall: \"a/{{ event.member.id }}\" }\n  limit: 5")]
    [InlineData("on_error:\n  - { use: slack.post-message, with: { channel: \"#ops\", text: \"{{ error.message }}\" } }")]
    [InlineData("order_by: { key: \"{{ event.member.id }}\", strict: true }")]
    [InlineData("retry: [30s, 2m, 10m, 1h]\nzone: Europe/Paris\nmode: rehearse\ntoo_late_after: 30m\nabout: 42 members\nowner: anna@acme.example")]
    public async Task Every_part_of_the_language_may_be_written(string top) => Assert.Empty((await House.Value).Validate(Json(FindingTable.Recipe(top: top))!));

    [Theory]
    [InlineData("unfurl: true\n      priority: 5\n      style: card")]
    [InlineData("unfurl: \"{{ event.test }}\"\n      priority: { js: return 5 }\n      style: \"{{ shared.style }}\"")]
    public async Task A_field_takes_its_type_a_placeholder_or_a_script(string fields) =>
        Assert.Empty((await House.Value).Validate(Json(FindingTable.Recipe(with: $"text: Hi\n      {fields}"))!));

    [Theory]
    [MemberData(nameof(BrokenShapes))]
    public async Task A_broken_recipe_is_not_what_the_schema_says(string name) =>
        Assert.True(Json(SourceTree.Read($"{Broken}/{name}.yaml")) is not { } json || (await House.Value).Validate(json).Count > 0, name);

    [Fact]
    public void Every_key_has_its_sentence()
    {
        (Keys Keys, IReadOnlyDictionary<string, string> Guide)[] places =
        [
            (Keys.Recipe, KeyGuide.Recipe), (Keys.When, KeyGuide.When), (Keys.Step, KeyGuide.Step), (Keys.Test, KeyGuide.Test), (Keys.OncePer, KeyGuide.OncePer),
            (Keys.OrderBy, KeyGuide.OrderBy), (Keys.Schedule, KeyGuide.Schedule), (Keys.OnError, KeyGuide.Step), (Keys.Wait, KeyGuide.Step), (Keys.Stop, KeyGuide.Step), (Keys.StepLet, KeyGuide.Step),
        ];

        Assert.All(places, place => Assert.Empty(place.Keys.Allowed.Except(place.Guide.Keys)));
    }

    [Fact]
    public void An_editor_knows_each_action_and_its_fields()
    {
        var step = JsonNode.Parse(RecipeSchema.Write(ConnectorCatalog.All))!["definitions"]!["step"]!["anyOf"]![0]!;

        foreach (var connector in ConnectorCatalog.All)
        {
            foreach (var action in connector.Actions)
            {
                var kind = step["anyOf"]!.AsArray().Single(choice => choice!["properties"]?["use"]?["enum"]?[0]?.GetValue<string>() == $"{connector.Manifest.Name}.{action.Name}")!;
                Assert.Equal(action.About, kind["properties"]!["use"]!["description"]!.GetValue<string>());
                Assert.Equal(action.Shape.Inputs.Select(field => field.Name), kind["properties"]!["with"]!["properties"]!.AsObject().Select(field => field.Key));
            }
        }
    }

    /// <summary>A recipe as an editor reads it; null where it is no YAML.</summary>
    private static string? Json(string text) =>
        YamlReader.Read(new YamlText(text), new FindingList("a.yaml")) is { } root ? JsonSerializer.Serialize(Json(root)) : null;

    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMap map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key.Text, Json(entry.Value)))),
        YamlList list => new JsonArray([.. list.Items.Select(Json)]),
        YamlScalar { IsNull: true } => null,
        YamlScalar { Plain: PlainKind.Boolean } scalar => PlainScalar.IsTrue(scalar.Text),
        YamlScalar { Plain: PlainKind.Number } scalar => JsonNode.Parse(scalar.Text),
        YamlScalar scalar => scalar.Text,
        _ => null,
    };

    [GeneratedRegex("(?ms)^( *)```yaml\n(.*?)```")]
    private static partial Regex Blocks();
}
