using ConnectorHub.Gateway.Outbound;

namespace ConnectorHub.Gateway.Settings;

/// <summary>Section <c>Outbound</c>: what may be called.</summary>
internal sealed record OutboundOptions
{
    /// <summary>Hosts, addresses and networks (<c>10.1.0.0/16</c>) inside private ranges that may be called.</summary>
    public IReadOnlyList<string> AllowPrivate { get; init; } = [];

    /// <summary>Hosts, with or without a port, that may be called without TLS.</summary>
    public IReadOnlyList<string> AllowHttp { get; init; } = [];

    /// <summary>An answer is read up to this many bytes.</summary>
    public int ResponseCap { get; init; } = ByteSizes.MB;

    /// <summary>Name look-up, connecting and TLS together.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    public static OutboundOptions Read(SectionReader section)
    {
        var defaults = new OutboundOptions();
        var options = new OutboundOptions
        {
            AllowPrivate = section.List<string>(
                nameof(AllowPrivate), defaults.AllowPrivate, TryPrivateEntry, "a host name, an address or a network such as 10.1.0.0/16"),
            AllowHttp = section.List<string>(nameof(AllowHttp), defaults.AllowHttp, TryHttpEntry, "a host name, or host:port"),
            ResponseCap = section.ByteSize(nameof(ResponseCap), defaults.ResponseCap, ByteSizes.KB, 64 * ByteSizes.MB),
            ConnectTimeout = section.Duration(
                nameof(ConnectTimeout), defaults.ConnectTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)),
        };
        section.Finish();
        return options;
    }

    public OutboundPolicy ToPolicy(bool sendTraceparent = false) =>
        new(AllowPrivate, AllowHttp) { ResponseCap = ResponseCap, ConnectTimeout = ConnectTimeout, SendTraceparent = sendTraceparent };

    private static bool TryPrivateEntry(string text, out string entry)
    {
        entry = text;
        return OutboundPolicy.IsPrivateEntry(text);
    }

    private static bool TryHttpEntry(string text, out string entry)
    {
        entry = text;
        return OutboundPolicy.IsHostWithPort(text);
    }
}
