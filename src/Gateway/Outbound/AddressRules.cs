using System.Net;
using System.Net.Sockets;

namespace ConnectorHub.Gateway.Outbound;

/// <summary>What an address is to a gateway that is told by others where to call.</summary>
internal enum AddressKind
{
    /// <summary>Out on the internet.</summary>
    Public,

    /// <summary>Inside somebody's network, this machine included: only on the operator's word.</summary>
    Private,

    /// <summary>No place for a service, or a cloud's metadata: only where the operator lists that very network.</summary>
    Never,
}

/// <summary>
/// Sorts addresses. Version 6 is an allow-list (2000::/3 less what is set apart in it): a range assigned tomorrow is closed until it is known.
/// Whatever carries a version 4 address inside (mapped, compatible, NAT64, 6to4, Teredo, ISATAP) is either unpacked or closed as a whole.
/// </summary>
internal static class AddressRules
{
    // IANA's special-purpose registry.
    private static readonly (IPNetwork Network, AddressKind Kind)[] Version4 =
    [
        (IPNetwork.Parse("0.0.0.0/8"), AddressKind.Never),
        (IPNetwork.Parse("10.0.0.0/8"), AddressKind.Private),
        (IPNetwork.Parse("100.100.100.200/32"), AddressKind.Never), // metadata of Alibaba Cloud
        (IPNetwork.Parse("100.64.0.0/10"), AddressKind.Private),
        (IPNetwork.Parse("127.0.0.0/8"), AddressKind.Private),
        (IPNetwork.Parse("168.63.129.16/32"), AddressKind.Never), // Azure's host agent, inside a public range
        (IPNetwork.Parse("169.254.0.0/16"), AddressKind.Never), // link-local; metadata of most clouds
        (IPNetwork.Parse("172.16.0.0/12"), AddressKind.Private),
        (IPNetwork.Parse("192.0.0.0/24"), AddressKind.Never), // protocol assignments; metadata of Oracle Cloud
        (IPNetwork.Parse("192.0.2.0/24"), AddressKind.Private), // documentation
        (IPNetwork.Parse("192.88.99.0/24"), AddressKind.Never), // 6to4 relays
        (IPNetwork.Parse("192.168.0.0/16"), AddressKind.Private),
        (IPNetwork.Parse("198.18.0.0/15"), AddressKind.Private), // benchmarks
        (IPNetwork.Parse("198.51.100.0/24"), AddressKind.Private), // documentation
        (IPNetwork.Parse("203.0.113.0/24"), AddressKind.Private), // documentation
        (IPNetwork.Parse("224.0.0.0/4"), AddressKind.Never), // multicast
        (IPNetwork.Parse("240.0.0.0/4"), AddressKind.Never), // reserved, broadcast
    ];

    private static readonly (IPNetwork Network, AddressKind Kind)[] Version6 =
    [
        (IPNetwork.Parse("::1/128"), AddressKind.Private),
        (IPNetwork.Parse("fd00:ec2::254/128"), AddressKind.Never), // metadata of AWS
        (IPNetwork.Parse("fd20:ce::254/128"), AddressKind.Never), // metadata of Google Cloud
        (IPNetwork.Parse("fc00::/7"), AddressKind.Private),
        (IPNetwork.Parse("2001::/23"), AddressKind.Never), // protocol assignments: Teredo, benchmarks, ORCHID
        (IPNetwork.Parse("2001:db8::/32"), AddressKind.Private), // documentation
        (IPNetwork.Parse("2002::/16"), AddressKind.Never), // 6to4
        (IPNetwork.Parse("3fff::/20"), AddressKind.Private), // documentation
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    public static AddressKind KindOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return KindOf(address.MapToIPv4());
        }

        var isVersion4 = address.AddressFamily == AddressFamily.InterNetwork;
        foreach (var (network, kind) in isVersion4 ? Version4 : Version6)
        {
            if (network.Contains(address))
            {
                return kind;
            }
        }

        if (isVersion4)
        {
            return AddressKind.Public;
        }

        return GlobalUnicast.Contains(address) && !IsIsatap(address) ? AddressKind.Public : AddressKind.Never;
    }

    /// <summary>The canonical form: a mapped version 4 address as version 4, without a zone.</summary>
    public static IPAddress Canonical(IPAddress address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4(),
        { AddressFamily: AddressFamily.InterNetworkV6, ScopeId: not 0 } => new IPAddress(address.GetAddressBytes()),
        _ => address,
    };

    // An interface part of 0000:5efe or 0200:5efe is followed by the version 4 address that a tunnel would deliver to.
    private static bool IsIsatap(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        return address.TryWriteBytes(bytes, out _)
            && bytes[8] is 0x00 or 0x02
            && bytes[9] == 0x00 && bytes[10] == 0x5e && bytes[11] == 0xfe;
    }
}
