using ConnectorHub.Gateway.Admin;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Tests.Gateway.Telemetry;

public class ReadinessTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 14, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(15);

    [Theory]
    [InlineData(0)]
    [InlineData(899)]
    [InlineData(-3600)]
    public void A_hub_whose_work_is_in_time_is_ready(int lateSeconds) => Assert.Null(Health.Hindrance(true, Counts(lateSeconds), Bound, Now));

    [Fact]
    public void A_hub_with_nothing_due_is_ready() => Assert.Null(Health.Hindrance(true, new StoreCounts(5, new Dictionary<RunState, long>(), null), Bound, Now));

    [Fact]
    public void A_hub_that_cannot_commit_or_is_too_late_says_why_it_is_not_ready()
    {
        Assert.Equal("the store cannot commit", Health.Hindrance(false, Counts(0), Bound, Now));
        Assert.Equal("the oldest due run is 901s late; Runs:LateAfter is 15m", Health.Hindrance(true, Counts(901), Bound, Now));
    }

    private static StoreCounts Counts(int lateSeconds) => new(5, new Dictionary<RunState, long>(), Now - TimeSpan.FromSeconds(lateSeconds));
}
