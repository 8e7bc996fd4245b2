using System.Text;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Salesforce;

namespace ConnectorHub.Tests.Acceptance.Connectors.Salesforce;

public sealed class SalesforceTests
{
    private const string Token = """{"access_token":"00D!new-token","instance_url":"https://acme.my.salesforce.com","token_type":"Bearer","issued_at":"1772443800000"}""";
    private const string Created = """{"id":"0035g00000XyZAbAAN","success":true,"errors":[],"created":true}""";
    private const string Ended = """[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]""";
    private const string Contact = """{"sobject":"Contact","external_id_field":"Email","external_id":"ana+crm@shop.example","fields":{"LastName":"Sílva","Score__c":7}}""";
    private const string Find = """{"sobject":"Contact","external_id_field":"Email","external_id":"ana@shop.example"}""";

    private static readonly Dictionary<string, Secret> App = new() { ["ClientId"] = new("3MVG9key"), ["ClientSecret"] = new("app-secret") };

    private static readonly Dictionary<string, Secret> Given = new() { ["AccessToken"] = new("00D!given") };

    [Fact]
    public async Task A_record_is_written_under_its_external_id_with_the_fields_as_they_are()
    {
        var (_, context) = await RunAsync(new UpsertRecord(), Contact, Given, ScriptedContext.Answer(201, Created));

        var request = Assert.Single(context.Requests);
        Assert.Equal("PATCH https://acme.my.salesforce.com/services/data/v68.0/sobjects/Contact/Email/ana%2Bcrm%40shop.example", $"{request.Method} {request.Url}");
        Assert.Equal("""{"LastName":"Sílva","Score__c":7}""", Encoding.UTF8.GetString(request.Body.Span));
        Assert.False(request.Reads);
    }

    [Fact]
    public async Task A_record_that_must_be_there_is_not_made()
    {
        var (outcome, context) = await RunAsync(
            new UpsertRecord(),
            Contact.Insert(1, "\"create\":false,"),
            Given,
            ScriptedContext.Answer(404, """[{"errorCode":"NOT_FOUND","message":"The requested resource does not exist"}]"""));

        Assert.EndsWith("?updateOnly=true", Assert.Single(context.Requests).Url, StringComparison.Ordinal);
        Assert.Equal((FailureKind.Rejected, "NOT_FOUND"), KindAndCode(outcome));
    }

    [Fact]
    public async Task An_app_signs_in_at_the_organisation_s_host_and_its_secret_stays_out_of_the_body()
    {
        var (outcome, context) = await RunAsync(new UpsertRecord(), Contact, App, ScriptedContext.Answer(200, Token), ScriptedContext.Answer(201, Created));

        Assert.IsType<StepOutcome.Done>(outcome);
        var signIn = context.Requests[0];
        Assert.Equal("https://acme.my.salesforce.com/services/oauth2/token", signIn.Url);
        Assert.Equal("grant_type=client_credentials", Encoding.UTF8.GetString(signIn.Body.Span));
        Assert.Equal("3MVG9key:app-secret", Encoding.UTF8.GetString(Convert.FromBase64String(signIn.SecretHeaders[0].Value.Reveal())));
        Assert.Equal("00D!new-token", context.Requests[1].SecretHeaders[0].Value.Reveal());
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_client_id","error_description":"client identifier invalid"}""", FailureKind.Unauthorized, "invalid_client_id")]
    [InlineData(400, """{"error":"invalid_grant","error_description":"no client credentials user enabled"}""", FailureKind.Unauthorized, "invalid_grant")]
    [InlineData(400, """{"error":"unknown_error","error_description":"retry your request"}""", FailureKind.Transient, "unknown_error")]
    [InlineData(404, "<html>", FailureKind.Unauthorized, "domain_unknown")]
    [InlineData(200, "{}", FailureKind.Transient, "token_unavailable")]
    [InlineData(503, "<html>", FailureKind.Transient, "token_unavailable")]
    [InlineData(429, "", FailureKind.RateLimited, "token_rate_limited")]
    [InlineData(400, """{"error":"app-secret <script>"}""", FailureKind.Unauthorized, "token_refused")]
    public async Task Without_a_token_nothing_is_written(int status, string body, FailureKind kind, string code)
    {
        var (outcome, context) = await RunAsync(new UpsertRecord(), Contact, App, ScriptedContext.Answer(status, body));

        Assert.Equal((kind, code), KindAndCode(outcome));
        Assert.DoesNotContain("app-secret", Outcomes.Show(outcome), StringComparison.Ordinal);
        Assert.Single(context.Requests);
    }

    [Fact]
    public async Task A_kept_token_whose_session_ended_is_given_back_and_tried_anew()
    {
        var context = Attempt(App, new Secret("00D!kept"), ScriptedContext.Answer(401, Ended));

        var outcome = await new UpsertRecord().ExecuteAsync(Json(Contact), context, CancellationToken.None);

        Assert.Equal((FailureKind.Transient, "token_refused"), KindAndCode(outcome));
        Assert.Single(context.ForgottenTokens);
    }

    [Fact]
    public async Task A_new_or_a_given_token_that_is_refused_needs_a_person()
    {
        var (fresh, _) = await RunAsync(new UpsertRecord(), Contact, App, ScriptedContext.Answer(200, Token), ScriptedContext.Answer(401, Ended));
        var (given, context) = await RunAsync(new UpsertRecord(), Contact, Given, ScriptedContext.Answer(401, Ended));

        Assert.Equal(FailureKind.Unauthorized, Outcomes.Kind(fresh));
        Assert.Equal(FailureKind.Unauthorized, Outcomes.Kind(given));
        Assert.Empty(context.ForgottenTokens);
    }

    [Theory]
    [InlineData(403, "REQUEST_LIMIT_EXCEEDED", FailureKind.RateLimited)]
    [InlineData(403, "INSUFFICIENT_ACCESS", FailureKind.Rejected)]
    [InlineData(400, "INSUFFICIENT_ACCESS_OR_READONLY", FailureKind.Rejected)]
    [InlineData(403, "API_DISABLED_FOR_ORG", FailureKind.Unauthorized)]
    [InlineData(400, "UNABLE_TO_LOCK_ROW", FailureKind.Transient)]
    [InlineData(400, "REQUIRED_FIELD_MISSING", FailureKind.Rejected)]
    [InlineData(400, "DUPLICATES_DETECTED", FailureKind.Rejected)]
    [InlineData(404, "NOT_FOUND", FailureKind.Rejected)]
    [InlineData(503, "SERVER_UNAVAILABLE", FailureKind.Transient)]
    [InlineData(500, "UNKNOWN_EXCEPTION", FailureKind.Unconfirmed)]
    public async Task Each_refusal_says_what_the_hub_does_next(int status, string code, FailureKind kind)
    {
        var (outcome, _) = await RunAsync(
            new UpsertRecord(), Contact, Given, ScriptedContext.Answer(status, $$"""[{"message":"It is so.","errorCode":"{{code}}","fields":["LastName"]}]"""));

        Assert.Equal((kind, code), KindAndCode(outcome));
        Assert.Contains("It is so. (fields: LastName)", Outcomes.Show(outcome), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_limit_of_the_day_is_waited_for_at_length()
    {
        var (outcome, _) = await RunAsync(
            new FindRecord(), Find, Given, ScriptedContext.Answer(403, """[{"message":"TotalRequests Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]"""));

        Assert.Equal(TimeSpan.FromHours(1), Assert.IsType<StepOutcome.Failed>(outcome).RetryAfter);
    }

    [Fact]
    public async Task Several_matches_change_none_and_are_rejected()
    {
        const string Matches = """["/services/data/v68.0/sobjects/Contact/0035g00000XyZAbAAN","/services/data/v68.0/sobjects/Contact/0035g00000XyZAcAAN"]""";

        var (written, _) = await RunAsync(new UpsertRecord(), Contact, Given, ScriptedContext.Answer(300, Matches));
        var (found, _) = await RunAsync(new FindRecord(), Find, Given, ScriptedContext.Answer(300, Matches));

        Assert.Equal((FailureKind.Rejected, "several_matches"), KindAndCode(written));
        Assert.Equal((FailureKind.Rejected, "several_matches"), KindAndCode(found));
    }

    [Theory]
    [InlineData("duplicate value found: Email duplicates value on record with id: 0035g00000XyZAb", FailureKind.Transient)]
    [InlineData("duplicate value found: Passport__c duplicates value on record with id: 0035g00000XyZAb", FailureKind.Rejected)]
    public async Task Who_loses_a_race_to_make_a_record_changes_it_with_the_next_try(string message, FailureKind kind)
    {
        var (outcome, _) = await RunAsync(
            new UpsertRecord(), Contact, Given, ScriptedContext.Answer(400, $$"""[{"message":"{{message}}","errorCode":"DUPLICATE_VALUE","fields":[]}]"""));

        Assert.Equal(kind, Outcomes.Kind(outcome));
    }

    [Fact]
    public async Task A_field_that_is_no_external_id_is_not_taken_for_a_missing_record()
    {
        var (outcome, _) = await RunAsync(
            new FindRecord(),
            Find,
            Given,
            ScriptedContext.Answer(404, """[{"errorCode":"NOT_FOUND","message":"Provided external ID field does not exist or is not accessible: Phone"}]"""));

        Assert.Equal(FailureKind.Rejected, Outcomes.Kind(outcome));
    }

    [Fact]
    public async Task An_object_that_is_not_there_is_not_taken_for_a_missing_record()
    {
        const string NotFound = """[{"errorCode":"NOT_FOUND","message":"The requested resource does not exist"}]""";

        var (outcome, context) = await RunAsync(
            new FindRecord(), Find.Replace("Contact", "Contcat", StringComparison.Ordinal), Given, ScriptedContext.Answer(404, NotFound), ScriptedContext.Answer(404, NotFound));

        Assert.Equal((FailureKind.Rejected, "NOT_FOUND"), KindAndCode(outcome));
        Assert.EndsWith("/sobjects/Contcat", context.Requests[1].Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"sobject":"Contact/../Lead","external_id_field":"Email","external_id":"a","fields":{}}""", "'sobject'")]
    [InlineData("""{"sobject":"Contact","external_id_field":"Email?x=","external_id":"a","fields":{}}""", "'external_id_field'")]
    [InlineData("""{"sobject":"Contact","external_id_field":"Email","external_id":" ","fields":{}}""", "'external_id' is empty")]
    [InlineData("""{"sobject":"Contact","external_id_field":"Email","external_id":"..","fields":{}}""", "another address")]
    [InlineData("""{"sobject":"Contact","external_id_field":"Email","external_id":"a","fields":[1]}""", "must be a map")]
    [InlineData("""{"sobject":"Contact","external_id_field":"Email","external_id":"a","fields":{"email":"b"}}""", "'fields' has 'email'")]
    [InlineData("""{"sobject":"Contact","external_id_field":"Email","external_id":"a","fields":{"Last Name":"b"}}""", "'Last Name'")]
    public async Task What_Salesforce_would_refuse_is_refused_before_it_is_sent(string input, string said)
    {
        var (outcome, context) = await RunAsync(new UpsertRecord(), input, Given);

        Assert.Equal((FailureKind.Rejected, "invalid_input"), KindAndCode(outcome));
        Assert.Contains(said, Outcomes.Show(outcome), StringComparison.Ordinal);
        Assert.Empty(context.Requests);
    }

    [Theory]
    [InlineData("https://Acme--dev.sandbox.my.salesforce.com/", "https://acme--dev.sandbox.my.salesforce.com/services/data/v68.0/limits")]
    [InlineData("acme.my.salesforce.com", "https://acme.my.salesforce.com/services/data/v68.0/limits")]
    public async Task The_domain_is_taken_as_people_copy_it(string domain, string url)
    {
        var context = new ScriptedContext(Given, _ => ScriptedContext.Answer(200, "{}")) { Settings = new Dictionary<string, string> { ["Domain"] = domain } };

        Assert.IsType<StepOutcome.Done>(await new SalesforceConnector().CheckAsync(context, CancellationToken.None));
        Assert.Equal(url, Assert.Single(context.Requests).Url);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("acme.lightning.force.com")]
    [InlineData("acme.my.salesforce.com.evil.example")]
    [InlineData("evil.example/acme.my.salesforce.com")]
    public async Task Another_domain_gets_no_token(string? domain)
    {
        var settings = domain is null ? new Dictionary<string, string>() : new() { ["Domain"] = domain };
        var context = new ScriptedContext(Given, _ => ScriptedContext.Answer(200, "{}")) { Settings = settings };

        Assert.Equal((FailureKind.Unauthorized, "domain_unknown"), KindAndCode(await new SalesforceConnector().CheckAsync(context, CancellationToken.None)));
        Assert.Empty(context.Requests);
    }

    private static async Task<(StepOutcome Outcome, ScriptedContext Context)> RunAsync(
        IConnectorAction action, string input, IReadOnlyDictionary<string, Secret> secrets, params SendReply[] answers)
    {
        var context = Attempt(secrets, null, answers);
        return (await action.ExecuteAsync(Json(input), context, CancellationToken.None), context);
    }

    private static ScriptedContext Attempt(IReadOnlyDictionary<string, Secret> secrets, Secret? kept, params SendReply[] answers)
    {
        var left = new Queue<SendReply>(answers);
        return new ScriptedContext(secrets, _ => left.Dequeue())
        {
            Token = kept,
            Settings = new Dictionary<string, string> { ["Domain"] = "acme.my.salesforce.com" },
        };
    }

    private static (FailureKind Kind, string Code) KindAndCode(StepOutcome outcome)
    {
        var failed = Assert.IsType<StepOutcome.Failed>(outcome);
        return (failed.Kind, failed.Code);
    }

    private static System.Text.Json.JsonElement Json(string text) => System.Text.Json.JsonElement.Parse(text);
}
