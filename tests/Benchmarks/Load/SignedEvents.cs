using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ConnectorHub.Tests.Benchmarks.Load;

/// <summary>
/// Writes whole HTTP requests as MeltingSpot's sender (Svix) would: <c>live.updated</c>, about 1 KB, each with an id, a number and a
/// signature of its own. The number is in <c>live.name</c>, so that an effect can be traced back to its event, and in the name of a channel
/// of its own: a channel takes one message a second, and it is the hub that is measured.
/// </summary>
internal sealed class SignedEvents(Uri hook, string secret, string series, string status, TimeProvider clock)
{
    public const string NamePrefix = "Live-";
    public const int NameDigits = 9;

    private const string Filler = "An hour with the team: what is new, what comes next, and room for every question you bring along. ";

    private readonly byte[] _key = Convert.FromBase64String(secret["whsec_".Length..]);

    /// <summary>A secret in Svix's form, the same for every run: these programs only ever meet each other.</summary>
    public static string Secret { get; } = "whsec_" + Convert.ToBase64String(SHA256.HashData("connectorhub benchmarks"u8));

    /// <summary>The sender's id of an event; the gateway's dedupe key.</summary>
    public string IdOf(int number) => string.Create(CultureInfo.InvariantCulture, $"msg_{series}{number:d9}");

    /// <summary>The request for an event. Sent again it carries the same id and body, as a sender's retry does.</summary>
    public byte[] Request(int number)
    {
        var id = IdOf(number);
        var body = Encoding.UTF8.GetBytes(Body(number, status));
        var timestamp = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToBase64String(HMACSHA256.HashData(_key, (byte[])[.. Encoding.ASCII.GetBytes($"{id}.{timestamp}."), .. body]));
        var head = $"POST {hook.PathAndQuery} HTTP/1.1\r\nHost: {hook.Authority}\r\nUser-Agent: Svix-Webhooks/1.62\r\n"
            + $"Content-Type: application/json\r\nsvix-id: {id}\r\nsvix-timestamp: {timestamp}\r\nsvix-signature: v1,{signature}\r\n"
            + $"Content-Length: {body.Length}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }

    /// <summary>The body of an event.</summary>
    public static string Body(int number, string status) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        {"live":{"id":"5f0c3c1e-8d1f-4f5a-9a52-{{number:d12}}","name":"{{NamePrefix}}{{number:d9}}","status":"{{status}}","description":"{{Text(number)}}"},"occurredAt":{{1715095714 + number}},"spot":{"id":"0b8d7a54-1f6e-4d6b-8a0e-5b7f2c9d1e33","name":"C{{number:d8}}"},"test":false}
        """);

    private static string Text(int number) => string.Concat(Enumerable.Repeat(Filler, 7)) + (number % 100).ToString(CultureInfo.InvariantCulture);
}
