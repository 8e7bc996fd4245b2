using ConnectorHub.Runs.Connections;

namespace ConnectorHub.Tests.Gateway.Settings;

public sealed class ConnectionSettingsTests : IDisposable
{
    private readonly SettingsFolder _folder = new();

    public ConnectionSettingsTests() => _folder.Environment["SET"] = "a-secret-value";

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(
        """{ "a": {} }""",
        "Connections:a:Connector: error CH1004: The connection names no connector. Allowed: google-sheets, meltingspot, slack, spir.")]
    [InlineData(
        """{ "a": { "Connector": "slak", "Secrets": { "X": "env:Y" }, "Moode": "Live" } }""",
        "Connections:a:Connector: error CH1005: There is no connector 'slak'. Did you mean 'slack'? Allowed: google-sheets, meltingspot, slack, spir.",
        "Connections:a:Moode: error CH1002: 'Connections:a:Moode' is not a setting. Did you mean 'Mode'? Allowed: Connector, Mode, RehearseReads, BaseUrl, RetryWindow, Secrets, Settings.")]
    [InlineData(
        """{ "Slack Acme": { "Connector": "slack" } }""",
        "Connections:Slack Acme: error CH1006: 'Slack Acme' is not a name for a connection, for it stands in its hook's address. "
        + "Allowed: lower-case letters, digits and dashes, at most 64.")]
    [InlineData(
        """{ "a": { "Connector": "slack", "Secrets": { "BotTokn": "env:SET" } } }""",
        "Connections:a:Secrets:BotTokn: error CH1002: 'Connections:a:Secrets:BotTokn' is not a setting. Did you mean 'BotToken'? Allowed: BotToken.")]
    [InlineData(
        """{ "a": { "Connector": "slack", "Settings": { "Vesion": "v1" } } }""",
        "Connections:a:Settings:Vesion: error CH1002: 'Connections:a:Settings:Vesion' is not a setting. Did you mean 'Version'? Allowed: Version, Team.")]
    [InlineData(
        """{ "a": { "Connector": "slack", "Settings": { "Version": "v3" } } }""",
        "Connections:a:Settings:Version: error CH1003: 'v3' is not allowed. Did you mean 'v1'? Allowed: v1, v2.")]
    [InlineData(
        """{ "a": { "Connector": "slack", "Secrets": { "BotToken": [ "env:SET", "env:SET" ] } } }""",
        "Connections:a:Secrets:BotToken: error CH1003: A list of 2 stands where one secret is allowed.")]
    [InlineData(
        """{ "a": { "Connector": "slack", "Secrets": { "BotToken": "" } } }""",
        "Connections:a:Secrets:BotToken: error CH1009: The secret is empty, and an empty secret protects nothing. "
        + "Allowed: env:NAME, file:path. It is: OAuth page of the app.")]
    [InlineData(
        """{ "a": { "Connector": "slack", "Secrets": { "BotToken": "env:" } } }""",
        "Connections:a:Secrets:BotToken: error CH1009: The secret is empty, and an empty secret protects nothing. "
        + "Allowed: env:NAME, file:path. It is: OAuth page of the app.")]
    [InlineData(
        """{ "a": { "Connector": "slack", "Secrets": { "BotToken": "xoxb-1234567890" } } }""",
        "Connections:a:Secrets:BotToken: warning CH1010: The secret stands in the settings file, where backups and colleagues read it. "
        + "Write env:NAME or file:path instead.")]
    [InlineData(
        """{ "a": { "Connector": "slack", "Secrets": { "BotToken": "env:UNSET" } } }""",
        "Connections:a:Secrets: warning CH1015: Connection 'a' waits: secret BotToken: environment variable UNSET is not set.")]
    [InlineData(
        """{ "a": { "Connector": "slack", "Mode": "Dry", "BaseUrl": "https://me:pass-word@example.org" } }""",
        "Connections:a:BaseUrl: error CH1003: '***@example.org' is not allowed. "
        + "Allowed: an absolute http or https address without user name, query or fragment, or empty for none.",
        "Connections:a:Mode: error CH1003: 'Dry' is not allowed. Allowed: one of: Live, Rehearse.")]
    [InlineData(
        """{ "a": { "Connector": "spir" } }""",
        "Connections:a:Secrets: error CH1008: The hook of connection 'a' would take events from anybody, for it has no usable secret. "
        + "It has none. Set one of: SigningSecret.")]
    [InlineData(
        """{ "a": { "Connector": "meltingspot", "Secrets": { "SigningSecrets": [ "env:NO", "env:NO2" ] } } }""",
        "Connections:a:Secrets: error CH1008: The hook of connection 'a' would take events from anybody, for it has no usable secret. "
        + "secret SigningSecrets: environment variable NO is not set; secret SigningSecrets: environment variable NO2 is not set. "
        + "Set one of: SigningSecrets, UrlToken.")]
    [InlineData("""{ "a": { "Connector": "spir", "Secrets": { "signingsecret": "env:SET" } } }""")]
    public void A_wrong_connection_is_named_with_its_place_and_what_is_allowed(string connections, params string[] findings) =>
        Assert.Equal(findings, _folder.Findings($$"""{ "Connections": {{connections}} }"""));

    [Theory]
    [InlineData("header X-Delivery")]
    [InlineData("body order.id")]
    [InlineData("body lines[0].id")]
    [InlineData("content 10m")]
    [InlineData("content 91d", "Hooks:book:Dedupe: error CH1003: 'content 91d' is not allowed. Allowed: 'header X-Delivery', 'body order.id' or 'content 10m' (at most 90d), or empty for none.")]
    [InlineData("header", "Hooks:book:Dedupe: error CH1003: 'header' is not allowed. Allowed: 'header X-Delivery', 'body order.id' or 'content 10m' (at most 90d), or empty for none.")]
    [InlineData("header X Y", "Hooks:book:Dedupe: error CH1003: 'header X Y' is not allowed. Allowed: 'header X-Delivery', 'body order.id' or 'content 10m' (at most 90d), or empty for none.")]
    [InlineData("body order..id", "Hooks:book:Dedupe: error CH1003: 'body order..id' is not allowed. Allowed: 'header X-Delivery', 'body order.id' or 'content 10m' (at most 90d), or empty for none.")]
    public void A_hook_may_say_what_tells_a_repetition(string rule, params string[] findings) => Assert.Equal(
        findings,
        _folder.Findings(
            $$"""
            { "Connections": { "book": { "Connector": "spir", "Secrets": { "SigningSecret": "env:SET" } } },
              "Hooks": { "book": { "Dedupe": "{{rule}}" } } }
            """));

    [Theory]
    [InlineData(
        "spott", "Hooks:spott: error CH1007: There is no connection 'spott' that takes events. Did you mean 'spot'? Allowed: book, spot.")]
    [InlineData("talk", "Hooks:talk: error CH1007: Connection 'talk' has no hook: connector 'slack' takes no events. Remove this entry.")]
    [InlineData(
        "book/booked", "Hooks:book/booked: error CH1007: The platform of 'book' names the event in its body, so its hook has none. Write 'book'.")]
    [InlineData(
        "spot/live.updatd",
        "Hooks:spot/live.updatd: warning CH1014: Connector 'meltingspot' knows no event 'live.updatd'. Did you mean 'live.updated'? "
        + "Allowed: live.updated, live.created.")]
    [InlineData("spot/live.updated")]
    [InlineData("spot")]
    [InlineData("book")]
    public void A_hook_for_nothing_is_a_finding(string hook, params string[] findings) => Assert.Equal(
        findings,
        _folder.Findings(
            $$"""
            { "Connections": { "spot": { "Connector": "meltingspot", "Secrets": { "UrlToken": "env:SET" } },
                               "book": { "Connector": "spir", "Secrets": { "SigningSecret": "env:SET" } },
                               "talk": { "Connector": "slack" } },
              "Hooks": { "{{hook}}": { "MaxBody": "64KB" } } }
            """));

    [Theory]
    [InlineData("""{ "Connections": { "a": "CANARY" } }""")]
    [InlineData("""{ "Connections": { "a": { "Connector": "slack", "Secrets": "CANARY" } } }""")]
    [InlineData("""{ "Connections": { "a": { "Connector": "slack", "Secrets": [ "CANARY" ] } } }""")]
    [InlineData("""{ "Connections": { "a": { "Connector": "slack", "Secrets": { "BotToken": { "Value": "CANARY" } } } } }""")]
    [InlineData("""{ "Connections": { "a": { "Connector": "slack", "Secrets": { "BotTokn": "CANARY" } } } }""")]
    [InlineData("""{ "Connections": { "a": { "Connector": "slack", "Secrets": { "BotToken": [ "CANARY", "CANARY" ] } } } }""")]
    [InlineData("""{ "Connections": { "a": { "Connector": "nothing", "Secrets": { "BotToken": "CANARY" } } } }""")]
    [InlineData("""{ "Connections": { "a": { "Connector": "slack", "BaseUrl": "https://u:CANARY@h" } } }""")]
    public void No_finding_shows_a_secret(string json)
    {
        var findings = _folder.Findings(json);

        Assert.NotEmpty(findings);
        Assert.DoesNotContain(findings, finding => finding.Contains("CANARY", StringComparison.Ordinal));
    }

    [Fact]
    public void A_secret_file_that_everybody_may_read_is_a_warning()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such permission.");
        var path = _folder.Write("token", "secret");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        }

        Assert.Equal(
            [$"Connections:a:Secrets:BotToken: warning CH1011: Every user of this machine can read {path}. Run: chmod 600 {path}"],
            _folder.Findings("""{ "Connections": { "a": { "Connector": "slack", "Secrets": { "BotToken": "file:token" } } } }"""));
    }

    [Fact]
    public void A_connection_is_as_it_was_written()
    {
        var connection = _folder.Connections(
            """
            { "Connections": { "a": { "Connector": "slack", "Mode": "rehearse", "BaseUrl": "http://10.0.0.5:8080/x",
              "Secrets": { "bottoken": "env:SET" }, "Settings": { "team": "T1" } } } }
            """).Current.Find("a")!;

        Assert.Equal(("slack", ConnectionMode.Rehearse, "http://10.0.0.5:8080/x"), (connection.ConnectorName, connection.Mode, connection.BaseUrl!.AbsoluteUri));
        Assert.Equal("a-secret-value", Assert.Single(connection.Secrets["BotToken"]).Reveal());
        Assert.Equal(("v1", "T1"), (connection.Settings["Version"], connection.Settings["Team"]));
        Assert.Null(connection.Problem);
    }
}
