using System.Text;
using ConnectorHub.Abstractions;
using ConnectorHub.Values;

namespace ConnectorHub.Tests.Unit.Values;

public sealed class EventBodyTests
{
    [Theory]
    [InlineData("""{"ended_at":0}""", """{"ended_at":null}""")]
    [InlineData("""{"data":{"attributes":[{"started_at":0,"duration":0}]}}""", """{"data":{"attributes":[{"started_at":null,"duration":0}]}}""")]
    [InlineData("""{"started_at":1645459260,"at":0,"attendees_count":0,"_at":0}""", """{"started_at":1645459260,"at":0,"attendees_count":0,"_at":null}""")]
    [InlineData("""{"ended_at":"0","canceled_at":false,"sent_at":[0],"left_at":{"at":0}}""", """{"ended_at":"0","canceled_at":false,"sent_at":[0],"left_at":{"at":0}}""")]
    [InlineData("""{"ended_at":"0001-01-01T00:00:00+00:00"}""", """{"ended_at":"0001-01-01T00:00:00+00:00"}""")]
    public void A_0_in_a_field_that_holds_a_unix_time_is_missing(string body, string seen) => Assert.Equal(seen, Cleaned(body, MissingDates.UnixZero));

    [Theory]
    [InlineData("""{"nextActivityTime":"0001-01-01T00:00:00+00:00"}""", """{"nextActivityTime":null}""")]
    [InlineData("""{"lead":{"dates":["0001-01-01T00:00:00","0001-01-01T00:00:00.0000000Z"]}}""", """{"lead":{"dates":[null,null]}}""")]
    [InlineData("""{"date":"2020-09-04T10:20:31.3778028+00:00","title":"0001-01-01"}""", """{"date":"2020-09-04T10:20:31.3778028+00:00","title":"0001-01-01"}""")]
    [InlineData("""{"ended_at":0}""", """{"ended_at":0}""")]
    public void A_date_in_the_year_1_is_missing(string body, string seen) => Assert.Equal(seen, Cleaned(body, MissingDates.YearOne));

    [Fact]
    public void Both_may_be_meant() => Assert.Equal(
        """{"ended_at":null,"date":null}""",
        Cleaned("""{"ended_at":0,"date":"0001-01-01T00:00:00+00:00"}""", MissingDates.UnixZero | MissingDates.YearOne));

    [Theory]
    [InlineData("""{"ended_at":0,"date":"0001-01-01T00:00:00+00:00","value":200000.0}""")]
    [InlineData("[]")]
    [InlineData("0")]
    public void Where_a_platform_writes_none_the_body_stays_as_it_is(string body)
    {
        var value = Value.Parse(Encoding.UTF8.GetBytes(body));

        Assert.Same(value, EventBody.WithoutMissingDates(value, MissingDates.None));
    }

    private static string Cleaned(string body, MissingDates missing) =>
        Encoding.UTF8.GetString(EventBody.WithoutMissingDates(Value.Parse(Encoding.UTF8.GetBytes(body)), missing).ToUtf8Json());
}
