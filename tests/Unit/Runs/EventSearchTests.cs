using System.Reflection;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Tests.Unit.Runs;

public class EventSearchTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 14, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_search_that_takes_too_long_says_how_far_back_it_came()
    {
        var clock = new PagedClock();
        var asked = new List<EventQuery>();
        var store = StoreDouble.That(query =>
        {
            asked.Add(query);
            clock.Passed += TimeSpan.FromSeconds(2);
            return new EventPage(asked.Count == 2 ? [Row("evt_hit")] : [], 2000, $"evt_{asked.Count}", Start.AddHours(-asked.Count), End: false);
        });

        var found = await new EventSearch(store, clock).FindAsync("ana@shop.example", 5, TestContext.Current.CancellationToken);

        Assert.Equal(["evt_hit"], found.Events.Select(row => row.Id));
        Assert.Equal((false, 6000L, Start.AddHours(-3), false), (found.More, found.Searched, found.Since!.Value, found.Everything));
        Assert.Equal([null, "evt_1", "evt_2"], asked.Select(query => query.BeforeId));
    }

    [Fact]
    public async Task A_search_ends_with_one_more_than_was_asked_for_and_does_not_show_it()
    {
        var pages = 0;
        var store = StoreDouble.That(query => new EventPage([.. Enumerable.Range(0, Math.Min(query.Limit, 2)).Select(i => Row($"evt_{pages++}{i}"))], 2, "evt_0", Start, End: false));

        var found = await new EventSearch(store, new PagedClock()).FindAsync("x", 3, TestContext.Current.CancellationToken);

        Assert.Equal((3, true, false), (found.Events.Count, found.More, found.Everything));
    }

    [Fact]
    public async Task A_search_through_everything_says_so()
    {
        var found = await new EventSearch(StoreDouble.That(_ => new EventPage([], 0, null, null, End: true)), new PagedClock()).FindAsync("x", 3, TestContext.Current.CancellationToken);

        Assert.Equal((0, false, null, true), (found.Events.Count, found.More, found.Since, found.Everything));
    }

    private static EventRow Row(string id) => new(id, "spot", "live.updated", "meltingspot", "live.updated", null, null, null, false, Start, default, [], 0, 0, null);

    private sealed class PagedClock : TimeProvider
    {
        public TimeSpan Passed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Passed.Ticks;
    }

    /// <summary>A store of which only pages of a search are asked for.</summary>
    public class StoreDouble : DispatchProxy
    {
        private Func<EventQuery, EventPage>? _page;

        public static IHubStore That(Func<EventQuery, EventPage> page)
        {
            var store = Create<IHubStore, StoreDouble>();
            ((StoreDouble)store)._page = page;
            return store;
        }

        protected override object Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod?.Name == nameof(IHubStore.SearchEventsAsync) ? Task.FromResult(_page!((EventQuery)args![0]!)) : throw new NotSupportedException(targetMethod?.Name);
    }
}
