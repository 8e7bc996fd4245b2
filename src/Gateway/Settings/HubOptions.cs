namespace ConnectorHub.Gateway.Settings;

/// <summary>Who may read the page of metrics.</summary>
internal enum MetricsDoor
{
    /// <summary>Whoever has an admin token.</summary>
    Token,

    /// <summary>Whoever reaches the admin listener.</summary>
    Open,
}

/// <summary>How the log is written.</summary>
internal enum LogForm
{
    /// <summary>Lines for people.</summary>
    Text,

    /// <summary>A JSON object a line, for programs that collect logs.</summary>
    Json,
}

/// <summary>Section <c>Hub</c>: the gateway itself.</summary>
internal sealed record HubOptions
{
    /// <summary>Where hooks are taken.</summary>
    public string Listen { get; init; } = "http://0.0.0.0:8080";

    /// <summary>Where the admin API, the console and the metrics are.</summary>
    public string AdminListen { get; init; } = "http://127.0.0.1:8081";

    /// <summary>Where the store is. Absolute once loaded; relative to the settings file's folder as written.</summary>
    public string DataFolder { get; init; } = "data";

    /// <summary>Where the recipes are. Absolute once loaded; relative to the settings file's folder as written.</summary>
    public string RecipesFolder { get; init; } = "recipes";

    /// <summary>How platforms reach the hub, for the addresses it shows; null where it is not known.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>The zone of recipes that name none, such as <c>Europe/Paris</c>; empty for none.</summary>
    public string Zone { get; init; } = string.Empty;

    /// <summary>Who may read the page of metrics.</summary>
    public MetricsDoor Metrics { get; init; } = MetricsDoor.Token;

    /// <summary>How the log is written.</summary>
    public LogForm Logs { get; init; } = LogForm.Text;

    public static HubOptions Read(SectionReader section, string settingsFolder)
    {
        var defaults = new HubOptions();
        var options = new HubOptions
        {
            Listen = section.Read<string>(nameof(Listen), defaults.Listen, SettingText.TryListener, SettingText.Listener),
            AdminListen = section.Read<string>(nameof(AdminListen), defaults.AdminListen, SettingText.TryListener, SettingText.Listener),
            DataFolder = Path.GetFullPath(section.Read<string>(nameof(DataFolder), defaults.DataFolder, SettingText.TryAny, "a folder"), settingsFolder),
            RecipesFolder = Path.GetFullPath(
                section.Read<string>(nameof(RecipesFolder), defaults.RecipesFolder, SettingText.TryAny, "a folder"), settingsFolder),
            PublicUrl = section.Optional<Uri?>(nameof(PublicUrl), null, SettingText.TryAddress, SettingText.Address),
            Zone = section.Optional<string>(nameof(Zone), defaults.Zone, SettingText.TryZone, SettingText.Zone),
            Metrics = section.Choice(nameof(Metrics), defaults.Metrics),
            Logs = section.Choice(nameof(Logs), defaults.Logs),
        };
        section.Finish();
        options.Judge(section);
        return options;
    }

    private void Judge(SectionReader section)
    {
        if (string.Equals(Listen, AdminListen, StringComparison.OrdinalIgnoreCase) && !Listen.EndsWith(":0", StringComparison.Ordinal))
        {
            section.Add(
                nameof(AdminListen),
                SettingsCodes.Contradiction,
                $"'{AdminListen}' is also Hub:Listen, which would show the admin API to the platforms. Give it a port of its own.");
        }

        if (!SettingText.IsLoopback(AdminListen))
        {
            section.Add(
                nameof(AdminListen),
                SettingsCodes.OpenAdmin,
                $"'{AdminListen}' can be reached from other machines. Bind it to 127.0.0.1, or see that only your network gets there.");
        }
    }
}
