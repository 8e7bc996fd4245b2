using System.Net;

namespace ConnectorHub.Gateway.Outbound;

/// <summary>What the operator opens and bounds on the way out.</summary>
internal sealed class OutboundPolicy
{
    private readonly HashSet<string> _privateHosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<IPNetwork> _privateNetworks = [];
    private readonly HashSet<string> _httpHosts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A policy. Entries that do not parse are left out: settings have refused them before.</summary>
    /// <param name="allowPrivate">Host names, addresses and networks (<c>10.1.0.0/16</c>) that may be called although they are private.</param>
    /// <param name="allowHttp">Host names, or <c>host:port</c>, that may be called without TLS.</param>
    public OutboundPolicy(IEnumerable<string> allowPrivate, IEnumerable<string> allowHttp)
    {
        foreach (var entry in allowPrivate)
        {
            if (TryParseNetwork(entry, out var network))
            {
                _privateNetworks.Add(network);
            }
            else if (IsHostName(entry))
            {
                _privateHosts.Add(entry);
            }
        }

        foreach (var entry in allowHttp.Where(IsHostWithPort))
        {
            _httpHosts.Add(entry.Contains(':', StringComparison.Ordinal) ? entry : entry + ":80");
        }
    }

    /// <summary>An answer's body is cut here, in bytes.</summary>
    public int ResponseCap { get; init; } = 1024 * 1024;

    /// <summary>Whether requests carry the id of the hub's own trace.</summary>
    public bool SendTraceparent { get; init; }

    /// <summary>Name look-up, connect and TLS together.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A pooled connection is closed at this age: the address behind a name is looked up and judged again.</summary>
    public TimeSpan ConnectionLifetime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// An idle connection is closed after this. Shorter than the servers' own limits, for the less often they close one just as it is taken up,
    /// the fewer answers are lost.
    /// </summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Connections to one server.</summary>
    public int ConnectionsPerServer { get; init; } = 512;

    /// <summary>True where an entry of AllowPrivate is a host name, an address or a network.</summary>
    public static bool IsPrivateEntry(string entry) => TryParseNetwork(entry, out _) || IsHostName(entry);

    /// <summary>True where an entry of AllowHttp is a host name or an address, with or without a port.</summary>
    public static bool IsHostWithPort(string entry)
    {
        var colon = entry.IndexOf(':', StringComparison.Ordinal);
        return colon < 0
            ? IsHostName(entry) || IPAddress.TryParse(entry, out _)
            : IsHostWithPort(entry[..colon]) && ushort.TryParse(entry.AsSpan(colon + 1), out var port) && port > 0;
    }

    /// <summary>The operator named this host (or an address in a named network) for private calls, on any port.</summary>
    public bool NamesPrivate(string host) =>
        _privateHosts.Contains(host) || (IPAddress.TryParse(host, out var address) && IsInPrivateNetwork(address));

    /// <summary>May be called without TLS.</summary>
    public bool AllowsHttp(string host, int port) => _httpHosts.Contains($"{host}:{port}");

    /// <summary>Whether a connection to this address, found behind this host, may be opened.</summary>
    /// <param name="trusted">The connection's own base address names the host.</param>
    public bool MayDial(string host, IPAddress address, bool trusted)
    {
        var canonical = AddressRules.Canonical(address);
        return AddressRules.KindOf(canonical) switch
        {
            AddressKind.Public => true,
            AddressKind.Private when trusted || _privateHosts.Contains(host) => true,
            _ => IsInPrivateNetwork(canonical),
        };
    }

    private static bool TryParseNetwork(string entry, out IPNetwork network)
    {
        if (entry.Contains('/', StringComparison.Ordinal))
        {
            return IPNetwork.TryParse(entry, out network);
        }

        if (IPAddress.TryParse(entry, out var address) && (entry.Contains(':', StringComparison.Ordinal) || entry.Count(c => c == '.') == 3))
        {
            network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }

        network = default;
        return false;
    }

    private static bool IsHostName(string entry) =>
        Uri.CheckHostName(entry) == UriHostNameType.Dns && !entry.EndsWith('.') && !TargetGuard.EndsInNumber(entry);

    private bool IsInPrivateNetwork(IPAddress address)
    {
        foreach (var network in _privateNetworks)
        {
            if (network.Contains(address))
            {
                return true;
            }
        }

        return false;
    }
}
