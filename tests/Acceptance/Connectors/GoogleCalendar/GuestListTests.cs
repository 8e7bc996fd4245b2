using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.GoogleCalendar;

namespace ConnectorHub.Tests.Acceptance.Connectors.GoogleCalendar;

public sealed class GuestListTests
{
    private const string Guests = """
        "etag":"\"42\"","attendees":[{"email":"Ana@shop.example","responseStatus":"accepted","comment":"Zoé & I"},{"email":"bo@shop.example","optional":true}]
        """;

    [Fact]
    public async Task New_guests_are_added_behind_those_who_go_back_as_they_came()
    {
        var attempt = await InviteAsync("""["cy@shop.example","ana@SHOP.example"]""", CalendarAttempt.Entry(Guests), CalendarAttempt.Entry(Guests));

        Assert.Equal(
            """{"attendees":[{"email":"Ana@shop.example","responseStatus":"accepted","comment":"Zoé & I"},{"email":"bo@shop.example","optional":true},"""
            + """{"email":"cy@shop.example"}]}""",
            attempt.Body(1));
        Assert.Equal((HttpMethod.Patch, "calendars/primary/events/abc123?sendUpdates=all"), (attempt.Requests[1].Method, attempt.Requests[1].Url));
        Assert.Equal("[\"cy@shop.example\"]", attempt.Output.GetProperty("added").GetRawText());
    }

    [Fact]
    public async Task A_list_is_sent_only_on_the_condition_that_nobody_changed_it()
    {
        var attempt = await InviteAsync("""["cy@shop.example"]""", CalendarAttempt.Entry(Guests), CalendarAttempt.Refused(412, "conditionNotMet"));

        Assert.Equal([KeyValuePair.Create("If-Match", "\"42\"")], attempt.Requests[1].Headers);
        Assert.Equal((FailureKind.Transient, "conditionNotMet"), (attempt.Failed.Kind, attempt.Failed.Code));
    }

    [Fact]
    public async Task Guests_who_are_there_in_other_letters_are_not_added_again()
    {
        var attempt = await InviteAsync("""["ANA@shop.example","Bo@Shop.Example"]""", CalendarAttempt.Entry(Guests));

        Assert.True(Assert.Single(attempt.Requests).Reads);
        Assert.Equal("[]", attempt.Output.GetProperty("added").GetRawText());
    }

    [Fact]
    public async Task Removed_guests_are_found_in_any_letters_and_the_others_stay_as_they_are()
    {
        var attempt = await CalendarAttempt.RunAsync(
            new RemoveAttendees(),
            """{"calendar":"primary","event":"abc123","attendees":["ANA@shop.example","nobody@shop.example"]}""",
            CalendarAttempt.Entry(Guests),
            CalendarAttempt.Entry(Guests));

        Assert.Equal("""{"attendees":[{"email":"bo@shop.example","optional":true}]}""", attempt.Body(1));
        Assert.Equal("\"42\"", Assert.Single(attempt.Requests[1].Headers).Value);
        Assert.Equal("[\"ANA@shop.example\"]", attempt.Output.GetProperty("removed").GetRawText());
    }

    [Theory]
    [InlineData("\"etag\":\"\\\"42\\\"\",\"attendeesOmitted\":true", FailureKind.Rejected, "attendees_hidden")]
    [InlineData("\"etag\":\"\\\"42\\\"\",\"status\":\"cancelled\"", FailureKind.Rejected, "event_was_deleted")]
    [InlineData("\"status\":\"confirmed\"", FailureKind.Transient, "unreadable_answer")]
    [InlineData("\"etag\":\"\\\"4\\n2\\\"\"", FailureKind.Transient, "unreadable_answer")]
    public async Task A_list_that_cannot_be_sent_back_whole_and_safely_is_not_sent(string entry, FailureKind kind, string code)
    {
        var attempt = await InviteAsync("""["cy@shop.example"]""", CalendarAttempt.Entry(entry));

        Assert.Equal((kind, code), (attempt.Failed.Kind, attempt.Failed.Code));
        Assert.Single(attempt.Requests);
    }

    [Fact]
    public async Task A_rehearsal_shows_the_invitation_to_an_entry_that_it_only_would_have_made()
    {
        var recorded = new RecordedRequest("PATCH", "https://www.googleapis.com/", [], "recorded");
        var context = new ScriptedContext(
            CalendarAttempt.Secrets, request => request.Reads ? CalendarAttempt.Refused(404, "notFound") : new SendReply.Withheld(recorded))
        {
            Rehearses = true,
        };

        var attempt = await CalendarAttempt.RunAsync(
            new InviteAttendees(), """{"calendar":"primary","event":"abc123","attendees":["cy@shop.example"]}""", context);

        Assert.Same(recorded, Assert.IsType<StepOutcome.Rehearsed>(attempt.Outcome).Request);
        Assert.Equal("""{"attendees":[{"email":"cy@shop.example"}]}""", attempt.Body(1));
    }

    private static Task<CalendarAttempt> InviteAsync(string addresses, params SendReply[] answers) => CalendarAttempt.RunAsync(
        new InviteAttendees(), $$"""{"calendar":"primary","event":"abc123","notify":"all","attendees":{{addresses}} }""", answers);
}
