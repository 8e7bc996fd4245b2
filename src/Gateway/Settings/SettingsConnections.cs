using ConnectorHub.Abstractions;
using ConnectorHub.Runs.Connections;

namespace ConnectorHub.Gateway.Settings;

/// <summary>The connections of the settings with the values of their secrets. Secret files are read again by <see cref="Refresh"/>.</summary>
internal sealed class SettingsConnections : IConnections
{
    private readonly Lock _gate = new();
    private readonly HubSettings _settings;
    private readonly SecretStore _secrets;
    private readonly CredentialKey _key;
    private readonly SecretSource.FromFile[] _files;
    private Dictionary<SecretSource, SecretReading> _readings;
    private volatile ConnectionBook _current;
    private volatile IReadOnlyDictionary<SecretSource, string> _stale = new Dictionary<SecretSource, string>();

    public SettingsConnections(HubSettings settings, SecretStore secrets, CredentialKey key)
    {
        _settings = settings;
        _secrets = secrets;
        _key = key;
        var sources = settings.Connections.Values.SelectMany(connection => connection.Secrets.Values).SelectMany(values => values).ToHashSet();
        _files = [.. sources.OfType<SecretSource.FromFile>()];
        _readings = sources.ToDictionary(source => source, secrets.Read);
        _current = Build();
    }

    /// <inheritdoc/>
    public ConnectionBook Current => _current;

    /// <summary>Files that could be read before and cannot be now (<c>file x is empty</c>); their last good values are still in use.</summary>
    public IReadOnlyCollection<string> Stale => [.. _stale.Values];

    /// <summary>
    /// Reads the secret files again; true where a connection changed. The host calls it about once a second. The content is compared, not the
    /// time stamp: a swapped link (as orchestrators mount secrets) keeps its time, and two writes within a tick share one.
    /// </summary>
    public bool Refresh()
    {
        lock (_gate)
        {
            var changed = false;
            var stale = new Dictionary<SecretSource, string>();
            var readings = new Dictionary<SecretSource, SecretReading>(_readings);
            foreach (var file in _files)
            {
                var now = _secrets.Read(file);
                if (now is SecretReading.Absent absent && readings[file] is SecretReading.Value)
                {
                    // Most likely somebody is writing it. What worked a second ago is kept.
                    stale.Add(file, absent.Why);
                }
                else if (now != readings[file])
                {
                    readings[file] = now;
                    changed = true;
                }
            }

            _stale = stale;
            if (changed)
            {
                _readings = readings;
                _current = Build();
            }

            return changed;
        }
    }

    /// <summary>Where each secret is kept and whether it can be read, by connection and name; never a value.</summary>
    public IReadOnlyList<SecretPlace> Places()
    {
        lock (_gate)
        {
            return
            [
                .. from connection in _settings.Connections.Values
                   orderby connection.Name
                   from secret in connection.Secrets
                   from source in secret.Value
                   select Place(connection.Name, secret.Key, source),
            ];
        }
    }

    private SecretPlace Place(string connection, string name, SecretSource source) => new(
        connection,
        name,
        source switch
        {
            SecretSource.FromFile file => $"file {file.Path}",
            SecretSource.FromEnvironment variable => $"variable {variable.Variable}",
            _ => "the settings file",
        },
        source is SecretSource.FromFile,
        _stale.GetValueOrDefault(source) ?? (_readings[source] as SecretReading.Absent)?.Why,
        _readings[source] is SecretReading.Value)
    {
        OpenTo = source switch
        {
            SecretSource.Literal => SecretReaders.WhoReadsSettings,
            SecretSource.FromFile { Path: var path } when SecretStore.IsOpenToAll(path) => SecretReaders.EveryUser,
            _ => SecretReaders.Owner,
        },
    };

    private ConnectionBook Build() =>
        new(_settings.Connections.ToDictionary(connection => connection.Key, connection => Build(connection.Value), StringComparer.Ordinal));

    private Connection Build(ConnectionOptions options)
    {
        var secrets = new Dictionary<string, IReadOnlyList<Secret>>(StringComparer.Ordinal);
        var problems = new List<string>();
        foreach (var (name, sources) in options.Secrets)
        {
            var readings = sources.Select(source => _readings[source]).ToArray();
            if (readings.OfType<SecretReading.Value>().Select(reading => reading.Secret).ToArray() is { Length: > 0 } values)
            {
                secrets.Add(name, values); // one of several is enough: the others come or go in a rotation
            }
            else
            {
                problems.AddRange(readings.OfType<SecretReading.Absent>().Select(reading => $"secret {name}: {reading.Why}"));
            }
        }

        // What only takes events verifies with any of its secrets; what calls out may need each of them.
        var usable = problems.Count == 0 || (options.Connector.Actions.Count == 0 && secrets.Count > 0);
        return new Connection(
            options.Name,
            options.Connector.Manifest.Name,
            options.Mode,
            options.BaseUrl,
            secrets,
            options.Settings,
            _key.VersionOf(options, secrets),
            usable ? null : string.Join("; ", problems))
        {
            RehearseReads = options.RehearseReads,
            RetryWindow = options.RetryWindow,
        };
    }
}
