using System.Text.Json;

namespace ConnectorHub.Abstractions;

/// <summary>One kind of webhook a platform sends.</summary>
public interface IEventSource
{
    /// <summary>As recipes write it in <c>when.source</c>.</summary>
    string Name { get; }

    /// <summary>The events known by name. Unknown ones are stored and answered 200 all the same.</summary>
    IReadOnlyList<EventType> Events { get; }

    /// <summary>True where the body does not name its event, so the hook's address must.</summary>
    bool EventComesFromHook { get; }

    /// <summary>How its sender behaves.</summary>
    SenderContract Contract { get; }

    /// <summary>Verifies and unpacks one delivery. Pure: same arguments, same answer; never throws for what was sent.</summary>
    WebhookReading Read(WebhookRequest request, WebhookSecrets secrets, DateTimeOffset now);

    /// <summary>
    /// The headers and, where the token goes in the URL, the query that a real sender would add to <paramref name="body"/>.
    /// Used by <c>send</c> and <c>demo</c> so that they pass the same check as the platform.
    /// </summary>
    SignedDelivery Sign(ReadOnlyMemory<byte> body, WebhookSecrets secrets, string id, DateTimeOffset now);
}

/// <summary>A known event of a source.</summary>
/// <param name="Name">As recipes write it in <c>when.event</c>.</param>
/// <param name="About">When the platform sends it.</param>
/// <param name="Sample">A whole body, as JSON.</param>
/// <param name="Inferred">True where the documents do not show the body and it was put together from its relatives.</param>
/// <param name="Open">Paths whose members are free (custom fields): <c>check</c> does not judge names below them.</param>
public sealed record EventType(string Name, string About, JsonElement Sample, bool Inferred, IReadOnlyList<string> Open);

/// <summary>How a sender behaves: what the hub must hold to, and how long its own net lasts.</summary>
/// <param name="Timeout">It waits this long for an answer.</param>
/// <param name="RetrySpan">From its first try to its last; zero where it never retries.</param>
/// <param name="SendsIds">True where each delivery carries an id that stays the same over retries.</param>
/// <param name="GivesUp">What it does after its last try, one sentence.</param>
public sealed record SenderContract(TimeSpan Timeout, TimeSpan RetrySpan, bool SendsIds, string GivesUp);

/// <summary>One HTTP request to a hook, as it came.</summary>
/// <param name="Headers">Names in any case.</param>
/// <param name="Token">The value of <c>?token=</c>, or null.</param>
/// <param name="HookEvent">The event segment of the hook's address, or null.</param>
/// <param name="Body">The raw bytes: signatures are checked before any parser sees them.</param>
public sealed record WebhookRequest(IReadOnlyDictionary<string, string> Headers, string? Token, string? HookEvent, ReadOnlyMemory<byte> Body);

/// <summary>The secrets and plain settings of a hook's connection.</summary>
/// <param name="Secrets">By name; several values during a rotation, all of them tried.</param>
/// <param name="Settings">By name; a declared default is already filled in.</param>
public sealed record WebhookSecrets(IReadOnlyDictionary<string, IReadOnlyList<Secret>> Secrets, IReadOnlyDictionary<string, string> Settings)
{
    /// <summary>All values of a secret; empty where it is not set.</summary>
    public IReadOnlyList<Secret> All(string name) => Secrets.TryGetValue(name, out var values) ? values : [];
}

/// <summary>What a sender adds to a body.</summary>
public sealed record SignedDelivery(IReadOnlyList<KeyValuePair<string, string>> Headers, Secret? Token);

/// <summary>What a delivery turned out to be. Closed.</summary>
public abstract record WebhookReading
{
    private WebhookReading()
    {
    }

    /// <summary>Verified; one delivery may carry several events, in order. May be empty.</summary>
    public sealed record Events(IReadOnlyList<ReadEvent> Items) : WebhookReading;

    /// <summary>A platform asking whether we are there; answered as given, nothing is stored.</summary>
    public sealed record Handshake(int Status, string ContentType, ReadOnlyMemory<byte> Body) : WebhookReading;

    /// <summary>Not taken. From outside every <see cref="Refusal.NotVerified"/> looks alike; <paramref name="Detail"/> is for our own people.</summary>
    public sealed record Refused(Refusal Why, string Detail) : WebhookReading;
}

/// <summary>Why a delivery was not taken.</summary>
public enum Refusal
{
    /// <summary>Missing, wrong or outdated signature or token: 401.</summary>
    NotVerified,

    /// <summary>Verified, but not a body we can read: 400.</summary>
    NotJson,
}

/// <summary>One event out of a delivery.</summary>
/// <param name="Type">The event's name, such as <c>live.updated</c>; unknown names are fine.</param>
/// <param name="DedupeKey">The sender's own id, the same on each retry; null where it sends none and content must not decide.</param>
/// <param name="Time">When it happened at the platform; null where it does not say.</param>
/// <param name="Subject">What it is about (an id or a name), or null.</param>
/// <param name="Test">The platform marked it as a test.</param>
/// <param name="Data">The event's own JSON, verbatim.</param>
public sealed record ReadEvent(string Type, string? DedupeKey, DateTimeOffset? Time, string? Subject, bool Test, ReadOnlyMemory<byte> Data);
