using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.GoogleCalendar;

namespace ConnectorHub.Tests.Acceptance.Connectors.GoogleCalendar;

public sealed class UpsertEventTests
{
    private const string Input = """{"calendar":"primary","title":"T","start":"2026-08-10T10:00:00+09:00","end":"2026-08-10T10:30:00+09:00","notify":"all"}""";

    private const string Rest =
        "\"etag\":\"\\\"7\\\"\",\"status\":\"confirmed\",\"end\":{\"dateTime\":\"2026-08-10T01:30:00Z\"},"
        + "\"extendedProperties\":{\"private\":{\"connectorhub_effect\":\"" + ScriptedContext.Key + "\"}}";

    private const string AsWanted = "\"summary\":\"T\",\"start\":{\"dateTime\":\"2026-08-10T01:00:00Z\"}," + Rest;

    private static readonly SendReply Nowhere = CalendarAttempt.Refused(404, "notFound");

    [Fact]
    public async Task An_entry_that_is_not_there_is_made_with_the_id_of_its_key()
    {
        var attempt = await RunAsync(Input, Nowhere, CalendarAttempt.Entry(AsWanted));

        Assert.Equal([HttpMethod.Get, HttpMethod.Post], attempt.Requests.Select(request => request.Method));
        Assert.Equal(CalendarAttempt.Id, JsonDocument.Parse(attempt.Body(1)).RootElement.GetProperty("id").GetString());
        Assert.EndsWith("?sendUpdates=all", attempt.Requests[1].Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_differs_is_changed_and_only_that_and_only_if_nobody_changed_it_meanwhile()
    {
        var attempt = await RunAsync(
            Input,
            CalendarAttempt.Entry("\"summary\":\"T\",\"description\":\"kept\",\"start\":{\"dateTime\":\"2026-08-10T00:00:00Z\"}," + Rest),
            CalendarAttempt.Entry(AsWanted));

        Assert.Equal("""{"start":{"dateTime":"2026-08-10T10:00:00+09:00","date":null}}""", attempt.Body(1));
        Assert.Equal((HttpMethod.Patch, KeyValuePair.Create("If-Match", "\"7\"")), (attempt.Requests[1].Method, Assert.Single(attempt.Requests[1].Headers)));
        Assert.Equal(CalendarAttempt.Id, attempt.Output.GetProperty("id").GetString());
    }

    [Fact]
    public async Task An_entry_that_is_as_it_should_be_is_left_alone_and_nobody_gets_a_mail()
    {
        var attempt = await RunAsync(Input, CalendarAttempt.Entry(AsWanted));

        Assert.Equal(CalendarAttempt.Id, attempt.Output.GetProperty("id").GetString());
        Assert.True(Assert.Single(attempt.Requests).Reads);
    }

    [Fact]
    public async Task A_missing_guest_is_added_and_nobody_is_removed()
    {
        var attempt = await RunAsync(
            """{"calendar":"primary","title":"T","start":"2026-08-10T01:00:00Z","end":"2026-08-10T01:30:00Z","attendees":["ana@shop.example","bo@shop.example"]}""",
            CalendarAttempt.Entry("\"attendees\":[{\"email\":\"Ana@shop.example\",\"responseStatus\":\"accepted\"},{\"email\":\"cy@shop.example\"}]," + AsWanted),
            CalendarAttempt.Entry(AsWanted));

        Assert.Equal(
            """{"attendees":[{"email":"Ana@shop.example","responseStatus":"accepted"},{"email":"cy@shop.example"},{"email":"bo@shop.example"}]}""",
            attempt.Body(1));
    }

    [Fact]
    public async Task A_guest_list_that_Google_does_not_show_whole_is_not_sent_back()
    {
        var attempt = await RunAsync(
            """{"calendar":"primary","title":"T","start":"2026-08-10T01:00:00Z","end":"2026-08-10T01:30:00Z","attendees":["ana@shop.example"]}""",
            CalendarAttempt.Entry("\"attendeesOmitted\":true," + AsWanted));

        Assert.Equal("attendees_hidden", attempt.Failed.Code);
        Assert.Single(attempt.Requests);
    }

    [Theory]
    [InlineData("2026-08-10T01:00:00Z", "Asia/Tokyo", "Europe/Paris", true)]
    [InlineData("2026-08-10T01:00:00Z", "Asia/Tokyo", "Asia/Tokyo", false)]
    [InlineData("2026-08-10T01:00:00Z", null, "Asia/Tokyo", false)]
    public async Task A_zone_counts_where_it_is_given(string start, string? wanted, string there, bool changes)
    {
        var attempt = await RunAsync(
            JsonSerializer.Serialize(new { calendar = "primary", title = "T", start, end = "2026-08-10T01:30:00Z", zone = wanted }),
            CalendarAttempt.Entry(AsWanted
                .Replace("01:00:00Z\"", $"01:00:00Z\",\"timeZone\":\"{there}\"", StringComparison.Ordinal)
                .Replace("01:30:00Z\"", $"01:30:00Z\",\"timeZone\":\"{there}\"", StringComparison.Ordinal)),
            CalendarAttempt.Entry(AsWanted));

        Assert.Equal(changes ? 2 : 1, attempt.Requests.Count);
    }

    [Fact]
    public async Task A_deleted_entry_is_not_brought_back_unasked()
    {
        var attempt = await RunAsync(Input, CalendarAttempt.Entry("\"status\":\"cancelled\""));

        Assert.Equal((FailureKind.Rejected, "event_was_deleted"), (attempt.Failed.Kind, attempt.Failed.Code));
        Assert.Contains("--again", attempt.Failed.Message, StringComparison.Ordinal);
        Assert.Single(attempt.Requests);
    }

    [Fact]
    public async Task An_entry_of_someone_else_is_left_alone()
    {
        var attempt = await RunAsync(Input, CalendarAttempt.Entry("\"status\":\"confirmed\",\"summary\":\"Other\""));

        Assert.Equal((FailureKind.Rejected, "duplicate"), (attempt.Failed.Kind, attempt.Failed.Code));
        Assert.Single(attempt.Requests);
    }

    [Fact]
    public async Task Two_at_once_lead_to_another_look_and_never_to_a_second_entry()
    {
        var made = await RunAsync(Input, Nowhere, CalendarAttempt.Refused(409, "duplicate"));
        var changed = await RunAsync(
            Input, CalendarAttempt.Entry("\"summary\":\"Old\",\"start\":{}," + Rest), CalendarAttempt.Refused(412, "conditionNotMet"));

        Assert.Equal((FailureKind.Transient, FailureKind.Transient), (made.Failed.Kind, changed.Failed.Kind));
    }

    [Fact]
    public void It_makes_the_same_kind_of_thing_as_create_event_and_runs_each_time()
    {
        Assert.Equal(new CreateEvent().Makes, new UpsertEvent().Makes);
        Assert.Equal(Repeat.Safe, new UpsertEvent().Repeat);
    }

    private static Task<CalendarAttempt> RunAsync(string input, params SendReply[] answers) => CalendarAttempt.RunAsync(new UpsertEvent(), input, answers);
}
