using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Acceptance.Connectors.HubSpot;

public sealed class BatchUpsertTests
{
    private const string Two = """{"contacts":[{"email":"A@b.example","properties":{"x":1}},{"email":"c@d.example","properties":{"x":"2","y":null}}]}""";

    [Fact]
    public async Task Each_contact_goes_out_by_its_address_with_its_place_as_trace()
    {
        var (_, context) = await RunAsync(Two, ScriptedContext.Answer(500));

        Assert.Equal(
            """{"inputs":[{"id":"a@b.example","idProperty":"email","properties":{"x":"1"},"objectWriteTraceId":"0"},{"id":"c@d.example","idProperty":"email","properties":{"x":"2"},"objectWriteTraceId":"1"}]}""",
            HubSpotCalls.Body(context, 0));
    }

    [Fact]
    public async Task The_same_address_twice_is_one_contact_and_the_later_value_wins()
    {
        var (_, context) = await RunAsync(
            """{"contacts":[{"email":"a@b.example","properties":{"x":"1","y":"1"}},{"email":" A@B.example","properties":{"x":"2"}}]}""", ScriptedContext.Answer(500));

        Assert.Equal(
            """{"inputs":[{"id":"a@b.example","idProperty":"email","properties":{"x":"2","y":"1"},"objectWriteTraceId":"0"}]}""",
            HubSpotCalls.Body(context, 0));
    }

    [Fact]
    public async Task A_partial_success_is_done_and_lists_who_failed_and_why()
    {
        var output = await OutputAsync(
            Two,
            207,
            """{"results":[{"id":"1","properties":{"email":"a@b.example"},"new":true}],"errors":[{"category":"VALIDATION_ERROR","message":"No","context":{"ids":["C@d.example"]}}]}""");

        Assert.Equal(
            """{"doneCount":1,"failedCount":1,"done":[{"email":"a@b.example","id":"1","created":true}],"failed":[{"email":"c@d.example","code":"VALIDATION_ERROR","message":"HubSpot: No"}]}""",
            output);
    }

    [Fact]
    public async Task A_contact_of_which_nothing_is_said_counts_as_failed()
    {
        var output = await OutputAsync(Two, 200, """{"results":[{"id":"1","objectWriteTraceId":"1"}]}""");

        Assert.Contains("\"done\":[{\"email\":\"c@d.example\"", output, StringComparison.Ordinal);
        Assert.Contains("\"failed\":[{\"email\":\"a@b.example\",\"code\":\"not_written\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_that_names_nobody_is_told_of_those_without_a_result()
    {
        var output = await OutputAsync(
            Two, 207, """{"results":[{"id":"1","objectWriteTraceId":"0"}],"errors":[{"category":"VALIDATION_ERROR","message":"Not like that"}]}""");

        Assert.Contains("\"failed\":[{\"email\":\"c@d.example\",\"code\":\"VALIDATION_ERROR\",\"message\":\"HubSpot: Not like that\"}]", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_many_results_as_contacts_are_theirs_although_no_one_is_named()
    {
        var output = await OutputAsync(Two, 200, """{"results":[{"id":"1","properties":{}},{"id":"2","properties":{}}]}""");

        Assert.StartsWith("{\"doneCount\":2,\"failedCount\":0,", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\"id\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_refused_is_rejected_with_the_reasons()
    {
        var (outcome, _) = await RunAsync(Two, ScriptedContext.Answer(207, """{"results":[],"errors":[{"category":"VALIDATION_ERROR","message":"Not like that","context":{"objectWriteTraceId":["0","1"]}}]}"""));

        var failed = HubSpotCalls.Failed(outcome);
        Assert.Equal((FailureKind.Rejected, "VALIDATION_ERROR"), (failed.Kind, failed.Code));
        Assert.Contains("c@d.example: HubSpot: Not like that", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_none_fails_alone()
    {
        var (outcome, context) = await RunAsync(
            """{"contacts":[{"email":"nobody"},{"properties":{"x":"1"}},{"email":"a@b.example"}]}""",
            ScriptedContext.Answer(200, """{"results":[{"id":"1","objectWriteTraceId":"0"}]}"""));

        Assert.Contains("\"doneCount\":1,\"failedCount\":2", HubSpotCalls.Output(outcome), StringComparison.Ordinal);
        Assert.DoesNotContain("nobody", HubSpotCalls.Body(context, 0), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_unusable_addresses_are_rejected_without_a_request()
    {
        var (outcome, context) = await RunAsync("""{"contacts":[{"email":"nobody"}]}""");

        Assert.Equal("invalid_email", HubSpotCalls.Failed(outcome).Code);
        Assert.Empty(context.Requests);
    }

    [Fact]
    public async Task An_empty_list_is_done_without_a_request() =>
        Assert.StartsWith("{\"doneCount\":0,\"failedCount\":0,", HubSpotCalls.Output((await RunAsync("""{"contacts":[]}""")).Outcome), StringComparison.Ordinal);

    [Fact]
    public async Task A_hundred_fit_one_call_and_one_more_does_not()
    {
        var (_, context) = await RunAsync(Many(100), ScriptedContext.Answer(500));
        Assert.Single(context.Requests);

        var failed = HubSpotCalls.Failed((await RunAsync(Many(101))).Outcome);
        Assert.Contains("101 entries; HubSpot takes 100", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conflict_with_another_call_is_tried_again() =>
        Assert.Equal(FailureKind.Transient, HubSpotCalls.Failed((await RunAsync(Two, ScriptedContext.Answer(409, HubSpotCalls.Taken))).Outcome).Kind);

    private static string Many(int count) =>
        JsonSerializer.Serialize(new { contacts = Enumerable.Range(0, count).Select(index => new { email = $"p{index}@b.example" }) });

    private static Task<(StepOutcome Outcome, ScriptedContext Context)> RunAsync(string input, params SendReply[] answers) =>
        HubSpotCalls.RunAsync("batch-upsert-contacts", input, answers);

    private static async Task<string> OutputAsync(string input, int status, string body) =>
        HubSpotCalls.Output((await RunAsync(input, ScriptedContext.Answer(status, body))).Outcome);
}
