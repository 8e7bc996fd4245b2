using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ConnectorHub.Tests.StandIns.Serving;

/// <summary>Stand-ins on loopback: one port, and the name of each as the first part of the path.</summary>
internal sealed class StandInServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Dictionary<string, StandIn> _standIns;
    private readonly ControlPage _control;
    private readonly TimeProvider _time;

    /// <param name="port">0 takes a free one.</param>
    /// <param name="time">Its clock: the date of answers, and how long slow ones are held back.</param>
    /// <param name="standIns">Whom it serves.</param>
    public StandInServer(int port, TimeProvider time, params IReadOnlyList<StandIn> standIns)
    {
        _time = time;
        _standIns = standIns.ToDictionary(standIn => standIn.Name, StringComparer.Ordinal);
        _control = new ControlPage(_standIns);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = StandInRequest.LargestBody;
        });
        _app = builder.Build();
        _app.Run(ServeAsync);
    }

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _app.StartAsync(cancellationToken);
        Address = new Uri(_app.Urls.First());
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task ServeAsync(HttpContext context)
    {
        // As it was sent: an encoded slash must not become a border.
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.TrimStart('/');
        var end = target.AsSpan().IndexOfAny('/', '?');
        var name = end < 0 ? target : target[..end];
        var rest = end < 0 ? string.Empty : target[end..];
        var request = new StandInRequest(
            context.Request.Method,
            rest,
            context.Request.Headers.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString())),
            await ReadAsync(context));
        var reply = _standIns.TryGetValue(name, out var standIn) ? standIn.Answer(request) : _control.Answer(name, request);
        await SendAsync(context, reply);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        return buffer.ToArray();
    }

    private async Task SendAsync(HttpContext context, StandInReply reply)
    {
        if (reply.Delay > TimeSpan.Zero)
        {
            await Task.Delay(reply.Delay, _time, context.RequestAborted);
        }

        if (reply.Fate is Fate.Lost or Fate.Refused)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = reply.Status;
        // A Retry-After that is a date counts from this one.
        context.Response.Headers.Date = _time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        foreach (var (name, value) in reply.Headers)
        {
            context.Response.Headers.Append(name, value);
        }

        if (reply.Body.IsEmpty)
        {
            return;
        }

        context.Response.ContentType = reply.ContentType;
        context.Response.ContentLength = reply.Body.Length;
        if (reply.Fate == Fate.Cut)
        {
            await context.Response.Body.WriteAsync(reply.Body[..(reply.Body.Length / 2)], context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
            return;
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(reply.Body, context.RequestAborted);
        }
    }
}
