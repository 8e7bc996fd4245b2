using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.GoogleCalendar;

namespace ConnectorHub.Tests.Acceptance.Connectors.GoogleCalendar;

public sealed class CreateEventTests
{
    private const string Input = """{"calendar":"sales@acme.example","title":"Démo","start":"2026-08-10T01:00:00Z","end":"2026-08-10T01:30:00Z"}""";
    private const string Ours = "\"status\":\"confirmed\",\"extendedProperties\":{\"private\":{\"connectorhub_effect\":\"" + ScriptedContext.Key + "\"}}";

    [Fact]
    public async Task An_entry_is_sent_with_an_id_of_our_own_and_the_effect_key_where_no_guest_sees_it()
    {
        var attempt = await RunAsync(Input, CalendarAttempt.Entry(Ours));

        Assert.Equal("calendars/sales%40acme.example/events?sendUpdates=none", Assert.Single(attempt.Requests).Url);
        Assert.Equal(
            """{"id":"0123456789abcdef0123456789abcdef","summary":"Démo","start":{"dateTime":"2026-08-10T01:00:00+00:00"},"""
            + "\"end\":{\"dateTime\":\"2026-08-10T01:30:00+00:00\"},\"extendedProperties\":{\"private\":{\"connectorhub_effect\":\""
            + ScriptedContext.Key + "\"}}}",
            attempt.Body(0));
    }

    [Fact]
    public async Task A_zone_is_sent_with_both_times_and_the_offset_stays_as_it_was_written()
    {
        var attempt = await RunAsync(
            """{"calendar":"primary","title":"T","start":"2026-08-10T10:00+09:00","end":"2026-08-10T10:30:00.25+09:00","zone":"Asia/Tokyo"}""",
            CalendarAttempt.Entry(Ours));

        Assert.Contains(
            "\"start\":{\"dateTime\":\"2026-08-10T10:00:00+09:00\",\"timeZone\":\"Asia/Tokyo\"},\"end\":{\"dateTime\":\"2026-08-10T10:30:00+09:00\",\"timeZone\":\"Asia/Tokyo\"}",
            attempt.Body(0),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whole_days_are_sent_as_days_without_a_zone()
    {
        var attempt = await RunAsync(
            """{"calendar":"primary","title":"T","start":"2026-08-10","end":"2026-08-11","zone":"Asia/Tokyo"}""", CalendarAttempt.Entry(Ours));

        Assert.Contains("\"start\":{\"date\":\"2026-08-10\"},\"end\":{\"date\":\"2026-08-11\"}", attempt.Body(0), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-08-10", "2026-08-10", "the day after the last one")]
    [InlineData("2026-08-10", "2026-08-10T10:00:00Z", "of one kind")]
    [InlineData("2026-08-10T10:00:00+02:00", "2026-08-10T10:00:00+09:00", "is before 'start'")]
    [InlineData("2026-08-10T10:00:00", "2026-08-10T11:00:00", "a moment with its offset")]
    [InlineData("tomorrow", "2026-08-10", "'start' is \"tomorrow\"")]
    [InlineData("2026-02-30", "2026-03-01", "'start' is \"2026-02-30\"")]
    [InlineData("2026-08-10T25:00:00Z", "2026-08-11", "a moment with its offset")]
    [InlineData("2026-08-10\n", "2026-08-11", "a moment with its offset")]
    public async Task Times_that_do_not_fit_are_refused_before_anything_is_sent(string start, string end, string said)
    {
        var attempt = await RunAsync(JsonSerializer.Serialize(new { calendar = "primary", title = "T", start, end }));

        Assert.Equal((FailureKind.Rejected, "invalid_input"), (attempt.Failed.Kind, attempt.Failed.Code));
        Assert.Contains(said, attempt.Failed.Message, StringComparison.Ordinal);
        Assert.Empty(attempt.Requests);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("a/b@acme.example")]
    [InlineData("a b")]
    public async Task What_is_no_calendar_s_id_never_becomes_part_of_an_address(string calendar)
    {
        var attempt = await RunAsync(JsonSerializer.Serialize(new { calendar, title = "T", start = "2026-08-10", end = "2026-08-11" }));

        Assert.Equal("invalid_input", attempt.Failed.Code);
        Assert.Empty(attempt.Requests);
    }

    [Fact]
    public async Task Guests_are_sent_once_each_and_empty_ones_are_left_out()
    {
        var attempt = await RunAsync(
            """{"calendar":"primary","title":"T","start":"2026-08-10","end":"2026-08-11","attendees":[" ana@shop.example","","ANA@shop.example","bo@shop.example"],"notify":"external"}""",
            CalendarAttempt.Entry(Ours));

        Assert.Contains("\"attendees\":[{\"email\":\"ana@shop.example\"},{\"email\":\"bo@shop.example\"}]", attempt.Body(0), StringComparison.Ordinal);
        Assert.EndsWith("?sendUpdates=externalOnly", attempt.Requests[0].Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_in_place_of_an_address_is_refused_with_its_place()
    {
        var attempt = await RunAsync(
            """{"calendar":"primary","title":"T","start":"2026-08-10","end":"2026-08-11","attendees":["ana@shop.example","Bo <bo@shop.example>"]}""");

        Assert.Contains("\"Bo <bo@shop.example>\" at place 2", attempt.Failed.Message, StringComparison.Ordinal);
        Assert.Empty(attempt.Requests);
    }

    [Fact]
    public async Task A_Meet_call_is_asked_for_under_a_key_of_its_own_entry_and_may_come_later()
    {
        var attempt = await RunAsync(
            """{"calendar":"primary","title":"T","start":"2026-08-10","end":"2026-08-11","meet":true}""",
            CalendarAttempt.Entry(Ours + ",\"conferenceData\":{\"createRequest\":{\"status\":{\"statusCode\":\"pending\"}}}"));

        Assert.EndsWith("&conferenceDataVersion=1", attempt.Requests[0].Url, StringComparison.Ordinal);
        Assert.Contains(
            "\"conferenceData\":{\"createRequest\":{\"requestId\":\"" + CalendarAttempt.Id + "\",\"conferenceSolutionKey\":{\"type\":\"hangoutsMeet\"}}}",
            attempt.Body(0),
            StringComparison.Ordinal);
        Assert.False(attempt.Output.TryGetProperty("meetLink", out _));
    }

    [Fact]
    public async Task A_taken_id_whose_entry_is_ours_is_done()
    {
        var attempt = await RunAsync(Input, CalendarAttempt.Refused(409, "duplicate"), CalendarAttempt.Entry(Ours));

        Assert.Equal(CalendarAttempt.Id, attempt.Output.GetProperty("id").GetString());
        Assert.Equal((HttpMethod.Get, $"calendars/sales%40acme.example/events/{CalendarAttempt.Id}"), (attempt.Requests[1].Method, attempt.Requests[1].Url));
        Assert.Single(attempt.Requests, request => !request.Reads);
    }

    [Fact]
    public async Task A_taken_id_whose_entry_was_deleted_says_how_to_get_a_new_one()
    {
        var attempt = await RunAsync(Input, CalendarAttempt.Refused(409, "duplicate"), CalendarAttempt.Entry("\"status\":\"cancelled\""));

        Assert.Equal((FailureKind.Rejected, "event_was_deleted"), (attempt.Failed.Kind, attempt.Failed.Code));
        Assert.Contains("--again", attempt.Failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"status\":\"confirmed\"")]
    [InlineData("\"status\":\"confirmed\",\"extendedProperties\":{\"private\":{\"connectorhub_effect\":\"another\"}}")]
    public async Task A_taken_id_whose_entry_is_not_ours_is_left_alone(string entry)
    {
        var attempt = await RunAsync(Input, CalendarAttempt.Refused(409, "duplicate"), CalendarAttempt.Entry(entry));

        Assert.Equal((FailureKind.Rejected, "duplicate"), (attempt.Failed.Kind, attempt.Failed.Code));
    }

    [Fact]
    public async Task A_taken_id_whose_entry_does_not_show_yet_is_tried_again() =>
        Assert.Equal(
            FailureKind.Transient,
            (await RunAsync(Input, CalendarAttempt.Refused(409, "duplicate"), CalendarAttempt.Refused(404, "notFound"))).Failed.Kind);

    [Fact]
    public async Task Guests_of_a_service_account_without_delegation_are_refused_with_what_to_do()
    {
        var attempt = await RunAsync(Input, CalendarAttempt.Refused(403, "forbiddenForServiceAccounts"));

        Assert.Equal((FailureKind.Rejected, "forbiddenForServiceAccounts"), (attempt.Failed.Kind, attempt.Failed.Code));
        Assert.Contains("ActAs", attempt.Failed.Message, StringComparison.Ordinal);
        Assert.Contains("domain-wide delegation", attempt.Failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_used_up_calendar_is_left_alone_for_an_hour()
    {
        var attempt = await RunAsync(Input, CalendarAttempt.Refused(403, "quotaExceeded"));

        Assert.Equal((FailureKind.RateLimited, TimeSpan.FromHours(1)), (attempt.Failed.Kind, attempt.Failed.RetryAfter));
    }

    [Theory]
    [InlineData(200, "\"status\":\"confirmed\"", "Unknown")]
    [InlineData(200, "\"status\":\"cancelled\"", "Absent")]
    [InlineData(200, Ours, "Found")]
    [InlineData(404, "\"error\":{}", "Absent")]
    [InlineData(403, "\"error\":{}", "Unknown")]
    public async Task After_a_lost_answer_the_entry_is_looked_for_by_its_id(int status, string members, string expected)
    {
        var context = ScriptedContext.Of(CalendarAttempt.Secrets, ScriptedContext.Answer(status, $$"""{"id":"{{CalendarAttempt.Id}}",{{members}} }"""));

        var probe = await new CreateEvent().FindAsync(JsonDocument.Parse(Input).RootElement, context, TestContext.Current.CancellationToken);

        Assert.StartsWith(expected, Outcomes.Show(probe), StringComparison.Ordinal);
        Assert.True(Assert.Single(context.Requests).Reads);
    }

    private static Task<CalendarAttempt> RunAsync(string input, params SendReply[] answers) => CalendarAttempt.RunAsync(new CreateEvent(), input, answers);
}
