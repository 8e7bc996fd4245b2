using System.Text;
using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.Gateway.Support;

namespace ConnectorHub.Tests.Gateway;

/// <summary>Rehearsals that ask nobody: <c>RehearseReads: false</c>, and connections whose secret is not there yet.</summary>
public class SilentRehearsalTests
{
    private const string LookUp = """
        version: 1
        name: Live started
        mode: rehearse
        when: { source: meltingspot, event: live.updated }
        steps:
          - { id: live, use: meltingspot.get-live, with: { live: "{{ event.live.id }}" } }
          - { id: post, use: slack.post-message, with: { channel: C0123456789, text: "{{ steps.live.title }}, one of them" } }
        """;

    [Theory]
    [InlineData("true", 1, RunState.Waiting)]
    [InlineData("false", 0, RunState.Succeeded)]
    public async Task A_look_up_asks_in_a_rehearsal_unless_the_connection_says_no(string reads, int asked, RunState state)
    {
        // It answers a look-up with 200 and nothing a live has: whoever asks it has to wait.
        await using var platform = await FakeSlack.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(
            platform.Address,
            new Dictionary<string, string> { ["live"] = LookUp },
            null,
            ("Connections:spot:Secrets:ApiKey", "key-of-the-spot"),
            ("Connections:spot:BaseUrl", platform.Address),
            ("Connections:spot:RehearseReads", reads));
        using var answer = await gateway.PostAsync("live.updated", Bodies.LiveStarted);

        var run = await gateway.RunAsync("live", row => row.State == state);

        Assert.Equal(asked, platform.Authorizations.Count);
        Assert.Empty(platform.Posted);
        if (state == RunState.Succeeded)
        {
            var post = (await gateway.Store.AttemptsAsync(run.Id, CancellationToken.None)).Single(attempt => attempt.StepId == "post");
            Assert.Contains("one of them", Encoding.UTF8.GetString(post.Request.Span), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_connection_that_rehearses_needs_no_secret_yet()
    {
        await using var slack = await FakeSlack.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(
            slack.Address, Bodies.Live, null, ("Connections:slack:Mode", "Rehearse"), ("Connections:slack:Secrets:BotToken", "env:CONNECTORHUB_TEST_NEVER_SET"));
        using var answer = await gateway.PostAsync("live.updated", Bodies.LiveStarted);

        var run = await gateway.RunAsync("live", row => row.State == RunState.Succeeded);

        Assert.True(run.Rehearsal);
        var request = Encoding.UTF8.GetString(Assert.Single(await gateway.Store.AttemptsAsync(run.Id, CancellationToken.None)).Request.Span);
        Assert.Contains("Bearer ***", request, StringComparison.Ordinal);
        Assert.Contains(slack.Address, request, StringComparison.Ordinal);
        Assert.Empty(slack.Authorizations);
    }
}
