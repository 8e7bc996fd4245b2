using System.Diagnostics.Metrics;
using ConnectorHub.Gateway.Hosting;
using ConnectorHub.Runs.Connections;
using ConnectorHub.Runs.Store;
using ConnectorHub.Runs.Work;
using ConnectorHub.Scripting;

namespace ConnectorHub.Gateway.Telemetry;

/// <summary>How the hub is at the moment somebody asks. Costs nothing until then.</summary>
internal sealed class HubGauges : IDisposable
{
    private readonly Meter _meter;
    private readonly Sight _sight;
    private readonly Pacing _pacing;
    private readonly IConnections _connections;
    private readonly TimeProvider _time;

    public HubGauges(Sight sight, StoreDoor door, WorkQueue work, ScriptPool scripts, Pacing pacing, IConnections connections, TimeProvider time)
    {
        (_sight, _pacing, _connections, _time) = (sight, pacing, connections, time);
        // The scope tells the gauges of one hub from those of another in the same process.
        _meter = new Meter(new MeterOptions("ConnectorHub.Gateway") { Scope = this });
        OfStore(door);
        OfWork(work, scripts);
        OfConnections();
        OfProcess();
    }

    public void Dispose() => _meter.Dispose();

    private void OfStore(StoreDoor door)
    {
        _meter.CreateObservableUpDownCounter("connectorhub.runs", RunsByState, "{run}", "Runs in the store, by state.");
        _meter.CreateObservableGauge("connectorhub.runs.oldest_due.age", () => _sight.Last is { } seen ? Sight.Late(seen.Counts, _time.GetUtcNow()).TotalSeconds : 0, "s", "How late the oldest run is that could go on now; 0 where none waits.");
        _meter.CreateObservableGauge("connectorhub.events.stored", () => _sight.Last?.Counts.Events ?? 0, "{event}", "Events in the store.");
        _meter.CreateObservableGauge("connectorhub.store.available", () => door.Store.CanCommit ? 1 : 0, null, "1 while the store can commit, 0 while platforms are answered 503.");
        _meter.CreateObservableGauge("connectorhub.store.writes.waiting", () => door.WaitingWrites, "{write}", "Writes that wait for the store's writer.");
    }

    private void OfWork(WorkQueue work, ScriptPool scripts)
    {
        _meter.CreateObservableGauge("connectorhub.work.busy", () => work.Busy, "{run}", "Runs being worked on now; at most Runs:Concurrency.");
        _meter.CreateObservableGauge("connectorhub.work.room", () => work.Room, "{run}", "Free places before the workers; at 0 runs wait in the store, and nothing is lost.");
        _meter.CreateObservableGauge("connectorhub.script.hosts", () => scripts.Status.Running, "{process}", "Script processes that run; 0 before the first script.");
    }

    private void OfConnections()
    {
        _meter.CreateObservableGauge("connectorhub.connection.blocked", Blocked, null, "1 while a connection waits for a person, by connection.");
        _meter.CreateObservableGauge("connectorhub.connection.waiting", Waiting, "{run}", "Runs with a turn ahead of them at a connection's limit, by connection.");
        _meter.CreateObservableGauge("connectorhub.connection.wait", Wait, "s", "How long until a connection's pause is over or its last waiting turn comes, by connection.");
        _meter.CreateObservableGauge("connectorhub.connection.calls_left", CallsLeft, "{call}", "Calls a platform last said were left, by connection; only where it says so.");
    }

    private void OfProcess()
    {
        _meter.CreateObservableCounter("process.cpu.time", () => Environment.CpuUsage.TotalTime.TotalSeconds, "s", "Processor time of the gateway, its script processes not included.");
        _meter.CreateObservableGauge("process.memory.usage", () => Environment.WorkingSet, "By", "Memory of the gateway, its script processes not included.");
    }

    private IEnumerable<Measurement<long>> RunsByState() =>
        from count in _sight.Last?.Counts.Runs ?? new Dictionary<RunState, long>()
        select new Measurement<long>(count.Value, new KeyValuePair<string, object?>("state", count.Key.ToString()));

    private IEnumerable<Measurement<int>> Blocked() =>
        _sight.Last is { } seen ? ByConnection<int>(connection => seen.Blocked.Contains(connection) ? 1 : 0) : [];

    private IEnumerable<Measurement<int>> Waiting() => ByConnection<int>(connection => _pacing.View(connection)?.Runs ?? 0);

    private IEnumerable<Measurement<double>> Wait() =>
        ByConnection<double>(connection => _pacing.View(connection) is { } view ? Math.Max(0, (view.Until - _time.GetUtcNow()).TotalSeconds) : 0);

    private IEnumerable<Measurement<long>> CallsLeft() => ByConnection<long>(_pacing.CallsLeft);

    private IEnumerable<Measurement<T>> ByConnection<T>(Func<string, T?> value)
        where T : struct =>
        from connection in _connections.Current.All.Select(connection => connection.Name).Order(StringComparer.Ordinal)
        let measured = value(connection)
        where measured is not null
        select new Measurement<T>(measured.Value, new KeyValuePair<string, object?>("connection", connection));
}
