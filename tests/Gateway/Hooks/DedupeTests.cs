using System.Text;
using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.Gateway.Support;

namespace ConnectorHub.Tests.Gateway.Hooks;

/// <summary>What tells a repetition, for a sender nobody knows.</summary>
public class DedupeTests
{
    private const string Paid = """{"order":{"id":"A7"},"total":12}""";

    [Fact]
    public async Task Without_a_rule_equal_deliveries_are_two_events()
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live);

        Assert.Equal([false, false], await PostAsync(gateway, (Paid, "d1"), (Paid, "d1")));
    }

    [Fact]
    public async Task A_header_rule_takes_the_same_id_for_the_same_event_and_reports_another_body()
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live, null, ("Hooks:inbox/paid:Dedupe", "header X-Delivery"));

        Assert.Equal([false, true, true, false], await PostAsync(gateway, (Paid, "d1"), (Paid, "d1"), ("{}", "d1"), (Paid, "d2")));
        var first = (await gateway.Store.ListEventsAsync(new EventQuery(), CancellationToken.None))[^1];
        Assert.Equal((2, 1), (first.Duplicates, first.OtherBodies));
    }

    [Fact]
    public async Task A_body_rule_takes_the_same_order_for_the_same_event()
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live, null, ("Hooks:inbox/paid:Dedupe", "body order.id"));

        Assert.Equal([false, true, false], await PostAsync(gateway, (Paid, "d1"), (Paid, "d2"), (Paid.Replace("A7", "A8", StringComparison.Ordinal), "d1")));
    }

    [Fact]
    public async Task A_content_rule_takes_equal_bytes_for_the_same_event()
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live, null, ("Hooks:inbox/paid:Dedupe", "content 10m"));

        Assert.Equal([false, true, false], await PostAsync(gateway, (Paid, "d1"), (Paid, "d2"), (Paid + " ", "d1")));
    }

    private static async Task<IReadOnlyList<bool>> PostAsync(RunningGateway gateway, params (string Body, string Delivery)[] deliveries)
    {
        var duplicates = new List<bool>();
        foreach (var (body, delivery) in deliveries)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/hooks/inbox/paid?token={RunningGateway.UrlToken}") { Content = new StringContent(body, Encoding.UTF8) };
            request.Headers.Add("X-Delivery", delivery);
            using var answer = await gateway.Http.SendAsync(request);
            Assert.True(answer.IsSuccessStatusCode);
            duplicates.Add((await answer.Content.ReadAsStringAsync()).Contains("duplicate", StringComparison.Ordinal));
        }

        return duplicates;
    }
}
