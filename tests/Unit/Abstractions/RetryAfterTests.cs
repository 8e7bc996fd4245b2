using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Unit.Abstractions;

public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("120", 120)]
    [InlineData(" 5 ", 5)]
    [InlineData("0", 0)]
    [InlineData("Mon, 02 Mar 2026 09:31:30 GMT", 90)]
    [InlineData("Monday, 02-Mar-26 09:31:30 GMT", 90)]
    [InlineData("Mon Mar  2 09:31:30 2026", 90)]
    [InlineData("Mon, 02 Mar 2026 09:00:00 GMT", 0)]
    [InlineData("123456789012345", 999_999_999)]
    public void Seconds_and_all_three_forms_of_a_date_are_read(string value, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Answer(("Retry-After", value)).RetryAfter(Now));

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("1.5")]
    [InlineData("2026-03-02T09:31:30Z")]
    public void Anything_else_is_no_wait(string value) => Assert.Null(Answer(("Retry-After", value)).RetryAfter(Now));

    [Fact]
    public void An_absent_header_is_no_wait() => Assert.Null(Answer().RetryAfter(Now));

    [Fact]
    public void A_date_is_counted_from_the_answer_s_own_clock()
    {
        var answer = Answer(("retry-after", "Mon, 02 Mar 2026 08:01:00 GMT"), ("date", "Mon, 02 Mar 2026 08:00:00 GMT"));

        Assert.Equal(TimeSpan.FromMinutes(1), answer.RetryAfter(Now));
    }

    private static SendReply.Answered Answer(params (string Name, string Value)[] headers) =>
        new(429, [.. headers.Select(header => KeyValuePair.Create(header.Name, header.Value))], default, BodyCut: false);
}
