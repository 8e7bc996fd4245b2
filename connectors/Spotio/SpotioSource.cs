using System.Globalization;
using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Reading;
using ConnectorHub.Connectors.Signatures;

namespace ConnectorHub.Connectors.Spotio;

/// <summary>SPOTIO's webhooks: a delivery carries a list under <c>payload</c>, and each member of it is one event.</summary>
internal sealed class SpotioSource : IEventSource
{
    public string Name => "spotio";

    public IReadOnlyList<EventType> Events { get; } = ConnectorFolder.Of(typeof(SpotioSource)).Events("spotio");

    public EventNaming Naming => EventNaming.Delivery;

    public IReadOnlyList<string> Proofs => HookDoor.EitherProof;

    public MissingDates MissingDates => MissingDates.YearOne;

    public IReadOnlyList<string> Setup { get; } = ConnectorFolder.Of(typeof(SpotioSource)).Setup("spotio");

    // Three more tries "with increasing intervals" is all that is published.
    public SenderContract Contract { get; } = new(
        TimeSpan.FromSeconds(10),
        SuccessStatus.Only200,
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15)],
        DisablesAfter: null,
        "After three more tries SPOTIO gives the delivery up.",
        "Look up in SPOTIO which leads, activities and appointments changed in that time: they are not sent again.")
    {
        RetriesAssumed = true,
    };

    public WebhookReading Read(WebhookRequest request, WebhookSecrets secrets, DateTimeOffset now) => HookDoor.Read(
        SignatureSchemes.Spotio, request, secrets, now, body => new WebhookReading.Events(ReadEvents(request, body)));

    public SignedDelivery Sign(SampleDelivery delivery, WebhookSecrets secrets, string id, DateTimeOffset now) =>
        HookDoor.Sign(SignatureSchemes.Spotio, delivery, secrets, id, now);

    public ReadOnlyMemory<byte> Renew(ReadOnlyMemory<byte> body, string id, DateTimeOffset now) => RenewedBody.Change(
        body, map => RenewedBody.Replace(map, "date", now.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture)));

    public ReadOnlyMemory<byte> Deliver(ReadOnlyMemory<byte> body) => (byte[])[.. "{\"payload\":["u8, .. body.Span, .. "]}"u8];

    private List<ReadEvent> ReadEvents(WebhookRequest request, JsonElement body)
    {
        if (UntrustedJson.Member(body, "payload") is not { ValueKind: JsonValueKind.Array } payload)
        {
            return [ReadEvent(body, request.Body)];
        }

        var events = new List<ReadEvent>();
        var contents = new Dictionary<DedupeKey, ReadOnlyMemory<byte>>();
        foreach (var item in payload.EnumerateArray())
        {
            var read = ReadEvent(item, BodyItems.Verbatim(item));
            events.Add(read with { Dedupe = Distinct(read, contents) });
        }

        return events;
    }

    private ReadEvent ReadEvent(JsonElement item, ReadOnlyMemory<byte> data) => new(
        BodyValues.Line(item, "type") ?? Unnamed.Unknown,
        ReadKey(item) is { } key ? DedupeKey.Of(key, DedupeKey.WithoutSignedTime) : ContentKey.Of(Contract, data.Span),
        ReadTime(item),
        BodyValues.Id(item, "data", "id"),
        Test: false,
        data);

    // A date that is none (the year 1) would make one key of every change of a lead.
    private static string? ReadKey(JsonElement item) =>
        BodyValues.Line(item, "type") is { } type && BodyValues.Id(item, "data", "id") is { } id && ReadTime(item) is not null
            ? $"{type}|{id}|{BodyValues.Line(item, "date")}"
            : null;

    private static DateTimeOffset? ReadTime(JsonElement item) => BodyTimes.Iso(BodyValues.Find(item, "date"));

    // Two things in one delivery that say the same of themselves but are not the same: the later one is told apart by its content, so that
    // neither is lost. The first keeps its key, by which it is known when it comes again alone.
    private static DedupeKey? Distinct(ReadEvent read, Dictionary<DedupeKey, ReadOnlyMemory<byte>> contents)
    {
        if (read.Dedupe is not { } key || contents.TryAdd(key, read.Data) || contents[key].Span.SequenceEqual(read.Data.Span))
        {
            return read.Dedupe;
        }

        return DedupeKey.Of($"{key.Value}|{DedupeKey.OfContent(read.Data.Span, key.Window).Value}", key.Window);
    }
}
