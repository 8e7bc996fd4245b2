using ConnectorHub.Abstractions;

namespace ConnectorHub.Recipes.HubEvents;

/// <summary>
/// What the hub tells of itself, as a source that recipes name. It has no hook: nobody can send such an event, the hub takes them in itself.
/// </summary>
public sealed class HubSource : IEventSource
{
    /// <summary>As recipes write it; and what its events name as their connection.</summary>
    public const string SourceName = "hub";

    private static readonly ConnectorFolder Folder = ConnectorFolder.Of(typeof(HubSource));

    internal HubSource()
    {
    }

    public string Name => SourceName;

    public IReadOnlyList<EventType> Events { get; } = Folder.Events(SourceName);

    public EventNaming Naming => EventNaming.Delivery;

    /// <summary>None: what is not proven has no hook.</summary>
    public IReadOnlyList<string> Proofs => [];

    public IReadOnlyList<string> Setup => [];

    public SenderContract Contract { get; } = new(
        TimeSpan.FromSeconds(10), SuccessStatus.Any2xx, [], DisablesAfter: null, "The hub keeps what it tells until it is stored.", "Nothing has to be done.");

    public WebhookReading Read(WebhookRequest request, WebhookSecrets secrets, DateTimeOffset now) =>
        new WebhookReading.Refused(Refusal.NotSupported, "The hub's own events do not come by HTTP.");

    public SignedDelivery Sign(SampleDelivery delivery, WebhookSecrets secrets, string id, DateTimeOffset now) => new([], null);
}

/// <summary>The hub's own events by name.</summary>
public static class HubEventNames
{
    public const string RunDeadLettered = "hub.run.dead-lettered";
    public const string ConnectionBlocked = "hub.connection.blocked";
    public const string ConnectionDown = "hub.connection.down";
    public const string RecipeRejected = "hub.recipe.rejected";
    public const string SourceSilent = "hub.source.silent";
    public const string SourceRefusing = "hub.source.refusing";
    public const string SenderAtRisk = "hub.sender.at-risk";
    public const string DiskLow = "hub.disk.low";

    /// <summary>All of them, in the order of the samples.</summary>
    public static IReadOnlyList<string> All { get; } = [RunDeadLettered, ConnectionBlocked, ConnectionDown, RecipeRejected, SourceSilent, SourceRefusing, SenderAtRisk, DiskLow];
}
