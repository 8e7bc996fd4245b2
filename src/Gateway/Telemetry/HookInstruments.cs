using System.Diagnostics.Metrics;
using ConnectorHub.Gateway.Hooks;

namespace ConnectorHub.Gateway.Telemetry;

/// <summary>What is counted of deliveries. The hook is the ledger's account, so whatever strangers type is pooled here as it is there.</summary>
internal static class HookInstruments
{
    private static readonly Meter Meter = new("ConnectorHub.Hooks");

    private static readonly Counter<long> AcceptedEvents = Meter.CreateCounter<long>(
        "connectorhub.events.accepted", "{event}", "New events that are on disk, by hook.");

    private static readonly Counter<long> DuplicateEvents = Meter.CreateCounter<long>(
        "connectorhub.events.duplicate", "{event}", "Events that were there already, by hook.");

    private static readonly Counter<long> RefusedDeliveries = Meter.CreateCounter<long>(
        "connectorhub.deliveries.refused", "{delivery}", "Deliveries that were not taken, by hook and reason. Addresses that are no hook are counted together as \"…\".");

    private static readonly Histogram<double> AnswerTime = Meter.CreateHistogram<double>(
        "connectorhub.accept.duration",
        "s",
        "From a delivery's first byte to its 200, stored durably.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] });

    public static void Accepted(string hook, int events, int duplicates)
    {
        var label = new KeyValuePair<string, object?>("hook", hook);
        if (events > 0)
        {
            AcceptedEvents.Add(events, label);
        }

        if (duplicates > 0)
        {
            DuplicateEvents.Add(duplicates, label);
        }
    }

    public static void Refused(string hook, HookNoteKind kind) => RefusedDeliveries.Add(1, new("hook", hook), new("reason", Word(kind)));

    public static void Answered(TimeSpan elapsed) => AnswerTime.Record(elapsed.TotalSeconds);

    private static string Word(HookNoteKind kind) => kind switch
    {
        HookNoteKind.NoProof => "no_proof",
        HookNoteKind.Malformed => "malformed",
        HookNoteKind.OutsideWindow => "outside_window",
        HookNoteKind.WrongProof => "wrong_proof",
        HookNoteKind.NotSupported => "not_supported",
        HookNoteKind.NotConfigured => "not_configured",
        HookNoteKind.NotJson => "not_json",
        HookNoteKind.NoSuchHook => "no_such_hook",
        HookNoteKind.TooLarge => "too_large",
        HookNoteKind.TooSlow => "too_slow",
        HookNoteKind.StoreBusy => "store_busy",
        _ => "other",
    };
}
