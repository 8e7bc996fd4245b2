using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.StandIns;
using ConnectorHub.Tests.StandIns.Faults;
using ConnectorHub.Tests.StandIns.Slack;

namespace ConnectorHub.Tests.Gateway.Simulations;

/// <summary>What the language says beside actions, on the whole engine.</summary>
public class LanguageTests
{
    private readonly VirtualTime _time = new();
    private readonly SlackStandIn _slack;

    public LanguageTests() => _slack = new SlackStandIn(_time, perChannel: int.MaxValue);

    private IReadOnlyList<string> Said => _slack.Book.Lines;

    [Fact]
    public async Task A_wait_passes_and_then_the_run_goes_on()
    {
        await using var hub = await StartAsync("""
            steps:
              - wait: 2h
              - { id: said, use: slack.post-webhook, with: { text: "{{ event.name }}" } }
            """);
        await hub.PostAsync("""{"name":"Ana"}""");
        var start = _time.GetUtcNow();

        await hub.RunUntilAsync(start.AddMinutes(119));
        Assert.Empty(Said);

        await hub.RunUntilAsync(start.AddMinutes(121));
        Assert.Single(Said);
        Assert.Equal(1, (await hub.StatesAsync())[RunState.Succeeded]);
    }

    [Fact]
    public async Task A_wait_until_an_hour_ends_at_that_hour_of_the_recipes_zone()
    {
        // 8:00 UTC is 10:00 in Paris, so 9:00 is tomorrow's.
        await using var hub = await StartAsync("""
            steps:
              - wait: until 09:00
              - { id: said, use: slack.post-webhook, with: { text: "{{ event.name }}" } }
            """);
        await hub.PostAsync("""{"name":"Ana"}""");
        var start = _time.GetUtcNow();

        await hub.RunUntilAsync(start.AddHours(22.9));
        Assert.Empty(Said);

        await hub.RunUntilAsync(start.AddHours(23.1));
        Assert.Single(Said);
    }

    [Fact]
    public async Task A_stop_ends_the_run_with_its_reason_and_only_where_its_condition_holds()
    {
        await using var hub = await StartAsync("""
            steps:
              - stop: "no mail for {{ event.name }}"
                if: event.mail is missing
              - { id: said, use: slack.post-webhook, with: { text: "{{ event.mail }}" } }
            """);
        await hub.PostAsync("""{"name":"Ana"}""");
        await hub.PostAsync("""{"name":"Bo","mail":"bo@x.example"}""");
        await hub.RunUntilAsync(_time.GetUtcNow().AddMinutes(1));

        var runs = await hub.Store.ListRunsAsync(new RunQuery(), CancellationToken.None);
        Assert.All(runs, run => Assert.Equal(RunState.Succeeded, run.State));
        Assert.Equal(["", "stopped: no mail for Ana"], runs.Select(run => run.Note).Order());
        Assert.Single(Said);
    }

    [Fact]
    public async Task A_value_between_steps_sees_their_answers_and_is_computed_once()
    {
        await using var hub = await StartAsync("""
            steps:
              - { id: first, use: slack.post-webhook, with: { text: "first" } }
              - let:
                  greeting: { choose: [ { if: event.score is at least 80, value: passed }, { value: failed } ] }
                  both: "{{ greeting }} {{ event.name }}"
              - { id: said, use: slack.post-webhook, with: { text: "{{ both }}" } }
            """);
        await hub.PostAsync("""{"name":"Ana","score":91}""");
        await hub.PostAsync("""{"name":"Bo","score":3}""");
        await hub.RunUntilAsync(_time.GetUtcNow().AddMinutes(1));

        Assert.Equal(2, Said.Count(line => line.EndsWith("first", StringComparison.Ordinal)));
        Assert.Single(Said, line => line.EndsWith("passed Ana", StringComparison.Ordinal));
        Assert.Single(Said, line => line.EndsWith("failed Bo", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Runs_of_a_line_go_in_the_order_they_came_even_while_the_first_still_tries()
    {
        await using var hub = await StartAsync("""
            order_by: "{{ event.booking }}"
            steps:
              - { id: said, use: slack.post-webhook, with: { text: "{{ event.booking }} {{ event.number }}" }, retry: [10m, 10m] }
            """);
        _slack.Faults.Next(Fault.Refused);
        for (var i = 0; i < 30; i++)
        {
            await hub.PostAsync($$"""{"booking":"a","number":{{i}}}""");
        }

        await hub.PostAsync("""{"booking":"b","number":1}""");
        await hub.PostAsync("""{"number":99}""");
        var start = _time.GetUtcNow();
        await hub.RunUntilAsync(start.AddMinutes(9));
        Assert.Equal(2, Said.Count);

        await hub.RunUntilAsync(start.AddMinutes(15));
        Assert.Equal(Enumerable.Range(0, 30).Select(i => $"a {i}"), Said.Select(LastTwo).Where(words => words.StartsWith("a ", StringComparison.Ordinal)));
        Assert.Equal(32, (await hub.StatesAsync())[RunState.Succeeded]);
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 0)]
    public async Task A_dead_letter_lets_the_next_pass_unless_the_line_is_strict(bool strict, int said)
    {
        await using var hub = await StartAsync($$$"""
            order_by: { key: "{{ event.booking }}", strict: {{{(strict ? "true" : "false")}}} }
            steps:
              - { id: said, use: slack.post-webhook, with: { text: "{{ event.number }}" }, retry: [] }
            """);
        _slack.Faults.Plan = new FaultPlan { Outage = Outage.Refused };
        await hub.PostAsync("""{"booking":"a","number":0}""");
        await hub.RunUntilAsync(_time.GetUtcNow().AddSeconds(10));
        _slack.Faults.Plan = new FaultPlan();
        await hub.PostAsync("""{"booking":"a","number":1}""");
        await hub.PostAsync("""{"booking":"a","number":2}""");
        await hub.RunUntilAsync(_time.GetUtcNow().AddMinutes(5));

        Assert.Equal(said, Said.Count);
        Assert.Equal(1, (await hub.StatesAsync())[RunState.DeadLettered]);
    }

    private static string LastTwo(string line) => string.Join(' ', line.Split(' ')[^2..]);

    private Task<SimulatedHub> StartAsync(string recipe) => SimulatedHub.StartAsync(
        _time,
        new Dictionary<string, StandIn> { ["slack"] = _slack },
        "version: 1\nname: Simulated\nwhen: { source: webhook, event: booked }\n" + recipe,
        ("Connections:slack:Connector", "slack"),
        ("Connections:slack:Secrets:WebhookUrl", $"https://hooks.slack.com/{SlackStandIn.WebhookPath}"));
}
