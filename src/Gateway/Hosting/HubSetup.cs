using ConnectorHub.Connectors;
using ConnectorHub.Gateway.Commands;
using ConnectorHub.Gateway.Settings;

namespace ConnectorHub.Gateway.Hosting;

/// <summary>Settings that were read and found good.</summary>
/// <param name="FromFile">False where there was no file and all is default.</param>
/// <param name="Warnings">What is allowed but should not be.</param>
internal sealed record HubSetup(HubSettings Settings, IConfiguration Configuration, bool FromFile, IReadOnlyList<string> Warnings)
{
    /// <summary>Where the command line reaches a running gateway.</summary>
    public string Socket => Path.Combine(Settings.Hub.DataFolder, "hub.sock");

    /// <summary>Which connector each connection belongs to.</summary>
    public IReadOnlyDictionary<string, string> ConnectorsByConnection { get; } =
        Settings.Connections.ToDictionary(connection => connection.Key, connection => connection.Value.Connector.Manifest.Name, StringComparer.Ordinal);

    /// <summary>Reads a settings file; without one everything is default.</summary>
    /// <param name="receives">False for a command that opens no hook and so can do without their secrets.</param>
    /// <exception cref="CommandFailedException">With all findings, where one is an error.</exception>
    public static HubSetup Load(string? file, bool receives)
    {
        if (file is null)
        {
            return Judge(new ConfigurationBuilder().Build(), Environment.CurrentDirectory, fromFile: false, "the defaults", receives);
        }

        var (configuration, finding) = SettingsFile.Read(file);
        return configuration is null
            ? throw new CommandFailedException(finding!.ToString())
            : Judge(configuration, Path.GetDirectoryName(file)!, fromFile: true, file, receives);
    }

    /// <summary>Settings from memory; relative paths count from <paramref name="folder"/>.</summary>
    public static HubSetup Of(IReadOnlyDictionary<string, string?> settings, string folder)
        => Judge(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), folder, fromFile: true, "the settings", receives: true);

    private static HubSetup Judge(IConfiguration configuration, string folder, bool fromFile, string where, bool receives)
    {
        var (settings, findings) = HubSettings.Load(configuration, folder, ConnectorCatalog.All, receives: receives);
        return settings is null
            ? throw new CommandFailedException($"{where}:\n{string.Join('\n', findings)}")
            : new HubSetup(settings, configuration, fromFile, [.. findings.Select(finding => finding.ToString())]);
    }
}
