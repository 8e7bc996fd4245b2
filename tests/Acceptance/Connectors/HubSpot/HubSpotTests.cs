using System.Text;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.HubSpot;
using ConnectorHub.Connectors.Signatures;

namespace ConnectorHub.Tests.Acceptance.Connectors.HubSpot;

public sealed class HubSpotTests
{
    private const string Published = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
    private const string Address = "https://www.example.com/webhook_uri";
    private const string Version1Body = "[{\"eventId\":1,\"subscriptionId\":12345,\"portalId\":62515,\"occurredAt\":1564113600000,\"subscriptionType\":\"contact.creation\",\"attemptNumber\":0,\"objectId\":123,\"changeSource\":\"CRM\",\"changeFlag\":\"NEW\",\"appId\":54321}]";
    private const string Item = "{\"eventId\":1,\"subscriptionId\":12345,\"portalId\":62515,\"occurredAt\":1564113600000,\"subscriptionType\":\"contact.creation\",\"attemptNumber\":0,\"objectId\":123}";

    private readonly SignedHook _hook = new(new HubSpotSource(), Deliveries.Signing("hubspot_test_secret"));

    [Fact]
    public void The_published_delivery_of_version_1_is_genuine()
    {
        var request = Deliveries.Request(Version1Body, ("X-HubSpot-Signature", "232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de"));

        var read = SignedHook.One(_hook.Source.Read(request, Deliveries.Signing(Published).With(("SignatureVersion", "v1")), ScriptedContext.Start));

        Assert.Equal("contact.creation", read.Type);
        Assert.Equal(new DedupeKey("62515|12345|123|1|1564113600000", TimeSpan.FromDays(90)), read.Dedupe);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1564113600000), read.Time);
        Assert.Equal("123", read.Subject);
        Assert.Equal(Version1Body[1..^1], Encoding.UTF8.GetString(read.Data.Span));
    }

    [Theory]
    [InlineData("GET", "", "eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e")]
    [InlineData("POST", "{\"example_field\":\"example_value\"}", "9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900")]
    public void The_published_signatures_of_version_2_verify(string method, string body, string signature)
    {
        var request = Deliveries.Request(body, ("X-HubSpot-Signature", signature)) with { Method = method, Url = Address };
        Secret[] secrets = [new(Published)];

        Assert.Null(SignatureVerifier.FindFlaw(SignatureSchemes.HubSpotV2, request, secrets, ScriptedContext.Start));
        Assert.NotNull(SignatureVerifier.FindFlaw(SignatureSchemes.HubSpotV2, request with { Method = "PUT" }, secrets, ScriptedContext.Start));
        Assert.NotNull(SignatureVerifier.FindFlaw(SignatureSchemes.HubSpotV2, request with { Url = Address + "/" }, secrets, ScriptedContext.Start));
        Assert.NotNull(SignatureVerifier.FindFlaw(SignatureSchemes.HubSpotV1, request, secrets, ScriptedContext.Start));
    }

    [Fact]
    public void Version_2_signs_the_address_exactly_as_it_is()
    {
        var request = Signed("v2", Item, Address + "?a=x%2Fy");

        Assert.IsType<WebhookReading.Events>(Read("v2", request));
        SignedHook.AssertRefused(Read("v2", request with { Url = Address + "?a=x/y" }), Refusal.WrongProof, "signature");
    }

    [Theory]
    [InlineData("https://hub.example.org/hooks/hubspot-acme?a=x/y", 0, true)]
    [InlineData("https://hub.example.org/hooks/hubspot-acme?a=x%2Fy", 0, true)]
    [InlineData("https://hub.example.org/hooks/hubspot-acme?a=x%2fy", 300_000, true)]
    [InlineData("https://hub.example.org/hooks/hubspot-acme?a=x/y", -300_000, true)]
    [InlineData("https://hub.example.org/hooks/hubspot-acme?a=x/y", 300_001, false)]
    [InlineData("https://hub.example.org/hooks/hubspot-acme?a=x/y", -300_001, false)]
    [InlineData("http://hub.example.org/hooks/hubspot-acme?a=x/y", 0, false)]
    [InlineData("https://hub.example.org/hooks/hubspot-acme", 0, false)]
    public void Version_3_covers_the_address_with_some_escapes_undone_and_the_time(string url, int off, bool taken)
    {
        var request = Deliveries.Request(
            $"[{Item}]", ("X-HubSpot-Signature-v3", "HZrO68GCHq9nep1uKAadT75ySzRuPU4sYDqTZ+nnUac="), ("X-HubSpot-Request-Timestamp", "1772443800000")) with
        { Url = url };

        var reading = _hook.Source.Read(request, _hook.Secrets, ScriptedContext.Start.AddMilliseconds(off));

        Assert.Equal(taken, reading is WebhookReading.Events);
    }

    [Fact]
    public void Without_a_public_address_version_3_is_refused_with_what_to_set() =>
        SignedHook.AssertRefused(_hook.Read(_hook.Sign(Item) with { Url = null }), Refusal.NotConfigured, "Hub:PublicUrl");

    [Theory]
    [InlineData("v1", "v2")]
    [InlineData("v2", "v3")]
    [InlineData("v3", "v1")]
    public void A_signature_of_another_version_than_the_one_set_is_refused(string used, string set) =>
        Assert.IsType<WebhookReading.Refused>(Read(set, Signed(used, Item, Address)));

    [Fact]
    public void Each_change_of_a_delivery_is_an_event_with_its_own_bytes_and_key()
    {
        const string Second = "{ \"eventId\" : 2, \"subscriptionId\":7,\"portalId\":62515,\"objectId\":9007199254740993,\"occurredAt\":1564113600001,\"subscriptionType\":\"deal.propertyChange\" }";

        var events = Assert.IsType<WebhookReading.Events>(_hook.Read($"[{Item},\n {Second}]"));

        Assert.Equal(["contact.creation", "deal.propertyChange"], events.Items.Select(item => item.Type));
        Assert.Equal([Item, Second], events.Items.Select(item => Encoding.UTF8.GetString(item.Data.Span)));
        Assert.Equal(
            [new DedupeKey("62515|12345|123|1|1564113600000", DedupeKey.Usual), new DedupeKey("62515|7|9007199254740993|2|1564113600001", DedupeKey.Usual)],
            events.Items.Select(item => item.Dedupe));
    }

    [Fact]
    public void Another_try_of_the_same_change_has_the_same_key() => Assert.Equal(
        _hook.ReadOne(Item).Dedupe,
        _hook.ReadOne(Item.Replace("\"attemptNumber\":0", "\"attemptNumber\":3", StringComparison.Ordinal)).Dedupe);

    [Fact]
    public void An_association_is_told_by_both_its_objects()
    {
        var association = Item.Replace("\"objectId\":123", "\"fromObjectId\":123,\"toObjectId\":456", StringComparison.Ordinal);

        Assert.Equal("62515|12345|123-456|1|1564113600000", _hook.ReadOne(association).Dedupe?.Value);
    }

    [Fact]
    public void A_body_that_is_one_change_is_one_event() => Assert.Equal("contact.creation", _hook.ReadOne(Item).Type);

    [Fact]
    public void An_empty_list_is_no_event() => Assert.Empty(Assert.IsType<WebhookReading.Events>(_hook.Read("[]")).Items);

    [Theory]
    [InlineData("7")]
    [InlineData("[null]")]
    [InlineData("[[]]")]
    [InlineData("{\"subscriptionType\":7,\"occurredAt\":\"soon\",\"objectId\":{}}")]
    [InlineData("{\"occurredAt\":1e300,\"eventId\":1,\"subscriptionType\":\"\\ud83d\"}")]
    public void Odd_items_are_told_by_their_content_for_as_long_as_HubSpot_repeats(string body)
    {
        var read = _hook.ReadOne(body);

        Assert.Equal("received", read.Type);
        Assert.StartsWith("sha256:", read.Dedupe!.Value, StringComparison.Ordinal);
        Assert.InRange(read.Dedupe.Window, TimeSpan.FromDays(1), TimeSpan.FromDays(2));
        Assert.Null(read.Time);
    }

    [Fact]
    public void A_sample_is_delivered_in_a_list_as_HubSpot_sends_it()
    {
        var source = new HubSpotSource();

        Assert.Equal($"[{Item}]", Encoding.UTF8.GetString(source.Deliver(Encoding.UTF8.GetBytes(Item)).Span));
        Assert.Equal($" [{Item}]", Encoding.UTF8.GetString(source.Deliver(Encoding.UTF8.GetBytes($" [{Item}]")).Span));
    }

    private static WebhookRequest Signed(string version, string body, string url)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var signed = new HubSpotSource().Sign(
            new SampleDelivery("contact.creation", bytes, url), Deliveries.Signing(Published).With(("SignatureVersion", version)), "msg_1", ScriptedContext.Start);
        return new WebhookRequest(signed.Headers.ToDictionary(), null, null, bytes) { Url = url };
    }

    private static WebhookReading Read(string version, WebhookRequest request) =>
        new HubSpotSource().Read(request, Deliveries.Signing(Published).With(("SignatureVersion", version)), ScriptedContext.Start);
}
