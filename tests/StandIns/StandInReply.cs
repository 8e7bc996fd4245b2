using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ConnectorHub.Tests.StandIns;

/// <summary>What becomes of a reply on its way back.</summary>
internal enum Fate
{
    /// <summary>It arrives.</summary>
    Whole,

    /// <summary>The connection ends in the middle of it.</summary>
    Cut,

    /// <summary>The connection ends before a byte of it; what was asked for is done.</summary>
    Lost,

    /// <summary>The connection is closed before anything is done.</summary>
    Refused,
}

/// <summary>An answer of a stand-in.</summary>
internal sealed record StandInReply(int Status, string ContentType, ReadOnlyMemory<byte> Body)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public Fate Fate { get; init; }

    /// <summary>How long it is held back.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>True where the platform did not do what was asked; not all of them say so by the status.</summary>
    public bool IsRefusal { get; init; } = Status >= 400;

    public static StandInReply Json(int status, JsonNode body) =>
        new(status, "application/json; charset=utf-8", Encoding.UTF8.GetBytes(body.ToJsonString(Plain)));

    public static StandInReply Text(int status, string text) => new(status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));

    public static StandInReply Empty(int status) => new(status, "text/plain", ReadOnlyMemory<byte>.Empty);

    /// <summary>What a proxy in front of a platform says: a page and not the platform's own form.</summary>
    public static StandInReply Page(int status) => new(
        status,
        "text/html; charset=utf-8",
        Encoding.UTF8.GetBytes($"<html><head><title>{status}</title></head><body><center><h1>{status}</h1></center><hr><center>proxy</center></body></html>"));

    public StandInReply With(string name, string value) => this with { Headers = [.. Headers, KeyValuePair.Create(name, value)] };

    /// <summary>With a <c>Retry-After</c>, unless it is null.</summary>
    public StandInReply Waiting(string? retryAfter) => retryAfter is null
        ? this
        : this with { Headers = [.. Headers.Where(header => header.Key != "Retry-After"), KeyValuePair.Create("Retry-After", retryAfter)] };

    /// <summary>With a <c>Retry-After</c> in whole seconds, rounded up.</summary>
    public StandInReply Waiting(TimeSpan wait) => Waiting(((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture));
}
