using System.Text.Json;
using ConnectorHub.Connectors.Reading;

namespace ConnectorHub.Tests.Acceptance.Connectors.Reading;

public sealed class BodyTimesTests
{
    [Theory]
    [InlineData("\"2026-03-02T09:30:00Z\"", true)]
    [InlineData("\"2026-03-02T09:30Z\"", true)]
    [InlineData("\"2026-03-02T10:30:00.000+01:00\"", true)]
    [InlineData("\"2026-03-02T09:30:00.000000000Z\"", true)]
    [InlineData("\"2026-03-02T09:30:00\"", false)]
    [InlineData("\"2026-03-02T09:30:00.12345\"", false)]
    [InlineData("\"2026-03-02\"", false)]
    [InlineData("\"09:30\"", false)]
    [InlineData("\"0001-01-01T00:00:00Z\"", false)]
    [InlineData("\"2026-02-30T09:30:00Z\"", false)]
    [InlineData("\"2026-03-02T09:30:00\\ud83dZ\"", false)]
    [InlineData("1772443800", false)]
    [InlineData("null", false)]
    public void Only_a_moment_with_its_offset_is_an_ISO_time(string json, bool isTime) =>
        Assert.Equal(isTime ? ScriptedContext.Start : null, BodyTimes.Iso(JsonElement.Parse(json)));

    [Theory]
    [InlineData("1772443800", true)]
    [InlineData("0", false)]
    [InlineData("-1", false)]
    [InlineData("1772443800.5", false)]
    [InlineData("1e300", false)]
    [InlineData("9223372036854775807", false)]
    [InlineData("\"1772443800\"", false)]
    public void Only_a_whole_positive_number_in_reach_is_a_UNIX_time(string json, bool isTime)
    {
        Assert.Equal(isTime ? ScriptedContext.Start : null, BodyTimes.UnixSeconds(JsonElement.Parse(json)));
        Assert.Equal(
            isTime ? ScriptedContext.Start : null,
            BodyTimes.UnixMilliseconds(JsonElement.Parse(isTime ? json + "000" : json)));
    }
}
