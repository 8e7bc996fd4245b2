using ConnectorHub.Abstractions;
using ConnectorHub.Connectors;
using ConnectorHub.Gateway.Exploring;
using ConnectorHub.Recipes;
using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Recipes.Formatting;
using ConnectorHub.Runs.RecipeTests;
using ConnectorHub.Values;

namespace ConnectorHub.Tests.Gateway.Exploring;

/// <summary>What the exploring commands say, over all samples and all actions there are.</summary>
public sealed class ExploringTests
{
    public static TheoryData<string> Samples => [.. Sample.All(ConnectorCatalog.All).Select(sample => sample.ToString())];

    public static TheoryData<string> Actions =>
        [.. ConnectorCatalog.All.SelectMany(connector => connector.Actions.Select(action => $"{connector.Manifest.Name}.{action.Name}"))];

    [Theory]
    [MemberData(nameof(Samples))]
    public void What_is_to_be_pasted_for_a_field_works_on_the_sample(string name)
    {
        var sample = Sample.Find(ConnectorCatalog.All, name)!;
        var rows = FieldList.Of(sample.Event.Bodies, zoneIsSet: false);

        Assert.NotEmpty(rows);
        foreach (var body in sample.Event.Bodies)
        {
            var scope = new Scope().Set("event", Value.FromJson(body));
            foreach (var row in rows)
            {
                var template = Template.Parse(row.Paste, TextKind.Plain).Template;
                Assert.True(template is not null, row.Paste);
                var made = template.EvaluateNow(scope, null);
                Assert.True(made.Failure is null, $"{row.Paste}: {made.Failure?.Message}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Each_value_shown_is_found_at_its_path(string name)
    {
        var sample = Sample.Find(ConnectorCatalog.All, name)!;
        var scope = new Scope().Set("event", Value.FromJson(sample.Event.Sample));
        foreach (var row in FieldList.Of([sample.Event.Sample], zoneIsSet: true).Where(row => row.Sample.Length > 0))
        {
            Assert.True(ConnectorHub.Values.Path.TryParse(row.Path, out var path, out _), row.Path);
            var found = path.Resolve(scope["event"]);
            var first = found.Kind == ValueKind.List ? found.At(0) : found;
            Assert.True(string.Equals(row.Sample, first.ToText(), StringComparison.OrdinalIgnoreCase), $"{row.Path}: {row.Sample} but {first.ToText()}");
        }
    }

    [Fact]
    public void Custom_fields_are_listed_by_their_labels()
    {
        var sample = Sample.Find(ConnectorCatalog.All, "spotio/lead.added")!;
        var rows = FieldList.Of([sample.Event.Sample], zoneIsSet: true);

        var email = Assert.Single(rows, row => row.Path == "event.data.contacts[*].fields[title='Email'].values[*]");
        Assert.Equal("jan.kowalski@ergoarena.pl", email.Sample);
        Assert.Equal("{{ event.data.contacts[*].fields[title='Email'].values[*] | join(', ') }}", email.Paste);
    }

    [Fact]
    public void What_was_received_is_told_apart_from_the_sample()
    {
        using var sample = System.Text.Json.JsonDocument.Parse("""{"a":1,"b":"x"}""");
        using var received = System.Text.Json.JsonDocument.Parse("""{"b":"y","c":true}""");

        var rows = FieldList.Compare([sample.RootElement], [received.RootElement], zoneIsSet: true);

        Assert.Equal(
            ["event.b y ", "event.c true only in what you received", "event.a 1 not in what you received"],
            rows.Select(row => $"{row.Path} {row.Sample.ToLowerInvariant()} {row.Note}"));
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task The_example_of_an_action_can_be_pasted(string use)
    {
        var (connector, action) = Find(use);
        var lines = new StepSketch(connector.Manifest.Name, action, []).Lines(optional: true).Select(line => $"  {line}");
        var text = $"version: 1\nname: Example\nzone: Europe/Paris\nwhen: {{ source: meltingspot, event: live.updated }}\nsteps:\n{string.Join('\n', lines)}\n";

        Assert.Empty((await LoadAsync(text)).Findings);
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task A_first_recipe_has_no_finding_whatever_the_event(string use)
    {
        var (connector, action) = Find(use);
        foreach (var sample in Sample.All(ConnectorCatalog.All))
        {
            var text = new RecipeDraft(sample, connector.Manifest.Name, action, $"{sample.Event.Name}: \"first\"", "Europe/Paris").Write();
            var loaded = await LoadAsync(text);
            Assert.True(loaded.Findings.All(finding => finding.Severity == Severity.Warning) && loaded.Recipe is not null, $"{string.Join('\n', loaded.Findings)}\n{text}");
            Assert.Equal(new FormatResult.Formatted(text, text), RecipeFormat.Text(text, "a.yaml", isShared: false));
        }
    }

    [Theory]
    [InlineData("A live has started!", "a-live-has-started")]
    [InlineData("Réunion – équipe", "reunion-equipe")]
    [InlineData("../../etc/passwd", "etc-passwd")]
    [InlineData("???", "recipe")]
    public void A_file_is_called_after_the_recipe(string name, string file) => Assert.Equal(file, RecipeDraft.FileName(name));

    private static (IConnector Connector, IConnectorAction Action) Find(string use)
    {
        var connector = ConnectorCatalog.All.Single(one => use.StartsWith(one.Manifest.Name + ".", StringComparison.Ordinal));
        return (connector, connector.Actions.Single(action => $"{connector.Manifest.Name}.{action.Name}" == use));
    }

    private static async Task<LoadedRecipe> LoadAsync(string text)
    {
        var loader = new RecipeLoader(ConnectorCatalog.All, null, null, (_, _) => ValueTask.FromResult<ScriptProblem?>(null), Value.Missing);
        return await loader.LoadAsync("recipes/a.yaml", "a", text, TestContext.Current.CancellationToken);
    }
}
