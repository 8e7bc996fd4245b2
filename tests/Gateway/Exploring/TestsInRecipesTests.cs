using ConnectorHub.Connectors;
using ConnectorHub.Runs;
using ConnectorHub.Runs.RecipeTests;
using ConnectorHub.Tests.Gateway.Support;
using ConnectorHub.Values;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectorHub.Tests.Gateway.Exploring;

/// <summary>What a test inside a recipe can say of failures, of items and of sentences with quotes.</summary>
public class TestsInRecipesTests
{
    private const string Told = """
        version: 1
        name: Leads
        owner: ops@acme.example
        when: { source: spotio, event: lead.added }
        steps:
          - { id: row, use: slack.post-message, with: { channel: "#rows", text: "{{ event.data.company }}" } }
          - { id: hello, use: slack.post-message, with: { channel: "#hello", text: "row {{ steps.row.ts ?? 'none' }}" } }
        on_error:
          - { id: tell, use: slack.post-message, with: { channel: "#ops", text: "{{ recipe.name }}: {{ error.step }} {{ error.code }}, {{ error.message }}, {{ run.id }} {{ run.url }}" } }
          - { use: slack.post-message, with: { channel: "#ops", text: "told as {{ steps.tell.ts }}" } }
        """;

    private const string Each = """
        version: 1
        name: Each
        when: { source: spotio, event: lead.added }
        steps:
          - id: mail
            for_each: "{{ event.data.contacts }}"
            each_key: "{{ item.firstName }}"
            if: item.firstName is not Ewa
            use: slack.post-message
            with: { channel: "#c", text: "To {{ item.firstName }}" }
            continue_on_error: true
          - { id: sum, use: slack.post-message, with: { channel: "#c", text: "{{ steps.mail.done }} done, {{ steps.mail.failed }} failed, {{ steps.mail.skipped }} skipped, {{ steps.mail.items[3].ts }}" } }
        """;

    private const string People = "[ { firstName: Ada }, { firstName: Ewa }, { firstName: Jan }, { firstName: Ola }, { firstName: Ada } ]";

    [Fact]
    public async Task A_step_that_fails_for_good_ends_the_run_and_on_error_tells_of_it() => Assert.Empty(await ProblemsAsync(
        Told,
        "answers: { row: { fails: \"No town's \\\"name\\\"\", code: no_town }, tell: { ts: \"42\" } }",
        "fails at row",
        "runs are [row]",
        "notices are [tell, on_error_2]",
        "error.step is row",
        "error.code is no_town",
        "row.text is \"Ergo Arena\"",
        "tell.text is 'Leads: row no_town, No town''s \"name\", run_test http://127.0.0.1:8081/api/runs/run_test'",
        "on_error_2.text is \"told as 42\""));

    [Fact]
    public async Task A_failure_is_told_even_of_a_later_step_with_what_those_before_answered() => Assert.Empty(await ProblemsAsync(
        Told,
        "answers: { row: { ts: \"1.5\" }, hello: { fails: gone } }",
        "fails at hello",
        "runs are [row, hello]",
        "hello.text is \"row 1.5\"",
        "error.code is failed",
        "tell.text contains gone"));

    [Fact]
    public async Task A_run_that_is_to_fail_and_does_not_is_said()
    {
        var problems = await ProblemsAsync(Told, "answers: { row: { ts: \"1\" } }", "fails at row", "notices are [tell]", "error.code is gone");

        Assert.Equal(
            [
                "expected the run to fail at 'row', but it did not fail.",
                "expected the notices [tell], but the run did not fail.",
                "expected: error.code is gone. It does not hold: value was missing.",
            ],
            problems.Select(After));
    }

    [Theory]
    [InlineData("runs are [row]", "the run failed: step 'row': gone. Where it is meant to, write: fails at row")]
    [InlineData("fails at hello", "expected the run to fail at 'hello', but this failed: step 'row': gone")]
    [InlineData("notices are [tell]", "expected the notices [tell], but they are [tell, on_error_2].")]
    [InlineData("notices are []", "expected the notices [], but they are [tell, on_error_2].", "the run failed: step 'row': gone. Where it is meant to, write: fails at row")]
    public async Task A_failure_that_nobody_expects_is_no_success(string expected, params string[] said) =>
        Assert.Equal(said, (await ProblemsAsync(Told, "answers: { row: { fails: gone } }", expected)).Select(After));

    [Fact]
    public async Task A_step_that_may_fail_lets_the_run_go_on_and_nobody_is_told() => Assert.Empty(await ProblemsAsync(
        Told.Replace("company }}\" } }", "company }}\" }, continue_on_error: true }", StringComparison.Ordinal),
        "answers: { row: { fails: gone } }",
        "runs are [row, hello]",
        "hello.text is \"row none\"",
        "notices are []",
        "error is missing"));

    [Fact]
    public async Task A_notice_that_fails_itself_is_said() => Assert.Equal(
        ["'on_error' failed: step 'tell': gone as well"],
        (await ProblemsAsync(Told, "answers: { row: { fails: gone }, tell: { fails: gone as well } }", "fails at row")).Select(After));

    [Fact]
    public async Task Each_item_that_is_done_has_an_answer_of_its_own() => Assert.Empty(await ProblemsAsync(
        Each,
        $"change: {{ event.data.contacts: {People} }}\n    answers: {{ mail: [ {{ ts: \"1\" }}, {{ fails: no box, code: no_box }}, {{ ts: \"3\" }} ] }}",
        "runs are [mail, sum]",
        "mail.count is 3",
        "mail[1].text is \"To Jan\"",
        "mail.last.text is \"To Ola\"",
        "mail.done is 2",
        "mail.failed is 1",
        "mail.skipped is 2",
        "sum.text is \"2 done, 1 failed, 2 skipped, 3\""));

    [Fact]
    public async Task Items_that_fail_end_the_run_after_the_others_are_done() => Assert.Empty(await ProblemsAsync(
        Each.Replace("    continue_on_error: true\n", string.Empty, StringComparison.Ordinal),
        $"change: {{ event.data.contacts: {People} }}\n    answers: {{ mail: [ {{ fails: no box, code: no_box }} ] }}",
        "fails at mail",
        "runs are [mail]",
        "mail.done is 2",
        "mail.failed is 1",
        "error.code is no_box",
        "error.message is \"1 of 5 items failed. The first is item 1: no box\""));

    [Fact]
    public async Task More_answers_than_items_are_said_and_an_empty_list_has_none_done() => Assert.Equal(
        ["there are 2 answers for 'mail', and 0 of its items are done. There is one for each that is done, in order."],
        (await ProblemsAsync(Each, "change: { event.data.contacts: [] }\n    answers: { mail: [ { ts: \"1\" }, { ts: \"2\" } ] }", "mail.done is 0", "mail.failed is 0", "runs are [sum]")).Select(After));

    [Theory]
    [InlineData("event.data.company is \"a b\"", "skipped by \"event.data.company is \\\"a b\\\"\"")]
    [InlineData("event.data.company is \"a b\"", "skipped by \"event.data.company is \"\"a b\"\"\"")]
    [InlineData("event.data.company is \"a b\"", "skipped by 'event.data.company is \"a b\"'")]
    [InlineData("event.data.company is \"a b\"", "skipped by \"event.data.company is \"a b\"\"")]
    [InlineData("event.data.company is \"a b\"", "skipped by event.data.company is \"a b\"")]
    [InlineData("event.data.company is \"it's \"\"b\"\"\"", "skipped by 'event.data.company is \"it''s \"\"b\"\"\"'")]
    [InlineData("event.data.fields[title='Town'].values[0] is \"x\"", "skipped by \"event.data.fields[title='Town'].values[0] is \\\"x\\\"\"")]
    public async Task A_sentence_with_quotes_inside_is_the_one_of_the_recipe(string condition, string expected) =>
        Assert.Empty(await ProblemsAsync($"{Told}\nif:\n  - {condition}", string.Empty, expected));

    [Theory]
    [InlineData("he said \\\"no\\\"", "stopped by \"he said \\\"no\\\"\"")]
    [InlineData("he said \\\"no\\\"", "stopped by 'he said \"no\"'")]
    [InlineData("he said \\\"no\\\"", "stopped by he said \"no\"")]
    [InlineData("it's no", "stopped by 'it''s no'")]
    [InlineData("it's no", "stopped by \"it's no\"")]
    public async Task A_reason_with_quotes_inside_is_the_one_of_the_stop(string reason, string expected) => Assert.Empty(await ProblemsAsync(
        $"version: 1\nname: A\nwhen: {{ source: spotio, event: lead.added }}\nsteps:\n  - stop: \"{reason}\"",
        string.Empty,
        expected));

    [Fact]
    public void No_action_answers_a_field_that_a_test_would_take_for_a_failure() => Assert.DoesNotContain(
        ConnectorCatalog.All.SelectMany(connector => connector.Actions),
        action => action.Shape.Outputs.Any(field => field.Name == "fails"));

    // What is said behind the file and the line.
    private static string After(string problem) => problem[(problem.IndexOf("): ", StringComparison.Ordinal) + 3)..];

    private static async Task<IReadOnlyList<string>> ProblemsAsync(string recipe, string answers, params string[] expect)
    {
        await using var gateway = await RunningGateway.StartAsync(null, new Dictionary<string, string>());
        var lines = string.Concat(expect.Select(line => $"\n      - >-\n        {line}"));
        var text = $"{recipe}\ntests:\n  - name: t\n    sample: spotio/lead.added\n    {answers}\n    expect:{lines}\n";
        var loaded = await gateway.Services.GetRequiredService<IRecipes>().CompileAsync("a", text, TestContext.Current.CancellationToken);
        Assert.True(loaded.Recipe is not null, string.Join('\n', loaded.Findings));
        var tester = new RecipeTester(gateway.Services.GetRequiredService<ConnectorBook>(), gateway.Services.GetRequiredService<RunScripts>(), Value.Map([]), TimeProvider.System);
        return Assert.Single(await tester.RunAsync(loaded.Recipe!, TestContext.Current.CancellationToken)).Problems;
    }
}
