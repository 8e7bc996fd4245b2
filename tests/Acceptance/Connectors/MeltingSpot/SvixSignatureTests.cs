using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.MeltingSpot;

namespace ConnectorHub.Tests.Acceptance.Connectors.MeltingSpot;

/// <summary>Svix's published vector (its libraries' tests), and everything around it that must be refused.</summary>
public sealed class SvixSignatureTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Timestamp = "1614265330";
    private const string Body = "{\"test\": 2432232314}";
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private const string Wrong = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLawdd=";
    private const string Other = "whsec_C2FuYXJ5LW1lbHRpbmdzcG90LXNpZ25pbmcta2V5";

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1614265330);

    private readonly MeltingSpotSource _source = new();

    [Theory]
    [InlineData(Secret)]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    public void The_published_delivery_is_genuine(string secret) =>
        Assert.IsType<WebhookReading.Events>(Read(secrets: Deliveries.Signing(secret)));

    [Fact]
    public void A_delivery_as_MeltingSpot_sends_it_is_genuine()
    {
        var body = """{"live":{"id":"00000000-0000-0000-0000-000000000000","name":"LiveName","status":"Live"},"occurredAt":1715095714,"spot":{"id":"00000000-0000-0000-0000-000000000000","name":"SpotName"},"test":true}""";
        var request = Deliveries.Request(
            body, ("svix-id", Id), ("svix-timestamp", "1715095714"), ("svix-signature", "v1,01vYu3duXus81ri7kbE/53+DT+EU4Xisr0rfGn0yQpA="));

        var events = Assert.IsType<WebhookReading.Events>(_source.Read(request, Deliveries.Signing(Secret), DateTimeOffset.FromUnixTimeSeconds(1715095714)));

        var read = Assert.Single(events.Items);
        Assert.Equal("live.updated", read.Type);
        Assert.Equal(new DedupeKey(Id, DedupeKey.Usual), read.Dedupe);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1715095714), read.Time);
        Assert.Equal("00000000-0000-0000-0000-000000000000", read.Subject);
        Assert.True(read.Test);
        Assert.Equal(body, System.Text.Encoding.UTF8.GetString(read.Data.Span));
    }

    [Fact]
    public void The_standard_names_are_taken_where_a_svix_name_is_missing()
    {
        Assert.IsType<WebhookReading.Events>(Read(headers: [("webhook-id", Id), ("Webhook-Timestamp", Timestamp), ("WEBHOOK-SIGNATURE", Signature)]));
        Assert.IsType<WebhookReading.Events>(
            Read(headers: [("svix-id", "msg_other"), ("webhook-id", Id), ("webhook-timestamp", Timestamp), ("webhook-signature", Signature)]));
    }

    [Fact]
    public void Two_half_sets_of_names_do_not_make_a_whole_one() =>
        AssertRefused(Read(headers: [("svix-id", Id), ("svix-timestamp", Timestamp), ("webhook-signature", Signature)]), "No signature");

    [Theory]
    [InlineData(Wrong + " " + Signature)]
    [InlineData(Signature + " " + Wrong)]
    [InlineData("v1a,anything v2,anything " + Signature + " " + Wrong)]
    public void Any_listed_signature_may_be_the_one(string header) =>
        Assert.IsType<WebhookReading.Events>(Read(signature: header));

    [Theory]
    [InlineData(Other, Secret)]
    [InlineData(Secret, Other)]
    [InlineData("not base64 at all", Secret)]
    public void Any_secret_may_be_the_one_during_a_rotation(params string[] secrets) =>
        Assert.IsType<WebhookReading.Events>(Read(secrets: Deliveries.Signing(secrets)));

    [Theory]
    [InlineData(-301, false)]
    [InlineData(-300, true)]
    [InlineData(-299, true)]
    [InlineData(299, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public void Five_minutes_either_way_are_allowed(int off, bool taken) =>
        Assert.Equal(taken, Read(now: Now.AddSeconds(off)) is WebhookReading.Events);

    [Theory]
    [InlineData(Wrong)]
    [InlineData("v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OF=")]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE")]
    [InlineData("v1,G0HM9SSE+OTPJTGT/TMIKTSYZLE3UFJELVLNIOLJ1OE=")]
    [InlineData("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("v1,")]
    [InlineData(",g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(Signature + "  " + Signature)]
    [InlineData(Signature + " ")]
    [InlineData(Signature + " v1")]
    [InlineData(Signature + ", " + Signature)]
    public void A_signature_header_that_is_wrong_or_malformed_is_refused(string header) =>
        AssertRefused(Read(signature: header), "signature");

    [Fact]
    public void A_header_that_lists_more_signatures_than_any_sender_is_refused() =>
        AssertRefused(Read(signature: string.Join(" ", Enumerable.Repeat(Wrong, 40).Append(Signature))), "malformed");

    [Theory]
    [InlineData("")]
    [InlineData("+1614265330")]
    [InlineData(" 1614265330")]
    [InlineData("1614265330.0")]
    [InlineData("1614265330000")]
    [InlineData("99999999999999999999")]
    [InlineData("١٦١٤٢٦٥٣٣٠")]
    public void A_timestamp_that_is_not_unix_seconds_is_refused(string timestamp) =>
        AssertRefused(Read(timestamp: timestamp), "timestamp");

    [Fact]
    public void An_id_with_a_dot_is_refused_since_the_signed_text_could_be_cut_in_two_ways() =>
        AssertRefused(Read(id: "msg.1614265330"), "id header");

    [Theory]
    [InlineData("{\"test\":2432232314}")]
    [InlineData("{\"test\": 2432232314}\n")]
    [InlineData(" {\"test\": 2432232314}")]
    public void A_body_that_was_written_anew_is_refused(string body) =>
        AssertRefused(Read(body: body), "No listed signature matches");

    [Fact]
    public void An_asymmetric_signature_is_refused_with_its_reason()
    {
        var refused = Assert.IsType<WebhookReading.Refused>(Read(signature: "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));

        Assert.Equal(Refusal.NotSupported, refused.Why);
        Assert.Contains("ed25519", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_that_cannot_be_decoded_is_named_as_the_cause() =>
        AssertRefused(Read(secrets: Deliveries.Signing("whsec_***")), "decoded");

    [Fact]
    public void A_token_does_not_stand_in_for_a_signature_once_signing_secrets_are_set()
    {
        var both = new WebhookSecrets(
            new Dictionary<string, IReadOnlyList<Secret>> { ["SigningSecrets"] = [new Secret(Secret)], ["UrlToken"] = [new Secret("token-in-the-url")] },
            new Dictionary<string, string>());
        var request = Deliveries.Request(Body) with { Token = "token-in-the-url" };

        AssertRefused(_source.Read(request, both, Now), "No signature");
        Assert.Null(_source.Sign(new SampleDelivery("live.updated", request.Body), both, Id, Now).Token);
    }

    [Fact]
    public void With_a_token_alone_the_id_header_of_a_stranger_is_no_dedupe_key()
    {
        var request = Deliveries.Request(Body, ("svix-id", Id), ("svix-timestamp", Timestamp), ("svix-signature", Wrong)) with { Token = "token-in-the-url" };

        var events = Assert.IsType<WebhookReading.Events>(_source.Read(request, Deliveries.Of("UrlToken", "an-older-token", "token-in-the-url"), Now));

        Assert.StartsWith("sha256:", Assert.Single(events.Items).Dedupe!.Value, StringComparison.Ordinal);
    }

    private WebhookReading Read(
        string body = Body,
        string id = Id,
        string timestamp = Timestamp,
        string signature = Signature,
        (string Name, string Value)[]? headers = null,
        WebhookSecrets? secrets = null,
        DateTimeOffset? now = null) => _source.Read(
            Deliveries.Request(body, headers ?? [("svix-id", id), ("svix-timestamp", timestamp), ("svix-signature", signature)]),
            secrets ?? Deliveries.Signing(Secret),
            now ?? Now);

    private static void AssertRefused(WebhookReading reading, string because)
    {
        var refused = Assert.IsType<WebhookReading.Refused>(reading);
        Assert.NotEqual(Refusal.NotJson, refused.Why);
        Assert.Contains(because, refused.Detail, StringComparison.OrdinalIgnoreCase);
    }
}
