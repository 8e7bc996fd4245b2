using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Acceptance.Connectors.HubSpot;

public sealed class UpsertContactTests
{
    private const string Input = """{"email":" Ana+Spot/1@Shop.Example ","properties":{"firstname":"Ana","phone":"","score":7,"city":null}}""";

    private const string ByEmail = "crm/objects/2026-09/contacts/ana%2Bspot%2F1%40shop.example?idProperty=email";

    [Fact]
    public async Task A_known_contact_is_changed_in_one_request_by_its_address()
    {
        var (outcome, context) = await HubSpotCalls.RunAsync("upsert-contact", Input, HubSpotCalls.Contact(200));

        Assert.Equal("""{"id":"501","created":false,"email":"ana\u002Bspot/1@shop.example"}""", HubSpotCalls.Output(outcome));
        Assert.Equal([$"PATCH {ByEmail}"], HubSpotCalls.Lines(context));
        Assert.Equal("""{"properties":{"firstname":"Ana","phone":"","score":"7"}}""", HubSpotCalls.Body(context, 0));
    }

    [Fact]
    public async Task An_unknown_contact_is_made_with_its_address_among_the_properties()
    {
        var (outcome, context) = await HubSpotCalls.RunAsync("upsert-contact", Input, NotThere, HubSpotCalls.Contact(201));

        Assert.Contains("\"created\":true", HubSpotCalls.Output(outcome), StringComparison.Ordinal);
        Assert.Equal([$"PATCH {ByEmail}", "POST crm/objects/2026-09/contacts"], HubSpotCalls.Lines(context));
        Assert.Equal(
            """{"properties":{"firstname":"Ana","phone":"","score":"7","email":"ana+spot/1@shop.example"},"associations":[]}""",
            HubSpotCalls.Body(context, 1));
    }

    [Fact]
    public async Task A_contact_that_another_run_made_meanwhile_is_changed_by_the_id_HubSpot_names()
    {
        var (outcome, context) = await HubSpotCalls.RunAsync("upsert-contact", Input, NotThere, Taken, HubSpotCalls.Contact(200));

        Assert.Contains("\"id\":\"501\",\"created\":false", HubSpotCalls.Output(outcome), StringComparison.Ordinal);
        Assert.Equal([$"PATCH {ByEmail}", "POST crm/objects/2026-09/contacts", "PATCH crm/objects/2026-09/contacts/501"], HubSpotCalls.Lines(context));
        Assert.DoesNotContain("email", HubSpotCalls.Body(context, 2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_conflict_names_no_id_the_address_is_looked_up()
    {
        var (outcome, context) = await HubSpotCalls.RunAsync(
            "upsert-contact", Input, NotThere, ScriptedContext.Answer(409, "<html>"), HubSpotCalls.Contact(200, "502"), HubSpotCalls.Contact(200, "502"));

        Assert.Contains("\"id\":\"502\"", HubSpotCalls.Output(outcome), StringComparison.Ordinal);
        Assert.Equal($"GET {ByEmail}", HubSpotCalls.Lines(context).ElementAt(2));
    }

    [Fact]
    public async Task A_conflict_over_another_property_is_refused_with_HubSpots_words()
    {
        var conflict = ScriptedContext.Answer(409, """{"status":"error","message":"member_id has that value already","category":"CONFLICT"}""");

        var failed = HubSpotCalls.Failed((await HubSpotCalls.RunAsync("upsert-contact", Input, NotThere, conflict, NotThere)).Outcome);

        Assert.Equal((FailureKind.Rejected, "CONFLICT"), (failed.Kind, failed.Code));
        Assert.Contains("member_id has that value already", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_properties_a_known_contact_is_only_looked_up()
    {
        var (outcome, context) = await HubSpotCalls.RunAsync("upsert-contact", """{"email":"a@b.example"}""", HubSpotCalls.Contact(200));

        Assert.Contains("\"created\":false", HubSpotCalls.Output(outcome), StringComparison.Ordinal);
        Assert.Equal(0, context.Writes);
    }

    [Fact]
    public async Task Without_properties_an_unknown_contact_is_made()
    {
        var (_, context) = await HubSpotCalls.RunAsync("upsert-contact", """{"email":"a@b.example"}""", NotThere, HubSpotCalls.Contact(201));

        Assert.Equal("""{"properties":{"email":"a@b.example"},"associations":[]}""", HubSpotCalls.Body(context, 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_lost_answer_at_any_step_is_unconfirmed_and_ends_the_attempt(int step)
    {
        SendReply[] answers = [.. new[] { NotThere, Taken }.Take(step), new SendReply.Lost("timeout", "No answer.")];

        var failed = HubSpotCalls.Failed((await HubSpotCalls.RunAsync("upsert-contact", Input, answers)).Outcome);

        Assert.Equal(FailureKind.Unconfirmed, failed.Kind);
    }

    [Theory]
    [InlineData(500, FailureKind.Unconfirmed)]
    [InlineData(502, FailureKind.Unconfirmed)]
    [InlineData(423, FailureKind.Transient)]
    [InlineData(429, FailureKind.RateLimited)]
    [InlineData(401, FailureKind.Unauthorized)]
    [InlineData(400, FailureKind.Rejected)]
    public async Task Nothing_but_a_404_leads_to_a_second_write(int status, FailureKind kind)
    {
        var (outcome, context) = await HubSpotCalls.RunAsync("upsert-contact", Input, ScriptedContext.Answer(status, "<html>"));

        Assert.Equal(kind, HubSpotCalls.Failed(outcome).Kind);
        Assert.Single(context.Requests);
    }

    [Fact]
    public async Task A_created_contact_without_a_readable_answer_is_unconfirmed()
    {
        var failed = HubSpotCalls.Failed((await HubSpotCalls.RunAsync("upsert-contact", Input, NotThere, ScriptedContext.Answer(201, "{\"id\":"))).Outcome);

        Assert.Equal((FailureKind.Unconfirmed, "unreadable_answer"), (failed.Kind, failed.Code));
    }

    [Fact]
    public async Task A_contact_that_goes_while_it_is_changed_is_tried_again()
    {
        var failed = HubSpotCalls.Failed((await HubSpotCalls.RunAsync("upsert-contact", Input, NotThere, Taken, NotThere)).Outcome);

        Assert.Equal((FailureKind.Transient, "contact_gone"), (failed.Kind, failed.Code));
    }

    [Theory]
    [InlineData("""{"email":"nobody"}""", "is not an e-mail address")]
    [InlineData("""{"email":"a@b@c"}""", "is not an e-mail address")]
    [InlineData("""{"email":"a b@c.example"}""", "is not an e-mail address")]
    [InlineData("""{"email":""}""", "is not an e-mail address")]
    [InlineData("""{"email":"a@b.example","properties":{"email":"c@d.example"}}""", "hubspot.update-contact")]
    public async Task An_address_that_is_none_is_refused_before_anything_is_sent(string input, string told)
    {
        var failed = HubSpotCalls.Failed((await HubSpotCalls.RunAsync("upsert-contact", input)).Outcome);

        Assert.Equal(FailureKind.Rejected, failed.Kind);
        Assert.Contains(told, failed.Message, StringComparison.Ordinal);
    }

    private static SendReply NotThere => ScriptedContext.Answer(404, HubSpotCalls.NotThere);

    private static SendReply Taken => ScriptedContext.Answer(409, HubSpotCalls.Taken);
}
