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

    [Fact]
    public async Task Each_item_has_its_own_tries_and_effect_and_a_failed_one_holds_up_no_other()
    {
        await using var hub = await StartAsync("""
            steps:
              - id: said
                for_each: "{{ event.people }}"
                each_key: "{{ item.mail | lower }}"
                if: item.role is guest
                use: slack.post-webhook
                with: { text: "{{ index }} {{ item.mail }}" }
                retry: [10m, 1h]
              - { id: all, use: slack.post-webhook, with: { text: "{{ steps.said.done }} {{ steps.said.failed }} {{ steps.said.skipped }} end" } }
            """);
        _slack.Faults.Next(Fault.None, Fault.Refused, Fault.None);
        await hub.PostAsync("""
            {"people":[{"mail":"a@x.example","role":"guest"},{"mail":"b@x.example","role":"guest"},{"mail":"c@x.example","role":"host"},
            {"mail":"d@x.example","role":"guest"},{"mail":"A@x.example","role":"guest"}]}
            """);
        var start = _time.GetUtcNow();

        await hub.RunUntilAsync(start.AddMinutes(9));
        Assert.Equal(["0 a@x.example", "3 d@x.example"], Said.Select(LastTwo));

        await hub.RunUntilAsync(start.AddMinutes(20));
        Assert.Equal(["0 a@x.example", "3 d@x.example", "1 b@x.example", "2 end"], Said.Select(LastTwo));
        Assert.EndsWith("3 0 2 end", Said[^1], StringComparison.Ordinal);
        var run = Assert.Single(await hub.Store.ListRunsAsync(new RunQuery(), CancellationToken.None));
        var attempts = await hub.Store.AttemptsAsync(run.Id, CancellationToken.None);
        Assert.Equal((RunState.Succeeded, 5), (run.State, attempts.Count));
        Assert.Equal(["b@x.example", "b@x.example"], attempts.Where(attempt => attempt.Item.StartsWith('b')).Select(attempt => attempt.Item));
        Assert.Equal(4, attempts.Select(attempt => attempt.EffectKey).Distinct().Count());
    }

    [Fact]
    public async Task Items_that_fail_for_good_park_the_run_after_all_others_are_done_and_are_named()
    {
        await using var hub = await StartAsync("""
            steps:
              - { id: said, for_each: "{{ event.people }}", use: slack.post-webhook, with: { text: "{{ item }}" }, retry: [] }
            """);
        _slack.Faults.Next(Fault.None, Fault.Refused);
        await hub.PostAsync("""{"people":["a","b","c"]}""");
        await hub.RunUntilAsync(_time.GetUtcNow().AddMinutes(1));

        var run = Assert.Single(await hub.Store.ListRunsAsync(new RunQuery(), CancellationToken.None));
        Assert.Equal((RunState.DeadLettered, 2), (run.State, Said.Count));
        Assert.StartsWith("1 of 3 items failed. The first is item 2:", run.Error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"people":[]}""", RunState.Succeeded)]
    [InlineData("""{}""", RunState.Succeeded)]
    [InlineData("""{"people":"a"}""", RunState.DeadLettered)]
    public async Task A_list_may_be_empty_or_missing_but_nothing_else(string body, RunState state)
    {
        await using var hub = await StartAsync("""
            steps:
              - { id: said, for_each: "{{ event.people }}", use: slack.post-webhook, with: { text: "{{ item }}" } }
            """);
        await hub.PostAsync(body);
        await hub.RunUntilAsync(_time.GetUtcNow().AddMinutes(1));

        Assert.Equal(state, Assert.Single(await hub.Store.ListRunsAsync(new RunQuery(), CancellationToken.None)).State);
        Assert.Empty(Said);
    }

    [Fact]
    public async Task An_item_in_doubt_asks_only_after_all_others_are_done()
    {
        await using var hub = await StartAsync("""
            steps:
              - { id: said, for_each: "{{ event.people }}", use: slack.post-webhook, with: { text: "{{ item }}" } }
            """);
        _slack.Faults.Next(Fault.None, Fault.Lose);
        await hub.PostAsync("""{"people":["a","b","c"]}""");
        await hub.RunUntilAsync(_time.GetUtcNow().AddMinutes(10));

        var run = Assert.Single(await hub.Store.ListRunsAsync(new RunQuery(), CancellationToken.None));
        Assert.Equal((RunState.Asking, 3), (run.State, Said.Count));
        Assert.StartsWith("1 of 3 items are in doubt. The first is item 2:", run.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dead_letter_is_told_of_at_once_and_those_like_it_together_ten_minutes_later()
    {
        await using var hub = await StartAsync("""
            let: { greeting: "for {{ event.name }}" }
            steps:
              - { id: said, use: slack.post-webhook, with: { text: "{{ event.name }}" }, retry: [] }
            on_error:
              - use: slack.post-webhook
                with: { text: "{{ recipe.name }} {{ greeting }}, {{ error.step }} {{ error.code }} {{ run.id }} {{ error.count }} failed" }
            """);
        _slack.Faults.Next(Fault.Refused, Fault.None, Fault.Refused, Fault.Refused, Fault.Refused);
        await hub.PostAsync("""{"name":"Ana"}""");
        var start = _time.GetUtcNow();
        await hub.RunUntilAsync(start.AddSeconds(30));
        var run = Assert.Single(await hub.Store.ListRunsAsync(new RunQuery(State: RunState.DeadLettered), CancellationToken.None));
        Assert.EndsWith($"Simulated for Ana, said connect_failed {run.Id} 1 failed", Assert.Single(Said), StringComparison.Ordinal);

        foreach (var name in new[] { "Bo", "Cy", "Di" })
        {
            await hub.PostAsync($$"""{"name":"{{name}}"}""");
            await hub.RunUntilAsync(_time.GetUtcNow().AddSeconds(30));
        }

        Assert.Single(Said);
        await hub.RunUntilAsync(start.AddMinutes(12));
        Assert.Equal(2, Said.Count);
        Assert.Contains("for Bo, said connect_failed", Said[1], StringComparison.Ordinal);
        Assert.EndsWith("3 failed", Said[1], StringComparison.Ordinal);
        Assert.Equal((4, 2), ((await hub.StatesAsync())[RunState.DeadLettered], (await hub.StatesAsync())[RunState.Succeeded]));
    }

    [Fact]
    public async Task A_notice_that_fails_is_a_dead_letter_and_tells_of_nothing()
    {
        await using var hub = await StartAsync("""
            steps:
              - { id: said, use: slack.post-webhook, with: { text: "{{ event.name }}" }, retry: [] }
            on_error:
              - { use: slack.post-webhook, with: { text: "failed" }, retry: [] }
            """);
        _slack.Faults.Plan = new FaultPlan { Outage = Outage.Refused };
        await hub.PostAsync("""{"name":"Ana"}""");
        await hub.RunUntilAsync(_time.GetUtcNow().AddHours(1));

        Assert.Equal(2, (await hub.StatesAsync())[RunState.DeadLettered]);
        Assert.Equal(2, (await hub.Store.ListRunsAsync(new RunQuery(), CancellationToken.None)).Count);
    }

    [Fact]
    public async Task Work_is_done_also_where_nobody_could_be_told_of_its_failure()
    {
        await using var hub = await StartAsync("""
            steps:
              - { id: said, use: slack.post-webhook, with: { text: "{{ event.name }}" } }
            on_error:
              - { use: email.send, with: { to: ana@x.example, subject: failed, text: failed } }
            """);
        await hub.PostAsync("""{"name":"Ana"}""");
        await hub.RunUntilAsync(_time.GetUtcNow().AddMinutes(1));

        Assert.Single(Said);
    }

    private static string LastTwo(string line) => string.Join(' ', line.Split(' ')[^2..]);

    private Task<SimulatedHub> StartAsync(string recipe) => SimulatedHub.StartAsync(
        _time,
        new Dictionary<string, StandIn> { ["slack"] = _slack },
        "version: 1\nname: Simulated\nwhen: { source: webhook, event: booked }\n" + recipe,
        ("Connections:slack:Connector", "slack"),
        ("Connections:slack:Secrets:WebhookUrl", $"https://hooks.slack.com/{SlackStandIn.WebhookPath}"));
}
