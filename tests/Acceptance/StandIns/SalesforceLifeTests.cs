using ConnectorHub.Abstractions;
using ConnectorHub.Tests.StandIns.Faults;
using ConnectorHub.Tests.StandIns.Salesforce;

namespace ConnectorHub.Tests.Acceptance.StandIns;

public sealed class SalesforceLifeTests
{
    private const string Ana =
        """{"sobject":"Contact","external_id_field":"Gateway_Id__c","external_id":"a/7","fields":{"LastName":"Silva","Email":"ana@shop.example"}}""";

    private readonly HandClock _clock = new();
    private readonly SalesforceStandIn _salesforce;
    private readonly StandInHub _hub;

    public SalesforceLifeTests()
    {
        _salesforce = new SalesforceStandIn(_clock, perDay: 5);
        _hub = Platforms.Salesforce(_salesforce, _clock);
    }

    [Fact]
    public async Task A_record_is_made_changed_and_found_and_there_is_one()
    {
        var made = await _hub.DoneAsync("upsert-record", Ana);
        var changed = await _hub.DoneAsync("upsert-record", Ana.Replace("Silva", "Souza", StringComparison.Ordinal));
        var found = await _hub.DoneAsync("find-record", """{"sobject":"Contact","external_id_field":"Gateway_Id__c","external_id":"a/7"}""");
        var none = await _hub.DoneAsync("find-record", """{"sobject":"Contact","external_id_field":"Gateway_Id__c","external_id":"b"}""");

        Assert.Equal((true, false), (made.GetProperty("created").GetBoolean(), changed.GetProperty("created").GetBoolean()));
        Assert.Equal("Souza", found.GetProperty("fields").GetProperty("LastName").GetString());
        Assert.False(none.GetProperty("found").GetBoolean());
        Assert.Single(_salesforce.Objects.Of("Contact"));
    }

    [Fact]
    public async Task A_lost_answer_is_followed_by_no_second_record()
    {
        _salesforce.Faults.Plan = new FaultPlan { Only = "sobjects.upsert", Next = [Fault.Lose] };

        var lost = await _hub.FailedAsync("upsert-record", Ana);
        await _hub.DoneAsync("upsert-record", Ana);

        Assert.Equal(FailureKind.Unconfirmed, lost.Kind);
        Assert.Equal(0, _salesforce.Book.Doubles);
    }

    [Fact]
    public async Task Two_records_with_one_value_are_both_left_alone()
    {
        var contact = _salesforce.Objects.Types["Contact"];
        _salesforce.Objects.Add(contact)["Email"] = "ana@shop.example";
        _salesforce.Objects.Add(contact)["Email"] = "ana@shop.example";

        var failed = await _hub.FailedAsync(
            "upsert-record", """{"sobject":"Contact","external_id_field":"Email","external_id":"ana@shop.example","fields":{"LastName":"Silva"}}""");

        Assert.Equal((FailureKind.Rejected, "several_matches"), (failed.Kind, failed.Code));
        Assert.Equal(0, _salesforce.Book.Effects);
    }

    [Fact]
    public async Task A_session_that_ended_costs_one_try()
    {
        await _hub.DoneAsync("upsert-record", Ana);
        _salesforce.EndSessions();

        var refused = await _hub.FailedAsync("upsert-record", Ana);
        await _hub.DoneAsync("upsert-record", Ana);

        Assert.Equal(FailureKind.Transient, refused.Kind);
    }

    [Fact]
    public async Task A_used_up_day_is_waited_for()
    {
        for (var call = 0; call < 5; call++)
        {
            await _hub.DoneAsync("upsert-record", Ana);
        }

        var over = await _hub.FailedAsync("upsert-record", Ana);

        Assert.Equal((FailureKind.RateLimited, "REQUEST_LIMIT_EXCEEDED"), (over.Kind, over.Code));
    }

    [Fact]
    public async Task What_is_missing_or_unknown_is_said_by_field()
    {
        var missing = await _hub.FailedAsync(
            "upsert-record", """{"sobject":"Contact","external_id_field":"Gateway_Id__c","external_id":"c","fields":{"Email":"c@x.example"}}""");
        var unknown = await _hub.FailedAsync(
            "upsert-record", """{"sobject":"Contact","external_id_field":"Gateway_Id__c","external_id":"c","fields":{"LastName":"C","Shoe__c":1}}""");

        Assert.Equal(("REQUIRED_FIELD_MISSING", "INVALID_FIELD"), (missing.Code, unknown.Code));
        Assert.Contains("LastName", missing.Message, StringComparison.Ordinal);
        Assert.Equal(0, _salesforce.Book.Effects);
    }
}
