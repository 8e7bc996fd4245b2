using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Stripe;

namespace ConnectorHub.Tests.Acceptance.Connectors.Stripe;

public sealed class StripeTests
{
    private const string Body = "{\"id\":\"evt_1\",\"type\":\"invoice.paid\",\"created\":1772443800,\"livemode\":true,\"data\":{\"object\":{\"id\":\"in_1\"}}}";
    private const string Hex = "573628d956e150cfc436f8def006aa021de07091dfb2b246477fa1b41a1a67f7";
    private const string Wrong = "573628d956e150cfc436f8def006aa021de07091dfb2b246477fa1b41a1a67f8";

    private readonly SignedHook _hook = new(new StripeSource(), Deliveries.Signing("whsec_stripe_test_secret"));

    [Fact]
    public void A_live_event_is_named_keyed_and_timed_by_its_body()
    {
        var read = SignedHook.One(ReadSigned($"t=1772443800,v1={Hex}"));

        Assert.Equal("invoice.paid", read.Type);
        Assert.Equal(new DedupeKey("evt_1", DedupeKey.Usual), read.Dedupe);
        Assert.Equal(ScriptedContext.Start, read.Time);
        Assert.Equal("in_1", read.Subject);
        Assert.False(read.Test);
        Assert.Equal(Body, System.Text.Encoding.UTF8.GetString(read.Data.Span));
    }

    [Theory]
    [InlineData($"t=1772443800,v1={Wrong},v1={Hex},v0=anything")]
    [InlineData($"v1={Hex},t=1772443800")]
    [InlineData($"t=1772443800,v2=anything,v1={Hex}")]
    public void Any_listed_signature_of_the_first_version_may_be_the_one(string header) =>
        Assert.IsType<WebhookReading.Events>(ReadSigned(header));

    [Theory]
    [InlineData($"t=1772443800,v1={Wrong}", Refusal.WrongProof)]
    [InlineData($"t=1772443800,v0={Hex}", Refusal.Malformed)]
    [InlineData($"t=1772443801,v1={Hex}", Refusal.WrongProof)]
    [InlineData($"v1={Hex}", Refusal.Malformed)]
    [InlineData("t=1772443800", Refusal.Malformed)]
    [InlineData($"t=1772443800,t=1772443800,v1={Hex}", Refusal.Malformed)]
    [InlineData($"t=1772443800,v1={Hex}, t=1772443800,v1={Hex}", Refusal.Malformed)]
    [InlineData($"t=1772443499,v1={Hex}", Refusal.OutsideWindow)]
    [InlineData($"t=1772444101,v1={Hex}", Refusal.OutsideWindow)]
    [InlineData("", Refusal.Malformed)]
    public void Every_other_header_is_refused(string header, Refusal why) => SignedHook.AssertRefused(ReadSigned(header), why, string.Empty);

    [Fact]
    public void The_secret_is_the_whole_text_and_not_base64_behind_its_beginning() => SignedHook.AssertRefused(
        _hook.Source.Read(_hook.Sign("{}"), Deliveries.Signing("stripe_test_secret"), ScriptedContext.Start), Refusal.WrongProof, "secret");

    [Theory]
    [InlineData("{}", false)]
    [InlineData("{\"livemode\":true}", false)]
    [InlineData("{\"livemode\":\"false\"}", false)]
    [InlineData("{\"livemode\":null}", false)]
    [InlineData("{\"livemode\":false}", true)]
    public void Only_what_says_that_it_is_not_live_is_a_test(string body, bool test) => Assert.Equal(test, _hook.ReadOne(body).Test);

    [Fact]
    public void A_thin_event_is_about_the_object_it_names()
    {
        var read = _hook.ReadOne("{\"id\":\"evt_2\",\"type\":\"v1.billing.meter.no_meter_found\",\"created\":\"2026-03-02T09:30:00.000Z\",\"related_object\":{\"id\":\"mtr_1\"}}");

        Assert.Equal((ScriptedContext.Start, "mtr_1"), (read.Time, read.Subject));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{\"id\":7,\"type\":[],\"created\":\"soon\",\"data\":{\"object\":[]}}")]
    [InlineData("{\"id\":\"\",\"type\":\"\",\"created\":-1,\"data\":{\"object\":{\"id\":{}}}}")]
    [InlineData("{\"id\":\"\\ud83d\",\"created\":1e300}")]
    public void Odd_bodies_are_told_by_their_content_for_as_long_as_Stripe_repeats(string body)
    {
        var read = _hook.ReadOne(body);

        Assert.Equal("received", read.Type);
        Assert.StartsWith("sha256:", read.Dedupe!.Value, StringComparison.Ordinal);
        Assert.True(read.Dedupe.Window > TimeSpan.FromDays(3));
        Assert.Null(read.Time);
        Assert.Null(read.Subject);
    }

    private WebhookReading ReadSigned(string header) => _hook.Read(Deliveries.Request(Body, ("Stripe-Signature", header)));
}
