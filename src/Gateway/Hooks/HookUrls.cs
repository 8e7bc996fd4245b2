using System.Net;
using ConnectorHub.Abstractions;
using ConnectorHub.Gateway.Settings;
using ConnectorHub.Runs.Connections;

namespace ConnectorHub.Gateway.Hooks;

/// <summary>A hook's address as a platform is given it.</summary>
internal sealed class HookUrls(HubSettings settings)
{
    /// <summary>What stands for a token in an address that is shown.</summary>
    public const string TokenMark = $"<{Token}>";

    private const string Token = "UrlToken";

    private readonly Uri? _public = settings.Hub.PublicUrl;
    private readonly string _base = (settings.Hub.PublicUrl?.AbsoluteUri ?? settings.Hub.Listen).TrimEnd('/');

    /// <summary>Why platforms will not call such an address; null where they will.</summary>
    public string? Hint
    {
        get
        {
            var host = _public?.Host.Trim('[', ']');
            var flaw = _public is null ? "is where the hub listens, not how platforms reach it"
                : string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) ? "leads to the platform's own machine"
                : IPAddress.TryParse(host, out _) ? "has an IP address instead of a host name"
                : _public.Scheme != Uri.UriSchemeHttps ? "is not HTTPS"
                : null;
            return flaw is null
                ? null
                : $"Platforms will not call {_base}: it {flaw}. Spir and Livestorm demand HTTPS and a host name. Put a reverse proxy with HTTPS in front, and write its address to Hub:PublicUrl.";
        }
    }

    /// <summary>The address. A token is never in it: its place is marked.</summary>
    public string Of(Connection connection, IEventSource source, string hookEvent)
    {
        var path = hookEvent.Length == 0 ? connection.Name : $"{connection.Name}/{hookEvent}";
        return $"{_base}/hooks/{path}{(TokenOf(connection, source) is null ? string.Empty : $"?token={TokenMark}")}";
    }

    /// <summary>
    /// What belongs in place of <see cref="TokenMark"/>; null where the address needs none. By the same rule as the sources: a token counts only
    /// where no signing secret is set.
    /// </summary>
    public static string? TokenOf(Connection? connection, IEventSource? source) =>
        connection is not null && source is not null
            && source.Proofs.Contains(Token) && !source.Proofs.Any(proof => proof != Token && connection.Secrets.ContainsKey(proof))
            && connection.Secrets.GetValueOrDefault(Token) is [var token, ..]
            ? Uri.EscapeDataString(token.Reveal())
            : null;
}
