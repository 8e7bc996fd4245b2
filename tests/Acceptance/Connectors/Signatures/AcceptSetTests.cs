using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Signatures;

namespace ConnectorHub.Tests.Acceptance.Connectors.Signatures;

/// <summary>For every scheme: what a sender makes is taken, and nothing beside it.</summary>
public sealed class AcceptSetTests
{
    [Fact]
    public void Every_scheme_is_also_made_by_hand() => Assert.Empty(SchemeCase.Names.Except(HandMade.Headers.Keys));

    [Theory]
    [MemberData(nameof(SchemeCase.All), MemberType = typeof(SchemeCase))]
    public void What_was_signed_by_hand_is_genuine(string scheme) => Assert.True(SchemeCase.Of(scheme).Takes(SchemeCase.Of(scheme).Genuine()));

    [Theory]
    [MemberData(nameof(SchemeCase.All), MemberType = typeof(SchemeCase))]
    public void What_we_sign_is_what_the_hand_signs(string scheme)
    {
        var tested = SchemeCase.Of(scheme);
        var letter = tested.Letter();

        var signed = SignatureVerifier.Sign(
            tested.Scheme, new SampleDelivery("any", letter.Body, letter.Url), new Secret(letter.Secret), letter.Id, SchemeCase.Now);

        Assert.Equal(tested.Genuine().Headers.OrderBy(header => header.Key), signed.OrderBy(header => header.Key));
    }

    [Theory]
    [MemberData(nameof(SchemeCase.CoveringTheBody), MemberType = typeof(SchemeCase))]
    public void No_bit_of_the_body_can_be_flipped(string scheme)
    {
        var tested = SchemeCase.Of(scheme);
        var genuine = tested.Genuine();
        for (var bit = 0; bit < SchemeCase.Body.Length * 8; bit++)
        {
            var body = SchemeCase.Body.ToArray();
            body[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(tested.Takes(SchemeCase.With(genuine, body)), $"bit {bit % 8} of byte {bit / 8}");
        }
    }

    [Theory]
    [MemberData(nameof(SchemeCase.All), MemberType = typeof(SchemeCase))]
    public void No_bit_of_a_header_can_be_flipped(string scheme)
    {
        var tested = SchemeCase.Of(scheme);
        var genuine = tested.Genuine();
        foreach (var (name, value) in genuine.Headers)
        {
            for (var bit = 0; bit < value.Length * 16; bit++)
            {
                var text = value.ToCharArray();
                text[bit / 16] = (char)(text[bit / 16] ^ (1 << (bit % 16)));
                Assert.False(tested.Takes(SchemeCase.With(genuine, name, new string(text))), $"bit {bit % 16} of character {bit / 16} of {name}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(SchemeCase.All), MemberType = typeof(SchemeCase))]
    public void No_character_of_a_header_can_be_left_out_or_added(string scheme)
    {
        var tested = SchemeCase.Of(scheme);
        var genuine = tested.Genuine();
        foreach (var (name, value) in genuine.Headers)
        {
            for (var i = 0; i < value.Length; i++)
            {
                Assert.False(tested.Takes(SchemeCase.With(genuine, name, value.Remove(i, 1))), $"{name} without character {i}");
            }

            for (var i = 0; i <= value.Length; i++)
            {
                foreach (var added in " ,=.0aA\t\0é")
                {
                    Assert.False(tested.Takes(SchemeCase.With(genuine, name, value.Insert(i, added.ToString()))), $"{name} with '{added}' at {i}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(SchemeCase.CoveringTheBody), MemberType = typeof(SchemeCase))]
    public void A_body_that_was_written_anew_is_not_the_body(string scheme)
    {
        var tested = SchemeCase.Of(scheme);
        var genuine = tested.Genuine();
        foreach (var body in Rewritten())
        {
            Assert.NotEqual(SchemeCase.Text(genuine), body);
            Assert.False(tested.Takes(SchemeCase.With(genuine, HandMade.Utf8(body))), body);
        }
    }

    [Theory]
    [MemberData(nameof(SchemeCase.All), MemberType = typeof(SchemeCase))]
    public void Every_header_must_be_there_once(string scheme)
    {
        var tested = SchemeCase.Of(scheme);
        var genuine = tested.Genuine();
        foreach (var (name, value) in genuine.Headers)
        {
            var without = genuine with { Headers = genuine.Headers.Where(header => header.Key != name).ToDictionary() };
            Assert.False(tested.Takes(without), $"no {name}");
            foreach (var twice in (string[])[string.Empty, $"{value}, {value}", $"{value},{value}", $"{value},", $",{value}", $"{value}, "])
            {
                Assert.False(tested.Takes(SchemeCase.With(genuine, name, twice)), $"{name}: '{twice}'");
            }
        }
    }

    [Theory]
    [MemberData(nameof(SchemeCase.All), MemberType = typeof(SchemeCase))]
    public void Names_of_headers_come_in_any_case(string scheme)
    {
        var tested = SchemeCase.Of(scheme);
        var genuine = tested.Genuine();

        Assert.True(tested.Takes(genuine with { Headers = genuine.Headers.ToDictionary(header => header.Key.ToUpperInvariant(), header => header.Value) }));
        Assert.True(tested.Takes(genuine with { Headers = genuine.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value) }));
    }

    [Theory]
    [MemberData(nameof(SchemeCase.All), MemberType = typeof(SchemeCase))]
    public void Old_and_new_secret_are_taken_while_both_are_set_and_no_longer(string scheme)
    {
        var tested = SchemeCase.Of(scheme);
        var old = tested.Genuine();
        var rotated = tested.Request(tested.Letter() with { Secret = SchemeCase.Other });

        Assert.True(tested.Takes(old, null, SchemeCase.Secret));
        Assert.False(tested.Takes(old, null, SchemeCase.Other));
        Assert.False(tested.Takes(rotated, null, SchemeCase.Secret));
        Assert.True(tested.Takes(rotated, null, SchemeCase.Other));
        foreach (var both in (string[][])[[SchemeCase.Secret, SchemeCase.Other], [SchemeCase.Other, SchemeCase.Secret]])
        {
            Assert.True(tested.Takes(old, null, both));
            Assert.True(tested.Takes(rotated, null, both));
        }
    }

    [Theory]
    [MemberData(nameof(SchemeCase.All), MemberType = typeof(SchemeCase))]
    public void Parts_of_two_genuine_deliveries_make_no_third(string scheme)
    {
        var tested = SchemeCase.Of(scheme);
        var first = tested.Genuine();
        var second = tested.Request(tested.Letter(SchemeCase.Now.AddSeconds(1)) with { Id = "msg_other", Body = HandMade.Utf8("{\"id\":\"other\"}") });
        if (tested.CoversBody)
        {
            Assert.False(tested.Takes(first with { Body = second.Body }));
        }

        foreach (var (name, value) in second.Headers.Where(header => header.Value != first.Headers[header.Key]))
        {
            Assert.False(tested.Takes(SchemeCase.With(first, name, value)), name);
        }
    }

    [Theory]
    [MemberData(nameof(SchemeCase.All), MemberType = typeof(SchemeCase))]
    public void An_empty_body_is_verified_before_it_is_refused(string scheme)
    {
        var tested = SchemeCase.Of(scheme);
        var empty = tested.Request(tested.Letter() with { Body = [] });

        Assert.Equal(Refusal.NotJson, Assert.IsType<WebhookReading.Refused>(tested.Read(empty)).Why);
        Assert.False(tested.Takes(empty, null, SchemeCase.Other));
    }

    /// <summary>The same JSON in other letters.</summary>
    private static IEnumerable<string> Rewritten()
    {
        var text = Encoding.UTF8.GetString(SchemeCase.Body);
        var members = JsonNode.Parse(text)!.AsObject();
        yield return members.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
        yield return members.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        yield return members.ToJsonString();
        yield return new JsonObject(members.Reverse().Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))).ToJsonString();
        yield return text.Replace("/", "\\/", StringComparison.Ordinal);
        yield return text.Replace("id", "\\u0069d", StringComparison.Ordinal);
        yield return text.Replace("\\u00e9", "é", StringComparison.Ordinal);
        yield return text.Replace("\\u00e9", "\\u00E9", StringComparison.Ordinal);
        yield return text.Replace(":", ": ", StringComparison.Ordinal);
        yield return text.Replace("1715095714", "1715095714.0", StringComparison.Ordinal);
        yield return text + "\n";
        yield return text + "\0";
        yield return " " + text;
        yield return "\uFEFF" + text;
    }
}
