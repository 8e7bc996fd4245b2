using System.Reflection;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Retention;
using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.Unit.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace ConnectorHub.Tests.Unit.Runs;

public class ForgettingTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);
    private static readonly RetentionOptions Days = RetentionOptions.Default with { Events = TimeSpan.FromDays(90), Unmatched = TimeSpan.FromDays(30) };

    [Fact]
    public async Task A_night_removes_what_is_older_than_the_settings_say()
    {
        KeptSince? asked = null;
        using var forgetting = Of(Days, kept =>
        {
            asked = kept;
            return [new Forgotten(3, 2, 1, 0), Forgotten.Nothing, new Forgotten(1, 0, 0, 5)];
        });

        var result = await forgetting.RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(new KeptSince(Now.AddDays(-90), Now.AddDays(-30)), asked);
        Assert.Equal(new RetentionResult(Now, new Forgotten(4, 2, 1, 5), true), result);
        Assert.Equal(result, forgetting.Last);
    }

    [Fact]
    public async Task A_night_ends_when_its_time_is_over_and_the_next_goes_on()
    {
        using var forgetting = Of(Days with { Longest = TimeSpan.Zero }, _ => Enumerable.Repeat(new Forgotten(1, 0, 0, 0), 1_000));

        var result = await forgetting.RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal((1L, false), (result.Gone.Events, result.Finished));
    }

    [Theory]
    [InlineData(91, 90, "{0} is no longer kept: events are kept 90 days.")]
    [InlineData(91, 30, "{0} is no longer kept: events are kept 90 days, those that led to no run 30 days.")]
    [InlineData(31, 30, "{0} is no longer kept: events are kept 90 days, those that led to no run 30 days.")]
    [InlineData(31, 90, null)]
    public void An_id_of_something_older_than_what_is_kept_is_told(int daysAgo, int unmatched, string? told)
    {
        using var forgetting = Of(Days with { Unmatched = TimeSpan.FromDays(unmatched) }, _ => []);
        var id = new IdSource(new StoppedClock(Now.AddDays(-daysAgo))).Next("evt_");

        Assert.Equal(told?.Replace("{0}", id, StringComparison.Ordinal), forgetting.Gone(id));
    }

    [Fact]
    public void An_id_that_is_not_ours_is_not_judged()
    {
        using var forgetting = Of(Days, _ => []);

        Assert.Null(forgetting.Gone("ada@example.com"));
    }

    private static Forgetting Of(RetentionOptions options, Func<KeptSince, IEnumerable<Forgotten>> forget) =>
        new(StoreDouble.That(forget), options, new StoppedClock(Now), NullLogger<Forgetting>.Instance);

    /// <summary>A store of which only the removing is asked for.</summary>
    public class StoreDouble : DispatchProxy
    {
        private Func<KeptSince, IEnumerable<Forgotten>>? _forget;

        public static IHubStore That(Func<KeptSince, IEnumerable<Forgotten>> forget)
        {
            var store = Create<IHubStore, StoreDouble>();
            ((StoreDouble)store)._forget = forget;
            return store;
        }

        protected override object Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod?.Name == nameof(IHubStore.ForgetAsync) ? _forget!((KeptSince)args![0]!).ToAsyncEnumerable() : throw new NotSupportedException(targetMethod?.Name);
    }
}
