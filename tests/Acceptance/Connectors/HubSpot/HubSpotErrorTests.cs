using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Acceptance.Connectors.HubSpot;

public sealed class HubSpotErrorTests
{
    private const string Update = """{"id":"501","properties":{"firstname":"Ana"}}""";

    [Theory]
    [InlineData("DAILY", 3600)]
    [InlineData("TEN_SECONDLY_ROLLING", 10)]
    [InlineData("SECONDLY", 1)]
    public async Task Each_limit_has_its_own_wait(string policy, int seconds)
    {
        var failed = await FailAsync(429, $$"""{"status":"error","errorType":"RATE_LIMIT","policyName":"{{policy}}","message":"You have reached your limit."}""");

        Assert.Equal((FailureKind.RateLimited, policy, TimeSpan.FromSeconds(seconds)), (failed.Kind, failed.Code, failed.RetryAfter!.Value));
    }

    [Fact]
    public async Task A_wait_that_HubSpot_names_goes_before_our_own()
    {
        var failed = await FailAsync(429, """{"policyName":"DAILY"}""", ("Retry-After", "17"));

        Assert.Equal(TimeSpan.FromSeconds(17), failed.RetryAfter);
    }

    [Fact]
    public async Task The_end_of_a_days_calls_says_that_the_hub_asks_again_in_an_hour() =>
        Assert.Contains("asks again in an hour", (await FailAsync(429, """{"policyName":"DAILY"}""")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_property_that_is_refused_is_named_with_HubSpots_words_and_the_correlation_id()
    {
        var failed = await FailAsync(
            400,
            """{"status":"error","message":"Property values were not valid","correlationId":"aeb5f871-7f07-4993-9211-075dc63e7cbf","category":"VALIDATION_ERROR","errors":[{"message":"Property \"spot_id\" does not exist","code":"PROPERTY_DOESNT_EXIST","context":{"propertyName":["spot_id"]}}]}""");

        Assert.Equal((FailureKind.Rejected, "VALIDATION_ERROR"), (failed.Kind, failed.Code));
        Assert.Contains("property 'spot_id': Property \"spot_id\" does not exist [PROPERTY_DOESNT_EXIST]", failed.Message, StringComparison.Ordinal);
        Assert.Contains("aeb5f871-7f07-4993-9211-075dc63e7cbf", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_property_named_within_the_sentence_is_found_as_well()
    {
        var failed = await FailAsync(
            400,
            """{"status":"error","message":"Property values were not valid: [{\"isValid\":false,\"message\":\"x was not one of the allowed options\",\"error\":\"INVALID_OPTION\",\"name\":\"country\"}]","category":"VALIDATION_ERROR"}""");

        Assert.Contains("property 'country': x was not one of the allowed options [INVALID_OPTION]", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scope_the_token_lacks_blocks_the_connection_and_is_named()
    {
        var failed = await FailAsync(
            403,
            """{"status":"error","message":"This app hasn't been granted all required scopes","category":"MISSING_SCOPES","errors":[{"message":"One or more of the following scopes are required.","context":{"requiredGranularScopes":["crm.objects.contacts.write"]}}]}""");

        Assert.Equal((FailureKind.Unauthorized, "MISSING_SCOPES"), (failed.Kind, failed.Code));
        Assert.Contains("It needs: crm.objects.contacts.write.", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_one_record_forbids_does_not_block_the_connection() =>
        Assert.Equal(FailureKind.Rejected, (await FailAsync(403, """{"status":"error","message":"You do not have permissions","category":"FORBIDDEN"}""")).Kind);

    [Theory]
    [InlineData(404, FailureKind.Rejected)]
    [InlineData(408, FailureKind.Transient)]
    [InlineData(409, FailureKind.Rejected)]
    [InlineData(414, FailureKind.Rejected)]
    [InlineData(500, FailureKind.Unconfirmed)]
    [InlineData(502, FailureKind.Unconfirmed)]
    [InlineData(503, FailureKind.Transient)]
    [InlineData(504, FailureKind.Unconfirmed)]
    [InlineData(520, FailureKind.Unconfirmed)]
    [InlineData(521, FailureKind.Transient)]
    [InlineData(522, FailureKind.Unconfirmed)]
    [InlineData(523, FailureKind.Transient)]
    [InlineData(524, FailureKind.Unconfirmed)]
    [InlineData(525, FailureKind.Transient)]
    [InlineData(526, FailureKind.Transient)]
    [InlineData(302, FailureKind.Rejected)]
    public async Task A_page_in_place_of_an_answer_is_judged_by_its_status(int status, FailureKind kind)
    {
        var failed = await FailAsync(status, "<html><title>Oops</title></html>");

        Assert.Equal((kind, $"http_{status}"), (failed.Kind, failed.Code));
        Assert.DoesNotContain("Oops", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 2)]
    [InlineData("1", 2)]
    [InlineData("5", 5)]
    public async Task A_locked_record_is_tried_again_after_two_seconds_at_least(string? asked, int seconds)
    {
        var failed = asked is null ? await FailAsync(423, "{}") : await FailAsync(423, "{}", ("Retry-After", asked));

        Assert.Equal((FailureKind.Transient, TimeSpan.FromSeconds(seconds)), (failed.Kind, failed.RetryAfter!.Value));
    }

    [Theory]
    [InlineData(null, 3600)]
    [InlineData("86400", 86400)]
    public async Task An_account_that_moves_is_waited_for_without_using_a_try(string? asked, int seconds)
    {
        var failed = asked is null ? await FailAsync(477, "{}") : await FailAsync(477, "{}", ("Retry-After", asked));

        Assert.Equal((FailureKind.RateLimited, TimeSpan.FromSeconds(seconds)), (failed.Kind, failed.RetryAfter!.Value));
    }

    [Fact]
    public async Task A_wrong_address_of_the_API_is_not_taken_for_a_contact_that_is_not_there()
    {
        var (outcome, _) = await HubSpotCalls.RunAsync("find-contact", """{"email":"a@b.example"}""", ScriptedContext.Answer(404, "<html>"));

        Assert.Contains("ApiVersion", HubSpotCalls.Failed(outcome).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_message_is_cut_and_stands_on_one_line()
    {
        var failed = await FailAsync(400, $$"""{"message":"line\n{{new string('x', 5_000)}}"}""");

        Assert.Contains("line xxx", failed.Message, StringComparison.Ordinal);
        Assert.InRange(failed.Message.Length, 100, 500);
    }

    private static async Task<StepOutcome.Failed> FailAsync(int status, string body, params (string, string)[] headers) =>
        HubSpotCalls.Failed((await HubSpotCalls.RunAsync("update-contact", Update, ScriptedContext.Answer(status, body, headers))).Outcome);
}
