using System.Text;
using System.Text.Json;
using ConnectorHub.Values;
using NodaTime;
using static ConnectorHub.Tests.Unit.Values.OddValues;

namespace ConnectorHub.Tests.Unit.Values;

public sealed class ValueTests
{
    [Theory]
    [InlineData("9007199254740993")]
    [InlineData("123456789012345678901234567890123456789")]
    [InlineData("1.10")]
    [InlineData("-0")]
    [InlineData("1e400")]
    public void Numbers_keep_the_digits_they_came_with(string digits) =>
        Assert.Equal($"[{digits}]", Written(Value.List([Json(digits), .. Json("[]").Items])));

    [Fact]
    public void Letters_outside_English_are_written_as_they_are() =>
        Assert.Equal("""{"name":"Zoé <b>&"}""", Written(Value.Map([new("name", Value.Text("Zoé <b>&"))])));

    [Fact]
    public void Missing_is_left_out_of_a_map_and_null_in_a_list()
    {
        Assert.Equal("""{"b":null}""", Written(Value.Map([new("a", Value.Missing), new("b", Value.Null)])));
        Assert.Equal("[null]", Written(Value.List([Value.Missing])));
    }

    [Fact]
    public void A_moment_in_a_zone_is_written_with_its_offset()
    {
        var paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];
        Assert.Equal("2024-05-07T17:28:34+02:00", Value.Moment(Instant.FromUnixTimeSeconds(1715095714).InZone(paris)).ToText());
        Assert.Equal("2024-05-07T15:28:34+00:00", Value.Moment(Instant.FromUnixTimeSeconds(1715095714).InUtc()).ToText());
    }

    [Fact]
    public void A_moment_without_a_zone_is_written_with_Z() =>
        Assert.Equal("2024-05-07T15:28:34.5Z", Value.Moment(Instant.FromUnixTimeMilliseconds(1715095714500)).ToText());

    [Theory]
    [InlineData("""["\ud800"]""", "[\"\uFFFD\"]")]
    [InlineData("""["\udc00x"]""", "[\"\uFFFDx\"]")]
    [InlineData("""["\\ud800"]""", """["\\ud800"]""")]
    [InlineData("""{"\uDFFF":1}""", "{\"\uFFFD\":1}")]
    public void Half_letters_become_the_replacement_letter(string json, string expected)
    {
        Assert.Equal(expected, Written(Json(json)));
        using var document = JsonDocument.Parse(json);
        Assert.Equal(expected, Written(Value.FromJson(document.RootElement)));
        _ = Json(json).Members.ToList();
        _ = Json(json).ToText();
    }

    [Fact]
    public void A_whole_pair_behind_a_half_one_stays() =>
        Assert.Equal("\uFFFD𝄞", Json("""  "\ud800\ud834\udd1e"  """).ToText());

    [Fact]
    public void Broken_bytes_become_the_replacement_letter() =>
        Assert.Equal("a\uFFFDb", Value.Parse(new byte[] { (byte)'"', (byte)'a', 0xFF, (byte)'b', (byte)'"' }).ToText());

    [Fact]
    public void A_half_letter_made_by_code_can_be_written() =>
        Assert.Equal("{\"\uFFFD\":\"\uFFFD\"}", Written(Value.Map([new("\uD834", Value.Text("\uDD1E"))])));

    [Theory]
    [InlineData("1", "1.0", true)]
    [InlineData("9007199254740993", "9007199254740992", false)]
    [InlineData("123456789012345678901234567890123456789", "123456789012345678901234567890123456788", false)]
    [InlineData("""{"a":1,"b":[2]}""", """{"b":[2],"a":1}""", true)]
    [InlineData("""{"a":1}""", """{"a":1,"b":null}""", false)]
    [InlineData("[1,2]", "[2,1]", false)]
    [InlineData("\"a\"", "\"A\"", false)]
    [InlineData("1", "\"1\"", false)]
    public void Values_are_equal_when_they_hold_the_same(string left, string right, bool equal)
    {
        Assert.Equal(equal, Json(left).Equals(Json(right)));
        Assert.True(!equal || Json(left).GetHashCode() == Json(right).GetHashCode());
    }

    [Fact]
    public void Every_odd_value_can_be_written_compared_and_read_again()
    {
        foreach (var value in All)
        {
            var again = Value.Parse(value.ToUtf8Json());
            Assert.Equal(again.ToUtf8Json(), value.ToUtf8Json());
            Assert.Equal(value, value);
            Assert.Equal(value.GetHashCode(), value.GetHashCode());
            _ = value.ToText();
        }
    }

    [Fact]
    public void What_is_no_JSON_is_told_without_an_exception()
    {
        Assert.False(Value.TryParse(Encoding.UTF8.GetBytes("{"), out _));
        Assert.False(Value.TryParse(Encoding.UTF8.GetBytes(new string('[', 5000)), out _));
        Assert.True(Value.TryParse(Encoding.UTF8.GetBytes("{}"), out _));
    }

    [Theory]
    [InlineData("01")]
    [InlineData("1.")]
    [InlineData("+1")]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("1e")]
    [InlineData("0x1")]
    public void What_is_no_number_is_refused(string digits)
    {
        Assert.False(Value.TryNumber(digits, out _));
        Assert.Throws<ArgumentException>(() => Value.Number(digits));
    }

    private static string Written(Value value) => Encoding.UTF8.GetString(value.ToUtf8Json());
}
