using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace ConnectorHub.Tests.Benchmarks.StandIns;

/// <summary>How the stand-in behaves; the default is a Slack in perfect health.</summary>
/// <param name="FailRate">Share of posts answered with 500 and no effect.</param>
/// <param name="LoseRate">Share of posts that take effect but whose connection is cut before the answer.</param>
internal sealed record SlackHealth(TimeSpan Latency = default, double FailRate = 0, double LoseRate = 0, int Seed = 1);

/// <summary>What <c>GET /ledger</c> answers: messages, delivery ids among them, and pages of history asked for.</summary>
internal sealed record SlackAccount(int Messages, int Deliveries, int Searches);

/// <summary>
/// Slack on loopback, as far as the gateway needs it: <c>chat.postMessage</c>, <c>conversations.history</c> and <c>auth.test</c>,
/// and <c>GET /ledger</c>, which says what arrived.
/// </summary>
internal sealed class SlackStandIn : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly EffectLedger _ledger;
    private readonly ChannelHistory? _history;
    private readonly SlackHealth _health;
    private readonly Action<SlackMessage> _arrived;
    private readonly Random _chance;

    /// <param name="keepHistory">A throughput measurement needs no history, and its memory would count.</param>
    /// <param name="arrived">Called for every message, on the thread that serves it.</param>
    public SlackStandIn(int port, string? ledgerFile, bool keepHistory, SlackHealth health, Action<SlackMessage> arrived)
    {
        _ledger = new EffectLedger(ledgerFile);
        _history = keepHistory ? new ChannelHistory() : null;
        _health = health;
        _arrived = arrived;
        _chance = new Random(health.Seed);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.AddServerHeader = false;
        });
        _app = builder.Build();
        _app.Run(ServeAsync);
    }

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public EffectLedger Ledger => _ledger;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _app.StartAsync(cancellationToken);
        Address = new Uri(_app.Urls.First());
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _ledger.Dispose();
    }

    private Task ServeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        return path[(path.LastIndexOf('/') + 1)..] switch
        {
            "chat.postMessage" => PostMessageAsync(context),
            "conversations.history" => HistoryAsync(context),
            "auth.test" => AnswerAsync(context, """{"ok":true,"team":"Stand-in","user":"hub","team_id":"T0","user_id":"U0","bot_id":"B0"}"""u8.ToArray()),
            "ledger" => LedgerAsync(context),
            _ => AnswerAsync(context, """{"ok":false,"error":"unknown_method"}"""u8.ToArray()),
        };
    }

    private async Task PostMessageAsync(HttpContext context)
    {
        var message = await ReadAsync(context);
        if (_health.Latency > TimeSpan.Zero)
        {
            await Task.Delay(_health.Latency, context.RequestAborted);
        }

        if (message is null || Chance(_health.FailRate))
        {
            context.Response.StatusCode = message is null ? 400 : 500;
            return;
        }

        var ts = _ledger.Add(message, TimeProvider.System.GetUtcNow());
        _history?.Add(ts, message);
        _arrived(message);
        if (Chance(_health.LoseRate))
        {
            context.Abort();
            return;
        }

        await AnswerAsync(context, JsonSerializer.SerializeToUtf8Bytes(new { ok = true, channel = message.Channel, ts }));
    }

    private static async Task<SlackMessage?> ReadAsync(HttpContext context)
    {
        while (true)
        {
            var read = await context.Request.BodyReader.ReadAsync(context.RequestAborted);
            if (read.IsCompleted)
            {
                var message = read.Buffer.IsSingleSegment
                    ? SlackMessage.Read(read.Buffer.FirstSpan)
                    : SlackMessage.Read(read.Buffer.ToArray());
                context.Request.BodyReader.AdvanceTo(read.Buffer.End);
                return message;
            }

            context.Request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private async Task HistoryAsync(HttpContext context)
    {
        var asked = await ArgumentsAsync(context.Request);
        var limit = asked.TryGetValue("limit", out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : 100;
        var page = _history?.Page(
            asked.GetValueOrDefault("channel", ""), asked.GetValueOrDefault("oldest"), asked.GetValueOrDefault("latest"), limit, asked.GetValueOrDefault("cursor"));
        await AnswerAsync(context, page ?? """{"ok":false,"error":"missing_scope"}"""u8.ToArray());
    }

    // Slack takes arguments from the query, a form or a JSON body.
    private static async Task<Dictionary<string, string>> ArgumentsAsync(HttpRequest request)
    {
        using var body = new StreamReader(request.Body);
        var text = await body.ReadToEndAsync(request.HttpContext.RequestAborted);
        if (text.StartsWith('{'))
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.ToString());
        }

        return QueryHelpers.ParseQuery(text).Concat(request.Query).ToDictionary(member => member.Key, member => member.Value.ToString());
    }

    private Task LedgerAsync(HttpContext context)
    {
        var (count, distinct) = _ledger.Flush();
        return AnswerAsync(context, JsonSerializer.SerializeToUtf8Bytes(new SlackAccount(count, distinct, _history?.Searches ?? 0)));
    }

    private static async Task AnswerAsync(HttpContext context, byte[] json)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = json.Length;
        await context.Response.BodyWriter.WriteAsync(json, context.RequestAborted);
    }

    private bool Chance(double rate)
    {
        if (rate == 0)
        {
            return false;
        }

        lock (_chance)
        {
            return _chance.NextDouble() < rate;
        }
    }
}
