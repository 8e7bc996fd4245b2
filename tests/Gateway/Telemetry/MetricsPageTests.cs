using System.Diagnostics.Metrics;
using System.Net;
using ConnectorHub.Gateway.Telemetry;
using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.Gateway.Service;
using ConnectorHub.Tests.Gateway.Support;

namespace ConnectorHub.Tests.Gateway.Telemetry;

/// <summary>The page of metrics: each line by the format's grammar, and its figures against what was done.</summary>
public class MetricsPageTests
{
    private const string Recipe = """
        version: 1
        name: Counted
        when: { source: webhook, event: booked, connection: counted }
        steps:
          - id: post
            use: slack.post-message
            connection: counted-slack
            with: { channel: "C0123456789", text: "hello" }
            retry: []
        """;

    [Fact]
    public async Task What_was_accepted_refused_repeated_and_sent_is_on_the_page()
    {
        await using var slack = await FakeSlack.StartAsync();
        await using var gateway = await StartAsync(slack.Address);
        Assert.Equal(HttpStatusCode.OK, await PostAsync(gateway, "counted/booked?token=counted-token", "1"));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(gateway, "counted/booked?token=counted-token", "1"));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(gateway, "counted/booked?token=other", "2"));
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(gateway, $"stranger-{i}", "3"));
        }

        await gateway.RunAsync("counted", run => run.State == RunState.Succeeded);
        var text = await gateway.GetAsync("/metrics");
        var page = new Exposition(text);

        Assert.Equal(Rows(text), OperatorPageTests.Page.Split('\n').Where(line => line.StartsWith("| `connectorhub_", StringComparison.Ordinal) || line.StartsWith("| `process_", StringComparison.Ordinal)).Where(line => line.Split('|').Length == 5));
        Assert.Equal(1, page["""connectorhub_events_accepted_total{hook="counted/booked"}"""]);
        Assert.Equal(1, page["""connectorhub_events_duplicate_total{hook="counted/booked"}"""]);
        Assert.Equal(1, page["""connectorhub_deliveries_refused_total{hook="counted/booked",reason="wrong_proof"}"""]);
        Assert.Equal(1, page["""connectorhub_attempts_total{connection="counted-slack",outcome="done"}"""]);
        Assert.Equal(1, page["""connectorhub_call_duration_seconds_count{connection="counted-slack"}"""]);
        Assert.Equal(1, page["""connectorhub_runs{state="Succeeded"}"""]);
        Assert.Equal(0, page["""connectorhub_connection_blocked{connection="counted-slack"}"""]);
        Assert.Equal(1, page["connectorhub_store_available"]);
        Assert.Equal(0, page["connectorhub_runs_oldest_due_age_seconds"]);
        Assert.True(page["connectorhub_accept_duration_seconds_count"] >= 2);
        Assert.True(page["connectorhub_store_commit_duration_seconds_count"] > 0);
        Assert.DoesNotContain(page.Names, name => name.Contains("stranger", StringComparison.Ordinal) || name.Contains("token", StringComparison.Ordinal));
        Assert.True(page.Has("""connectorhub_deliveries_refused_total{hook="…",reason="no_such_hook"}"""));
    }

    [Fact]
    public async Task The_page_opens_without_a_token_only_where_the_settings_say_so()
    {
        await using (var gateway = await RunningGateway.StartAsync(null, Bodies.Live))
        {
            using var answer = await gateway.Admin.GetAsync(new Uri("/metrics", UriKind.Relative));
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        await using (var open = await RunningGateway.StartAsync(null, Bodies.Live, null, ("Hub:Metrics", "Open")))
        {
            using var answer = await open.Admin.GetAsync(new Uri("/metrics", UriKind.Relative));
            Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
            Assert.NotEmpty(new Exposition(await answer.Content.ReadAsStringAsync()).Types);
            using var api = await open.Admin.GetAsync(new Uri("/api/status", UriKind.Relative));
            Assert.Equal(HttpStatusCode.Unauthorized, api.StatusCode);
            using var outside = await open.Http.GetAsync(new Uri("/metrics", UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, outside.StatusCode);
        }
    }

    [Fact]
    public void Labels_and_helps_are_escaped_and_histograms_add_up()
    {
        using var meter = new Meter("ConnectorHub.Escapes");
        var counter = meter.CreateCounter<long>("a.b", "{x}", "A \\ and\na line.");
        var times = meter.CreateHistogram<double>("t", "s", "Times.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
        var family = new MetricFamily(counter);
        family.Add(2, [new("l", "q\"b\\n\nend")]);
        var histogram = new MetricFamily(times);
        foreach (var value in (double[])[0.05, 0.1, 0.5, 7])
        {
            histogram.Add(value, []);
        }

        var page = PrometheusText.Write([family, histogram]);

        Assert.Equal(
            """
            # HELP a_b_total A \\ and\na line.
            # TYPE a_b_total counter
            a_b_total{l="q\"b\\n\nend"} 2
            # HELP t_seconds Times.
            # TYPE t_seconds histogram
            t_seconds_bucket{le="0.1"} 2
            t_seconds_bucket{le="1"} 3
            t_seconds_bucket{le="+Inf"} 4
            t_seconds_sum 7.65
            t_seconds_count 4

            """,
            page);
        Assert.Equal(4, new Exposition(page)["t_seconds_count"]);
    }

    [Fact]
    public void Without_end_of_labels_the_memory_still_has_an_end()
    {
        using var meter = new Meter("ConnectorHub.Endless");
        var family = new MetricFamily(meter.CreateCounter<long>("endless"));
        for (var i = 0; i < 6000; i++)
        {
            family.Add(1, [new("hook", $"{i}")]);
        }

        Assert.Equal(5001, family.Series.Count());
        Assert.Equal(6000, family.Series.Sum(series => series.Read().Value));
    }

    // The table of the operator's page, from what the program shows.
    private static IEnumerable<string> Rows(string text) =>
        from pair in text.Split('\n').Where(line => line.StartsWith("# ", StringComparison.Ordinal)).Chunk(2)
        let help = pair[0].Split(' ', 4)
        select $"| `{help[2]}` | {pair[1].Split(' ')[3]} | {help[3]} |";

    private static Task<RunningGateway> StartAsync(string slack) => RunningGateway.StartAsync(
        null,
        new Dictionary<string, string> { ["counted"] = Recipe },
        null,
        ("Connections:counted:Connector", "webhook"),
        ("Connections:counted:Secrets:UrlToken", "counted-token"),
        ("Hooks:counted/booked:Dedupe", "body order.id"),
        ("Connections:counted-slack:Connector", "slack"),
        ("Connections:counted-slack:Secrets:BotToken", "xoxb-counted"),
        ("Connections:counted-slack:BaseUrl", slack));

    private static async Task<HttpStatusCode> PostAsync(RunningGateway gateway, string address, string order)
    {
        using var answer = await gateway.Http.PostAsync(new Uri($"/hooks/{address}", UriKind.Relative), new StringContent($$$"""{"order":{"id":"{{{order}}}"}}"""));
        return answer.StatusCode;
    }
}
