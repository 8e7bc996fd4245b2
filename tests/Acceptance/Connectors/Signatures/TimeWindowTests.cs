using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Acceptance.Connectors.Signatures;

/// <summary>How old or how far ahead a signed time may be, and how it must be written.</summary>
public sealed class TimeWindowTests
{
    /// <summary>Every scheme that signs a time: the sender's time beside ours in milliseconds, and whether that is taken.</summary>
    public static TheoryData<string, int, bool> Offsets()
    {
        var data = new TheoryData<string, int, bool>();
        foreach (var name in SchemeCase.Names)
        {
            var window = name == "Livestorm" ? 1_800_000 : 300_000;
            var step = name == "HubSpotV3" ? 1 : 1000;
            foreach (var sign in SchemeCase.Of(name).Scheme.Window is null ? [] : (int[])[-1, 1])
            {
                data.Add(name, sign * (window - step), true);
                data.Add(name, sign * window, true);
                data.Add(name, sign * (window + step), false);
                data.Add(name, sign * 24 * 3600 * 1000, false);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Offsets))]
    public void A_signed_time_is_taken_up_to_its_window_and_not_a_step_further(string scheme, int milliseconds, bool taken)
    {
        var tested = SchemeCase.Of(scheme);
        var reading = tested.Read(tested.Request(tested.Letter(SchemeCase.Now.AddMilliseconds(milliseconds))));

        Assert.Equal(taken, reading is WebhookReading.Events);
        Assert.Equal(taken ? null : Refusal.OutsideWindow, (reading as WebhookReading.Refused)?.Why);
    }

    [Fact]
    public void The_windows_are_those_of_the_platforms() => Assert.Equal(
        ["HubSpotV3 300 Milliseconds", "Livestorm 1800 Seconds", "Slack 300 Seconds", "StandardWebhooks 300 Seconds", "Stripe 300 Seconds", "Svix 300 Seconds", "Zoom 300 Seconds"],
        SchemeCase.Names.Select(SchemeCase.Of).Where(tested => tested.Scheme.Window is not null)
            .Select(tested => $"{tested.Name} {tested.Scheme.Window!.Value.TotalSeconds} {tested.Scheme.Unit}").Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(SchemeCase.Timed), MemberType = typeof(SchemeCase))]
    public void The_same_request_again_is_genuine_within_the_window_and_refused_after_it(string scheme)
    {
        var tested = SchemeCase.Of(scheme);
        var genuine = tested.Genuine();
        var window = tested.Scheme.Window!.Value;

        Assert.True(tested.Takes(genuine, SchemeCase.Now));
        Assert.True(tested.Takes(genuine, SchemeCase.Now + (window / 2)));
        Assert.True(tested.Takes(genuine, SchemeCase.Now + window));
        Assert.False(tested.Takes(genuine, SchemeCase.Now + window + TimeSpan.FromSeconds(1)));
        Assert.False(tested.Takes(genuine, SchemeCase.Now + TimeSpan.FromDays(365)));
    }

    [Theory]
    [MemberData(nameof(SchemeCase.Untimed), MemberType = typeof(SchemeCase))]
    public void Without_a_signed_time_a_replay_stays_genuine_so_that_only_the_dedupe_key_stops_it(string scheme) =>
        Assert.True(SchemeCase.Of(scheme).Takes(SchemeCase.Of(scheme).Genuine(), SchemeCase.Now.AddYears(1)));

    [Theory]
    [MemberData(nameof(SchemeCase.Timed), MemberType = typeof(SchemeCase))]
    public void A_signed_time_that_is_not_plain_digits_is_malformed(string scheme)
    {
        var tested = SchemeCase.Of(scheme);
        var time = tested.Timestamp(SchemeCase.Now);
        var arabic = string.Concat(time.Select(digit => (char)('\u0660' + (digit - '0'))));
        var wide = string.Concat(time.Select(digit => (char)('\uFF10' + (digit - '0'))));
        string[] odd =
        [
            "+" + time, "-" + time, " " + time, time + " ", "\t" + time, "0" + time, "000" + time, time + ".0", time + "e0", "0x" + time, "0",
            time + new string('0', 20 - time.Length), "99999999999999999999", "18446744073709551615", "9223372036854775807", "9223372036854775808", "-1",
            arabic, wide, time[..^1] + arabic[^1], "1,000", "now", "NaN",
        ];

        // Signed by the sender's own hand: only the form is wrong.
        foreach (var text in odd)
        {
            var refused = Assert.IsType<WebhookReading.Refused>(tested.Read(tested.Request(tested.Letter() with { Timestamp = text })));
            Assert.True(refused.Why is Refusal.Malformed, $"'{text}' is {refused}");
        }
    }

    [Theory]
    [MemberData(nameof(SchemeCase.Timed), MemberType = typeof(SchemeCase))]
    public void A_time_in_the_other_unit_is_outside_the_window(string scheme)
    {
        var tested = SchemeCase.Of(scheme);
        var other = tested.Scheme.Unit == ConnectorHub.Connectors.Signatures.TimestampUnit.Seconds
            ? SchemeCase.Now.ToUnixTimeMilliseconds()
            : SchemeCase.Now.ToUnixTimeSeconds();

        var refused = Assert.IsType<WebhookReading.Refused>(tested.Read(tested.Request(tested.Letter() with { Timestamp = $"{other}" })));

        Assert.Equal(Refusal.OutsideWindow, refused.Why);
    }
}
