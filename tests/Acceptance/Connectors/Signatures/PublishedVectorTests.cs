using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Signatures;

namespace ConnectorHub.Tests.Acceptance.Connectors.Signatures;

/// <summary>Signatures that the platforms publish, and some that pin a scheme whose platform publishes none.</summary>
public sealed class PublishedVectorTests
{
    private const string SvixSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string SvixId = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string SvixBody = "{\"test\": 2432232314}";
    private const string HubSpotSecret = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
    private const string HubSpotUrl = "https://www.example.com/webhook_uri";

    [Theory]
    [InlineData("svix")]
    [InlineData("webhook")]
    public void Svix(string names)
    {
        var request = Deliveries.Request(
            SvixBody, ($"{names}-id", SvixId), ($"{names}-timestamp", "1614265330"), ($"{names}-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));

        AssertGenuine(SignatureSchemes.Svix, request, SvixSecret, 1614265330);
        AssertGenuine(SignatureSchemes.StandardWebhooks, request, SvixSecret, 1614265330);
        Assert.Equal(Refusal.WrongProof, Flaw(SignatureSchemes.Svix, request with { Body = "{\"test\":2432232314}"u8.ToArray() }, SvixSecret, 1614265330));
        Assert.Equal(Refusal.OutsideWindow, Flaw(SignatureSchemes.Svix, request, SvixSecret, 1614265330 + 301));
        Assert.Equal(Refusal.OutsideWindow, Flaw(SignatureSchemes.Svix, request, SvixSecret, 1614265330 - 301));
    }

    [Fact]
    public void Svix_with_the_signature_its_libraries_call_wrong() => Assert.Equal(
        Refusal.WrongProof,
        Flaw(
            SignatureSchemes.Svix,
            Deliveries.Request(SvixBody, ("svix-id", SvixId), ("svix-timestamp", "1614265330"), ("svix-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLawdd")),
            SvixSecret,
            1614265330));

    [Fact]
    public void Slack_whose_body_is_a_form()
    {
        var body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
            + "&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
            + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
        var request = Deliveries.Request(
            body, ("X-Slack-Request-Timestamp", "1531420618"), ("X-Slack-Signature", "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"));

        AssertGenuine(SignatureSchemes.Slack, request, "8f742231b10e8888abcd99yyyzzz85a5", 1531420618);
        Assert.Equal(Refusal.WrongProof, Flaw(SignatureSchemes.Slack, request, "8f742231b10e8888abcd99yyyzzz85a6", 1531420618));
    }

    [Fact]
    public void GitHub() => AssertGenuine(
        SignatureSchemes.GitHub,
        Deliveries.Request("Hello, World!", ("X-Hub-Signature-256", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")),
        "It's a Secret to Everybody",
        0);

    [Fact]
    public void HubSpots_first_version() => AssertGenuine(
        SignatureSchemes.HubSpotV1,
        Deliveries.Request(
            """[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]""",
            ("X-HubSpot-Signature", "232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de")),
        HubSpotSecret,
        0);

    [Theory]
    [InlineData("GET", "", "eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e")]
    [InlineData("POST", """{"example_field":"example_value"}""", "9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900")]
    public void HubSpots_second_version(string method, string body, string hash)
    {
        var request = Deliveries.Request(body, ("X-HubSpot-Signature", hash)) with { Method = method, Url = HubSpotUrl };

        AssertGenuine(SignatureSchemes.HubSpotV2, request, HubSpotSecret, 0);
        Assert.Equal(Refusal.WrongProof, Flaw(SignatureSchemes.HubSpotV2, request with { Method = "PUT" }, HubSpotSecret, 0));
        Assert.Equal(Refusal.WrongProof, Flaw(SignatureSchemes.HubSpotV2, request with { Url = HubSpotUrl + "/" }, HubSpotSecret, 0));
        Assert.Equal(Refusal.NotConfigured, Flaw(SignatureSchemes.HubSpotV2, request with { Url = null }, HubSpotSecret, 0));
    }

    [Fact]
    public void A_delivery_as_MeltingSpot_makes_it() => AssertGenuine(
        SignatureSchemes.Svix,
        Deliveries.Request(
            """{"live":{"id":"00000000-0000-0000-0000-000000000000","name":"LiveName","status":"Live"},"occurredAt":1715095714,"spot":{"id":"00000000-0000-0000-0000-000000000000","name":"SpotName"},"test":true}""",
            ("svix-id", SvixId),
            ("svix-timestamp", "1715095714"),
            ("svix-signature", "v1,01vYu3duXus81ri7kbE/53+DT+EU4Xisr0rfGn0yQpA=")),
        SvixSecret,
        1715095714);

    [Fact]
    public void A_delivery_as_Livestorm_makes_it() => AssertGenuine(
        SignatureSchemes.Livestorm,
        Deliveries.Request(
            """{"data":{"id":"1","type":"people","meta":{"webhook":{"id":"w","event":"people.registered"}}}}""",
            ("x-livestorm-signature", "1688725648,9165b0f77b8d3420c5340e97884b912bc8f05cc59c1f7f1f54f1981cff4055a7")),
        "livestorm_test_secret",
        1688725648);

    [Fact]
    public void A_delivery_as_SPOTIO_makes_it() => AssertGenuine(
        SignatureSchemes.Spotio,
        Deliveries.Request(
            """{"payload":[{"data":{"id":"5f5214ef2050870001dab572"},"type":"lead.added","date":"2020-09-04T10:20:31.3778028+00:00"}]}""",
            ("X-Signature", "e620884583e9804c12c9b91c08d082de8ecec5b311b1a351ea47a4c6f86db541")),
        "spotio_test_secret",
        0);

    private static void AssertGenuine(SignatureScheme scheme, WebhookRequest request, string secret, long now) => Assert.Null(Flaw(scheme, request, secret, now));

    private static Refusal? Flaw(SignatureScheme scheme, WebhookRequest request, string secret, long now) =>
        SignatureVerifier.FindFlaw(scheme, request, [new Secret(secret)], DateTimeOffset.FromUnixTimeSeconds(now))?.Why;
}
