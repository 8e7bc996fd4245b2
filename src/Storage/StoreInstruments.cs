using System.Diagnostics.Metrics;

namespace ConnectorHub.Storage;

/// <summary>What is timed and counted of the store's writer: once a commit, not once a write.</summary>
internal static class StoreInstruments
{
    private static readonly Meter Meter = new("ConnectorHub.Storage");

    private static readonly Histogram<long> Batch = Meter.CreateHistogram<long>(
        "connectorhub.store.batch.size",
        "{write}",
        "Writes that shared one commit.",
        advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000] });

    private static readonly Histogram<double> Commit = Meter.CreateHistogram<double>(
        "connectorhub.store.commit.duration",
        "s",
        "How long one transaction took, from its begin to the end of its commit.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5] });

    public static void Committed(int writes, TimeSpan elapsed)
    {
        Batch.Record(writes);
        Commit.Record(elapsed.TotalSeconds);
    }
}
