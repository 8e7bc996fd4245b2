using ConnectorHub.Abstractions;
using ConnectorHub.Tests.StandIns.Faults;
using ConnectorHub.Tests.StandIns.Livestorm;
using ConnectorHub.Tests.StandIns.MeltingSpot;

namespace ConnectorHub.Tests.Acceptance.StandIns;

public sealed class LookUpLifeTests
{
    private readonly HandClock _clock = new();
    private readonly MeltingSpotStandIn _spot;
    private readonly LivestormStandIn _livestorm;

    public LookUpLifeTests() => (_spot, _livestorm) = (new MeltingSpotStandIn(_clock), new LivestormStandIn(_clock));

    private StandInHub Spot => Platforms.MeltingSpot(_spot, _clock);

    private StandInHub Livestorm => Platforms.Livestorm(_livestorm, _clock);

    [Fact]
    public async Task A_live_is_planned_and_later_it_is_over()
    {
        var live = new SpotLive("l1", "Product news", _clock.GetUtcNow().AddHours(1), _clock.GetUtcNow().AddHours(2));
        live.Registrants.Add("ana@shop.example");
        _spot.Spot.Lives.Add(live);

        var before = await Spot.DoneAsync("get-live", """{"live":"l1"}""");
        _clock.Pass(TimeSpan.FromHours(3));
        var after = await Spot.DoneAsync("get-live", """{"live":"l1"}""");

        Assert.Equal(("Planned", 1), (before.GetProperty("status").GetString(), before.GetProperty("registrants").GetInt32()));
        Assert.Equal("Ended", after.GetProperty("status").GetString());
        Assert.Equal("not_found", (await Spot.FailedAsync("get-live", """{"live":"l2"}""")).Code);
    }

    [Fact]
    public async Task A_member_is_found_by_an_address_with_a_plus_and_a_stranger_is_not()
    {
        _spot.Spot.Members.Add(new SpotMember("m3", "ana+live@shop.example", "Ana", "Silva"));

        var found = await Spot.DoneAsync("find-member", """{"email":"Ana+Live@shop.example"}""");
        var stranger = await Spot.DoneAsync("find-member", """{"email":"nobody@shop.example"}""");

        Assert.Equal("m3", found.GetProperty("id").GetString());
        Assert.False(stranger.GetProperty("found").GetBoolean());
    }

    [Fact]
    public async Task All_answers_of_a_member_are_read_each_once_whatever_the_first_page_is_called()
    {
        _spot.Spot.Members.Add(new SpotMember("m3", "ana@shop.example", "Ana", "Silva") { Answers = [.. Enumerable.Range(0, 250).Select(one => ($"Question {one}", $"{one}"))] });

        var read = await Spot.DoneAsync("get-form-answers", """{"member":"m3"}""");

        Assert.Equal(Enumerable.Range(0, 250).Select(one => $"{one}"), read.GetProperty("answers").EnumerateArray().Select(one => one.GetProperty("answer").GetString()));
        Assert.False(read.GetProperty("more").GetBoolean());
    }

    [Fact]
    public async Task A_key_that_is_sent_in_another_way_is_refused_and_the_way_out_is_named()
    {
        var hub = new StandInHub("meltingspot", _spot, _clock) { Secrets = { ["ApiKey"] = MeltingSpotStandIn.Key }, Settings = { ["KeySentAs"] = "bearer" } };

        var failed = await hub.FailedAsync("get-live", """{"live":"l1"}""");

        Assert.Equal((FailureKind.Unauthorized, "http_401"), (failed.Kind, failed.Code));
        Assert.Contains("KeySentAs", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_and_its_event_are_looked_up_by_their_ids()
    {
        var session = await Livestorm.DoneAsync("get-session", $$"""{"session":"{{LivestormWorkspace.Morning}}"}""");
        var parent = await Livestorm.DoneAsync("get-event", $$"""{"event":"{{session.GetProperty("eventId").GetString()}}"}""");

        Assert.Equal(("past", 3, 2), (session.GetProperty("status").GetString(), session.GetProperty("registrantsCount").GetInt32(), session.GetProperty("attendeesCount").GetInt32()));
        Assert.Equal(("Product demo", "ended"), (parent.GetProperty("title").GetString(), parent.GetProperty("schedulingStatus").GetString()));
        Assert.Equal("not_found", (await Livestorm.FailedAsync("get-session", $$"""{"session":"{{LivestormWorkspace.Demo}}"}""")).Code);
    }

    [Fact]
    public async Task Who_came_is_told_without_what_opens_the_room_in_their_name()
    {
        var came = await Livestorm.DoneAsync("list-session-people", $$"""{"session":"{{LivestormWorkspace.Morning}}","attended":true}""");

        Assert.Equal("jean-baptiste@mysite.co", Assert.Single(came.GetProperty("people").EnumerateArray()).GetProperty("email").GetString());
        Assert.DoesNotContain(LivestormPerson.PasswordKey, came.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_longer_than_a_second_allows_is_read_in_two_attempts_and_no_page_twice()
    {
        _livestorm.Workspace.Sessions[0].People.AddRange(Enumerable.Range(0, 317).Select(one => new LivestormPerson($"p{one}", $"p{one}@shop.example", "P", $"{one}", Attended: true)));
        var hub = Livestorm;
        var input = $$"""{"session":"{{LivestormWorkspace.Morning}}","team":true}""";

        var limited = await hub.FailedAsync("list-session-people", input);
        _clock.Pass(limited.RetryAfter!.Value);
        var read = await hub.DoneAsync("list-session-people", input);

        Assert.Equal(FailureKind.RateLimited, limited.Kind);
        Assert.Equal(320, read.GetProperty("people").GetArrayLength());
        Assert.Equal((7 + 1, 1), (_livestorm.Book.CallsOf("sessions.people"), _livestorm.Book.Refused));
    }

    [Fact]
    public async Task A_check_tells_a_good_credential_from_one_that_was_withdrawn()
    {
        Assert.IsType<StepOutcome.Done>(await Spot.CheckAsync());
        Assert.IsType<StepOutcome.Done>(await Livestorm.CheckAsync());
        _spot.Faults.Plan = _livestorm.Faults.Plan = new FaultPlan { Revoked = true };

        Assert.Equal(FailureKind.Unauthorized, Assert.IsType<StepOutcome.Failed>(await Spot.CheckAsync()).Kind);
        Assert.Equal(FailureKind.Unauthorized, Assert.IsType<StepOutcome.Failed>(await Livestorm.CheckAsync()).Kind);
    }
}
