using System.Text;
using ConnectorHub.Gateway.Settings;
using Microsoft.Extensions.Configuration;

namespace ConnectorHub.Tests.Gateway.Settings;

/// <summary>A folder with secret files, and an environment.</summary>
internal sealed class SettingsFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("connectorhub-settings-");

    public Dictionary<string, string> Environment { get; } = [];

    public string Path => _folder.FullName;

    public SecretStore Secrets => new(Environment);

    public string Write(string file, string text)
    {
        var path = System.IO.Path.Combine(Path, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return path;
    }

    public (HubSettings? Settings, IReadOnlyList<SettingsFinding> Findings) Load(string json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return HubSettings.Load(new ConfigurationBuilder().AddJsonStream(stream).Build(), Path, FakeConnector.All, Secrets);
    }

    /// <summary>The findings as a person sees them.</summary>
    public IReadOnlyList<string> Findings(string json) => [.. Load(json).Findings.Select(finding => finding.ToString())];

    public SettingsConnections Connections(string json) => new(Load(json).Settings!, Secrets, CredentialKey.LoadOrCreate(Path));

    public void Dispose() => _folder.Delete(recursive: true);
}
