using ConnectorHub.Abstractions;
using ConnectorHub.Runs.Connections;

namespace ConnectorHub.Tests.Unit.Runs;

/// <summary>What platforms say of their limits with every answer.</summary>
public class AllowanceTests
{
    // 2026-11-21T12:00:00Z is 1795262400.
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("X-HubSpot-RateLimit-Remaining: 0|X-HubSpot-RateLimit-Interval-Milliseconds: 10000", 10)]
    [InlineData("x-hubspot-ratelimit-remaining: 0|x-hubspot-ratelimit-interval-milliseconds: 250", 0.25)]
    [InlineData("X-HubSpot-RateLimit-Daily-Remaining: 0|X-HubSpot-RateLimit-Remaining: 99|X-HubSpot-RateLimit-Interval-Milliseconds: 10000", 3600)]
    [InlineData("RateLimit-Remaining: 0|RateLimit-Reset: 42", 42)]
    [InlineData("X-RateLimit-Remaining: 0|X-RateLimit-Reset: 42", 42)]
    [InlineData("X-RateLimit-Remaining: 0|X-RateLimit-Reset: 1795262460", 60)]
    [InlineData("X-RateLimit-Remaining: 0|X-RateLimit-Reset: 1795262460.5", 60.5)]
    [InlineData("X-RateLimit-Remaining: 0|X-RateLimit-Reset: 1795262460000", 60)]
    [InlineData("X-RateLimit-Remaining: 0|X-RateLimit-Reset: 90000000", 86400)]
    [InlineData("Sforce-Limit-Info: api-usage=15000/15000", 3600)]
    [InlineData("Sforce-Limit-Info: api-usage=15001/15000; per-app-api-usage=17/250(appName=sample)", 3600)]
    public void Nothing_left_says_how_long(string headers, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Allowance.Spent(Answer(headers), Now));

    [Theory]
    [InlineData("")]
    [InlineData("X-HubSpot-RateLimit-Remaining: 1|X-HubSpot-RateLimit-Interval-Milliseconds: 10000")]
    [InlineData("X-HubSpot-RateLimit-Remaining: 0")]
    [InlineData("X-HubSpot-RateLimit-Remaining: 0|X-HubSpot-RateLimit-Interval-Milliseconds: -1")]
    [InlineData("X-HubSpot-RateLimit-Remaining: -0|X-HubSpot-RateLimit-Interval-Milliseconds: 10000")]
    [InlineData("X-RateLimit-Remaining: 0|X-RateLimit-Reset: 1795262399")]
    [InlineData("X-RateLimit-Remaining: 0|X-RateLimit-Reset: 99999999999999999999999999999")]
    [InlineData("X-RateLimit-Remaining: 0|X-RateLimit-Reset: 1e9")]
    [InlineData("X-RateLimit-Remaining: 0|X-RateLimit-Reset: NaN")]
    [InlineData("X-RateLimit-Remaining: 0|X-RateLimit-Reset: Sat, 21 Nov 2026 12:01:00 GMT")]
    [InlineData("X-RateLimit-Remaining: |X-RateLimit-Reset: 42")]
    [InlineData("Sforce-Limit-Info: api-usage=14999/15000")]
    [InlineData("Sforce-Limit-Info: api-usage=0/0")]
    [InlineData("Sforce-Limit-Info: api-usage=1/2/3")]
    [InlineData("Sforce-Limit-Info: per-app-api-usage=250/250(appName=sample)")]
    public void Anything_else_says_nothing(string headers) => Assert.Null(Allowance.Spent(Answer(headers), Now));

    [Fact]
    public void A_connection_that_is_told_pauses_and_its_runs_come_back_one_by_one()
    {
        var pace = new Pace(new RateLimit(60, 60, 10));
        pace.Pause(TimeSpan.FromHours(30), "its calls are used up", Now);

        Assert.Equal(Now.AddHours(24), pace.Enter("run_0", Now));
        Assert.Equal(Now.AddHours(24).AddSeconds(1), pace.Enter("run_1", Now));
        Assert.Equal("its calls are used up", pace.View(Now)!.Why);
    }

    private static SendReply.Answered Answer(string headers) => new(
        200,
        [.. headers.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(':', 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1]))],
        default,
        false);
}
