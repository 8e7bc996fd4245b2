using System.Net;
using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Gateway.Admin;
using ConnectorHub.Gateway.Commands;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.Gateway.Support;

namespace ConnectorHub.Tests.Gateway;

/// <summary><c>replay --rehearse</c>: what recipes would send for an event that came.</summary>
public class EventRehearsalTests
{
    private const string Steps = """
        version: 1
        name: Steps
        when: { source: meltingspot, event: live.updated }
        steps:
          - { id: never, if: event.live.name is "Other news", use: slack.post-message, with: { channel: C1, text: never } }
          - wait: 2h
          - { id: each, for_each: "{{ event.live.name | split(' ') }}", use: slack.post-message, with: { channel: C2, text: "{{ item }}" } }
          - { id: person, use: hubspot.upsert-contact, with: { email: ana@acme.example } }
          - { stop: "enough for {{ event.live.name }}" }
          - { id: after, use: slack.post-message, with: { channel: C3, text: after } }
        """;

    [Fact]
    public async Task The_exact_request_is_shown_and_nothing_is_sent_or_stored()
    {
        await using var slack = await FakeSlack.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(slack.Address, Bodies.Live);
        using var answer = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        var run = await gateway.RunAsync("live", row => row.State == RunState.Succeeded);
        var sent = slack.Posted.Count;

        var shown = await RehearseAsync(gateway, run.EventId);

        var step = Assert.Single(Assert.Single(shown.Recipes).Steps);
        Assert.Equal(("post", "slack.post-message", "slack", string.Empty), (step.Step, step.Action, step.Connection, step.Note));
        Assert.Equal($"POST {slack.Address.TrimEnd('/')}/chat.postMessage", $"{step.Request!.Method} {step.Request.Url}");
        Assert.Contains(step.Request.Headers, header => header is { Key: "Authorization", Value: "Bearer ***" });
        Assert.Contains("started at 7 May 17:28", step.Request.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(RunningGateway.BotToken, JsonSerializer.Serialize(shown), StringComparison.Ordinal);
        Assert.Equal(sent, slack.Posted.Count);
        var after = Assert.Single(await gateway.Store.ListRunsAsync(new RunQuery(), CancellationToken.None));
        Assert.Equal((run.State, run.Epoch, run.Attempts), (after.State, after.Epoch, after.Attempts));
    }

    [Fact]
    public async Task The_recipe_is_taken_as_it_is_now_or_as_it_was()
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live, null, ("Connections:slack:Mode", "Rehearse"));
        using var answer = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        var run = await gateway.RunAsync("live", row => row.State == RunState.Succeeded);
        await File.WriteAllTextAsync(Path.Combine(gateway.Folder, "recipes", "live.yaml"), Bodies.LiveRecipe.Replace("started at", "has begun at", StringComparison.Ordinal));
        var now = await RunningGateway.EventuallyAsync(
            async () => await RehearseAsync(gateway, run.EventId) is var shown && shown.Recipes.Any(one => one.Hash != run.RecipeHash) ? shown : null, "the new recipe");

        var was = await RehearseAsync(gateway, run.EventId, "?asItWas=true");
        var pinned = await RehearseAsync(gateway, run.EventId, $"?asItWas=true&run={run.Id}");

        Assert.Contains("has begun at", Body(now), StringComparison.Ordinal);
        Assert.Contains("started at", Body(was), StringComparison.Ordinal);
        Assert.Equal((run.RecipeHash, Body(was)), (pinned.Recipes[0].Hash, Body(pinned)));
    }

    [Fact]
    public async Task Every_step_says_what_it_would_send_or_why_not()
    {
        await using var gateway = await RunningGateway.StartAsync(null, new Dictionary<string, string> { ["steps"] = Steps, ["live"] = Bodies.LiveRecipe });
        using var answer = await gateway.PostAsync("live.updated", Bodies.LivePlanned);
        var row = Assert.Single(await gateway.Store.ListEventsAsync(new EventQuery(), CancellationToken.None));

        var shown = await RehearseAsync(gateway, row.Id);

        Assert.Equal(["live", "steps"], shown.Recipes.Select(recipe => recipe.Recipe));
        Assert.Equal("if[1]: event.live.status is Live (value was \"Planned\")", shown.Recipes[0].Skipped);
        var steps = shown.Recipes[1];
        Assert.Equal(["never", "wait", "each[1]", "each[2]", "person"], steps.Steps.Select(step => step.Step));
        Assert.Equal("skipped: event.live.name is \"Other news\": value was \"Product news\"", steps.Steps[0].Note);
        Assert.StartsWith("waits until 2", steps.Steps[1].Note, StringComparison.Ordinal);
        Assert.Contains("\"news\"", steps.Steps[3].Request!.Body, StringComparison.Ordinal);
        Assert.StartsWith("would not be sent as things are: No connection for 'hubspot' is set up.", steps.Steps[4].Note, StringComparison.Ordinal);
        Assert.Equal("stopped: enough for Product news", steps.Ended);
    }

    [Fact]
    public async Task What_does_not_exist_is_said()
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live);
        using var answer = await gateway.PostAsync("live.updated", Bodies.LivePlanned);
        var row = Assert.Single(await gateway.Store.ListEventsAsync(new EventQuery(), CancellationToken.None));

        Assert.Equal("there is no recipe of that name that can run; see: connectorhub check", Assert.Single((await RehearseAsync(gateway, row.Id, "?recipe=nobody")).Recipes).Skipped);
        using var unknown = await gateway.Admin.PostAsync("api/events/evt_none/rehearsal", null);
        using var other = await gateway.Admin.PostAsync($"api/events/{row.Id}/rehearsal?run=run_none", null);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (unknown.StatusCode, other.StatusCode));
    }

    [Fact]
    public void It_is_printed_step_by_step()
    {
        var at = new DateTimeOffset(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);
        var request = new RecordedRequest("POST", "https://slack.com/api/chat.postMessage", [new("Authorization", "Bearer ***")], "{\"text\":\"a\u001b[31m\"}");
        using var found = JsonDocument.Parse("{\"found\":false}");
        using var output = new StringWriter { NewLine = "\n" };

        new RehearsalPrinter(output).Print(new EventRehearsalAnswer(
            new EventSummary("evt_1", at, "spot/live.updated", "meltingspot", "live.updated", null, false, 0, 0, ""),
            true,
            [
                new RehearsedRecipe("a", "abcdef1234", "if[1]: event.x is Live (value was \"Planned\")", [], null, []),
                new RehearsedRecipe(
                    "b",
                    "123456abcd",
                    null,
                    [
                        new RehearsedStep("never", null, null, null, null, "skipped: event.x is 1: value was 2"),
                        new RehearsedStep("look", "hubspot.find-contact", "crm", null, found.RootElement, "only looks up, and was answered just now"),
                        new RehearsedStep("post", "slack.post-message", "slack", request, null, ""),
                    ],
                    "would fail for good: step 'row': gone",
                    [new RehearsedStep("tell", "slack.post-message", "slack", request, null, "")])
                {
                    Log = ["seats 3", "<!channel> [bold]x[/]\u001b[31m"],
                },
                new RehearsedRecipe("c", "", null, [], null, []),
            ]));

        Assert.Equal(
            """
            evt_1  live.updated  2026-09-01 08:00:00Z  on spot/live.updated
            Rehearsed: nothing that writes was sent, and nothing was stored.

            a.yaml@abcdef, as it was
              skipped: if[1]: event.x is Live (value was "Planned")

            b.yaml@123456, as it was
              never
                skipped: event.x is 1: value was 2
              look  hubspot.find-contact on crm
                only looks up, and was answered just now
                answer {"found":false}
              post  slack.post-message on slack
                POST https://slack.com/api/chat.postMessage
                Authorization: Bearer ***
                {"text":"a [31m"}
              hub.log: seats 3
              hub.log: <!channel> [bold]x[/] [31m
              ends here: would fail for good: step 'row': gone
              on_error would then tell:
              tell  slack.post-message on slack
                POST https://slack.com/api/chat.postMessage
                Authorization: Bearer ***
                {"text":"a [31m"}

            c.yaml, as it was
              nothing would be sent

            once_per, order_by and too_late_after are not asked; a wait is passed over.

            """.ReplaceLineEndings("\n"),
            output.ToString());
    }

    private static string Body(EventRehearsalAnswer answer) => Assert.Single(Assert.Single(answer.Recipes).Steps).Request!.Body;

    private static async Task<EventRehearsalAnswer> RehearseAsync(RunningGateway gateway, string id, string query = "")
    {
        gateway.Admin.DefaultRequestHeaders.Authorization = new("Bearer", (await File.ReadAllTextAsync(Path.Combine(gateway.Data, "admin-token"))).Trim());
        using var answer = await gateway.Admin.PostAsync($"api/events/{id}/rehearsal{query}", null);
        return JsonSerializer.Deserialize<EventRehearsalAnswer>(await answer.Content.ReadAsStringAsync(), AdminClient.Readable)!;
    }
}
