using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using ConnectorHub.Gateway.Admin.Acts;
using ConnectorHub.Runs.Store;
using ConnectorHub.Runs.Telemetry;
using ConnectorHub.Tests.Gateway.Support;
using ConnectorHub.Tests.StandIns.Smtp;

namespace ConnectorHub.Tests.Gateway.Telemetry;

/// <summary>How the spans of an event hang together.</summary>
public class TraceTests
{
    [Fact]
    public async Task A_delivery_is_the_root_of_the_events_trace_an_attempt_hangs_from_it_and_a_request_from_its_attempt()
    {
        using var spans = new Spans();
        await using var slack = await FakeSlack.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(slack.Address, Bodies.Live);
        using var answer = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        var run = await gateway.RunAsync("live", run => run.State == RunState.Succeeded);

        var receive = await spans.FindAsync(run.EventId, "receive");
        var attempt = await spans.FindAsync(run.EventId, "attempt");
        var request = await spans.FindAsync(run.EventId, "request");

        Assert.Equal(default, receive.ParentSpanId);
        Assert.NotEqual(default, receive.SpanId);
        Assert.Equal(receive.SpanId, attempt.ParentSpanId);
        Assert.Equal(attempt.SpanId, request.ParentSpanId);
        Assert.True(receive.StartTimeUtc <= request.StartTimeUtc, "The story begins with the delivery.");
    }

    [Fact]
    public async Task An_attempt_after_a_restart_hangs_from_its_delivery_and_a_repetition_is_a_root_beside_it()
    {
        using var spans = new Spans();
        await using var slack = await FakeSlack.StartAsync();
        var folder = Directory.CreateTempSubdirectory("connectorhub-test-").FullName;
        string id;
        await using (var before = await RunningGateway.StartAsync(slack.Address, Bodies.Live, folder))
        {
            using var paused = await before.SendAdminAsync("api/pauses", new PauseBody(PauseKind.All, Why: "a look"));
            Assert.True(paused.IsSuccessStatusCode);
            using var answer = await before.PostAsync("live.updated", Bodies.LiveStarted, "msg_1");
            id = (await before.RunAsync("live", run => run.State == RunState.Queued)).EventId;
        }

        await using (var after = await RunningGateway.StartAsync(slack.Address, Bodies.Live, folder))
        {
            using var again = await after.PostAsync("live.updated", Bodies.LiveStarted, "msg_1");
            using var resumed = await after.SendAdminAsync("api/pauses/end", new PauseBody(PauseKind.All));
            await after.RunAsync("live", run => run.State == RunState.Succeeded);
        }

        Directory.Delete(folder, recursive: true);
        var receives = spans.Of(id, "receive");
        Assert.Equal([false, true], receives.Select(span => span.GetTagItem("connectorhub.duplicate")));
        Assert.All(receives, span => Assert.Equal(default, span.ParentSpanId));
        Assert.Equal(receives[0].SpanId, (await spans.FindAsync(id, "attempt")).ParentSpanId);
    }

    [Fact]
    public async Task A_mail_has_a_request_as_a_message_has()
    {
        using var spans = new Spans();
        await using var server = SmtpStandIn.Start();
        var recipe = Bodies.LiveRecipe[..Bodies.LiveRecipe.IndexOf("    use:", StringComparison.Ordinal)] + "    use: email.send\n    with: { to: ana@shop.example, subject: Hello, text: Hello }\n";
        await using var gateway = await RunningGateway.StartAsync(
            null,
            new Dictionary<string, string> { ["live"] = recipe },
            null,
            ("Connections:mail:Connector", "email"),
            ("Connections:mail:Settings:Host", "localhost"),
            ("Connections:mail:Settings:Port", server.Port.ToString(CultureInfo.InvariantCulture)),
            ("Connections:mail:Settings:Security", "none"),
            ("Connections:mail:Settings:From", "hub@acme.example"));
        using var answer = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        var run = await gateway.RunAsync("live", run => run.State == RunState.Succeeded);

        var attempt = await spans.FindAsync(run.EventId, "attempt");
        var request = await spans.FindAsync(run.EventId, "request");

        Assert.Equal(attempt.SpanId, request.ParentSpanId);
        Assert.Equal(("mail", "smtp", 250), (request.GetTagItem("connectorhub.connection"), request.GetTagItem("network.protocol.name"), request.GetTagItem("smtp.response.status_code")));
        Assert.DoesNotContain(request.TagObjects, tag => $"{tag.Value}".Contains("ana@", StringComparison.Ordinal));
    }

    /// <summary>Everything that ends while it listens.</summary>
    private sealed class Spans : IDisposable
    {
        private readonly ConcurrentQueue<Activity> _ended = new();
        private readonly ActivityListener _listener;

        public Spans()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == EventTrace.SourceName,
                Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = _ended.Enqueue,
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public Task<Activity> FindAsync(string eventId, string name) => RunningGateway.EventuallyAsync(
            () => Task.FromResult(Of(eventId, name) is [var first, ..] ? first : null), $"a span '{name}'");

        public IReadOnlyList<Activity> Of(string eventId, string name) =>
            [.. _ended.Where(span => span.TraceId == EventTrace.ContextOf(eventId).TraceId && span.OperationName == name)];

        public void Dispose() => _listener.Dispose();
    }
}
