using System.Reflection;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Store;
using ConnectorHub.Runs.Work;
using ConnectorHub.Values;
using Microsoft.Extensions.Logging.Abstractions;

namespace ConnectorHub.Tests.Unit.Runs;

public class TimelyAcceptTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);
    private static readonly Delivery Delivery = new("spot", "live.updated", new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero), []);

    [Theory]
    [InlineData(3, 5, 0, 1.8, 2.7)]
    [InlineData(30, 5, 0, 5, 27)]
    [InlineData(10, 5, 2, 3, 7)]
    [InlineData(3, 5, 10, 0.05, 0.05)]
    public void The_sender_hears_an_answer_before_its_own_clock_runs_out(double timeout, double acceptDeadline, double spent, double toBegin, double toEnd)
    {
        var left = AnswerTime.Of(TimeSpan.FromSeconds(timeout), TimeSpan.FromSeconds(acceptDeadline), TimeSpan.FromSeconds(spent));

        Assert.Equal((TimeSpan.FromSeconds(toBegin), TimeSpan.FromSeconds(toEnd)), (left.ToBegin, left.ToEnd));
    }

    [Fact]
    public async Task A_write_that_never_begins_is_cancelled_and_answered_busy()
    {
        var store = StoreDouble.That(async token =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return [];
        });

        Assert.IsType<ReceiveAnswer.Busy>(await StoreAsync(store, new AnswerTime(Short, Long)));
    }

    [Fact]
    public async Task A_write_that_began_and_hangs_is_answered_busy_all_the_same()
    {
        var hanging = new TaskCompletionSource<IReadOnlyList<AcceptedEvent>>();

        Assert.IsType<ReceiveAnswer.Busy>(await StoreAsync(StoreDouble.That(_ => hanging.Task), new AnswerTime(Short, Short)));
    }

    [Fact]
    public async Task A_write_that_ends_in_time_is_accepted()
    {
        var accepted = new AcceptedEvent("evt_1", null, true, [], Test: false);
        var known = KnownEvent.Create("evt_1", null, "meltingspot", "live.updated", null, Delivery.ReceivedAt, false, "spot/live.updated", Value.Map([]));
        var arrival = new Arrival(new IncomingEvent("evt_1", known.Source, known.Type, null, known.ReceivedAt, null, null, false, default, [], []), known);

        var answer = await StoreAsync(StoreDouble.That(_ => Task.FromResult<IReadOnlyList<AcceptedEvent>>([accepted])), new AnswerTime(Long, Long), arrival);

        Assert.Equal([accepted], Assert.IsType<ReceiveAnswer.Accepted>(answer).Events);
    }

    private static Task<ReceiveAnswer> StoreAsync(IHubStore store, AnswerTime left, params Arrival[] arrivals)
    {
        var work = new WorkQueue(1, TimeProvider.System, NullLogger<WorkQueue>.Instance);
        return new TimelyAccept(store, work, TimeProvider.System, NullLogger.Instance).StoreAsync(Delivery, arrivals, left, TestContext.Current.CancellationToken);
    }

    /// <summary>A store of which only the accepting write is asked for.</summary>
    public class StoreDouble : DispatchProxy
    {
        private Func<CancellationToken, Task<IReadOnlyList<AcceptedEvent>>>? _accept;

        public static IHubStore That(Func<CancellationToken, Task<IReadOnlyList<AcceptedEvent>>> accept)
        {
            var store = Create<IHubStore, StoreDouble>();
            ((StoreDouble)store)._accept = accept;
            return store;
        }

        protected override object Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod?.Name == nameof(IHubStore.AcceptAsync) ? _accept!((CancellationToken)args![1]!) : throw new NotSupportedException(targetMethod?.Name);
    }
}
