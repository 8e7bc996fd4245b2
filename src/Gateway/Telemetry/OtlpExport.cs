using System.Reflection;
using ConnectorHub.Gateway.Settings;
using ConnectorHub.Runs.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ConnectorHub.Gateway.Telemetry;

/// <summary>
/// Sends metrics and traces to a collector. Only here is OpenTelemetry named, and it is loaded only where a collector is set: by
/// <c>Telemetry:Otlp</c> or by the standard OTEL_ variables, which also choose headers, sampling and intervals.
/// </summary>
internal sealed class OtlpExport : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(10);

    private readonly Sight _sight;
    private readonly TimeProvider _time;
    private readonly MeterProvider _metrics;
    private readonly TracerProvider _traces;

    /// <param name="gauges">There before they are collected.</param>
    public OtlpExport(TelemetryOptions options, Sight sight, HubGauges gauges, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(gauges);
        (_sight, _time) = (sight, time);
        var resource = ResourceBuilder.CreateEmpty()
            .AddService("connectorhub", serviceVersion: Assembly.GetExecutingAssembly().GetName().Version?.ToString(3))
            .AddTelemetrySdk()
            .AddEnvironmentVariableDetector();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter("ConnectorHub.*")
            .AddOtlpExporter(exporter => Point(exporter, options, "v1/metrics"))
            .Build();
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(EventTrace.SourceName)
            .AddOtlpExporter(exporter => Point(exporter, options, "v1/traces"))
            .Build();
    }

    /// <summary>What waits to be sent goes out now.</summary>
    public void Flush()
    {
        _traces.ForceFlush();
        _metrics.ForceFlush();
    }

    public override void Dispose()
    {
        _traces.Dispose();
        _metrics.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timer = new PeriodicTimer(BetweenLooks, _time);
            do
            {
                await _sight.LookAsync(stoppingToken).ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // The hub stops.
        }
    }

    // An address in the settings goes before the variables; without one the exporter reads them itself.
    private static void Point(OtlpExporterOptions exporter, TelemetryOptions options, string signal)
    {
        if (options.Otlp is { } collector)
        {
            exporter.Protocol = options.Protocol == OtlpProtocol.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
            exporter.Endpoint = options.Protocol == OtlpProtocol.Grpc ? collector : new Uri($"{collector.AbsoluteUri.TrimEnd('/')}/{signal}");
        }
    }
}
