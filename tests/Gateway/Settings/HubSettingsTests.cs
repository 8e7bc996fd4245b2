using ConnectorHub.Runs.Connections;

namespace ConnectorHub.Tests.Gateway.Settings;

public sealed class HubSettingsTests : IDisposable
{
    private readonly SettingsFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(
        """{ "Runs": { "Concurency": 4 } }""",
        "Runs:Concurency: error CH1002: 'Runs:Concurency' is not a setting. Did you mean 'Concurrency'? "
        + "Allowed: AcceptDeadline, CallTimeout, Settle, Lease, Concurrency, Retry, GiveUpAfter, LateAfter.")]
    [InlineData(
        """{ "Scripst": { "Hosts": 1 } }""",
        "Scripst: error CH1002: 'Scripst' is not a setting. Did you mean 'Scripts'? "
        + "Allowed: Hub, Connections, Storage, Runs, Retention, Scripts, Outbound, Telemetry, Watch, Hooks, Logging, AllowedHosts, Kestrel.")]
    [InlineData(
        """{ "Retention": { "Events": "2d" } }""",
        "Retention:Events: error CH1012: '2d' is shorter than a run may take: runs give up after 7d (Runs:GiveUpAfter), "
        + "and what happened would be gone before anybody looks. Allowed: at least 7d.")]
    [InlineData(
        """{ "Runs": { "CallTimeout": "30" } }""",
        "Runs:CallTimeout: error CH1003: '30' is not allowed. Allowed: a duration such as 250ms, 30s, 2m, 1h or 7d, from 1s to 10m.")]
    [InlineData(
        """{ "Runs": { "CallTimeout": "00:00:30" } }""",
        "Runs:CallTimeout: error CH1003: '00:00:30' is not allowed. Allowed: a duration such as 250ms, 30s, 2m, 1h or 7d, from 1s to 10m.")]
    [InlineData(
        """{ "Runs": { "CallTimeout": "99d" } }""",
        "Runs:CallTimeout: error CH1003: '99d' is not allowed. Allowed: a duration such as 250ms, 30s, 2m, 1h or 7d, from 1s to 10m.")]
    [InlineData(
        """{ "Runs": { "Concurrency": "many" } }""",
        "Runs:Concurrency: error CH1003: 'many' is not allowed. Allowed: a whole number from 1 to 10000.")]
    [InlineData(
        """{ "Runs": { "Concurrency": 0 } }""",
        "Runs:Concurrency: error CH1003: '0' is not allowed. Allowed: a whole number from 1 to 10000.")]
    [InlineData(
        """{ "Runs": { "Concurrency": [ 1 ] } }""",
        "Runs:Concurrency: error CH1003: A list or section stands where one value is allowed.")]
    [InlineData(
        """{ "Runs": { "Retry": [ "30s", "soon", "0s" ] } }""",
        "Runs:Retry:1: error CH1003: 'soon' is not allowed. Allowed: a duration such as 250ms, 30s, 2m, 1h or 7d.",
        "Runs:Retry:2: error CH1003: '0s' is not allowed. Allowed: a duration such as 250ms, 30s, 2m, 1h or 7d.")]
    [InlineData(
        """{ "Runs": { "Retry": "30s" } }""",
        "Runs:Retry: error CH1003: '30s' is not allowed. Allowed: a list, each item a duration such as 250ms, 30s, 2m, 1h or 7d.")]
    [InlineData(
        """{ "Runs": { "Retry": [ "8d" ] } }""",
        "Runs:Retry: error CH1012: The waits add up to 8d, but runs give up after 7d (Runs:GiveUpAfter). Shorten the list or raise GiveUpAfter.")]
    [InlineData(
        """{ "Runs": { "CallTimeout": "2m" } }""",
        "Runs:Lease: error CH1012: '90s' ends before a call of Runs:CallTimeout '2m' is surely over. Allowed: at least 130s.")]
    [InlineData(
        """{ "Runs": "fast" }""",
        "Runs: error CH1003: One value stands where a section { … } is allowed.")]
    [InlineData(
        """{ "Connections": "slack" }""",
        "Connections: error CH1003: One value stands where a section { … } is allowed.")]
    [InlineData(
        """{ "Storage": { "Provider": "Oracle" } }""",
        "Storage:Provider: error CH1003: 'Oracle' is not allowed. Allowed: one of: Sqlite.")]
    [InlineData(
        """{ "Storage": { "Provider": "0" } }""",
        "Storage:Provider: error CH1003: '0' is not allowed. Allowed: one of: Sqlite.")]
    [InlineData(
        """{ "Hub": { "Listen": "8080" } }""",
        "Hub:Listen: error CH1003: '8080' is not allowed. Allowed: an address such as http://127.0.0.1:8080; port 0 takes a free one; for https put a reverse proxy in front.")]
    [InlineData(
        """{ "Hub": { "Listen": "http://127.0.0.1:8081" } }""",
        "Hub:AdminListen: error CH1012: 'http://127.0.0.1:8081' is also Hub:Listen, which would show the admin API to the platforms. Give it a port of its own.")]
    [InlineData(
        """{ "Hub": { "AdminListen": "http://0.0.0.0:8081" } }""",
        "Hub:AdminListen: warning CH1013: 'http://0.0.0.0:8081' can be reached from other machines. Bind it to 127.0.0.1, or see that only your network gets there.")]
    [InlineData(
        """{ "Hub": { "Zone": "Europe/Pariss" } }""",
        "Hub:Zone: error CH1003: 'Europe/Pariss' is not allowed. Allowed: a zone of the IANA list, such as Europe/Paris, or empty for none.")]
    [InlineData(
        """{ "Hub": { "PublicUrl": "hub.example.org" } }""",
        "Hub:PublicUrl: error CH1003: 'hub.example.org' is not allowed. "
        + "Allowed: an absolute http or https address without user name, query or fragment, or empty for none.")]
    [InlineData(
        """{ "Hub": { "Metrics": "Public", "Logs": "Xml" } }""",
        "Hub:Logs: error CH1003: 'Xml' is not allowed. Allowed: one of: Text, Json.",
        "Hub:Metrics: error CH1003: 'Public' is not allowed. Allowed: one of: Token, Open.")]
    [InlineData(
        """{ "Telemetry": { "Otlp": "collector:4318", "Protocol": "Udp", "SendTraceparent": "maybe" } }""",
        "Telemetry:Otlp: error CH1003: 'collector:4318' is not allowed. "
        + "Allowed: an absolute http or https address without user name, query or fragment, or empty for none.",
        "Telemetry:Protocol: error CH1003: 'Udp' is not allowed. Allowed: one of: Http, Grpc.",
        "Telemetry:SendTraceparent: error CH1003: 'maybe' is not allowed. Allowed: true or false.")]
    [InlineData(
        """{ "Hub": { "DataFolder": "" } }""",
        "Hub:DataFolder: error CH1003: '' is not allowed. Allowed: a folder.")]
    [InlineData(
        """{ "Scripts": { "Wall": "100ms" } }""",
        "Scripts:Wall: error CH1012: '100ms' is less than Scripts:Cpu '250ms', which could then never be used up.")]
    [InlineData(
        """{ "Outbound": { "AllowPrivate": [ "10.0.0.0/8", "10.0.0.0/40", "http://intranet" ], "AllowHttp": [ "intranet:8080", "intranet:x" ] } }""",
        "Outbound:AllowHttp:1: error CH1003: 'intranet:x' is not allowed. Allowed: a host name, or host:port.",
        "Outbound:AllowPrivate:1: error CH1003: '10.0.0.0/40' is not allowed. Allowed: a host name, an address or a network such as 10.1.0.0/16.",
        "Outbound:AllowPrivate:2: error CH1003: 'http://intranet' is not allowed. Allowed: a host name, an address or a network such as 10.1.0.0/16.")]
    [InlineData("""{ "Logging": { "LogLevel": { "Default": "Debug" } }, "AllowedHosts": "*", "Kestrel": { "Limits": {} } }""")]
    public void A_wrong_setting_is_named_with_its_place_and_what_is_allowed(string json, params string[] findings) =>
        Assert.Equal(findings, _folder.Findings(json));

    [Fact]
    public void All_findings_come_at_once_and_one_error_is_enough_to_refuse()
    {
        var (settings, findings) = _folder.Load(
            """{ "Hub": { "Prot": 1, "Zone": "X" }, "Runs": { "Settle": "x", "Lease": [] , "Retry": [ "y" ] }, "Foo": 1, "Bar": { "A": { "B": 1 } } }""");

        Assert.Null(settings);
        Assert.Equal(["Bar", "Foo", "Hub:Prot", "Hub:Zone", "Runs:Lease", "Runs:Retry:0", "Runs:Settle"], findings.Select(finding => finding.Key));
    }

    [Fact]
    public void Without_any_settings_the_defaults_hold()
    {
        var (settings, findings) = _folder.Load("{}");

        Assert.Empty(findings);
        Assert.Equal(256, settings!.Runs.Concurrency);
        Assert.Equal(Path.Combine(_folder.Path, "data"), settings.Hub.DataFolder);
    }

    [Fact]
    public void Lists_replace_the_default_list()
    {
        Assert.Equal([TimeSpan.FromSeconds(1)], _folder.Load("""{ "Runs": { "Retry": [ "1s" ] } }""").Settings!.Runs.Retry);
        Assert.Empty(_folder.Load("""{ "Runs": { "Retry": [] } }""").Settings!.Runs.Retry);
    }

    [Fact]
    public void A_hook_takes_its_own_settings_then_its_connections_then_the_defaults()
    {
        _folder.Environment["S"] = "secret-value";
        var settings = _folder.Load(
            """
            { "Connections": { "spot": { "Connector": "meltingspot", "Secrets": { "UrlToken": "env:S" } } },
              "Hooks": { "spot": { "Tests": "Live" }, "spot/live.updated": { "MaxBody": "64KB" } } }
            """).Settings!;

        Assert.Equal(new HookSettings("spot", "live.updated", true, 65536), settings.Hook("spot", "live.updated"));
        Assert.Equal(new HookSettings("spot", "live.created", false, 1048576), settings.Hook("spot", "live.created"));
        Assert.Equal(new HookSettings("other", "", true, 1048576), settings.Hook("other", ""));
    }
}
