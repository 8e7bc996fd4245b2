using System.Diagnostics;
using System.Text;
using ConnectorHub.Gateway.Telemetry;
using ConnectorHub.Runs.Store;
using ConnectorHub.Runs.Telemetry;
using ConnectorHub.Tests.Gateway.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ConnectorHub.Tests.Gateway.Telemetry;

/// <summary>What a collector gets: one trace an event, and no word of what is in it.</summary>
public class OtlpTests
{
    [Fact]
    public async Task A_delivery_its_attempts_and_its_requests_are_one_trace_that_follows_from_the_events_id()
    {
        await using var collector = await Collector.StartAsync();
        await using var slack = await FakeSlack.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(slack.Address, Bodies.Live, null, ("Telemetry:Otlp", collector.Address));
        using var answer = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        var run = await gateway.RunAsync("live", run => run.State == RunState.Succeeded);
        Export(gateway).Flush();

        var traces = collector.All("/v1/traces");
        var trace = Convert.FromHexString(EventTrace.ContextOf(run.EventId).TraceId.ToHexString());
        Assert.True(Count(traces, Encoding.Latin1.GetString(trace)) >= 3, "receive, attempt and request share the trace of the event.");
        Assert.All((string[])["receive", "attempt", "request", run.EventId, run.Id, "post", "slack.post-message", "done", "http.response.status_code"], word => Assert.Contains(word, traces, StringComparison.Ordinal));
        Assert.All((string[])["connectorhub.events.accepted", "connectorhub.attempts", "connectorhub.store.commit.duration"], name => Assert.Contains(name, collector.All("/v1/metrics"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_of_an_events_content_and_no_secret_is_sent_to_a_collector_or_shown_on_the_page()
    {
        await using var collector = await Collector.StartAsync();
        await using var slack = await FakeSlack.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(slack.Address, Bodies.Live, null, ("Telemetry:Otlp", collector.Address));
        using var answer = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        using var inbox = await gateway.Http.PostAsync(new Uri($"/hooks/inbox?token={RunningGateway.UrlToken}", UriKind.Relative), new StringContent("""{"said":"Product"}"""));
        await gateway.RunAsync("live", run => run.State == RunState.Succeeded);
        Export(gateway).Flush();

        var said = string.Concat(collector.Heard.Select(one => one.Body)) + await gateway.GetAsync("/metrics");
        Assert.True(said.Length > 2000, "There must be something to search.");
        Assert.All(
            (string[])[RunningGateway.UrlToken, RunningGateway.BotToken, RunningGateway.SigningSecret, "Product", "chat.postMessage", "C0123456789", "token="],
            word => Assert.DoesNotContain(word, said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_collector_nothing_is_exported_and_nobody_listens()
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live);
        Assert.DoesNotContain(gateway.Services.GetServices<IHostedService>(), service => service is OtlpExport);
    }

    [Theory]
    [InlineData("false", false)]
    [InlineData("true", true)]
    public async Task A_target_gets_the_traces_id_only_where_the_settings_say_so(string send, bool expected)
    {
        using var listener = new ActivityListener { ShouldListenTo = source => source.Name == EventTrace.SourceName, Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded };
        ActivitySource.AddActivityListener(listener);
        await using var slack = await FakeSlack.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(slack.Address, Bodies.Live, null, ("Telemetry:SendTraceparent", send));
        using var answer = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        var run = await gateway.RunAsync("live", run => run.State == RunState.Succeeded);

        var id = EventTrace.ContextOf(run.EventId).TraceId.ToHexString();
        Assert.NotEmpty(slack.Traceparents);
        Assert.All(slack.Traceparents, header => Assert.Equal(expected, header.Contains(id, StringComparison.Ordinal)));
        Assert.All(slack.Traceparents, header => Assert.Equal(expected, header.Length > 0));
    }

    [Fact]
    public void The_trace_of_an_event_is_the_same_in_every_process_and_another_for_every_event()
    {
        Assert.Equal(EventTrace.ContextOf("evt_1"), EventTrace.ContextOf("evt_1"));
        Assert.Equal("7d4e5a76", EventTrace.ContextOf("evt_1").TraceId.ToHexString()[..8]);
        Assert.NotEqual(EventTrace.ContextOf("evt_1").TraceId, EventTrace.ContextOf("evt_2").TraceId);
    }

    private static OtlpExport Export(RunningGateway gateway) => gateway.Services.GetServices<IHostedService>().OfType<OtlpExport>().Single();

    private static int Count(string text, string part) => (text.Length - text.Replace(part, string.Empty, StringComparison.Ordinal).Length) / part.Length;
}
