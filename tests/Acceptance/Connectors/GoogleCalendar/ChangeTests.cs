using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.GoogleCalendar;

namespace ConnectorHub.Tests.Acceptance.Connectors.GoogleCalendar;

/// <summary>Finding, updating and cancelling.</summary>
public sealed class ChangeTests
{
    private const string There = "\"status\":\"confirmed\"";
    private const string Named = """{"calendar":"primary","event":"abc123"}""";

    [Fact]
    public async Task An_update_sends_what_is_given_and_takes_the_other_kind_of_time_away()
    {
        var attempt = await UpdateAsync(
            """{"calendar":"primary","event":"abc123","start":"2026-08-10","end":"2026-08-11","location":""}""", CalendarAttempt.Entry(There));

        Assert.Equal(
            """{"location":"","start":{"date":"2026-08-10","dateTime":null},"end":{"date":"2026-08-11","dateTime":null}}""", attempt.Body(0));
        Assert.Empty(attempt.Requests[0].Headers);
    }

    [Fact]
    public async Task An_update_to_a_moment_takes_the_day_away_and_sends_the_zone()
    {
        var attempt = await UpdateAsync(
            """{"calendar":"primary","event":"abc123","start":"2026-08-10T10:00:00+09:00","zone":"Asia/Tokyo"}""", CalendarAttempt.Entry(There));

        Assert.Equal("""{"start":{"dateTime":"2026-08-10T10:00:00+09:00","timeZone":"Asia/Tokyo","date":null}}""", attempt.Body(0));
    }

    [Theory]
    [InlineData(Named, "nothing to change")]
    [InlineData("""{"calendar":"primary","event":"abc123","title":"T","zone":"Asia/Tokyo"}""", "'zone' goes with")]
    [InlineData("""{"calendar":"primary","event":"..","title":"T"}""", "an entry's id")]
    public async Task An_update_that_says_nothing_is_not_sent(string input, string said)
    {
        var attempt = await UpdateAsync(input);

        Assert.Contains(said, attempt.Failed.Message, StringComparison.Ordinal);
        Assert.Empty(attempt.Requests);
    }

    [Fact]
    public async Task An_update_of_a_deleted_entry_says_so() =>
        Assert.Equal(
            "event_was_deleted",
            (await UpdateAsync("""{"calendar":"primary","event":"abc123","title":"T"}""", CalendarAttempt.Entry("\"status\":\"cancelled\""))).Failed.Code);

    [Theory]
    [InlineData(204)]
    [InlineData(404)]
    [InlineData(410)]
    public async Task An_entry_that_was_there_and_is_gone_is_cancelled(int status)
    {
        var attempt = await CalendarAttempt.RunAsync(new CancelEvent(), Named, CalendarAttempt.Entry(There), ScriptedContext.Answer(status));

        Assert.Equal("""{"id":"abc123","cancelled":true}""", attempt.Output.GetRawText());
        Assert.Equal((HttpMethod.Delete, false), (attempt.Requests[1].Method, attempt.Requests[1].Reads));
        Assert.True(attempt.Requests[1].Body.IsEmpty);
    }

    [Fact]
    public async Task An_entry_that_never_was_there_is_not_taken_for_cancelled()
    {
        var attempt = await CalendarAttempt.RunAsync(new CancelEvent(), Named, CalendarAttempt.Refused(404, "notFound"));

        Assert.Equal((FailureKind.Rejected, "notFound"), (attempt.Failed.Kind, attempt.Failed.Code));
        Assert.Single(attempt.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("abc/../../x")]
    [InlineData("abc?x")]
    public async Task A_deletion_can_only_be_of_an_entry_never_of_the_calendar(string entry)
    {
        var attempt = await CalendarAttempt.RunAsync(new CancelEvent(), JsonSerializer.Serialize(new Dictionary<string, string> { ["calendar"] = "primary", ["event"] = entry }));

        Assert.Equal("invalid_input", attempt.Failed.Code);
        Assert.Empty(attempt.Requests);
    }

    [Fact]
    public async Task An_entry_in_a_calendar_that_does_not_show_is_not_taken_for_absent()
    {
        var attempt = await CalendarAttempt.RunAsync(
            new FindEvent(), Named, CalendarAttempt.Refused(404, "notFound"), CalendarAttempt.Refused(404, "notFound"));

        Assert.Equal((FailureKind.Rejected, "notFound"), (attempt.Failed.Kind, attempt.Failed.Code));
    }

    [Fact]
    public async Task A_deleted_entry_is_not_found() =>
        Assert.Equal(
            """{"found":false}""",
            (await CalendarAttempt.RunAsync(new FindEvent(), Named, CalendarAttempt.Entry("\"status\":\"cancelled\""))).Output.GetRawText());

    [Fact]
    public async Task A_mark_is_searched_for_as_it_is_over_pages_that_may_be_empty()
    {
        var attempt = await CalendarAttempt.RunAsync(
            new FindEvent(),
            """{"calendar":"primary","mark":"a&b=c/7"}""",
            ScriptedContext.Answer(200, """{"items":[{"id":"gone","status":"cancelled"}],"nextPageToken":"t=="}"""),
            ScriptedContext.Answer(200, """{"items":[{"id":"abc123"}]}"""));

        Assert.Equal("abc123", attempt.Output.GetProperty("id").GetString());
        Assert.Equal(
            "calendars/primary/events?privateExtendedProperty=connectorhub_mark%3Da%26b%3Dc%2F7&maxResults=50&pageToken=t%3D%3D", attempt.Requests[1].Url);
    }

    [Fact]
    public async Task A_search_without_end_is_given_up_and_not_taken_for_absence()
    {
        var endless = new ScriptedContext(CalendarAttempt.Secrets, _ => ScriptedContext.Answer(200, """{"items":[],"nextPageToken":"t"}"""));

        var attempt = await CalendarAttempt.RunAsync(new FindEvent(), """{"calendar":"primary","mark":"7"}""", endless);

        Assert.Equal((FailureKind.Rejected, 10), (attempt.Failed.Kind, attempt.Requests.Count));
    }

    [Theory]
    [InlineData("""{"calendar":"primary"}""")]
    [InlineData("""{"calendar":"primary","event":"abc123","mark":"7"}""")]
    [InlineData("""{"calendar":"primary","mark":""}""")]
    public async Task A_search_needs_one_thing_to_search_by(string input)
    {
        var attempt = await CalendarAttempt.RunAsync(new FindEvent(), input);

        Assert.Equal("invalid_input", attempt.Failed.Code);
        Assert.Empty(attempt.Requests);
    }

    private static Task<CalendarAttempt> UpdateAsync(string input, params SendReply[] answers) => CalendarAttempt.RunAsync(new UpdateEvent(), input, answers);
}
