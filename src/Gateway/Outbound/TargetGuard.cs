using System.Buffers;
using System.Net;
using ConnectorHub.Abstractions;
using ConnectorHub.Runs.Connections;

namespace ConnectorHub.Gateway.Outbound;

/// <summary>
/// Decides where a request goes from its text alone: no look-up, no socket. What a name resolves to is judged by <see cref="Dialer"/>.
/// The same <see cref="Uri"/> that is judged here is the one that is called, so no second parser can read it differently.
/// </summary>
internal sealed class TargetGuard(OutboundPolicy policy)
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    public Target Resolve(Connection connection, ConnectorManifest manifest, OutboundRequest request)
    {
        if (FindFlaw(request.Url) is { } flaw)
        {
            return flaw;
        }

        var address = Locate(connection, manifest, request.Url);
        if (address is null)
        {
            return new Target.Refused("url_invalid", IsAbsolute(request.Url)
                ? "The address is not one that can be called."
                : $"The address is relative, but neither connection '{connection.Name}' nor connector '{manifest.Name}' has a base address.");
        }

        if (IsOperators(address, connection, manifest))
        {
            return new Target.Allowed(address, Trusted: true);
        }

        var refused = FindHostFlaw(address)
            ?? FindForbiddenHost(address, connection, manifest, request)
            ?? FindForbiddenPort(address)
            ?? FindForbiddenAddress(address);
        return refused is null ? new Target.Allowed(address, Trusted: false) : refused;
    }

    /// <summary>
    /// A host whose last label is a number is an address by the web's rules (and to a C library's resolver), whatever <see cref="Uri"/> says.
    /// </summary>
    internal static bool EndsInNumber(string host)
    {
        var last = host.AsSpan(host.LastIndexOf('.') + 1);
        return last.IsEmpty
            || last.IndexOfAnyExceptInRange('0', '9') < 0
            || (last.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && last[2..].IndexOfAnyExcept(HexDigits) < 0);
    }

    private static bool IsAbsolute(string url)
    {
        var colon = url.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            && url.AsSpan(colon).StartsWith("://", StringComparison.Ordinal)
            && url.AsSpan(0, colon).IndexOfAny('/', '?', '#') < 0;
    }

    // What makes an address mean different things to different readers is refused, not cleaned.
    private static Target.Refused? FindFlaw(string url)
    {
        foreach (var character in url)
        {
            if (character is '\\' or ' ' || char.IsControl(character))
            {
                return new("url_invalid", "The address holds a space, a backslash or a control character.");
            }
        }

        if (url.StartsWith("//", StringComparison.Ordinal))
        {
            return new("url_invalid", "The address starts with '//': write the whole address with https.");
        }

        var path = url;
        if (IsAbsolute(url))
        {
            var start = url.IndexOf("://", StringComparison.Ordinal) + 3;
            var end = url.AsSpan(start).IndexOfAny('/', '?', '#');
            var authority = end < 0 ? url[start..] : url.Substring(start, end);
            if (authority.Contains('@', StringComparison.Ordinal))
            {
                return new("userinfo_forbidden", "The address holds a user name or password before '@': put credentials in the connection.");
            }

            path = end < 0 ? string.Empty : url[(start + end)..];
        }

        return HasDotSegment(path)
            ? new("url_invalid", "The address holds a '.' or '..' segment, which would climb out of its path.")
            : null;
    }

    private static bool HasDotSegment(string path)
    {
        var end = path.AsSpan().IndexOfAny('?', '#');
        var segments = end < 0 ? path : path[..end];
        foreach (var range in segments.AsSpan().Split('/'))
        {
            var segment = segments.AsSpan()[range];
            if (segment.IsEmpty || segment.Length > 6 || segment[0] is not ('.' or '%'))
            {
                continue;
            }

            if (segment.ToString().Replace("%2e", ".", StringComparison.OrdinalIgnoreCase) is "." or "..")
            {
                return true;
            }
        }

        return false;
    }

    private static Uri? Locate(Connection connection, ConnectorManifest manifest, string url)
    {
        if (!IsAbsolute(url))
        {
            return Join(connection.BaseUrl?.AbsoluteUri ?? manifest.BaseUrl, url);
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
        {
            return null;
        }

        if (connection.BaseUrl is null || IsOperators(address, connection, manifest) || !IsNamed(manifest, address.IdnHost))
        {
            return address;
        }

        // The connector's own base is replaced as a whole; on any other host of the manifest the path is kept.
        var own = manifest.BaseUrl is null ? null : WithSlash(manifest.BaseUrl);
        return own is not null && url.StartsWith(own, StringComparison.OrdinalIgnoreCase)
            ? Join(connection.BaseUrl.AbsoluteUri, url[own.Length..])
            : Join(connection.BaseUrl.AbsoluteUri, address.PathAndQuery);
    }

    private static Uri? Join(string? root, string rest) =>
        root is not null && Uri.TryCreate(rest.StartsWith('?') ? root + rest : WithSlash(root) + rest.TrimStart('/'), UriKind.Absolute, out var joined)
            ? joined
            : null;

    private static string WithSlash(string root) => root.EndsWith('/') ? root : root + "/";

    // A TokenUrl on a host of the manifest is the connector's own default, not a word of the operator.
    private static bool IsOperators(Uri address, Connection connection, ConnectorManifest manifest) =>
        (connection.BaseUrl is { } root && IsSameOrigin(address, root))
        || (connection.Settings.TryGetValue("TokenUrl", out var token)
            && Uri.TryCreate(token, UriKind.Absolute, out var tokens)
            && !IsNamed(manifest, tokens.IdnHost)
            && IsSameOrigin(address, tokens));

    private static bool IsSameOrigin(Uri one, Uri other) =>
        one.Port == other.Port
        && string.Equals(one.Scheme, other.Scheme, StringComparison.Ordinal)
        && string.Equals(one.IdnHost, other.IdnHost, StringComparison.OrdinalIgnoreCase);

    private static bool IsNamed(ConnectorManifest manifest, string host)
    {
        foreach (var pattern in manifest.Hosts)
        {
            if (string.Equals(pattern, host, StringComparison.OrdinalIgnoreCase)
                || (pattern.StartsWith("*.", StringComparison.Ordinal)
                    && host.Length > pattern.Length - 1
                    && host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)))
            {
                return true;
            }
        }

        return false;
    }

    private static Target.Refused? FindHostFlaw(Uri address)
    {
        var host = address.IdnHost;
        if (host.Length == 0 || host.EndsWith('.'))
        {
            return new("url_invalid", $"'{host}' is not a host that can be called: write it without the dot at its end.");
        }

        return address.HostNameType == UriHostNameType.Dns && EndsInNumber(host)
            ? new("address_forbidden", $"'{host}' is an address in disguise: write the host's name.")
            : null;
    }

    private static Target.Refused? FindForbiddenHost(Uri address, Connection connection, ConnectorManifest manifest, OutboundRequest request)
    {
        if (IsNamed(manifest, address.IdnHost))
        {
            return null;
        }

        if (!manifest.Hosts.Contains("*"))
        {
            return new(
                "host_forbidden",
                $"Connector '{manifest.Name}' may not call '{address.IdnHost}'. It may call: {string.Join(", ", manifest.Hosts)}.");
        }

        return request.SecretHeaders.Count == 0
            ? null
            : new(
                "secret_host_forbidden",
                $"The secrets of connection '{connection.Name}' do not go to '{address.IdnHost}'. "
                + $"To allow it, set Connections:{connection.Name}:BaseUrl to that host.");
    }

    private Target.Refused? FindForbiddenPort(Uri address)
    {
        if (address.Scheme == Uri.UriSchemeHttp)
        {
            return policy.AllowsHttp(address.IdnHost, address.Port)
                ? null
                : new(
                    "scheme_forbidden",
                    $"'{address.IdnHost}' is only called over https. To allow http there, add \"{address.IdnHost}:{address.Port}\" to Outbound:AllowHttp.");
        }

        if (address.Scheme != Uri.UriSchemeHttps)
        {
            return new("scheme_forbidden", $"Addresses of '{address.Scheme}' are not called: only https.");
        }

        return address.Port == 443 || policy.NamesPrivate(address.IdnHost)
            ? null
            : new(
                "port_forbidden",
                $"Port {address.Port} of '{address.IdnHost}' is not called: only 443, unless the connection's BaseUrl or Outbound:AllowPrivate names that host.");
    }

    private Target.Refused? FindForbiddenAddress(Uri address)
    {
        var host = address.IdnHost;
        if (IPAddress.TryParse(host, out var literal))
        {
            return policy.MayDial(host, literal, trusted: false) ? null : Forbidden(host);
        }

        return IsLocalName(host) && !policy.NamesPrivate(host) ? Forbidden(host) : null;
    }

    /// <summary>A name that means this machine or something in its network, whatever it resolves to.</summary>
    internal static bool IsLocalName(string host) =>
        !host.Contains('.', StringComparison.Ordinal)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".local", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".internal", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".arpa", StringComparison.OrdinalIgnoreCase);

    internal static Target.Refused Forbidden(string host) => new(
        "address_forbidden",
        $"'{host}' is inside a private or special network. To allow it, set the connection's BaseUrl to it or add it to Outbound:AllowPrivate.");
}
