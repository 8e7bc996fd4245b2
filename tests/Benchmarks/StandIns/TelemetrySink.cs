using System.Net;

namespace ConnectorHub.Tests.Benchmarks.StandIns;

/// <summary>A collector on loopback that takes metrics and traces and keeps only how much came.</summary>
internal sealed class TelemetrySink : IAsyncDisposable
{
    private readonly WebApplication _app;
    private long _traces;
    private long _metrics;

    private TelemetrySink()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(ServeAsync);
    }

    public Uri Address => new(_app.Urls.First());

    /// <summary>Bytes of traces and of metrics that came.</summary>
    public (long Traces, long Metrics) Taken => (Interlocked.Read(ref _traces), Interlocked.Read(ref _metrics));

    public static async Task<TelemetrySink> StartAsync(CancellationToken cancellationToken)
    {
        var sink = new TelemetrySink();
        await sink._app.StartAsync(cancellationToken);
        return sink;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task ServeAsync(HttpContext context)
    {
        var buffer = new byte[16 * 1024];
        var length = 0L;
        while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is var read && read > 0)
        {
            length += read;
        }

        _ = context.Request.Path == "/v1/traces" ? Interlocked.Add(ref _traces, length) : Interlocked.Add(ref _metrics, length);
        context.Response.ContentType = "application/x-protobuf";
    }
}
