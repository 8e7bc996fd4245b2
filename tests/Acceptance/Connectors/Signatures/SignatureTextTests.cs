using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Signatures;

namespace ConnectorHub.Tests.Acceptance.Connectors.Signatures;

/// <summary>How a signature may be written: the letters of a hash, and the lists and versions around it.</summary>
public sealed class SignatureTextTests
{
    public static TheoryData<string> Hex => Where(scheme => scheme.Encoding == SignatureEncoding.Hex && scheme.Function != SignatureFunction.Token);

    public static TheoryData<string> Base64 => Where(scheme => scheme.Encoding == SignatureEncoding.Base64);

    public static TheoryData<string> Lists => Where(scheme => scheme.Grammar is SignatureGrammar.Versions or SignatureGrammar.Pairs);

    public static TheoryData<string> NotListing => Where(scheme => scheme.Grammar is not (SignatureGrammar.Versions or SignatureGrammar.Pairs));

    [Theory]
    [MemberData(nameof(Hex))]
    public void Hex_is_taken_in_lower_or_upper_case_and_in_no_mixture(string scheme)
    {
        var (tested, genuine, hash) = Of(scheme);
        var letters = hash.Index().Where(one => char.IsAsciiLetter(one.Item)).Select(one => one.Index).ToList();

        Assert.True(tested.Takes(Written(tested, genuine, hash, hash.ToUpperInvariant())));
        Assert.True(letters.Count > 10);
        foreach (var at in letters)
        {
            Assert.False(tested.Takes(Written(tested, genuine, hash, hash[..at] + char.ToUpperInvariant(hash[at]) + hash[(at + 1)..])));
        }

        foreach (var odd in (string[])["0x" + hash, hash + "00", hash[..^2], hash[..32], " " + hash, hash + "\n", Wide(hash), Convert.ToBase64String(Convert.FromHexString(hash))])
        {
            Assert.False(tested.Takes(Written(tested, genuine, hash, odd)), odd);
        }
    }

    [Theory]
    [MemberData(nameof(Base64))]
    public void Base64_is_taken_in_its_one_form_only(string scheme)
    {
        var (tested, genuine, hash) = Of(scheme);
        var bytes = Convert.FromBase64String(hash);
        var open = hash.TrimEnd('=');
        string[] odd =
        [
            open, hash + "=", hash + "==", open + "A", hash.ToUpperInvariant(), hash.ToLowerInvariant(), " " + hash, hash + "\n", hash.Insert(10, "\n"),
            hash.Replace('+', '-').Replace('/', '_') is var url && url != hash ? url : open + "-",
            Convert.ToHexString(bytes), Convert.ToHexStringLower(bytes), Wide(hash),
        ];
        foreach (var text in odd.Concat(SameBytes(hash)))
        {
            Assert.NotEqual(hash, text);
            Assert.False(tested.Takes(Written(tested, genuine, hash, text)), text);
        }
    }

    [Fact]
    public void The_url_alphabet_of_base64_is_not_taken()
    {
        var tested = SchemeCase.Of("Svix");
        var letters = Enumerable.Range(0, 50).Select(number => tested.Letter() with { Id = $"msg_{number}" });
        var withBoth = tested.Request(letters.First(letter => tested.Request(letter).Headers["svix-signature"] is var text && text.Contains('+') && text.Contains('/')));
        var genuine = withBoth.Headers["svix-signature"];

        Assert.True(tested.Takes(withBoth));
        Assert.False(tested.Takes(SchemeCase.With(withBoth, "svix-signature", genuine.Replace('+', '-'))));
        Assert.False(tested.Takes(SchemeCase.With(withBoth, "svix-signature", genuine.Replace('/', '_'))));
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void The_signature_may_be_listed_first_in_the_middle_or_last(string scheme)
    {
        var (tested, genuine, _) = Of(scheme);
        var (right, wrong) = Entries(tested, genuine);
        foreach (var list in (string[][])[[right, wrong, wrong], [wrong, right, wrong], [wrong, wrong, right], [wrong, right], [right, wrong], [right, right]])
        {
            Assert.True(tested.Takes(Listed(tested, genuine, list)), string.Join(" | ", list));
        }

        Assert.False(tested.Takes(Listed(tested, genuine, [wrong, wrong])));
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void Only_the_known_version_counts(string scheme)
    {
        var (tested, genuine, _) = Of(scheme);
        var (right, _) = Entries(tested, genuine);
        foreach (var version in (string[])["v0", "v2", "v1a", "v11", "V1", "1", "v"])
        {
            var renamed = version + right[2..];
            Assert.False(tested.Takes(Listed(tested, genuine, [renamed])), renamed);
            Assert.True(tested.Takes(Listed(tested, genuine, [renamed, right])), renamed);
            Assert.True(tested.Takes(Listed(tested, genuine, [right, renamed])), renamed);
        }
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void A_list_longer_than_any_rotation_is_refused(string scheme)
    {
        var (tested, genuine, _) = Of(scheme);
        var (right, wrong) = Entries(tested, genuine);

        Assert.True(tested.Takes(Listed(tested, genuine, [.. Enumerable.Repeat(wrong, 14), right])));
        Assert.False(tested.Takes(Listed(tested, genuine, [right, .. Enumerable.Repeat(wrong, 16)])));
        Assert.False(tested.Takes(Listed(tested, genuine, [right, .. Enumerable.Repeat(wrong, 10_000)])));
    }

    [Theory]
    [MemberData(nameof(NotListing))]
    public void Where_a_header_carries_one_signature_a_second_one_spoils_it(string scheme)
    {
        var tested = SchemeCase.Of(scheme);
        var genuine = tested.Genuine();
        var value = genuine.Headers[tested.SignatureHeader];
        foreach (var joint in (string[])[",", ", ", " ", ";", "\n"])
        {
            Assert.False(tested.Takes(SchemeCase.With(genuine, tested.SignatureHeader, value + joint + value)), joint);
            Assert.False(tested.Takes(SchemeCase.With(genuine, tested.SignatureHeader, value + joint + "other")), joint);
            Assert.False(tested.Takes(SchemeCase.With(genuine, tested.SignatureHeader, "other" + joint + value)), joint);
        }
    }

    [Theory]
    [InlineData("GitHub", "sha256=")]
    [InlineData("Slack", "v0=")]
    [InlineData("Zoom", "v0=")]
    [InlineData("OverBody sha512 hex", "sha512=")]
    public void The_text_before_a_signature_is_the_platforms_own(string scheme, string prefix)
    {
        var (tested, genuine, hash) = Of(scheme);
        foreach (var other in (string[])[string.Empty, prefix + prefix, prefix.ToUpperInvariant(), prefix[..^1], " " + prefix, prefix + " ", "sha1=", "v1=", "v2="])
        {
            Assert.False(tested.Takes(SchemeCase.With(genuine, tested.SignatureHeader, other + hash)), other);
        }
    }

    private static TheoryData<string> Where(Func<SignatureScheme, bool> wanted) => [.. SchemeCase.Names.Where(name => wanted(SchemeCase.Of(name).Scheme))];

    private static (SchemeCase Tested, WebhookRequest Genuine, string Hash) Of(string scheme)
    {
        var tested = SchemeCase.Of(scheme);
        var genuine = tested.Genuine();
        var value = genuine.Headers[tested.SignatureHeader];
        return (tested, genuine, value[(value.AsSpan().TrimEnd('=').LastIndexOfAny(',', '=') + 1)..]);
    }

    private static WebhookRequest Written(SchemeCase tested, WebhookRequest genuine, string hash, string text) =>
        SchemeCase.With(genuine, tested.SignatureHeader, genuine.Headers[tested.SignatureHeader].Replace(hash, text, StringComparison.Ordinal));

    /// <summary>The entry that is right and one that is wrong, as the header lists them.</summary>
    private static (string Right, string Wrong) Entries(SchemeCase tested, WebhookRequest genuine)
    {
        var other = tested.Request(tested.Letter() with { Secret = SchemeCase.Other });
        return (Last(genuine.Headers[tested.SignatureHeader]), Last(other.Headers[tested.SignatureHeader]));
    }

    private static string Last(string header) => header[header.LastIndexOf("v1", StringComparison.Ordinal)..];

    private static WebhookRequest Listed(SchemeCase tested, WebhookRequest genuine, IReadOnlyList<string> entries) =>
        SchemeCase.With(genuine, tested.SignatureHeader, tested.Scheme.Grammar is SignatureGrammar.Versions
            ? string.Join(' ', entries)
            : string.Join(',', entries.Prepend($"t={tested.Timestamp(SchemeCase.Now)}")));

    /// <summary>Other base64 texts that a lenient reader decodes to the same bytes: the last letter has bits to spare.</summary>
    private static IEnumerable<string> SameBytes(string hash)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        var at = hash.TrimEnd('=').Length - 1;
        var spare = hash.Length - at - 1 == 1 ? 4 : 16;
        var last = Alphabet.IndexOf(hash[at], StringComparison.Ordinal);
        return Enumerable.Range(1, spare - 1).Select(bits => hash[..at] + Alphabet[(last / spare * spare) + ((last + bits) % spare)] + hash[(at + 1)..]);
    }

    private static string Wide(string text) => new(Array.ConvertAll(text.ToCharArray(), character => (char)(character + 0xFEE0)));
}
