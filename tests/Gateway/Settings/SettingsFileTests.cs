using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using ConnectorHub.Gateway.Settings;
using ConnectorHub.Runs.Connections;

namespace ConnectorHub.Tests.Gateway.Settings;

public sealed partial class SettingsFileTests : IDisposable
{
    private readonly SettingsFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_example_loads_and_says_the_codes_own_defaults()
    {
        _folder.Environment["MELTINGSPOT_SECRET"] = "a-secret";
        _folder.Environment["SLACK_BOT_TOKEN"] = "a-token";

        var (settings, findings) = _folder.Load(File.ReadAllText(Root("appsettings.example.json")));

        Assert.Empty(findings);
        var defaults = _folder.Load("{}").Settings!;
        Assert.Equal(defaults.Hub, settings!.Hub);
        Assert.Equal(defaults.Storage, settings.Storage);
        Assert.Equal(Shown(defaults.Runs), Shown(settings.Runs));
        Assert.Equal(defaults.Retention, settings.Retention);
        Assert.Equal(defaults.Scripts, settings.Scripts);
        Assert.Equal(Shown(defaults.Outbound), Shown(settings.Outbound));
        Assert.Equal(defaults.Telemetry, settings.Telemetry);
        Assert.Equal(defaults.Watch, settings.Watch);
        Assert.Equal(HookReader.Default("meltingspot-main", "live.updated"), Assert.Single(settings.Hooks));
        Assert.All(settings.Connections.Values, connection => Assert.Equal(ConnectionMode.Live, connection.Mode));
    }

    [Fact]
    public void The_example_holds_every_key()
    {
        using var example = JsonDocument.Parse(File.ReadAllText(Root("appsettings.example.json")));

        foreach (var (section, type) in new[]
        {
            ("Hub", typeof(HubOptions)), ("Storage", typeof(StorageOptions)), ("Runs", typeof(RunsOptions)), ("Retention", typeof(RetentionOptions)),
            ("Scripts", typeof(ScriptsOptions)), ("Outbound", typeof(OutboundOptions)), ("Telemetry", typeof(TelemetryOptions)), ("Watch", typeof(WatchOptions)),
        })
        {
            var keys = type.GetProperties().Where(property => property.SetMethod is not null).Select(property => property.Name);
            Assert.Equal(keys.Order(), example.RootElement.GetProperty(section).EnumerateObject().Select(member => member.Name).Order());
        }
    }

    [Fact]
    public void Every_kind_of_finding_has_its_heading()
    {
        var headings = Heading().Matches(File.ReadAllText(Root("src/Gateway/Settings/SETTINGS.md"))).Select(match => match.Groups[1].Value);

        Assert.Equal(SettingsCodes.All.Select(code => $"{code.Number} {code.Title}"), headings);
        Assert.Equal(SettingsCodes.All.Count, SettingsCodes.All.Select(code => code.Number).Distinct().Count());
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_finding()
    {
        var (configuration, finding) = SettingsFile.Read(Path.Combine(_folder.Path, "appsettings.json"));

        Assert.Null(configuration);
        Assert.StartsWith("appsettings.json: error CH1001: ", finding!.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("does not exist. Copy appsettings.example.json there.", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"Hub\": {\n \"Listen\": }")]
    [InlineData("{ \"Hub\": {}, \"hub\": {}, \"Runs\": { \"Lease\": \"1m\", \"lease\": \"2m\" } }")]
    [InlineData("[]")]
    [InlineData("")]
    public void A_file_that_is_not_json_is_a_finding(string text)
    {
        var (configuration, finding) = SettingsFile.Read(_folder.Write("appsettings.json", text));

        Assert.Null(configuration);
        Assert.Equal("CH1001", finding!.Code.Number);
    }

    [Theory]
    [InlineData("250ms", 250)]
    [InlineData("30s", 30_000)]
    [InlineData("2m", 120_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("7d", 604_800_000)]
    [InlineData("90s", 90_000)]
    public void A_duration_is_a_number_and_a_unit(string text, long milliseconds)
    {
        Assert.True(Durations.TryParse(text, out var duration));
        Assert.Equal(milliseconds, duration.TotalMilliseconds);
        Assert.Equal(text, Durations.Format(duration));
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("30")]
    [InlineData("-1s")]
    [InlineData("1.5h")]
    [InlineData("30 s")]
    [InlineData("30S")]
    [InlineData("99999999d")]
    [InlineData("2147483648ms")]
    [InlineData("00:00:30")]
    public void Anything_else_is_no_duration(string text) => Assert.False(Durations.TryParse(text, out _));

    [Theory]
    [InlineData("1MB", 1_048_576)]
    [InlineData("64KB", 65_536)]
    [InlineData("512B", 512)]
    public void A_size_is_a_number_and_a_unit(string text, int bytes)
    {
        Assert.True(ByteSizes.TryParse(text, out var size));
        Assert.Equal((bytes, text), (size, ByteSizes.Format(size)));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("1 MB")]
    [InlineData("-1MB")]
    [InlineData("4096MB")]
    public void Anything_else_is_no_size(string text) => Assert.False(ByteSizes.TryParse(text, out _));

    private static string Shown<T>(T options) => JsonSerializer.Serialize(options);

    private static string Root(string file, [CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "../../../..", file));

    [GeneratedRegex("^### (CH\\d{4} .+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
