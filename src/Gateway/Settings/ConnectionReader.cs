using ConnectorHub.Abstractions;
using ConnectorHub.Runs.Connections;

namespace ConnectorHub.Gateway.Settings;

/// <summary>Reads section <c>Connections</c> against what the connectors declare.</summary>
internal sealed class ConnectionReader(IReadOnlyList<IConnector> connectors, string folder, SecretStore secrets)
{
    private const int LongestName = 64;

    /// <summary>The hub's zone; empty for UTC.</summary>
    public string Zone { get; init; } = string.Empty;

    /// <summary>The connections that hold up, by name.</summary>
    public IReadOnlyDictionary<string, ConnectionOptions> Read(SectionReader root)
    {
        var connections = new Dictionary<string, ConnectionOptions>(StringComparer.Ordinal);
        var section = root.Section("Connections");
        foreach (var name in section.Children.Select(child => child.Key))
        {
            if (!IsName(name))
            {
                section.Add(
                    name,
                    SettingsCodes.WrongName,
                    $"'{name}' is not a name for a connection, for it stands in its hook's address. "
                    + $"Allowed: lower-case letters, digits and dashes, at most {LongestName}.");
            }

            if (ReadOne(name, section.Section(name)) is { } connection)
            {
                connections.Add(name, connection);
            }
        }

        return connections;
    }

    private ConnectionOptions? ReadOne(string name, SectionReader section)
    {
        var connector = FindConnector(section);
        var mode = section.Choice("Mode", ConnectionMode.Live);
        var reads = section.Read<bool>("RehearseReads", true, bool.TryParse, "true or false");
        var address = section.Optional<Uri?>("BaseUrl", null, SettingText.TryAddress, SettingText.Address);
        var window = RetryWindowReader.Read(section, Zone);
        if (connector is null)
        {
            section.Skip("Secrets");
            section.Skip("Settings");
            section.Finish();
            return null;
        }

        var secretSources = ReadSecrets(section.Section("Secrets"), connector.Manifest);
        var settings = ReadSettings(section.Section("Settings"), connector.Manifest);
        section.Finish();
        var connection = new ConnectionOptions(name, connector, mode, address, secretSources, settings) { RehearseReads = reads, RetryWindow = window };
        JudgeSecrets(connection, section);
        return connection;
    }

    private IConnector? FindConnector(SectionReader section)
    {
        var names = connectors.Select(connector => connector.Manifest.Name).Order(StringComparer.Ordinal).ToArray();
        var name = section.Text("Connector", string.Empty);
        if (name.Length == 0)
        {
            section.Add("Connector", SettingsCodes.Missing, $"The connection names no connector. Allowed: {string.Join(", ", names)}.");
            return null;
        }

        var connector = connectors.FirstOrDefault(candidate => string.Equals(candidate.Manifest.Name, name, StringComparison.Ordinal));
        if (connector is null)
        {
            section.Add("Connector", SettingsCodes.UnknownConnector, $"There is no connector '{name}'. {SectionReader.Suggest(name, names)}");
        }

        return connector;
    }

    private Dictionary<string, IReadOnlyList<SecretSource>> ReadSecrets(SectionReader section, ConnectorManifest manifest)
    {
        var sources = new Dictionary<string, IReadOnlyList<SecretSource>>(StringComparer.Ordinal);
        foreach (var declared in manifest.Secrets)
        {
            section.Skip(declared.Name);
            var child = section.Children.FirstOrDefault(one => string.Equals(one.Key, declared.Name, StringComparison.OrdinalIgnoreCase));
            if (child is not null && ReadSecret(section, declared, child) is { Count: > 0 } values)
            {
                sources.Add(declared.Name, values);
            }
        }

        section.Finish();
        return sources;
    }

    private List<SecretSource> ReadSecret(SectionReader section, SecretDeclaration declared, IConfigurationSection child)
    {
        var items = child.GetChildren().ToArray();
        if (items.Length > 1 && !declared.Many)
        {
            section.Add(declared.Name, SettingsCodes.WrongValue, $"A list of {items.Length} stands where one secret is allowed.");
        }

        var values = new List<SecretSource>();
        foreach (var (key, text) in items.Length == 0
            ? [(declared.Name, child.Value ?? string.Empty)]
            : items.Select(item => ($"{declared.Name}:{item.Key}", item.Value ?? string.Empty)))
        {
            if (SecretSource.Parse(text, folder) is { } source)
            {
                values.Add(source);
                WarnOf(section, key, source);
            }
            else
            {
                section.Add(
                    key,
                    SettingsCodes.EmptySecret,
                    $"The secret is empty, and an empty secret protects nothing. Allowed: env:NAME, file:path. It is: {declared.About}");
            }
        }

        return values;
    }

    private static void WarnOf(SectionReader section, string key, SecretSource source)
    {
        switch (source)
        {
            case SecretSource.Literal:
                section.Add(
                    key,
                    SettingsCodes.LiteralSecret,
                    "The secret stands in the settings file, where backups and colleagues read it. Write env:NAME or file:path instead.");
                break;
            case SecretSource.FromFile { Path: var path } when SecretStore.IsOpenToAll(path):
                section.Add(key, SettingsCodes.ReadableSecret, $"Every user of this machine can read {path}. Run: chmod 600 {path}");
                break;
        }
    }

    private static Dictionary<string, string> ReadSettings(SectionReader section, ConnectorManifest manifest)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var declared in manifest.Settings)
        {
            var text = section.Text(declared.Name, string.Empty);
            if (text.Length > 0 && declared.Allowed is { Count: > 0 } allowed && !allowed.Contains(text, StringComparer.Ordinal))
            {
                section.Add(declared.Name, SettingsCodes.WrongValue, $"'{text}' is not allowed. {SectionReader.Suggest(text, allowed)}");
            }

            if ((text.Length > 0 ? text : declared.Default) is { } value)
            {
                settings.Add(declared.Name, value);
            }
        }

        section.Finish();
        return settings;
    }

    // A platform's connection without any secret would take events from anybody.
    private void JudgeSecrets(ConnectionOptions connection, SectionReader section)
    {
        var readings = connection.Secrets
            .SelectMany(secret => secret.Value.Select(source => (secret.Key, Reading: secrets.Read(source))))
            .ToArray();
        var problems = readings
            .Where(one => one.Reading is SecretReading.Absent)
            .Select(one => $"secret {one.Key}: {((SecretReading.Absent)one.Reading).Why}")
            .ToArray();
        var proofs = connection.Connector.Sources.SelectMany(source => source.Proofs).Distinct(StringComparer.Ordinal).ToArray();
        var proven = readings.Any(one => one.Reading is SecretReading.Value && proofs.Contains(one.Key, StringComparer.Ordinal));
        // A connector that also acts may be used for that alone: without a proof it has no hook.
        var acts = connection.Connector.Actions.Count > 0;
        if (acts && proofs.Length > 0 && connection.Secrets.Count == 0)
        {
            var all = string.Join(", ", connection.Connector.Manifest.Secrets.Select(secret => secret.Name));
            section.Add("Secrets", SettingsCodes.OpenHook, $"Connection '{connection.Name}' sets no secret: it can take no event that is checked, and do nothing. Set one of: {all}.");
        }
        else if (proofs.Length > 0 && !proven && (!acts || proofs.Any(connection.Secrets.ContainsKey)))
        {
            var names = string.Join(", ", proofs);
            var found = problems.Length == 0 ? "It has none" : string.Join("; ", problems);
            section.Add(
                "Secrets",
                SettingsCodes.OpenHook,
                $"The hook of connection '{connection.Name}' would take events from anybody, for it has no usable secret. {found}. Set one of: {names}.");
        }
        else if (problems.Length > 0)
        {
            section.Add("Secrets", SettingsCodes.NotUsable, $"Connection '{connection.Name}' waits: {string.Join("; ", problems)}.");
        }
    }

    private static bool IsName(string name) =>
        name.Length <= LongestName
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
        && !name.StartsWith('-')
        && !name.EndsWith('-');
}
