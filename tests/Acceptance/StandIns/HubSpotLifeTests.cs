using ConnectorHub.Abstractions;
using ConnectorHub.Tests.StandIns;
using ConnectorHub.Tests.StandIns.Faults;
using ConnectorHub.Tests.StandIns.HubSpot;

namespace ConnectorHub.Tests.Acceptance.StandIns;

public sealed class HubSpotLifeTests
{
    private const string Ana = """{"email":"Ana@shop.example","properties":{"firstname":"Ana"}}""";

    private readonly HandClock _clock = new();

    [Theory]
    [InlineData("2026-09")]
    [InlineData("v3")]
    public async Task A_contact_is_made_found_changed_noted_linked_and_listed(string version)
    {
        var hubSpot = new HubSpotStandIn(_clock);
        var hub = Platforms.HubSpot(hubSpot, _clock, version);

        var made = await hub.DoneAsync("upsert-contact", Ana);
        var id = made.GetProperty("id").GetString()!;
        var again = await hub.DoneAsync("upsert-contact", """{"email":"ana@shop.example","properties":{"jobtitle":"CMO"}}""");
        await hub.DoneAsync("update-contact", $$"""{"id":"{{id}}","properties":{"lastname":"Silva"} }""");
        var found = await hub.DoneAsync("find-contact", """{"email":"ana@shop.example","properties":["lastname","jobtitle"]}""");
        await hub.DoneAsync("add-note", $$"""{"contact":"{{id}}","body":"Hello"}""");
        await hub.DoneAsync("associate", $$"""{"from":"contacts","from_id":"{{id}}","to":"companies","to_id":"21004837711"}""");
        var listed = await hub.DoneAsync("add-to-list", $$"""{"list":"1","contact":"{{id}}"}""");
        var listedAgain = await hub.DoneAsync("add-to-list", $$"""{"list":"1","contact":"{{id}}"}""");

        Assert.Equal((true, false), (made.GetProperty("created").GetBoolean(), again.GetProperty("created").GetBoolean()));
        Assert.Equal(id, again.GetProperty("id").GetString());
        Assert.Equal("CMO Silva", $"{found.GetProperty("properties").GetProperty("jobtitle")} {found.GetProperty("properties").GetProperty("lastname")}");
        Assert.Equal((true, false), (listed.GetProperty("added").GetBoolean(), listedAgain.GetProperty("added").GetBoolean()));
        Assert.Contains((id, "21004837711"), hubSpot.Records.Links);
        Assert.Single(hubSpot.Records.Of("notes"));
        Assert.Single(hubSpot.Records.Of("contacts"));
    }

    [Fact]
    public async Task Two_that_make_the_same_contact_at_the_same_moment_make_one()
    {
        var hubSpot = new HubSpotStandIn(_clock);
        var quick = Platforms.HubSpot(hubSpot, _clock);
        var slow = new StandInHub("hubspot", hubSpot, _clock)
        {
            Secrets = quick.Secrets,
            Way = async (request, target, _) =>
            {
                var reply = StandInHub.Answer(hubSpot, request, target);
                if (request.Method == HttpMethod.Patch && reply is SendReply.Answered { Status: 404 })
                {
                    // The slow one is about to be told that there is no such contact.
                    await quick.DoneAsync("upsert-contact", Ana);
                }

                return reply;
            },
        };

        var outcome = await slow.DoneAsync("upsert-contact", """{"email":"ana@shop.example","properties":{"lastname":"Silva"} }""");

        Assert.False(outcome.GetProperty("created").GetBoolean());
        Assert.Equal(["Ana", "Silva"], Assert.Single(hubSpot.Records.Of("contacts")).Properties.Where(property => property.Key != "email").Select(property => property.Value));
    }

    [Fact]
    public async Task A_contact_whose_answer_was_lost_is_one_after_the_next_try()
    {
        var hubSpot = new HubSpotStandIn(_clock);
        var hub = Platforms.HubSpot(hubSpot, _clock);
        hubSpot.Faults.Plan = new FaultPlan { Only = "contacts.create", Next = [Fault.Lose] };

        var lost = await hub.FailedAsync("upsert-contact", Ana);
        var again = await hub.DoneAsync("upsert-contact", Ana);

        Assert.Equal(FailureKind.Unconfirmed, lost.Kind);
        Assert.False(again.GetProperty("created").GetBoolean());
        Assert.Equal(0, hubSpot.Book.Doubles);
    }

    [Fact]
    public async Task A_batch_writes_the_good_ones_and_names_the_others()
    {
        var hubSpot = new HubSpotStandIn(_clock);
        var hub = Platforms.HubSpot(hubSpot, _clock);
        await hub.DoneAsync("upsert-contact", Ana);

        var done = await hub.DoneAsync(
            "batch-upsert-contacts",
            """{"contacts":[{"email":"ana@shop.example","properties":{"city":"Porto"}},{"email":"mia@shop.example","properties":{"shoe_size":"38"}},{"email":"kenji@shop.example"}]}""");

        Assert.Equal((2, 1), (done.GetProperty("doneCount").GetInt32(), done.GetProperty("failedCount").GetInt32()));
        Assert.Equal("mia@shop.example", done.GetProperty("failed")[0].GetProperty("email").GetString());
        Assert.Equal([false, true], done.GetProperty("done").EnumerateArray().Select(contact => contact.GetProperty("created").GetBoolean()));
    }

    [Fact]
    public async Task A_hundred_calls_in_ten_seconds_are_taken_and_then_ten_seconds_are_waited()
    {
        var hubSpot = new HubSpotStandIn(_clock);
        var hub = Platforms.HubSpot(hubSpot, _clock);
        for (var call = 0; call < 100; call++)
        {
            await hub.DoneAsync("find-contact", """{"email":"nobody@shop.example"}""");
        }

        var limited = await hub.FailedAsync("upsert-contact", Ana);
        _clock.Pass(limited.RetryAfter!.Value);
        await hub.DoneAsync("upsert-contact", Ana);

        Assert.Equal((FailureKind.RateLimited, "TEN_SECONDLY_ROLLING", TimeSpan.FromSeconds(10)), (limited.Kind, limited.Code, limited.RetryAfter));
    }

    [Fact]
    public async Task A_used_up_day_is_over_at_midnight()
    {
        var hubSpot = new HubSpotStandIn(_clock, perDay: 2);
        var hub = Platforms.HubSpot(hubSpot, _clock);
        await hub.DoneAsync("upsert-contact", Ana);

        var over = await hub.FailedAsync("upsert-contact", Ana);
        _clock.Pass(TimeSpan.FromHours(12));
        await hub.DoneAsync("upsert-contact", Ana);

        Assert.Equal((FailureKind.RateLimited, "DAILY"), (over.Kind, over.Code));
        Assert.True(over.RetryAfter >= TimeSpan.FromMinutes(30));
    }

    [Theory]
    [InlineData("""{"email":"ana@shop.example","properties":{"shoe_size":"38"}}""", "PROPERTY_DOESNT_EXIST")]
    [InlineData("""{"email":"ana@shop","properties":{"firstname":"Ana"}}""", "INVALID_EMAIL")]
    public async Task What_HubSpot_does_not_take_is_said_by_property(string input, string code)
    {
        var failed = await Platforms.HubSpot(new HubSpotStandIn(_clock), _clock).FailedAsync("upsert-contact", input);

        Assert.Equal((FailureKind.Rejected, "VALIDATION_ERROR"), (failed.Kind, failed.Code));
        Assert.Contains(code, failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_does_not_see_what_was_made_a_moment_ago()
    {
        var hubSpot = new HubSpotStandIn(_clock);
        hubSpot.Look(() => hubSpot.Records.Add("contacts", new() { ["email"] = "ana@shop.example" }));

        var early = Search(hubSpot);
        _clock.Pass(RecordSearch.Lag);

        Assert.Equal((0, 1), (early, Search(hubSpot)));
    }

    private static int Search(HubSpotStandIn hubSpot)
    {
        var body = """{"filterGroups":[{"filters":[{"propertyName":"email","operator":"EQ","value":"ana@shop.example"}]}]}"""u8.ToArray();
        var reply = hubSpot.Answer(new StandInRequest("POST", "crm/v3/objects/contacts/search", [new("Authorization", "Bearer " + HubSpotStandIn.Token)], body));
        return System.Text.Json.JsonElement.Parse(reply.Body.Span).GetProperty("total").GetInt32();
    }
}
