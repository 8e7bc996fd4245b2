using System.Diagnostics;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Store;
using ConnectorHub.Runs.Telemetry;
using ConnectorHub.Values;

namespace ConnectorHub.Tests.Unit.Runs.Telemetry;

/// <summary>Which span is stored with an event: only one that somebody collects.</summary>
public class EventTraceTests
{
    private static readonly DateTimeOffset Now = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_delivery_that_is_sampled_out_or_not_traced_leaves_no_span_to_hang_from()
    {
        Assert.Null(EventTrace.Begun(Arrival("evt_1"), TimeSpan.Zero).Event.Span);
        using (Listen(ActivitySamplingResult.PropagationData))
        {
            var begun = EventTrace.Begun(Arrival("evt_1"), TimeSpan.Zero);
            Assert.Equal((null, null), (begun.Event.Span, begun.Known.Span));
        }

        using (Listen(ActivitySamplingResult.AllDataAndRecorded))
        {
            var begun = EventTrace.Begun(Arrival("evt_1"), TimeSpan.Zero);
            Assert.NotNull(begun.Event.Span);
            Assert.Equal(begun.Event.Span, begun.Known.Span);
        }
    }

    [Fact]
    public void A_span_begins_with_the_first_byte_ends_when_the_event_is_stored_and_leaves_what_is_under_way_alone()
    {
        var ended = new List<Activity>();
        using var listener = Listen(ActivitySamplingResult.AllDataAndRecorded, ended.Add);
        using var around = new Activity("request").Start();

        var begun = EventTrace.Begun(Arrival("evt_span"), TimeSpan.FromHours(1));
        Assert.Same(around, Activity.Current);
        Assert.Empty(ended);
        EventTrace.Stored(begun, new AcceptedEvent("evt_span", null, true, ["run_1"], false));

        Assert.Same(around, Activity.Current);
        var span = Assert.Single(ended);
        Assert.InRange(span.Duration, TimeSpan.FromHours(1), TimeSpan.FromHours(2));
        Assert.Equal(("spot/live.updated", "evt_span", false, 1), (span.GetTagItem("connectorhub.hook"), span.GetTagItem("connectorhub.event"), span.GetTagItem("connectorhub.duplicate"), span.GetTagItem("connectorhub.runs")));
    }

    private static Arrival Arrival(string id)
    {
        var known = KnownEvent.Create(id, null, "meltingspot", "live.updated", null, Now, false, "spot/live.updated", Value.Map([]));
        return new Arrival(new IncomingEvent(id, known.Source, known.Type, null, Now, null, null, false, default, [], []), known);
    }

    private static ActivityListener Listen(ActivitySamplingResult sampled, Action<Activity>? ended = null)
    {
        var listener = new ActivityListener { ShouldListenTo = source => source.Name == EventTrace.SourceName, Sample = (ref _) => sampled, ActivityStopped = ended };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
