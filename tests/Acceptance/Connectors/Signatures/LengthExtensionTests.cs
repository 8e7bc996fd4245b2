using System.Security.Cryptography;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Signatures;

namespace ConnectorHub.Tests.Acceptance.Connectors.Signatures;

/// <summary>
/// Livestorm and HubSpot's older versions hash secret and body without a key. Whoever saw one delivery can put bytes behind its body and knows the
/// right hash for them. That hash is genuine as far as any check of it goes; what stops the forgery is that the bytes cannot be JSON.
/// </summary>
public sealed class LengthExtensionTests
{
    private static readonly string[] Appendices = ["", "x", "}", ",{\"id\":\"forged\"}]", "{\"id\":\"forged\"}", "\n", new('a', 200)];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(54)]
    [InlineData(55)]
    [InlineData(56)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(119)]
    [InlineData(500)]
    public void The_forger_of_these_tests_knows_his_trade(int length)
    {
        var message = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();
        byte[] more = [1, 2, 3, .. new byte[100]];

        Assert.Equal(
            SHA256.HashData([.. message, .. ExtendedSha256.Padding(length), .. more]),
            ExtendedSha256.Extend(SHA256.HashData(message), length, more));
    }

    [Theory]
    [MemberData(nameof(SchemeCase.Hashed), MemberType = typeof(SchemeCase))]
    public void A_body_with_more_behind_it_carries_a_right_hash_and_is_refused_all_the_same(string scheme)
    {
        var tested = SchemeCase.Of(scheme);
        var genuine = tested.Genuine();
        foreach (var appendix in Appendices)
        {
            var forged = Extend(tested, genuine, HandMade.Utf8(appendix));

            Assert.Null(SignatureVerifier.FindFlaw(tested.Scheme, forged, [new Secret(SchemeCase.Secret)], SchemeCase.Now));
            var refused = Assert.IsType<WebhookReading.Refused>(tested.Read(forged));
            Assert.Equal(Refusal.NotJson, refused.Why);
        }
    }

    [Fact]
    public void Every_scheme_without_a_key_is_among_these() => Assert.Equal(
        ["HubSpotV1", "HubSpotV2", "Livestorm"],
        SchemeCase.Names.Where(name => SchemeCase.Of(name).Scheme.Function == SignatureFunction.Sha256).Order(StringComparer.Ordinal));

    /// <summary>Made of what a bystander sees, and of the length of the secret, which can be guessed.</summary>
    private static WebhookRequest Extend(SchemeCase tested, WebhookRequest seen, byte[] more)
    {
        var header = seen.Headers[tested.SignatureHeader];
        var hash = header[(header.LastIndexOf(',') + 1)..];
        var before = tested.Name switch
        {
            "Livestorm" => tested.Timestamp(SchemeCase.Now).Length + SchemeCase.Secret.Length,
            "HubSpotV2" => SchemeCase.Secret.Length + seen.Method.Length + seen.Url!.Length,
            _ => SchemeCase.Secret.Length,
        };
        var length = before + seen.Body.Length;
        var extended = Convert.ToHexStringLower(ExtendedSha256.Extend(Convert.FromHexString(hash), length, more));
        byte[] body = [.. seen.Body.Span, .. ExtendedSha256.Padding(length), .. more];
        return SchemeCase.With(SchemeCase.With(seen, tested.SignatureHeader, header.Replace(hash, extended, StringComparison.Ordinal)), body);
    }
}
