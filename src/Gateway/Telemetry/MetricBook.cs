using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace ConnectorHub.Gateway.Telemetry;

/// <summary>Adds up what the hub's instruments measure, from its start on, for the page of metrics.</summary>
internal sealed class MetricBook : IDisposable
{
    private readonly ConcurrentDictionary<Instrument, MetricFamily> _families = new();
    private readonly MeterListener _listener = new();
    private readonly Lock _collecting = new();
    private readonly Sight _sight;

    public MetricBook(Sight sight, HubGauges gauges)
    {
        _sight = sight;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (IsOurs(instrument.Meter, gauges))
            {
                listener.EnableMeasurementEvents(instrument, _families.GetOrAdd(instrument, static one => new MetricFamily(one)));
            }
        };
        _listener.SetMeasurementEventCallback<int>(static (_, value, labels, family) => ((MetricFamily)family!).Add(value, labels));
        _listener.SetMeasurementEventCallback<long>(static (_, value, labels, family) => ((MetricFamily)family!).Add(value, labels));
        _listener.SetMeasurementEventCallback<double>(static (_, value, labels, family) => ((MetricFamily)family!).Add(value, labels));
        _listener.Start();
    }

    /// <summary>Whether a meter belongs to this hub.</summary>
    public static bool IsOurs(Meter meter, object gauges) =>
        meter.Name.StartsWith("ConnectorHub.", StringComparison.Ordinal) && (meter.Scope is null || ReferenceEquals(meter.Scope, gauges));

    /// <summary>Everything as it is now, by name.</summary>
    public async Task<string> PageAsync(CancellationToken cancellationToken)
    {
        await _sight.LookAsync(cancellationToken).ConfigureAwait(false);
        lock (_collecting)
        {
            foreach (var family in _families.Values)
            {
                family.Clear();
            }

            _listener.RecordObservableInstruments();
            return PrometheusText.Write(_families.Values);
        }
    }

    public void Dispose() => _listener.Dispose();
}
