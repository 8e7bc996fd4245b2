using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.StandardWebhooks;

namespace ConnectorHub.Tests.Acceptance.Connectors.StandardWebhooks;

public sealed class StandardWebhooksTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Timestamp = "1614265330";
    private const string Body = "{\"test\": 2432232314}";
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1614265330);

    private readonly SignedHook _signed = new(new StandardWebhooksSource(), Deliveries.Signing(Secret));
    private readonly SignedHook _token = new(new StandardWebhooksSource(), Deliveries.Of("UrlToken", "token-in-the-url"));

    [Fact]
    public void The_published_delivery_is_genuine_and_its_id_tells_a_repetition()
    {
        var read = SignedHook.One(ReadPublished(Signature, 0));

        Assert.Equal(new DedupeKey(Id, DedupeKey.Usual), read.Dedupe);
        Assert.Equal("received", read.Type);
    }

    [Fact]
    public void The_names_of_Svix_are_taken_too()
    {
        var request = Deliveries.Request(Body, ("svix-id", Id), ("svix-timestamp", Timestamp), ("svix-signature", Signature));

        Assert.Equal(Id, SignedHook.One(_signed.Source.Read(request, _signed.Secrets, Now)).Dedupe?.Value);
    }

    [Theory]
    [InlineData(-301, false)]
    [InlineData(-299, true)]
    [InlineData(299, true)]
    [InlineData(301, false)]
    public void Five_minutes_either_way_are_allowed(int off, bool taken) =>
        Assert.Equal(taken, ReadPublished(Signature, off) is WebhookReading.Events);

    [Theory]
    [InlineData("v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==")]
    [InlineData("v1a,anything v1a,other")]
    public void A_delivery_with_an_asymmetric_signature_alone_is_refused_with_its_reason(string signature) =>
        SignedHook.AssertRefused(ReadPublished(signature, 0), Refusal.NotSupported, "v1a");

    [Fact]
    public void An_asymmetric_signature_beside_a_symmetric_one_does_no_harm() =>
        Assert.IsType<WebhookReading.Events>(ReadPublished($"v1a,anything {Signature}", 0));

    [Theory]
    [InlineData("{\"type\":\"invoice.paid\"}", "order.paid", "invoice.paid")]
    [InlineData("{\"type\":\"\"}", "order.paid", "order.paid")]
    [InlineData("{\"type\":7}", "order.paid", "order.paid")]
    [InlineData("{\"type\":\"two\\nlines\"}", "order.paid", "order.paid")]
    [InlineData("{\"type\":\"zero\\u0000\"}", "order.paid", "order.paid")]
    [InlineData("[{\"type\":\"invoice.paid\"}]", null, "received")]
    [InlineData("{}", null, "received")]
    public void An_event_is_named_by_its_body_else_by_its_hook(string body, string? hookEvent, string name) =>
        Assert.Equal(name, SignedHook.One(_signed.Read(_signed.Sign(body) with { HookEvent = hookEvent })).Type);

    [Fact]
    public void Time_and_subject_are_those_of_the_advised_form()
    {
        var read = _signed.ReadOne("{\"type\":\"user.created\",\"timestamp\":\"2022-11-03T20:26:10.344522+01:00\",\"data\":{\"id\":\"1f81eb52\"}}");

        Assert.Equal(new DateTimeOffset(2022, 11, 3, 20, 26, 10, 344, 522, TimeSpan.FromHours(1)), read.Time);
        Assert.Equal("1f81eb52", read.Subject);
    }

    [Fact]
    public void With_a_token_alone_a_strangers_id_header_is_no_dedupe_key_and_equal_content_counts_while_senders_repeat()
    {
        var request = _token.Sign("{}") with { Headers = Deliveries.Request("{}", ("webhook-id", Id), ("webhook-timestamp", Timestamp), ("webhook-signature", Signature)).Headers };

        var key = SignedHook.One(_token.Read(request)).Dedupe;

        Assert.Equal(_token.ReadOne("{}").Dedupe, key);
        Assert.StartsWith("sha256:", key!.Value, StringComparison.Ordinal);
        Assert.InRange(key.Window, _token.Source.Contract.LongestSpan + TimeSpan.FromHours(1), TimeSpan.FromDays(5));
    }

    [Fact]
    public void A_token_does_not_stand_in_for_a_signature_once_signing_secrets_are_set() =>
        SignedHook.AssertRefused(_signed.Read(_token.Sign("{}")), Refusal.NoProof, "webhook-signature");

    private WebhookReading ReadPublished(string signature, int off)
    {
        var request = Deliveries.Request(Body, ("webhook-id", Id), ("webhook-timestamp", Timestamp), ("webhook-signature", signature)) with { HookEvent = null };
        return _signed.Source.Read(request, _signed.Secrets, Now.AddSeconds(off));
    }
}
