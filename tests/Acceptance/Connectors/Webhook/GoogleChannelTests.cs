using System.Text;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Webhook;

namespace ConnectorHub.Tests.Acceptance.Connectors.Webhook;

public sealed class GoogleChannelTests
{
    private static readonly (string Name, string Value)[] Notification =
    [
        ("X-Goog-Channel-Token", "channel-token"),
        ("X-Goog-Channel-ID", "4ba78bf0-6a47-11e2-bcfd-0800200c9a66"),
        ("x-goog-message-number", "10"),
        ("X-Goog-Resource-ID", "ret08u3rv24htgh289g"),
        ("X-Goog-Resource-URI", "https://www.googleapis.com/calendar/v3/calendars/primary/events?alt=json"),
        ("X-Goog-Resource-State", "exists"),
        ("X-Goog-Channel-Expiration", "Tue, 03 Mar 2026 09:30:00 GMT"),
    ];

    private readonly WebhookSource _source = new();

    [Fact]
    public void The_headers_of_a_notification_are_its_content()
    {
        var read = SignedHook.One(Read(Notification));

        Assert.Equal(
            """{"channelId":"4ba78bf0-6a47-11e2-bcfd-0800200c9a66","resourceId":"ret08u3rv24htgh289g","resourceUri":"https://www.googleapis.com/calendar/v3/calendars/primary/events?alt=json","resourceState":"exists","messageNumber":"10","channelExpiration":"Tue, 03 Mar 2026 09:30:00 GMT"}""",
            Encoding.UTF8.GetString(read.Data.Span));
        Assert.Equal(new DedupeKey("4ba78bf0-6a47-11e2-bcfd-0800200c9a66|10", TimeSpan.FromDays(90)), read.Dedupe);
        Assert.Equal(("received", "ret08u3rv24htgh289g"), (read.Type, read.Subject));
    }

    [Fact]
    public void The_first_message_of_a_channel_is_answered_with_nothing_and_not_stored()
    {
        var answer = Assert.IsType<WebhookReading.Handshake>(Read(With("X-Goog-Resource-State", "sync")));

        Assert.Equal(200, answer.Status);
        Assert.True(answer.Body.IsEmpty);
    }

    [Theory]
    [InlineData("another-token", Refusal.WrongProof)]
    [InlineData("channel-token, channel-token", Refusal.WrongProof)]
    [InlineData("", Refusal.Malformed)]
    public void Another_token_is_refused_even_for_the_first_message(string token, Refusal why)
    {
        var headers = With("X-Goog-Channel-Token", token);

        SignedHook.AssertRefused(Read(headers), why, string.Empty);
        SignedHook.AssertRefused(Read([.. headers.Where(header => header.Name != "X-Goog-Resource-State"), ("X-Goog-Resource-State", "sync")]), why, string.Empty);
    }

    [Fact]
    public void Without_its_headers_a_notification_is_an_empty_map()
    {
        var read = SignedHook.One(Read([("X-Goog-Channel-Token", "channel-token")]));

        Assert.Equal("{}", Encoding.UTF8.GetString(read.Data.Span));
        Assert.Null(read.Dedupe);
    }

    [Fact]
    public void A_body_is_the_content_where_there_is_one_and_must_be_JSON()
    {
        Assert.Equal("{\"kind\":\"drive#changes\"}", Encoding.UTF8.GetString(SignedHook.One(Read(Notification, "{\"kind\":\"drive#changes\"}")).Data.Span));
        SignedHook.AssertRefused(Read(Notification, "changes"), Refusal.NotJson, "not JSON");
        Assert.IsType<WebhookReading.Handshake>(Read(With("X-Goog-Resource-State", "sync"), "changes"));
    }

    [Fact]
    public void A_header_that_is_no_Unicode_text_makes_no_broken_JSON()
    {
        var read = SignedHook.One(Read(With("X-Goog-Changed", "content,\ud83d\"")));

        Assert.True(UntrustedJson.TryReadBody(read.Data, out var document, out _));
        document.Dispose();
    }

    [Fact]
    public void With_a_token_in_the_address_alone_a_strangers_headers_are_no_key()
    {
        var request = Deliveries.Request(string.Empty, Notification) with { Token = "token-in-the-url" };

        var secrets = Deliveries.Of("UrlToken", "token-in-the-url").With(("Scheme", "google-channel"));
        Assert.Null(SignedHook.One(_source.Read(request, secrets, ScriptedContext.Start)).Dedupe);
    }

    [Fact]
    public void Two_sends_of_the_sample_are_two_notifications()
    {
        var hook = new SignedHook(_source, Deliveries.Signing("channel-token").With(("Scheme", "google-channel")));

        Assert.NotEqual(hook.ReadOne(string.Empty, id: "msg_1").Dedupe, hook.ReadOne(string.Empty, id: "msg_2").Dedupe);
    }

    private WebhookReading Read((string Name, string Value)[] headers, string body = "") => _source.Read(
        Deliveries.Request(body, headers) with { HookEvent = null },
        Deliveries.Signing("channel-token").With(("Scheme", "google-channel")),
        ScriptedContext.Start);

    private static (string Name, string Value)[] With(string name, string value) =>
        [.. Notification.Where(header => header.Name != name), (name, value)];
}
