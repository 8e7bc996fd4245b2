using System.Text.Json;

namespace ConnectorHub.Abstractions;

/// <summary>One kind of webhook a platform sends.</summary>
public interface IEventSource
{
    /// <summary>As recipes write it in <c>when.source</c>.</summary>
    string Name { get; }

    /// <summary>The events known by name. Unknown ones are stored and answered 200 all the same.</summary>
    IReadOnlyList<EventType> Events { get; }

    /// <summary>What names an event.</summary>
    EventNaming Naming { get; }

    /// <summary>
    /// The fixed last part of its hooks' address, which tells the second source of a connector from the first: <c>native</c>. Empty for the first.
    /// </summary>
    string HookSegment => string.Empty;

    /// <summary>Names of the secrets of which one proves a delivery. A connection that sets none of them has no hook for this source.</summary>
    IReadOnlyList<string> Proofs { get; }

    /// <summary>What this platform writes where a date is not set; expressions see such a value as missing.</summary>
    MissingDates MissingDates => MissingDates.None;

    /// <summary>What to do in the platform's settings so that it calls a hook, one sentence a step. <c>{url}</c> stands for the hook's address.</summary>
    IReadOnlyList<string> Setup { get; }

    /// <summary>How its sender behaves.</summary>
    SenderContract Contract { get; }

    /// <summary>Verifies and unpacks one delivery. Pure: same arguments, same answer; never throws for what was sent.</summary>
    WebhookReading Read(WebhookRequest request, WebhookSecrets secrets, DateTimeOffset now);

    /// <summary>
    /// The headers and, where the token goes in the URL, the query that a real sender would add to a body.
    /// Used by <c>send</c> and <c>demo</c> so that they pass the same check as the platform.
    /// </summary>
    SignedDelivery Sign(SampleDelivery delivery, WebhookSecrets secrets, string id, DateTimeOffset now);

    /// <summary>
    /// A sample's body as if it had happened now: where the body itself says which event it is (an id, a time), that is replaced,
    /// so that sending a sample twice makes two events.
    /// </summary>
    ReadOnlyMemory<byte> Renew(ReadOnlyMemory<byte> body, string id, DateTimeOffset now) => body;

    /// <summary>
    /// The body of a delivery that carries this one event. The same bytes where an event is a delivery; a platform that sends several events
    /// at once has something around each of them, which samples lack.
    /// </summary>
    ReadOnlyMemory<byte> Deliver(ReadOnlyMemory<byte> body) => body;
}

/// <summary>What names the events of a source.</summary>
public enum EventNaming
{
    /// <summary>The delivery itself; the hook's address has no event segment.</summary>
    Delivery,

    /// <summary>The last segment of the hook's address, which it must have: the delivery does not say.</summary>
    Hook,

    /// <summary>The last segment of the hook's address where it has one, else the source.</summary>
    HookIfNamed,
}

/// <summary>A known event of a source.</summary>
/// <param name="Name">As recipes write it in <c>when.event</c>.</param>
/// <param name="About">When the platform sends it.</param>
/// <param name="Sample">The event's whole content, as JSON: what expressions see. <see cref="IEventSource.Deliver"/> makes a delivery of it.</param>
/// <param name="Inferred">True where the documents do not show the body and it was put together from its relatives.</param>
/// <param name="Open">Paths whose members are free (custom fields): <c>check</c> does not judge names below them.</param>
public sealed record EventType(string Name, string About, JsonElement Sample, bool Inferred, IReadOnlyList<string> Open)
{
    /// <summary>Further bodies that must be taken, such as one with the types a platform's tables give where its own sample contradicts them.</summary>
    public IReadOnlyList<JsonElement> Variants { get; init; } = [];

    /// <summary>The sample, then its variants.</summary>
    public IEnumerable<JsonElement> Bodies => Variants.Prepend(Sample);
}

/// <summary>What a platform writes where a date is not set.</summary>
[Flags]
public enum MissingDates
{
    /// <summary>Nothing of the kind: it says null or leaves the field out.</summary>
    None = 0,

    /// <summary>The number 0 in a field whose name ends in <c>_at</c>, where others hold UNIX seconds.</summary>
    UnixZero = 1,

    /// <summary>A text that begins with <c>0001-01-01T00:00:00</c>.</summary>
    YearOne = 2,
}

/// <summary>One HTTP request to a hook, as it came.</summary>
/// <param name="Headers">Names in any case.</param>
/// <param name="Token">The value of <c>?token=</c>, or null.</param>
/// <param name="HookEvent">The event segment of the hook's address, or null.</param>
/// <param name="Body">The raw bytes: signatures are checked before any parser sees them.</param>
public sealed record WebhookRequest(IReadOnlyDictionary<string, string> Headers, string? Token, string? HookEvent, ReadOnlyMemory<byte> Body)
{
    /// <summary>The HTTP method.</summary>
    public string Method { get; init; } = "POST";

    /// <summary>
    /// The address as the platform knows it, query included and not decoded: <c>Hub:PublicUrl</c> and the request's own path. Null where no public
    /// address is set. Some platforms sign it.
    /// </summary>
    public string? Url { get; init; }

    /// <summary>A header's value, or null. Names come in any case, and the dictionary need not know that.</summary>
    public string? Header(string name)
    {
        if (Headers.TryGetValue(name, out var exact))
        {
            return exact;
        }

        foreach (var header in Headers)
        {
            if (string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase))
            {
                return header.Value;
            }
        }

        return null;
    }
}

/// <summary>The secrets and plain settings of a hook's connection.</summary>
/// <param name="Secrets">By name; several values during a rotation, all of them tried.</param>
/// <param name="Settings">By name; a declared default is already filled in.</param>
public sealed record WebhookSecrets(IReadOnlyDictionary<string, IReadOnlyList<Secret>> Secrets, IReadOnlyDictionary<string, string> Settings)
{
    /// <summary>All values of a secret; empty where it is not set.</summary>
    public IReadOnlyList<Secret> All(string name) => Secrets.TryGetValue(name, out var values) ? values : [];
}

/// <summary>A body that is about to be sent to an own hook.</summary>
/// <param name="Event">The event's name.</param>
/// <param name="Url">As <see cref="WebhookRequest.Url"/>.</param>
public sealed record SampleDelivery(string Event, ReadOnlyMemory<byte> Body, string? Url = null);

/// <summary>What a sender adds to a body.</summary>
/// <param name="Headers">Headers the signature covers or consists of: with one of them changed the delivery is refused.</param>
/// <param name="Token">What the hook's address carries as <c>?token=</c>, or null.</param>
public sealed record SignedDelivery(IReadOnlyList<KeyValuePair<string, string>> Headers, Secret? Token)
{
    /// <summary>Headers that only say something and that no signature covers, such as the event's name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Labels { get; init; } = [];
}

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

    /// <summary>
    /// Not taken. From outside all refusals but <see cref="Refusal.NotJson"/> look alike; <paramref name="Detail"/> is for our own people and
    /// holds no secret and no text of the sender's.
    /// </summary>
    public sealed record Refused(Refusal Why, string Detail) : WebhookReading;
}

/// <summary>Why a delivery was not taken. <see cref="NotJson"/> is answered 400, every other 401.</summary>
public enum Refusal
{
    /// <summary>The signature's headers or the token are not there at all: most likely not the platform.</summary>
    NoProof,

    /// <summary>They are there, but not in the form the platform uses.</summary>
    Malformed,

    /// <summary>The timestamp is too old or ahead: a replay, a queue, or a wrong clock.</summary>
    OutsideWindow,

    /// <summary>In form, but made with another secret, or the body was changed on its way.</summary>
    WrongProof,

    /// <summary>Signed in a way this hub cannot check.</summary>
    NotSupported,

    /// <summary>The hub lacks what it needs to check: a secret, or its own public address.</summary>
    NotConfigured,

    /// <summary>Verified, but not a body we can read.</summary>
    NotJson,
}

/// <summary>One event out of a delivery.</summary>
/// <param name="Type">The event's name, such as <c>live.updated</c>; unknown names are fine.</param>
/// <param name="Dedupe">What tells a repetition; null where nothing does: then every delivery is an event.</param>
/// <param name="Time">When it happened at the platform; null where it does not say.</param>
/// <param name="Subject">What it is about (an id or a name), or null.</param>
/// <param name="Test">The platform marked it as a test.</param>
/// <param name="Data">The event's own JSON, verbatim.</param>
public sealed record ReadEvent(string Type, DedupeKey? Dedupe, DateTimeOffset? Time, string? Subject, bool Test, ReadOnlyMemory<byte> Data);
