using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConnectorHub.Abstractions;

/// <summary>
/// The files of one connector's folder, embedded in its assembly: <c>connector.json</c> and <c>samples/*.json</c>.
/// Files are ours, so a flaw in one is a defect and throws <see cref="InvalidOperationException"/> naming the file.
/// </summary>
public sealed class ConnectorFolder
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        AllowDuplicateProperties = false,
        PropertyNameCaseInsensitive = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private readonly Assembly _assembly;
    private readonly string _prefix;

    private ConnectorFolder(Assembly assembly, string prefix)
    {
        _assembly = assembly;
        _prefix = prefix;
    }

    /// <summary>The folder that holds <paramref name="type"/>: folders and namespaces are the same.</summary>
    public static ConnectorFolder Of(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return new ConnectorFolder(type.Assembly, type.Namespace + ".");
    }

    /// <summary>Reads <c>connector.json</c>.</summary>
    public ConnectorManifest Manifest()
    {
        var file = Read<ManifestFile>("connector.json");
        return new ConnectorManifest(
            file.Name,
            file.DisplayName,
            file.About,
            file.BaseUrl,
            file.Hosts,
            [.. file.Secrets.Select(secret => new SecretDeclaration(secret.Name, secret.About, secret.Many))],
            [.. file.Settings.Select(setting => new SettingDeclaration(setting.Name, setting.About, setting.Default, setting.Allowed))],
            file.Exemptions)
        {
            Rate = file.Rate,
            DestinationRate = file.DestinationRate,
        };
    }

    /// <summary>
    /// The events of a source, in the order of <c>samples/index.json</c>. The sample of an event is <c>samples/{event}.json</c>,
    /// or the file that its <c>sample</c> names; <c>variants</c> names further files.
    /// </summary>
    public IReadOnlyList<EventType> Events(string source)
    {
        var index = Read<Dictionary<string, IReadOnlyList<IndexEntry>>>("samples.index.json");
        if (!index.TryGetValue(source, out var entries))
        {
            throw new InvalidOperationException($"{_prefix}samples.index.json has no source '{source}'. It has: {string.Join(", ", index.Keys)}.");
        }

        return [.. entries.Select(entry => new EventType(
            entry.Name,
            entry.About,
            Read<JsonElement>($"samples.{entry.Sample ?? entry.Name + ".json"}"),
            entry.Inferred,
            entry.Open ?? [])
        {
            Variants = [.. (entry.Variants ?? []).Select(variant => Read<JsonElement>($"samples.{variant}"))],
        })];
    }

    /// <summary>The steps that make the platform call a hook of a source: <c>setup</c> of <c>connector.json</c>.</summary>
    public IReadOnlyList<string> Setup(string source) =>
        (Read<ManifestFile>("connector.json").Setup ?? NoSetup).TryGetValue(source, out var steps)
            ? steps
            : throw new InvalidOperationException($"{_prefix}connector.json has no setup for source '{source}'.");

    private T Read<T>(string file)
    {
        using var stream = _assembly.GetManifestResourceStream(_prefix + file)
            ?? throw new InvalidOperationException($"{_prefix}{file} is not embedded in {_assembly.GetName().Name}.");
        try
        {
            return JsonSerializer.Deserialize<T>(stream, Strict) ?? throw new InvalidOperationException($"{_prefix}{file} is empty.");
        }
        catch (JsonException exception)
        {
            throw new InvalidOperationException($"{_prefix}{file}: {exception.Message}", exception);
        }
    }

    private static readonly Dictionary<string, IReadOnlyList<string>> NoSetup = [];

    private sealed record ManifestFile(
        string Name,
        string DisplayName,
        string About,
        string? BaseUrl,
        IReadOnlyList<string> Hosts,
        IReadOnlyList<SecretEntry> Secrets,
        IReadOnlyList<SettingEntry> Settings,
        IReadOnlyDictionary<string, string> Exemptions,
        IReadOnlyDictionary<string, IReadOnlyList<string>>? Setup = null,
        RateLimit? Rate = null,
        RateLimit? DestinationRate = null);

    private sealed record SecretEntry(string Name, string About, bool Many = false);

    private sealed record SettingEntry(string Name, string About, string? Default = null, IReadOnlyList<string>? Allowed = null);

    private sealed record IndexEntry(
        string Name, string About, bool Inferred = false, IReadOnlyList<string>? Open = null, string? Sample = null, IReadOnlyList<string>? Variants = null);
}
