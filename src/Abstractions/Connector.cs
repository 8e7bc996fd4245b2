using System.Text.Json;

namespace ConnectorHub.Abstractions;

/// <summary>Our code for one platform: what it can do and which webhooks it understands. One instance for all connections; no state.</summary>
public interface IConnector
{
    /// <summary>Who it is, read from <c>connector.json</c>.</summary>
    ConnectorManifest Manifest { get; }

    /// <summary>What it can do.</summary>
    IReadOnlyList<IConnectorAction> Actions { get; }

    /// <summary>Which webhooks it understands.</summary>
    IReadOnlyList<IEventSource> Sources { get; }

    /// <summary>Asks the platform whether the connection's credentials work. Never writes. Done with an object that says who we are there.</summary>
    Task<StepOutcome> CheckAsync(ActionContext context, CancellationToken cancellationToken);
}

/// <summary>Who a connector is: the content of <c>connector.json</c>.</summary>
/// <param name="Name">Lower-case words with dashes; recipes write <c>name.action</c>.</param>
/// <param name="DisplayName">As people write it.</param>
/// <param name="About">One sentence for the gallery.</param>
/// <param name="BaseUrl">Where relative requests go; null where every address comes from the input or a secret.</param>
/// <param name="Hosts">Hosts it may call; <c>*.example.com</c> matches subdomains, <c>*</c> any public host (guarded).</param>
/// <param name="Secrets">Secrets a connection may set.</param>
/// <param name="Settings">Plain settings a connection may set.</param>
/// <param name="Exemptions">Rules of the acceptance suite it is excused from, each with its reason.</param>
public sealed record ConnectorManifest(
    string Name,
    string DisplayName,
    string About,
    string? BaseUrl,
    IReadOnlyList<string> Hosts,
    IReadOnlyList<SecretDeclaration> Secrets,
    IReadOnlyList<SettingDeclaration> Settings,
    IReadOnlyDictionary<string, string> Exemptions)
{
    /// <summary>How often one connection may be used; null where the platform names no limit for all of its actions.</summary>
    public RateLimit? Rate { get; init; }

    /// <summary>
    /// How often each destination of a connection may be used, such as a channel, beside <see cref="Rate"/>; null where the platform names no such limit.
    /// </summary>
    public RateLimit? DestinationRate { get; init; }
}

/// <summary>
/// How often a platform lets one account act. A burst after a pause comes on top: in any stretch of <paramref name="Seconds"/> there may be
/// <paramref name="Count"/> + <paramref name="Burst"/> - 1 attempts, which is what must be within the platform's limit.
/// </summary>
/// <param name="Count">So many attempts …</param>
/// <param name="Seconds">… in so many seconds.</param>
/// <param name="Burst">So many at once after a pause.</param>
public sealed record RateLimit(int Count, int Seconds, int Burst)
{
    /// <summary>From one attempt to the next.</summary>
    public TimeSpan Interval => TimeSpan.FromSeconds(Seconds) / Count;
}

/// <summary>A secret a connection may set.</summary>
/// <param name="Name">As written in settings.</param>
/// <param name="About">Where a person finds it at the platform.</param>
/// <param name="Many">True for a list, for rotation: any of them is accepted.</param>
public sealed record SecretDeclaration(string Name, string About, bool Many = false);

/// <summary>A plain, not secret, setting of a connection, such as the header a generic webhook signs with.</summary>
public sealed record SettingDeclaration(string Name, string About, string? Default = null, IReadOnlyList<string>? Allowed = null);

/// <summary>One thing a connector can do.</summary>
public interface IConnectorAction
{
    /// <summary>Lower-case words with dashes: <c>post-message</c>.</summary>
    string Name { get; }

    /// <summary>One sentence for the list of actions.</summary>
    string About { get; }

    /// <summary>What a second send does.</summary>
    Repeat Repeat { get; }

    /// <summary>
    /// The kind of thing it creates, such as <c>event</c>; null where it creates none. A step with a <c>key</c> that was made before takes what
    /// was made instead of creating it again.
    /// </summary>
    string? Makes => null;

    /// <summary>How many requests that write an attempt takes of the platform's limit, such as a row and its format.</summary>
    int Writes(JsonElement input) => 1;

    /// <summary>
    /// Where within the connection an attempt goes, where the platform limits each such place by itself (<see cref="ConnectorManifest.DestinationRate"/>):
    /// a short text that may be shown; null where it does not matter.
    /// </summary>
    string? Destination(JsonElement input) => null;

    /// <summary>What it accepts and gives, read from its C# records.</summary>
    ActionShape Shape { get; }

    /// <summary>Makes one attempt. <paramref name="input"/> is the rendered <c>with</c> map. Input that does not bind is Rejected and nothing is sent.</summary>
    Task<StepOutcome> ExecuteAsync(JsonElement input, ActionContext context, CancellationToken cancellationToken);

    /// <summary>Looks for the effect of an unconfirmed attempt of the same input and effect key.</summary>
    Task<Probe> FindAsync(JsonElement input, ActionContext context, CancellationToken cancellationToken);
}
