using ConnectorHub.Recipes;
using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Tests.Unit.Architecture;
using NodaTime;

namespace ConnectorHub.Tests.Unit.Recipes;

/// <summary>One broken recipe for each finding, with the exact line it gives.</summary>
public class FindingsTests
{
    private static readonly string[] Shipped = ["meltingspot-live-started-to-slack", "meltingspot-member-joined-to-slack"];

    [Theory]
    [MemberData(nameof(FindingTable.Rows), MemberType = typeof(FindingTable))]
    public async Task A_finding_reads_exactly_so(string name, string text, string[] expected)
    {
        var loaded = await RecipeHouse.LoadAsync(text);

        var same = expected.Length == loaded.Findings.Count && expected.Zip(loaded.Findings).All(pair => IsSame(pair.First, pair.Second.ToString()));
        Assert.True(same, name + "\n" + string.Join('\n', loaded.Findings));
    }

    [Fact]
    public async Task All_findings_come_at_once_sorted_by_line()
    {
        var loaded = await RecipeHouse.LoadAsync(
            """
            version: 2
            nam: x
            when: { source: meltingspt, event: live.updated }
            mode: paused
            steps:
              - id: a
                use: slack.post-mesage
                retry: [30x]
            """);

        Assert.Null(loaded.Recipe);
        Assert.Equal(
            [(1, FindingCodes.BadVersion), (2, FindingCodes.UnknownKey), (3, FindingCodes.UnknownEvent), (4, FindingCodes.WrongType), (7, FindingCodes.UnknownAction), (8, FindingCodes.BadDuration)],
            loaded.Findings.Select(finding => (finding.Line, finding.Code)));
    }

    [Fact]
    public async Task A_warning_does_not_stop_a_recipe()
    {
        var loaded = await RecipeHouse.LoadAsync(FindingTable.Recipe("event: live.begun"));

        Assert.NotNull(loaded.Recipe);
        Assert.Equal(Severity.Warning, Assert.Single(loaded.Findings).Severity);
    }

    [Theory]
    [InlineData("joined | date('HH:mm')", 0)]
    [InlineData("event.occurredAt | from_unix | date('HH:mm')", 1)]
    [InlineData("steps.first.ts | from_iso | date('HH:mm')", 1)]
    public async Task A_date_that_brings_its_zone_needs_none_of_the_recipe_also_beside_an_answer_of_a_step(string placed, int findings)
    {
        var loaded = await RecipeHouse.LoadAsync(
            $$$"""
            version: 1
            name: New member
            when: { source: meltingspot, event: member.created }
            let: { joined: "{{ event.occurredAt | from_unix | in_zone('Europe/Paris') }}" }
            steps:
              - { id: first, use: slack.post-message, connection: slack-acme, with: { channel: "#a", text: a } }
              - id: second
                use: slack.post-message
                connection: slack-acme
                with: { channel: "#a", text: "{{ steps.first.channel }} {{ {{{placed}}} }}" }
            """,
            new RecipeLoader(RecipeHouse.Connectors, null, null, (_, _) => ValueTask.FromResult<ScriptProblem?>(null), RecipeHouse.Shared));

        Assert.Equal(findings, loaded.Findings.Count(finding => finding.Code == FindingCodes.NoZone));
        Assert.Equal(findings, loaded.Findings.Count);
    }

    [Fact]
    public async Task Without_connections_none_is_judged()
    {
        var loader = new RecipeLoader(RecipeHouse.Connectors, null, DateTimeZone.Utc, (_, _) => ValueTask.FromResult<ScriptProblem?>(null), RecipeHouse.Shared);

        Assert.Empty((await RecipeHouse.LoadAsync(FindingTable.Recipe(step: "connection: nobody"), loader)).Findings);
    }

    [Fact]
    public async Task A_date_needs_a_zone_from_somewhere()
    {
        const string Text = "text: \"{{ event.occurredAt | from_unix | date('HH:mm') }}\"";
        var loader = RecipeHouse.Loader(zone: null);

        var loaded = await RecipeHouse.LoadAsync(FindingTable.Recipe(with: Text), loader);

        Assert.Equal((FindingCodes.NoZone, 10), (Assert.Single(loaded.Findings).Code, loaded.Findings[0].Line));
        Assert.Empty((await RecipeHouse.LoadAsync(FindingTable.Recipe(with: Text, top: "zone: Europe/Paris"), loader)).Findings);
        Assert.Empty((await RecipeHouse.LoadAsync(FindingTable.Recipe(with: Text.Replace("| date", "| in_zone('UTC') | date", StringComparison.Ordinal)), loader)).Findings);
    }

    [Fact]
    public async Task A_schedule_needs_a_zone_from_somewhere()
    {
        var loader = RecipeHouse.Loader(zone: null);

        var finding = Assert.Single((await RecipeHouse.LoadAsync(FindingTable.Clock("every: 15m"), loader)).Findings);

        Assert.Equal("recipes/a.yaml(3,9): error CH2019: the schedule has no zone, and neither recipe nor hub has one. Write one beside it: zone: Europe/Paris", finding.ToString());
        Assert.Empty((await RecipeHouse.LoadAsync(FindingTable.Clock("every: 15m, zone: Europe/Paris"), loader)).Findings);
        Assert.Empty((await RecipeHouse.LoadAsync(FindingTable.Clock("every: 15m") + "zone: Europe/Paris\n", loader)).Findings);
    }

    [Fact]
    public async Task A_date_whose_value_was_given_a_zone_needs_no_other()
    {
        var recipe = FindingTable.Recipe(
            top: "let: { started: \"{{ event.occurredAt | from_unix | in_zone('Europe/Paris') }}\" }\nif: started | date('yyyy') is 2024",
            with: "text: \"{{ started | date('HH:mm') }}\"");

        Assert.Empty((await RecipeHouse.LoadAsync(recipe, RecipeHouse.Loader(zone: null))).Findings);
    }

    [Fact]
    public async Task Chance_never_makes_a_recipe_throw()
    {
        const string Alphabet = "{}[]:,-?|>&*!#%'\"\\ \n.0ax~";
        var chance = new Random(20260902);
        var texts = Shipped.Select(id => SourceTree.Read($"recipes/{id}.yaml")).ToList();
        var loader = RecipeHouse.Loader(zone: null);
        for (var round = 0; round < 1_500; round++)
        {
            var text = texts[round % texts.Count];
            for (var change = chance.Next(1, 4); change > 0; change--)
            {
                var at = chance.Next(text.Length);
                var length = Math.Min(chance.Next(0, 12), text.Length - at);
                text = text.Remove(at, length).Insert(at, new string(Alphabet[chance.Next(Alphabet.Length)], chance.Next(0, 3)));
            }

            var loaded = await RecipeHouse.LoadAsync(text, loader);

            Assert.Equal(loaded.Recipe is null, loaded.Findings.Any(finding => finding.Severity == Severity.Error));
        }
    }

    [Theory]
    [InlineData("let:\n  first:\n    js: |\n      const a = 1;\n      retrun a;", 8, 7)]
    [InlineData("let:\n  first: { js: \"\\nretrun a;\" }", 5, 19)]
    public async Task A_script_problem_is_shown_where_it_stands_in_the_file(string let, int line, int column)
    {
        var loader = RecipeHouse.Loader(scripts: (_, _) => ValueTask.FromResult<ScriptProblem?>(new ScriptProblem("Unexpected identifier 'a'.", 2, 1)));

        var finding = Assert.Single((await RecipeHouse.LoadAsync(FindingTable.Recipe(top: let), loader)).Findings);

        Assert.Equal(FindingCodes.BadScript, finding.Code);
        Assert.Equal((line, column), (finding.Line, finding.Column));
    }

    [Fact]
    public async Task A_script_knows_where_its_first_line_stands()
    {
        var recipe = await RecipeHouse.GoodAsync(FindingTable.Recipe(top: "let:\n  first:\n    js: |\n      return 1;"));

        var source = Assert.IsType<ScriptExpression>(Assert.Single(recipe.Let).Value).Source;

        Assert.Equal(("return 1;\n", "recipes/a.yaml", 7, 7), (source.Code, source.File, source.Line, source.Column));
        Assert.True(recipe.UsesScripts);
    }

    [Theory]
    [InlineData("xoxb-123456789012-abcdefABCDEF")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("pat-na1-00000000-1111-2222-3333-444444444444")]
    [InlineData("https://hooks.slack.com/services/T000/B000/XXXXXXXX")]
    public async Task A_secret_is_reported_and_never_repeated(string secret)
    {
        var loaded = await RecipeHouse.LoadAsync(FindingTable.Recipe(step: $"conection: {secret}", with: $"txt: {secret}", top: $"mode: {secret}"));

        Assert.Equal(3, loaded.Findings.Count(finding => finding.Code == FindingCodes.SecretInRecipe));
        Assert.DoesNotContain(loaded.Findings, finding => finding.ToString().Contains(secret[^12..], StringComparison.Ordinal));
    }

    [Fact]
    public void Every_code_has_its_heading_and_every_heading_its_code()
    {
        var headings = SourceTree.Read("src/Recipes/FINDINGS.md").Split('\n')
            .Where(line => line.StartsWith("## ", StringComparison.Ordinal))
            .Select(line => line[3..]);

        Assert.Equal(FindingCodes.All.Select(code => $"{code.Key} {code.Value}"), headings);
        Assert.Equal(
            typeof(FindingCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!).Order(),
            FindingCodes.All.Select(code => code.Key).Order());
    }

    /// <summary>Where another room words the message, its beginning is held: it ends with '…'.</summary>
    private static bool IsSame(string expected, string found) =>
        expected.EndsWith('…') ? found.StartsWith(expected[..^1], StringComparison.Ordinal) : found == expected;
}
