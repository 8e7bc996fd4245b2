using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace ConnectorHub.Gateway.Telemetry;

/// <summary>What a family of series is to Prometheus.</summary>
internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}

/// <summary>All series of one instrument. Measuring takes one look-up and one short lock, and allocates only for a new series.</summary>
internal sealed class MetricFamily
{
    /// <summary>Past so many series further ones are added up without labels: a fault of ours must not fill the memory.</summary>
    private const int MostSeries = 5000;

    private readonly ConcurrentDictionary<Labels, MetricSeries> _series = new();

    public MetricFamily(Instrument instrument)
    {
        Instrument = instrument;
        Kind = KindOf(instrument);
        Bounds = instrument switch
        {
            Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
            Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
            _ => [],
        };
    }

    public Instrument Instrument { get; }

    public MetricKind Kind { get; }

    public double[] Bounds { get; }

    /// <summary>In the order of their labels.</summary>
    public IEnumerable<MetricSeries> Series => _series.OrderBy(pair => pair.Key.ToString(), StringComparer.Ordinal).Select(pair => pair.Value);

    /// <summary>An observed instrument says everything anew; what it leaves out is gone.</summary>
    public void Clear()
    {
        if (Instrument.IsObservable)
        {
            _series.Clear();
        }
    }

    public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        var key = Labels.Of(labels);
        if (!_series.TryGetValue(key, out var series))
        {
            var full = _series.Count >= MostSeries;
            series = full ? _series.GetOrAdd(default, _ => new MetricSeries([], Bounds)) : _series.GetOrAdd(key, static (_, made) => made, new MetricSeries(labels.ToArray(), Bounds));
        }

        series.Add(value, Kind, replace: Instrument.IsObservable);
    }

    private static MetricKind KindOf(Instrument instrument)
    {
        var type = instrument.GetType().GetGenericTypeDefinition();
        return type == typeof(Counter<>) || type == typeof(ObservableCounter<>) ? MetricKind.Counter
            : type == typeof(Histogram<>) ? MetricKind.Histogram
            : MetricKind.Gauge;
    }

    // The instruments of this hub have two labels at most, and give them in one order.
    private readonly record struct Labels(string? First, string? Second)
    {
        public static Labels Of(ReadOnlySpan<KeyValuePair<string, object?>> labels) => new(
            labels.Length > 0 ? labels[0].Value as string : null,
            labels.Length > 1 ? labels[1].Value as string : null);

        public override string ToString() => $"{First}\n{Second}";
    }
}

/// <summary>One series: its labels and what was measured.</summary>
internal sealed class MetricSeries(KeyValuePair<string, object?>[] labels, double[] bounds)
{
    private readonly Lock _gate = new();
    private readonly long[] _buckets = new long[bounds.Length + 1];
    private double _value;
    private long _count;

    public IReadOnlyList<KeyValuePair<string, object?>> Labels => labels;

    public void Add(double value, MetricKind kind, bool replace)
    {
        lock (_gate)
        {
            _value = replace ? value : _value + value;
            if (kind == MetricKind.Histogram)
            {
                _count++;
                _buckets[Bucket(value)]++;
            }
        }
    }

    /// <summary>The value or sum, the count, and how many were measured in each bucket.</summary>
    public (double Value, long Count, long[] Buckets) Read()
    {
        lock (_gate)
        {
            return (_value, _count, [.. _buckets]);
        }
    }

    // A bound belongs to the bucket below it.
    private int Bucket(double value)
    {
        var at = Array.BinarySearch(bounds, value);
        return at >= 0 ? at : ~at;
    }
}
