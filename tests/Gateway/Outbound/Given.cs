using System.Net;
using System.Text;
using ConnectorHub.Abstractions;
using ConnectorHub.Gateway.Outbound;
using ConnectorHub.Runs.Connections;

namespace ConnectorHub.Tests.Gateway.Outbound;

/// <summary>The things an outgoing request needs.</summary>
internal static class Given
{
    public static readonly OutboundPolicy Closed = new([], []);

    public static ConnectorManifest Slack => Manifest("slack", "https://slack.com/api", "slack.com", "*.slack-files.com");

    public static ConnectorManifest Anywhere => Manifest("http", null, "*");

    public static Connection Connection(Uri? address = null, ConnectionMode mode = ConnectionMode.Live, string? secret = null) => new(
        "slack-acme",
        "slack",
        mode,
        address,
        secret is null ? new Dictionary<string, IReadOnlyList<Secret>>() : new() { ["BotToken"] = [new Secret(secret)] },
        new Dictionary<string, string>(),
        "0123456789abcdef",
        null);

    public static OutboundRequest Post(string url = "chat.postMessage", string body = "{\"text\":\"hi\"}") =>
        new(HttpMethod.Post, url) { Body = Encoding.UTF8.GetBytes(body) };

    public static OutboundRequest Get(string url) => new(HttpMethod.Get, url);

    public static OutboundPath Path(OutboundPolicy? policy = null, TimeProvider? clock = null) =>
        new(policy ?? Closed, new Dialer(policy ?? Closed), clock ?? TimeProvider.System);

    /// <summary>A path whose look-ups and sockets the test holds.</summary>
    public static OutboundPath Path(OutboundPolicy policy, NameLookup lookup, SocketOpener open) =>
        new(policy, new Dialer(policy, lookup, open), TimeProvider.System);

    public static Task<SendReply> SendAsync(
        this OutboundPath path, Connection connection, ConnectorManifest manifest, OutboundRequest request, TimeProvider? clock = null) =>
        path.SendAsync(
            connection,
            manifest,
            request,
            (clock ?? TimeProvider.System).GetUtcNow() + TimeSpan.FromSeconds(10),
            TestContext.Current.CancellationToken);

    public static IPAddress[] Addresses(params string[] addresses) => [.. addresses.Select(IPAddress.Parse)];

    private static ConnectorManifest Manifest(string name, string? address, params string[] hosts) =>
        new(name, name, "For tests.", address, hosts, [], [], new Dictionary<string, string>());
}
