using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.GitHub;

namespace ConnectorHub.Tests.Acceptance.Connectors.GitHub;

public sealed class GitHubTests
{
    private readonly SignedHook _hook = new(new GitHubSource(), Deliveries.Signing("It's a Secret to Everybody"));

    [Theory]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", Refusal.NotJson)]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e18", Refusal.WrongProof)]
    [InlineData("757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", Refusal.Malformed)]
    [InlineData("sha1=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", Refusal.Malformed)]
    [InlineData("sha256=", Refusal.Malformed)]
    public void The_signature_that_GitHub_documents_verifies_and_no_other(string signature, Refusal why) =>
        // Its body is no JSON: NotJson says that the signature passed.
        SignedHook.AssertRefused(_hook.Read(Deliveries.Request("Hello, World!", ("X-Hub-Signature-256", signature))), why, string.Empty);

    [Fact]
    public void The_older_SHA_1_header_proves_nothing() =>
        SignedHook.AssertRefused(_hook.Read(Deliveries.Request("{}", ("X-Hub-Signature", "sha1=01dc10d0c83e72ed246219cdd91669667fe2ca59"))), Refusal.NoProof, "X-Hub-Signature-256");

    [Fact]
    public void Name_and_key_come_from_the_headers_and_are_kept_for_90_days()
    {
        var read = _hook.ReadOne("{\"action\":\"opened\",\"repository\":{\"full_name\":\"acme/shop\"}}", "pull_request", "72d3162e-cc78-11e3-81ab-4c9367dc0958");

        Assert.Equal("pull_request", read.Type);
        Assert.Equal(new DedupeKey("72d3162e-cc78-11e3-81ab-4c9367dc0958", TimeSpan.FromDays(90)), read.Dedupe);
        Assert.Equal("acme/shop", read.Subject);
    }

    [Fact]
    public void A_ping_is_an_event_like_any_other() => Assert.Equal("ping", _hook.ReadOne("{\"zen\":\"Design for failure.\"}", "ping").Type);

    [Fact]
    public void Header_names_come_in_any_case()
    {
        var request = _hook.Sign("{}", "push", "delivery-1");
        var lower = request with { Headers = request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value) };

        var read = SignedHook.One(_hook.Read(lower));

        Assert.Equal(("push", "delivery-1"), (read.Type, read.Dedupe?.Value));
    }

    [Fact]
    public void Without_its_own_headers_a_signed_body_is_still_taken_and_told_by_its_content()
    {
        var request = _hook.Sign("{}");
        var bare = request with { Headers = request.Headers.Where(header => header.Key == "X-Hub-Signature-256").ToDictionary() };

        var read = SignedHook.One(_hook.Read(bare));

        Assert.Equal("received", read.Type);
        Assert.Equal(DedupeKey.OfContent("{}"u8, TimeSpan.FromDays(90)), read.Dedupe);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two\nlines")]
    public void A_header_that_is_no_name_names_nothing(string name) => Assert.Equal("received", _hook.ReadOne("{}", name).Type);

    [Theory]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{\"repository\":7}")]
    [InlineData("{\"repository\":{\"full_name\":\"\\ud83d\"}}")]
    public void Odd_bodies_are_about_nothing(string body) => Assert.Null(_hook.ReadOne(body).Subject);
}
