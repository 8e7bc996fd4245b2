using System.Text.Json.Nodes;
using ConnectorHub.Tests.Benchmarks.Gateways;
using ConnectorHub.Tests.Benchmarks.Load;
using ConnectorHub.Tests.Benchmarks.Measuring;
using ConnectorHub.Tests.Benchmarks.Searches;

namespace ConnectorHub.Tests.Benchmarks.Metrics;

/// <summary>A gateway that runs, watched in one way, and posted to by windows.</summary>
internal sealed class WatchedGateway : IAsyncDisposable
{
    private const int Connections = 64;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly GatewayFolder _gateway;
    private readonly StartedProgram _program;
    private readonly AdminDoor _door;
    private int _posted;

    private WatchedGateway(string watched, GatewayFolder gateway, StartedProgram program, AdminDoor door) =>
        (Watched, _gateway, _program, _door) = (watched, gateway, program, door);

    /// <summary>In which way.</summary>
    public string Watched { get; }

    /// <summary>As it is shipped: what it counts is added up for its page of metrics.</summary>
    public static Task<WatchedGateway> StartAsync(string watched, string folder, string? program, Uri? collector, CancellationToken cancellationToken)
    {
        var gateway = Folder(folder);
        if (collector is not null)
        {
            var settings = JsonNode.Parse(File.ReadAllText(gateway.Settings))!;
            settings["Telemetry"] = new JsonObject { ["Otlp"] = collector.AbsoluteUri };
            File.WriteAllText(gateway.Settings, settings.ToJsonString());
        }

        return OpenAsync(watched, gateway, gateway.Start(program), cancellationToken);
    }

    /// <summary>With the runtime's own switch that takes every meter out: the calls that count are there, and nobody hears them.</summary>
    public static Task<WatchedGateway> StartUnwatchedAsync(string watched, string folder, string? program, CancellationToken cancellationToken)
    {
        var gateway = Folder(folder);
        var built = Programs.Gateway(program);
        var config = JsonNode.Parse(File.ReadAllText(Path.ChangeExtension(built, ".runtimeconfig.json")))!;
        config["runtimeOptions"]!["configProperties"]!["System.Diagnostics.Metrics.Meter.IsSupported"] = false;
        var file = Path.Combine(folder, "unwatched.runtimeconfig.json");
        File.WriteAllText(file, config.ToJsonString());
        var started = StartedProgram.Start("exec", ["--runtimeconfig", file, built, "serve", "--settings", gateway.Settings], gateway.Log);
        return OpenAsync(watched, gateway, started, cancellationToken);
    }

    /// <summary>Posts so many new events, of which the recipe wants none.</summary>
    /// <returns>Microseconds of processor time an event, and events a second.</returns>
    public async Task<(double Cpu, double Rate)> PostAsync(int count, CancellationToken cancellationToken)
    {
        var plan = new LoadPlan(_gateway.Hook, SignedEvents.Secret, "b", "Planned", _posted, count, Connections, 0, Limit);
        using var driver = new LoadDriver(plan, TimeProvider.System);
        var before = ProcessMeter.Read(_program.Id);
        var result = await driver.RunAsync(cancellationToken);
        var after = ProcessMeter.Read(_program.Id);
        _posted += count;
        return result.Accepted == count
            ? ((after.Cpu - before.Cpu).TotalMicroseconds / count, result.Rate)
            : throw new BenchException($"'{Watched}' accepted {result.Accepted} of {count} events; its log is {_gateway.Log}.");
    }

    /// <summary>True where its page of metrics counts events.</summary>
    public async Task<bool> CountsAsync(CancellationToken cancellationToken) =>
        (await _door.ReadAsync("/metrics", cancellationToken)).Contains("connectorhub_events_accepted_total{", StringComparison.Ordinal);

    public async ValueTask DisposeAsync()
    {
        _door.Dispose();
        _ = await _program.TerminateAsync(TimeSpan.FromSeconds(30));
        await _program.DisposeAsync();
    }

    private static GatewayFolder Folder(string folder) =>
        new(Directory.CreateDirectory(folder).FullName, BenchRecipes.Plain, new Uri("http://127.0.0.1:9"), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(10));

    private static async Task<WatchedGateway> OpenAsync(string watched, GatewayFolder gateway, StartedProgram program, CancellationToken cancellationToken) =>
        new(watched, gateway, program, await AdminDoor.OpenAsync(gateway, program, TimeProvider.System, cancellationToken));
}
