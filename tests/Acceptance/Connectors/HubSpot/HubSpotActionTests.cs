using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.HubSpot;

namespace ConnectorHub.Tests.Acceptance.Connectors.HubSpot;

public sealed class HubSpotActionTests
{
    [Theory]
    [InlineData("upsert-contact", """{"email":"a@b.example","properties":{"x":"y"}}""", "PATCH crm/v3/objects/contacts/a%40b.example?idProperty=email")]
    [InlineData("update-contact", """{"id":"501","properties":{"x":"y"}}""", "PATCH crm/v3/objects/contacts/501")]
    [InlineData("find-contact", """{"email":"a@b.example","properties":["x","y&z"]}""", "GET crm/v3/objects/contacts/a%40b.example?idProperty=email&properties=x,y%26z")]
    [InlineData("add-note", """{"contact":"501","body":"Hello"}""", "POST crm/v3/objects/notes")]
    [InlineData("associate", """{"from":"contacts","from_id":"501","to":"companies","to_id":"7"}""", "PUT crm/v4/objects/contacts/501/associations/default/companies/7")]
    [InlineData("add-to-list", """{"list":"13","contact":"501"}""", "PUT crm/v3/lists/13/memberships/add")]
    [InlineData("batch-upsert-contacts", """{"contacts":[{"email":"a@b.example"}]}""", "POST crm/v3/objects/contacts/batch/upsert")]
    public async Task The_old_version_of_the_API_has_its_own_paths(string action, string input, string line)
    {
        var (_, context) = await HubSpotCalls.RunAsync(action, input, "v3", [ScriptedContext.Answer(500)]);

        Assert.Equal([line], HubSpotCalls.Lines(context));
    }

    [Theory]
    [InlineData("associate", """{"from":"contacts","from_id":"501","to":"companies","to_id":"7"}""", "PUT crm/objects/2026-09/contacts/501/associations/default/companies/7")]
    [InlineData("add-to-list", """{"list":"13","contact":"501"}""", "PUT crm/lists/2026-09/13/memberships/add")]
    [InlineData("add-note", """{"contact":"501","body":"Hello"}""", "POST crm/objects/2026-09/notes")]
    [InlineData("batch-upsert-contacts", """{"contacts":[{"email":"a@b.example"}]}""", "POST crm/objects/2026-09/contacts/batch/upsert")]
    public async Task Without_a_setting_the_newest_version_is_asked(string action, string input, string line)
    {
        var (_, context) = await HubSpotCalls.RunAsync(action, input, ScriptedContext.Answer(500));

        Assert.Equal([line], HubSpotCalls.Lines(context));
    }

    [Theory]
    [InlineData("update-contact", """{"properties":{"x":"y"}}""", "both missing")]
    [InlineData("update-contact", """{"id":"1","email":"a@b.example","properties":{"x":"y"}}""", "both set")]
    [InlineData("update-contact", """{"id":"../deals/1","properties":{"x":"y"}}""", "whole numbers")]
    [InlineData("update-contact", """{"id":"1","properties":{}}""", "nothing to change")]
    [InlineData("add-note", """{"contact":"a@b.example","body":"x"}""", "whole numbers")]
    [InlineData("add-note", """{"contact":"1","body":"x","time":"1715095714"}""", "from_unix")]
    [InlineData("add-note", """{"contact":"1","body":"x","time":"2024-05-07T17:28:34"}""", "must be a moment")]
    [InlineData("add-note", """{"contact":"1","body":"x","time":"2024-13-07T17:28:34Z"}""", "must be a moment")]
    [InlineData("associate", """{"from":"contacts/1","from_id":"1","to":"deals","to_id":"2"}""", "'from'")]
    [InlineData("associate", """{"from":"contacts","from_id":"1","to":"deals","to_id":"x"}""", "'to_id'")]
    [InlineData("add-to-list", """{"list":"Members","contact":"1"}""", "'list'")]
    [InlineData("batch-upsert-contacts", """{"contacts":{"email":"a@b.example"}}""", "must be a list")]
    [InlineData("batch-upsert-contacts", """{"contacts":["a@b.example"]}""", "contacts[0] is no map")]
    [InlineData("batch-upsert-contacts", """{"contacts":[{"email":"a@b.example"},{"mail":"c@d.example"}]}""", "contacts[1] has 'mail'")]
    [InlineData("batch-upsert-contacts", """{"contacts":[{"email":"a@b.example","properties":{"x":[]}}]}""", "no map of texts")]
    public async Task Input_that_cannot_be_is_refused_before_anything_is_sent(string action, string input, string told)
    {
        var failed = HubSpotCalls.Failed((await HubSpotCalls.RunAsync(action, input)).Outcome);

        Assert.Equal(FailureKind.Rejected, failed.Kind);
        Assert.Contains(told, failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_note_is_linked_to_its_contact_and_dated_by_the_attempt()
    {
        var (_, context) = await HubSpotCalls.RunAsync("add-note", """{"contact":"501","body":"Hello"}""", HubSpotCalls.Contact(201));

        Assert.Equal(
            """{"properties":{"hs_timestamp":"2026-03-02T09:30:00.000Z","hs_note_body":"Hello"},"associations":[{"to":{"id":"501"},"types":[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":202}]}]}""",
            HubSpotCalls.Body(context, 0));
    }

    [Fact]
    public async Task A_note_takes_the_moment_it_is_given()
    {
        var (_, context) = await HubSpotCalls.RunAsync(
            "add-note", """{"contact":"501","body":"Hello","time":"2024-05-07T17:28:34+02:00"}""", HubSpotCalls.Contact(201));

        Assert.Contains("\"hs_timestamp\":\"2024-05-07T15:28:34.000Z\"", HubSpotCalls.Body(context, 0), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(65_536, 1)]
    [InlineData(65_537, 0)]
    public async Task A_note_is_as_long_as_HubSpot_takes_and_no_longer(int length, int sent)
    {
        SendReply[] answers = [.. Enumerable.Repeat(HubSpotCalls.Contact(201), sent)];

        var (outcome, context) = await HubSpotCalls.RunAsync("add-note", $$"""{"contact":"501","body":"{{new string('x', length)}}"}""", answers);

        Assert.Equal(sent, context.Requests.Count);
        Assert.Equal(sent == 1, outcome is StepOutcome.Done);
    }

    [Fact]
    public async Task A_lost_note_is_not_claimed_to_be_there_or_not()
    {
        using var input = JsonDocument.Parse("""{"contact":"501","body":"Hello"}""");

        var probe = await new AddNote().FindAsync(
            input.RootElement, ScriptedContext.Of(new Dictionary<string, Secret>()), TestContext.Current.CancellationToken);

        Assert.Contains("501", Assert.IsType<Probe.Unknown>(probe).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_contact_that_a_list_does_not_find_is_refused()
    {
        var (outcome, context) = await HubSpotCalls.RunAsync(
            "add-to-list", """{"list":"13","contact":"501"}""", ScriptedContext.Answer(200, """{"recordIdsMissing":["501"]}"""));

        Assert.Equal("contact_missing", HubSpotCalls.Failed(outcome).Code);
        Assert.Equal("""["501"]""", HubSpotCalls.Body(context, 0));
    }

    [Fact]
    public async Task A_link_that_is_refused_within_a_success_is_refused()
    {
        var (outcome, _) = await HubSpotCalls.RunAsync(
            "associate",
            """{"from":"contacts","from_id":"501","to":"companies","to_id":"7"}""",
            ScriptedContext.Answer(207, """{"status":"COMPLETE","results":[],"numErrors":1,"errors":[{"status":"error","category":"VALIDATION_ERROR","message":"Association Limit Exceeded"}]}"""));

        var failed = HubSpotCalls.Failed(outcome);
        Assert.Equal((FailureKind.Rejected, "VALIDATION_ERROR"), (failed.Kind, failed.Code));
        Assert.Contains("Association Limit Exceeded", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_only_receives_has_nothing_to_check()
    {
        var context = ScriptedContext.Of(new Dictionary<string, Secret> { ["SigningSecrets"] = new("secret") });

        var outcome = await new HubSpotConnector().CheckAsync(context, TestContext.Current.CancellationToken);

        Assert.Contains("\"asked\":false", HubSpotCalls.Output(outcome), StringComparison.Ordinal);
    }
}
