using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Acceptance.Connectors.Signatures;

/// <summary>Schemes that sign the address the platform called.</summary>
public sealed class SignedAddressTests
{
    private const string Hub = "https://hub.example.org/hooks/crm";

    public static TheoryData<string> Escapes() => ["%3A", "%2F", "%3F", "%40", "%21", "%24", "%27", "%28", "%29", "%2A", "%2C", "%3B"];

    public static TheoryData<string, string> OtherEscapes()
    {
        var data = new TheoryData<string, string>();
        foreach (var escape in (string[])["%20", "%25", "%253A", "%26", "%3D", "%2B", "%23", "%C3%A9", "%22", "%5B", "%00", "%7E"])
        {
            data.Add("HubSpotV3", escape);
            data.Add("HubSpotV2", escape);
        }

        foreach (var escape in Escapes())
        {
            data.Add("HubSpotV2", escape);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Escapes))]
    public void HubSpots_third_version_signs_some_escapes_undone_in_either_case(string escape)
    {
        var tested = SchemeCase.Of("HubSpotV3");
        foreach (var called in (string[])[$"{Hub}?to=a{escape}b", $"{Hub}?to=a{escape.ToLowerInvariant()}b", $"{Hub}/{escape}{escape}?x={escape}"])
        {
            // As HubSpot signs it: the escape undone, nothing else touched.
            var undone = called.Replace(escape, Uri.UnescapeDataString(escape), StringComparison.OrdinalIgnoreCase);
            var signed = tested.Request(tested.Letter() with { Url = undone });

            Assert.True(tested.Takes(signed with { Url = called }), called);
            Assert.True(tested.Takes(signed with { Url = undone }), undone);
            Assert.False(tested.Takes(signed with { Url = called + "&more=1" }));
        }
    }

    [Theory]
    [MemberData(nameof(OtherEscapes))]
    public void Any_other_escape_is_signed_as_it_was_called(string scheme, string escape)
    {
        var tested = SchemeCase.Of(scheme);
        var called = $"{Hub}?to=a{escape}b";

        Assert.True(tested.Takes(AsWritten(tested, called)));
        Assert.False(tested.Takes(AsWritten(tested, called) with { Url = $"{Hub}?to=a{Uri.UnescapeDataString(escape)}b" }));
    }

    [Theory]
    [MemberData(nameof(SchemeCase.CoveringTheAddress), MemberType = typeof(SchemeCase))]
    public void Another_address_or_method_is_not_what_was_signed(string scheme)
    {
        var tested = SchemeCase.Of(scheme);
        var genuine = tested.Request(tested.Letter() with { Url = Hub + "?a=1&b=2" });
        string[] others =
        [
            Hub, Hub + "?a=1", Hub + "?b=2&a=1", Hub + "?a=1&b=2&", Hub + "/?a=1&b=2", Hub + "?A=1&b=2", Hub.ToUpperInvariant() + "?a=1&b=2", Hub + "?a=1&b=2#x",
            "http" + Hub[5..] + "?a=1&b=2", Hub.Replace("example", "examp1e", StringComparison.Ordinal) + "?a=1&b=2", Hub.Replace(".org/", ".org:443/", StringComparison.Ordinal) + "?a=1&b=2",
            string.Empty, "/hooks/crm?a=1&b=2",
        ];

        Assert.True(tested.Takes(genuine));
        Assert.All(others, other => Assert.False(tested.Takes(genuine with { Url = other }), other));
        Assert.All((string[])["GET", "PUT", "post", "POST ", ""], method => Assert.False(tested.Takes(genuine with { Method = method }), method));
    }

    [Theory]
    [MemberData(nameof(SchemeCase.CoveringTheAddress), MemberType = typeof(SchemeCase))]
    public void Without_a_public_address_nothing_can_be_checked_and_the_refusal_says_what_to_set(string scheme)
    {
        var tested = SchemeCase.Of(scheme);

        var refused = Assert.IsType<WebhookReading.Refused>(tested.Read(tested.Genuine() with { Url = null }));

        Assert.Equal(Refusal.NotConfigured, refused.Why);
        Assert.Contains("Hub:PublicUrl", refused.Detail, StringComparison.Ordinal);
    }

    // Nothing parts the address from the body in what is signed.
    [Theory]
    [MemberData(nameof(SchemeCase.CoveringTheAddress), MemberType = typeof(SchemeCase))]
    public void Moving_the_border_between_address_and_body_leaves_no_body_that_is_JSON(string scheme)
    {
        var tested = SchemeCase.Of(scheme);
        var letter = tested.Letter() with { Url = Hub + "?a=1", Body = HandMade.Utf8("""[{"name":"[1,2],{}[]","n":[3,[4]]},{"x":[]}]""") };
        var genuine = tested.Request(letter);
        var text = letter.Url + SchemeCase.Text(genuine);
        for (var border = 1; border < text.Length; border++)
        {
            var moved = genuine with { Url = text[..border], Body = HandMade.Utf8(text[border..]) };
            Assert.Equal(border == letter.Url.Length, tested.Read(moved) is WebhookReading.Events);
        }
    }

    private static WebhookRequest AsWritten(SchemeCase tested, string url) => tested.Request(tested.Letter() with { Url = url });
}
