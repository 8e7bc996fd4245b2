using System.Net;
using ConnectorHub.Abstractions;
using ConnectorHub.Gateway.Outbound;
using ConnectorHub.Runs.Connections;

namespace ConnectorHub.Tests.Gateway.Outbound;

public sealed class GuardTests
{
    // Each form reaches, by some parser or resolver, an address the hub must not open.
    public static TheoryData<string> ForbiddenForms =>
    [
        // loopback: plain, short, decimal, octal, hex, mixed, padded, overflowing
        "https://127.0.0.1/", "https://127.0.0.2/", "https://127.255.255.254/", "https://127.1/", "https://127.0.1/", "https://127/",
        "https://2130706433/", "https://017700000001/", "https://0177.0.0.1/", "https://0177.0.0.01/", "https://00000177.0.0.1/",
        "https://0x7f.0.0.1/", "https://0x7f.1/", "https://0x7f000001/", "https://0x7F000001/", "https://0x7f.0x0.0x0.0x1/",
        "https://127.0.0.0x1/", "https://0x7f.0.1/", "https://127.000.000.001/", "https://6425673729/", "https://0x17f000001/",
        "https://127.0.0.1./", "https://256.0.0.1/", "https://127.0.0.1.1/", "https://1.2.3.4.0x7f/", "https://127.0.0.08/",
        "https://0/", "https://0.0.0.0/", "https://0x0/", "https://00/", "https://0.0/",

        // private, shared, link-local, special
        "https://10.0.0.1/", "https://10.255.255.255/", "https://167772161/", "https://0xa000001/", "https://012.0.0.1/", "https://10.1/",
        "https://172.16.0.1/", "https://172.31.255.255/", "https://192.168.0.1/", "https://192.168.1/", "https://3232235521/",
        "https://100.64.0.1/", "https://100.127.255.255/", "https://169.254.169.254/", "https://2852039166/", "https://0xa9fea9fe/",
        "https://0251.0376.0251.0376/", "https://169.254.43518/", "https://0xa9.254.0251.0xfe/", "https://192.0.0.1/", "https://192.0.0.192/",
        "https://192.0.2.1/", "https://192.88.99.1/", "https://198.18.0.1/", "https://198.19.255.255/", "https://198.51.100.1/",
        "https://203.0.113.1/", "https://224.0.0.1/", "https://239.255.255.250/", "https://240.0.0.1/", "https://255.255.255.255/",
        "https://168.63.129.16/", "https://100.100.100.200/",

        // version 6: loopback, unspecified, mapped, compatible, NAT64, 6to4, Teredo, local, link-local, multicast, documentation, ISATAP
        "https://[::1]/", "https://[0:0:0:0:0:0:0:1]/", "https://[0000::0001]/", "https://[::]/", "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:7f00:1]/", "https://[0:0:0:0:0:ffff:7f00:0001]/", "https://[::ffff:10.0.0.1]/", "https://[::ffff:169.254.169.254]/",
        "https://[::ffff:a9fe:a9fe]/", "https://[::127.0.0.1]/", "https://[::7f00:1]/", "https://[::ffff:0:127.0.0.1]/",
        "https://[64:ff9b::7f00:1]/", "https://[64:ff9b::127.0.0.1]/", "https://[64:ff9b::a9fe:a9fe]/", "https://[64:ff9b:1::7f00:1]/",
        "https://[64:ff9b:1:ffff::10.0.0.1]/", "https://[2002:7f00:1::]/", "https://[2002:a9fe:a9fe::1]/", "https://[2002:0a00:0001::]/",
        "https://[2001:0:4136:e378:8000:63bf:80ff:fffe]/", "https://[2001::1]/", "https://[2001:2::1]/", "https://[2001:10::1]/",
        "https://[2001:20::1]/", "https://[2001:db8::1]/", "https://[3fff::1]/", "https://[3fff:fff::1]/", "https://[5f00::1]/",
        "https://[100::1]/", "https://[100:0:0:1::1]/", "https://[fc00::1]/", "https://[fd00:ec2::254]/", "https://[fd20:ce::254]/",
        "https://[fdff::1]/", "https://[fe80::1]/", "https://[fe80::1%25eth0]/", "https://[fe80::1%25lo]/", "https://[fe80::1%251]/",
        "https://[fec0::1]/", "https://[febf::1]/", "https://[ff02::1]/", "https://[ff0e::1]/", "https://[4000::1]/", "https://[e000::1]/",
        "https://[2606:4700::5efe:7f00:1]/", "https://[2606:4700::200:5efe:a00:1]/", "https://[::1%25lo]/", "https://[::ffff:127.0.0.1%25lo]/",

        // names that mean this machine, this network or a metadata service, and other letters for dots and digits
        "https://localhost/", "https://LOCALHOST/", "https://localhost./", "https://localhost.localdomain/", "https://a.localhost/",
        "https://ip6-localhost/", "https://metadata/", "https://metadata.google.internal/", "https://metadata.google.internal./",
        "https://instance-data.ec2.internal/", "https://printer.local/", "https://host.docker.internal/", "https://1.0.0.127.in-addr.arpa/",
        "https://127\u30020\u30020\u30021/", "https://127\uFF0E0\uFF0E0\uFF0E1/", "https://127\uFF610\uFF610\uFF611/",
        "https://\uFF11\uFF12\uFF17.0.0.1/", "https://\u2460\u2461\u2466.0.0.1/", "https://\u24DB\u24DE\u24D2\u24D0\u24DB\u24D7\u24DE\u24E2\u24E3/",
        "https://l\u00ADocalhost/", "https://%6c%6f%63%61%6c%68%6f%73%74/", "https://127%2e0%2e0%2e1/", "https://127.0.0.1%00.example.com/",
        "https://example.com./", "https://.example.com/", "https://example..com/", "https:///127.0.0.1/", "https:/\\127.0.0.1/",

        // user names, two authorities, other schemes, other ports, broken texts
        "https://user@127.0.0.1/", "https://user:pass@example.com/", "https://example.com@127.0.0.1/", "https://example.com:443@127.0.0.1/",
        "https://@example.com/", "https://example.com\\@127.0.0.1/", "https://127.0.0.1\\@example.com/", "https://example.com#@127.0.0.1/",
        "https://example.com?@127.0.0.1/", "https://127.0.0.1#@example.com/", "https://127.0.0.1?.example.com/", "//127.0.0.1/", "///127.0.0.1/",
        "http://example.com/", "ftp://example.com/", "file:///etc/passwd", "gopher://127.0.0.1:6379/_INFO", "dict://127.0.0.1:11211/",
        "ws://example.com/", "unix:///var/run/docker.sock", "https://example.com:22/", "https://example.com:6379/", "https://example.com:8443/",
        "https://example.com:80/", "https://example.com:0/", "https://example.com:65536/", "https://example.com:44 3/", "https://example.com/\r\nx",
        "https://exa mple.com/", "https://[::1/", "https://::1/", "https://", "https://example.com/../admin", "https://example.com/a/%2e%2E/b",
        "", "relative/path",
    ];

    [Theory]
    [MemberData(nameof(ForbiddenForms))]
    public async Task A_forbidden_form_opens_no_socket(string url)
    {
        var opened = 0;
        using var path = Given.Path(
            Given.Closed,
            (_, _) => Task.FromResult(Given.Addresses("127.0.0.1")), // whatever a resolver would make of a form that passes for a name
            (_, _) =>
            {
                opened++;
                throw new InvalidOperationException("A socket was opened.");
            });

        var reply = await path.SendAsync(Given.Connection(), Given.Anywhere, Given.Post(url));

        Assert.True(Assert.IsType<SendReply.NeverSent>(reply).Forbidden);
        Assert.Equal(0, opened);
    }

    [Fact]
    public void The_table_holds_at_least_a_hundred_and_fifty_forms() => Assert.True(ForbiddenForms.Count >= 150);

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.1")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.1")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("192.167.255.255")]
    [InlineData("223.255.255.255")]
    [InlineData("2606:4700::1111")]
    [InlineData("2a00:1450:4001::200e")]
    [InlineData("2400:cb00::1")]
    public void A_public_address_is_public(string address) => Assert.Equal(AddressKind.Public, AddressRules.KindOf(IPAddress.Parse(address)));

    [Theory]
    [InlineData("8.8.8.8", "127.0.0.1")]
    [InlineData("8.8.8.8", "10.0.0.1", "1.1.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("::1", "2606:4700::1")]
    [InlineData("::ffff:10.0.0.1")]
    public async Task A_name_with_one_forbidden_address_opens_no_socket(params string[] addresses)
    {
        var opened = 0;
        using var path = Given.Path(Given.Closed, (_, _) => Task.FromResult(Given.Addresses(addresses)), (_, _) =>
        {
            opened++;
            return ValueTask.FromResult(Stream.Null);
        });

        var reply = await path.SendAsync(Given.Connection(), Given.Anywhere, Given.Post("https://example.com/"));

        var never = Assert.IsType<SendReply.NeverSent>(reply);
        Assert.Equal(("address_forbidden", true), (never.Code, never.Forbidden));
        Assert.Equal(0, opened);
    }

    [Fact]
    public async Task A_rebinding_name_is_called_at_the_address_that_was_judged()
    {
        var lookups = 0;
        var opened = new List<string>();
        using var path = Given.Path(
            Given.Closed,
            (_, _) => Task.FromResult(Given.Addresses(lookups++ == 0 ? "8.8.8.8" : "127.0.0.1")),
            (address, _) =>
            {
                opened.Add(address.ToString());
                throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.ConnectionRefused);
            });

        var first = await path.SendAsync(Given.Connection(), Given.Anywhere, Given.Post("https://example.com/"));
        var second = await path.SendAsync(Given.Connection(), Given.Anywhere, Given.Post("https://example.com/"));

        Assert.Equal("connect_failed", Assert.IsType<SendReply.NeverSent>(first).Code);
        Assert.Equal("address_forbidden", Assert.IsType<SendReply.NeverSent>(second).Code);
        Assert.Equal(["8.8.8.8:443"], opened);
        Assert.Equal(2, lookups);
    }

    [Theory]
    [InlineData("10.1.2.3", "10.0.0.0/8", true)]
    [InlineData("10.1.2.3", "10.1.2.3", true)]
    [InlineData("10.1.2.3", "10.2.0.0/16", false)]
    [InlineData("10.1.2.3", "intranet.example", true)]
    [InlineData("10.1.2.3", "other.example", false)]
    [InlineData("::ffff:10.1.2.3", "10.0.0.0/8", true)]
    [InlineData("169.254.169.254", "intranet.example", false)]
    [InlineData("169.254.169.254", "169.254.0.0/16", true)]
    public void Allow_private_opens_what_it_names(string address, string entry, bool opens) =>
        Assert.Equal(opens, new OutboundPolicy([entry], []).MayDial("intranet.example", IPAddress.Parse(address), trusted: false));

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("192.168.1.4", true)]
    [InlineData("fd12::1", true)]
    [InlineData("169.254.169.254", false)]
    [InlineData("fe80::1", false)]
    [InlineData("64:ff9b::a9fe:a9fe", false)]
    public void A_base_address_opens_private_networks_but_no_metadata(string address, bool opens) =>
        Assert.Equal(opens, Given.Closed.MayDial("proxy.example", IPAddress.Parse(address), trusted: true));

    [Theory]
    [InlineData("chat.postMessage", "https://slack.com/api/chat.postMessage")]
    [InlineData("/chat.postMessage", "https://slack.com/api/chat.postMessage")]
    [InlineData("search?u=https://a.example/b", "https://slack.com/api/search?u=https://a.example/b")]
    [InlineData("https://slack.com/x", "https://slack.com/x")]
    [InlineData("https://eu.slack-files.com/x", "https://eu.slack-files.com/x")]
    public void A_request_goes_to_a_host_of_the_manifest(string url, string address) => AssertGoesTo(address, Given.Connection(), url);

    [Theory]
    [InlineData("chat.postMessage", "http://10.0.0.5:8080/stand-in/chat.postMessage")]
    [InlineData("https://slack.com/api/chat.postMessage", "http://10.0.0.5:8080/stand-in/chat.postMessage")]
    [InlineData("https://slack.com/oauth?x=1", "http://10.0.0.5:8080/stand-in/oauth?x=1")]
    [InlineData("https://eu.slack-files.com/x", "http://10.0.0.5:8080/stand-in/x")]
    public void A_base_address_replaces_the_manifests_hosts(string url, string address) =>
        AssertGoesTo(address, Given.Connection(new Uri("http://10.0.0.5:8080/stand-in")), url);

    [Theory]
    [InlineData("http://10.0.0.6/token", "http://10.0.0.6/token", true)]
    [InlineData("https://slack.com/token", "http://10.0.0.5/token", true)]
    public void A_token_address_that_the_operator_set_is_called(string setting, string address, bool trusted)
    {
        var connection = Given.Connection(new Uri("http://10.0.0.5")) with { Settings = new Dictionary<string, string> { ["TokenUrl"] = setting } };

        var target = Assert.IsType<Target.Allowed>(new TargetGuard(Given.Closed).Resolve(connection, Given.Slack, Given.Post(setting)));

        Assert.Equal((address, trusted), (target.Address.AbsoluteUri, target.Trusted));
    }

    [Fact]
    public void A_token_address_of_the_connector_itself_opens_no_private_network()
    {
        var connection = Given.Connection() with { Settings = new Dictionary<string, string> { ["TokenUrl"] = "https://slack.com/token" } };

        var target = new TargetGuard(Given.Closed).Resolve(connection, Given.Slack, Given.Post("https://slack.com/token"));

        Assert.False(Assert.IsType<Target.Allowed>(target).Trusted);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("https://slack.com.evil.example/")]
    [InlineData("https://evilslack.com/")]
    [InlineData("https://slack-files.com/")]
    [InlineData("https://evil-slack-files.com/")]
    public void A_host_outside_the_manifest_is_refused(string url)
    {
        var refused = Assert.IsType<Target.Refused>(new TargetGuard(Given.Closed).Resolve(Given.Connection(), Given.Slack, Given.Post(url)));
        Assert.Equal("host_forbidden", refused.Code);
        Assert.Contains("It may call: slack.com, *.slack-files.com.", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_goes_only_to_its_connections_host()
    {
        var request = Given.Post("https://example.com/x") with { SecretHeaders = [new SecretHeader("Authorization", "Bearer ", new Secret("s3cret-value"))] };
        var guard = new TargetGuard(Given.Closed);

        Assert.Equal("secret_host_forbidden", Assert.IsType<Target.Refused>(guard.Resolve(Given.Connection(), Given.Anywhere, request)).Code);
        Assert.IsType<Target.Allowed>(guard.Resolve(Given.Connection(new Uri("https://example.com")), Given.Anywhere, request));
        Assert.IsType<Target.Refused>(guard.Resolve(Given.Connection(new Uri("https://other.example")), Given.Anywhere, request));
    }

    [Theory]
    [InlineData("example.com", "http://example.com/", true)]
    [InlineData("example.com", "http://example.com:8080/", false)]
    [InlineData("example.com:8080", "http://example.com:8080/", true)]
    [InlineData("example.com", "http://www.example.com/", false)]
    public void Http_is_open_only_to_hosts_the_operator_named(string entry, string url, bool open) =>
        Assert.Equal(open, new TargetGuard(new OutboundPolicy([], [entry])).Resolve(Given.Connection(), Given.Anywhere, Given.Post(url)) is Target.Allowed);

    private static void AssertGoesTo(string address, Connection connection, string url)
    {
        var target = new TargetGuard(Given.Closed).Resolve(connection, Given.Slack, Given.Post(url));
        Assert.Equal(address, Assert.IsType<Target.Allowed>(target).Address.AbsoluteUri);
    }
}
