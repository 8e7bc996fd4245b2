using ConnectorHub.Abstractions;
using ConnectorHub.Runs.Connections;

namespace ConnectorHub.Gateway.Settings;

/// <summary>Everything an operator sets, checked. SETTINGS.md explains each finding.</summary>
internal sealed record HubSettings
{
    public HubOptions Hub { get; init; } = new();

    public StorageOptions Storage { get; init; } = new();

    public RunsOptions Runs { get; init; } = new();

    public RetentionOptions Retention { get; init; } = new();

    public ScriptsOptions Scripts { get; init; } = new();

    public OutboundOptions Outbound { get; init; } = new();

    public TelemetryOptions Telemetry { get; init; } = new();

    public WatchOptions Watch { get; init; } = new();

    /// <summary>By name.</summary>
    public IReadOnlyDictionary<string, ConnectionOptions> Connections { get; init; } = new Dictionary<string, ConnectionOptions>();

    /// <summary>Only what is set; ask <see cref="Hook"/>.</summary>
    public IReadOnlyList<HookSettings> Hooks { get; init; } = [];

    /// <summary>
    /// Checks everything and says everything at once. No settings where a finding is an error.
    /// </summary>
    /// <param name="configuration">The settings file's content only (<see cref="SettingsFile"/>): what else is in there is judged too.</param>
    /// <param name="settingsFolder">Relative paths count from here.</param>
    /// <param name="secrets">Where <c>env:</c> and <c>file:</c> are looked up; this process where it is null.</param>
    /// <param name="receives">
    /// False for what opens no hook: an operator's shell does not have the service's variables, and what asks a gateway that runs needs none.
    /// </param>
    public static (HubSettings? Settings, IReadOnlyList<SettingsFinding> Findings) Load(
        IConfiguration configuration, string settingsFolder, IReadOnlyList<IConnector> connectors, SecretStore? secrets = null, bool receives = true)
    {
        var folder = Path.GetFullPath(settingsFolder);
        var findings = new List<SettingsFinding>();
        var root = new SectionReader(configuration, string.Empty, findings);
        var hub = HubOptions.Read(root.Section(nameof(Hub)), folder);
        var connections = new ConnectionReader(connectors, folder, secrets ?? SecretStore.OfThisProcess()) { Zone = hub.Zone }.Read(root);
        var (storage, runs) = (StorageOptions.Read(root.Section(nameof(Storage))), RunsOptions.Read(root.Section(nameof(Runs))));
        var settings = new HubSettings
        {
            Hub = hub,
            Storage = storage,
            Runs = runs,
            Retention = RetentionOptions.Read(root.Section(nameof(Retention)), runs.GiveUpAfter),
            Scripts = ScriptsOptions.Read(root.Section(nameof(Scripts))),
            Outbound = OutboundOptions.Read(root.Section(nameof(Outbound))),
            Telemetry = TelemetryOptions.Read(root.Section(nameof(Telemetry))),
            Watch = WatchOptions.Read(root.Section(nameof(Watch))),
            Connections = connections,
            Hooks = new HookReader(connections).Read(root),
        };
        foreach (var frameworks in (string[])["Logging", "AllowedHosts", "Kestrel"])
        {
            root.Skip(frameworks);
        }

        root.Finish();
        findings.Sort((one, other) => string.CompareOrdinal(one.Key, other.Key));
        return (findings.Exists(finding => finding.IsError && (receives || finding.Code != SettingsCodes.OpenHook)) ? null : settings, findings);
    }

    /// <summary>The settings of a hook: its own, else its connection's, else the defaults.</summary>
    public HookSettings Hook(string connection, string hookEvent) =>
        FindHook(connection, hookEvent)
        ?? (FindHook(connection, string.Empty) ?? HookReader.Default(connection, hookEvent)) with { HookEvent = hookEvent };

    private HookSettings? FindHook(string connection, string hookEvent) =>
        Hooks.FirstOrDefault(hook => hook.Connection == connection && hook.HookEvent == hookEvent);
}
