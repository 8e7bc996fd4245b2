using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace ConnectorHub.Tests.Benchmarks.Floor;

/// <summary>
/// The least a program must do that knows its one case by heart: verify a Svix signature, store the event durably, answer, and for a
/// live that is Live post one message with a formatted date to Slack and store the outcome. No recipes, no retries, no leases, no
/// intents: what the gateway costs above this is the price of being general and safe.
/// </summary>
internal sealed class FloorProgram : IAsyncDisposable
{
    private const int Senders = 64;

    private readonly WebApplication _app;
    private readonly FloorStore _store;
    private readonly HttpClient _slack;
    private readonly Uri _postMessage;
    private readonly byte[] _key;
    private readonly TimeZoneInfo _paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
    private readonly Channel<(string Id, byte[] Body)> _accepted = Channel.CreateUnbounded<(string Id, byte[] Body)>();

    public FloorProgram(int port, string folder, Uri slack, string secret)
    {
        _store = new FloorStore(folder);
        _slack = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Senders });
        _slack.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "xoxb-bench");
        _postMessage = new Uri(slack, "/api/chat.postMessage");
        _key = Convert.FromBase64String(secret["whsec_".Length..]);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        _app = builder.Build();
        _app.Run(ReceiveAsync);
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var senders = Enumerable.Range(0, Senders).Select(_ => Task.Run(SendAllAsync, CancellationToken.None)).ToArray();
        await _app.RunAsync(cancellationToken);
        _accepted.Writer.Complete();
        await Task.WhenAll(senders);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _store.DisposeAsync();
        _slack.Dispose();
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        var body = new byte[(int)(context.Request.ContentLength ?? 0)];
        await context.Request.Body.ReadExactlyAsync(body, context.RequestAborted);
        var id = context.Request.Headers["svix-id"].ToString();
        if (!Verifies(context.Request.Headers, id, body))
        {
            context.Response.StatusCode = 401;
            return;
        }

        if (await _store.AcceptAsync(id, body, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()))
        {
            _accepted.Writer.TryWrite((id, body));
        }

        context.Response.StatusCode = 200;
    }

    private bool Verifies(IHeaderDictionary headers, string id, byte[] body)
    {
        var timestamp = headers["svix-timestamp"].ToString();
        if (!long.TryParse(timestamp, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - seconds) > 300)
        {
            return false;
        }

        var expected = HMACSHA256.HashData(_key, (byte[])[.. Encoding.ASCII.GetBytes($"{id}.{timestamp}."), .. body]);
        var given = headers["svix-signature"].ToString();
        return given.StartsWith("v1,", StringComparison.Ordinal)
            && CryptographicOperations.FixedTimeEquals(expected, Convert.FromBase64String(given[3..]));
    }

    private async Task SendAllAsync()
    {
        await foreach (var (id, body) in _accepted.Reader.ReadAllAsync())
        {
            if (Message(id, body) is { } message)
            {
                await SendAsync(id, message);
            }
        }
    }

    private byte[]? Message(string id, byte[] body)
    {
        using var json = JsonDocument.Parse(body);
        var live = json.RootElement.GetProperty("live");
        if (live.GetProperty("status").GetString() != "Live")
        {
            return null;
        }

        var at = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(json.RootElement.GetProperty("occurredAt").GetInt64()), _paris);
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            channel = json.RootElement.GetProperty("spot").GetProperty("name").GetString(),
            text = $"{live.GetProperty("name").GetString()} started at {at.ToString("d MMM HH:mm", CultureInfo.InvariantCulture)}",
            metadata = new { event_type = "gateway_delivery", event_payload = new { delivery_id = id } },
        });
    }

    private async Task SendAsync(string id, byte[] message)
    {
        using var content = new ByteArrayContent(message);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        using var answer = await _slack.PostAsync(_postMessage, content);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
        var ts = json.RootElement.GetProperty("ts").GetString() ?? "";
        await _store.EndAsync(id, (int)answer.StatusCode, ts, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
    }
}
