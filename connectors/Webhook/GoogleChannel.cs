using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Reading;
using ConnectorHub.Connectors.Signatures;

namespace ConnectorHub.Connectors.Webhook;

/// <summary>
/// Google's push notifications (Calendar, Drive): as a rule the body is empty and all is said in headers. They say that something changed, never what.
/// </summary>
internal static class GoogleChannel
{
    private const string ChannelId = "X-Goog-Channel-ID";
    private const string MessageNumber = "X-Goog-Message-Number";
    private const string ResourceId = "X-Goog-Resource-ID";
    private const string ResourceState = "X-Goog-Resource-State";

    private static readonly (string Member, string Header)[] Members =
    [
        ("channelId", ChannelId),
        ("resourceId", ResourceId),
        ("resourceUri", "X-Goog-Resource-URI"),
        ("resourceState", ResourceState),
        ("messageNumber", MessageNumber),
        ("channelExpiration", "X-Goog-Channel-Expiration"),
        ("changed", "X-Goog-Changed"),
    ];

    /// <summary>Verifies and reads; the first message of a channel only says that it is open.</summary>
    public static WebhookReading Read(WebhookRequest request, WebhookSecrets secrets, DateTimeOffset now, string name)
    {
        if (HookDoor.FindFlaw(SignatureSchemes.GoogleChannel, request, secrets, now) is { } flaw)
        {
            return new WebhookReading.Refused(flaw.Why, flaw.Detail);
        }

        if (request.Header(ResourceState) == "sync")
        {
            return new WebhookReading.Handshake(200, "text/plain", ReadOnlyMemory<byte>.Empty);
        }

        // A few of Google's services do send a body; then that is the content.
        return request.Body.IsEmpty
            ? ReadEvent(request, secrets, name, Data(request))
            : HookDoor.Read(SignatureSchemes.GoogleChannel, request, secrets, now, _ => ReadEvent(request, secrets, name, request.Body));
    }

    /// <summary>The headers of a notification; its number follows from the id, so that each send is another one.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Labels(string id) =>
    [
        new(ChannelId, "connectorhub-sample"),
        new(ResourceId, "sample-resource"),
        new("X-Goog-Resource-URI", "https://www.googleapis.com/calendar/v3/calendars/primary/events?alt=json"),
        new(ResourceState, "exists"),
        new(MessageNumber, $"{RenewedBody.NumberOf(id)}"),
    ];

    private static WebhookReading.Events ReadEvent(WebhookRequest request, WebhookSecrets secrets, string name, ReadOnlyMemory<byte> data) =>
        new([new ReadEvent(name, Dedupe(request, secrets), Time: null, Header(request, ResourceId), Test: false, data)]);

    // Only who knows the channel's token chooses these headers. A token in the address may be known to more people.
    private static DedupeKey? Dedupe(WebhookRequest request, WebhookSecrets secrets) =>
        HookDoor.IsSigned(secrets)
        && Header(request, ChannelId) is { } channel
        && Header(request, MessageNumber) is { } number
            ? DedupeKey.Of($"{channel}|{number}", DedupeKey.WithoutSignedTime)
            : null;

    private static string? Header(WebhookRequest request, string name) => ShortText.Of(request.Header(name));

    private static byte[] Data(WebhookRequest request)
    {
        var data = new Dictionary<string, string>();
        foreach (var (member, header) in Members)
        {
            if (request.Header(header) is { } value)
            {
                data.Add(member, value);
            }
        }

        return JsonSerializer.SerializeToUtf8Bytes(data);
    }
}
