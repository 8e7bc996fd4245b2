using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Tests.StandIns.Faults;
using ConnectorHub.Tests.StandIns.Google;

namespace ConnectorHub.Tests.Acceptance.StandIns;

public sealed class CalendarLifeTests : IDisposable
{
    private const string Tour =
        """{"calendar":"sales@acme.example","title":"Tour","start":"2026-09-10T10:00:00+09:00","end":"2026-09-10T10:30:00+09:00","mark":"booking 7"}""";

    private readonly HandClock _clock = new();
    private readonly GoogleStandIn _google;
    private readonly StandInHub _hub;

    public CalendarLifeTests()
    {
        _google = Platforms.Google(_clock);
        _hub = Platforms.Calendar(_google, _clock, Platforms.Person);
    }

    public void Dispose() => _google.Dispose();

    [Fact]
    public async Task An_entry_is_made_changed_gets_guests_loses_one_and_is_cancelled()
    {
        var id = Id(await _hub.DoneAsync("create-event", Tour));
        await _hub.DoneAsync("update-event", On(id, "\"title\":\"Long tour\",\"end\":\"2026-09-10T11:00:00+09:00\""));
        await _hub.DoneAsync("invite-attendees", On(id, "\"attendees\":[\"a@x.example\",\"b@x.example\"],\"notify\":\"all\""));
        await _hub.DoneAsync("remove-attendees", On(id, "\"attendees\":[\"a@x.example\"]"));
        var found = await _hub.DoneAsync("find-event", """{"calendar":"sales@acme.example","mark":"booking 7"}""");
        await _hub.DoneAsync("cancel-event", On(id, "\"notify\":\"all\""));
        var gone = await _hub.DoneAsync("find-event", """{"calendar":"sales@acme.example","mark":"booking 7"}""");

        Assert.Equal("Long tour", found.GetProperty("title").GetString());
        Assert.Equal("""["b@x.example"]""", found.GetProperty("attendees").GetRawText());
        Assert.False(gone.GetProperty("found").GetBoolean());
        Assert.Equal(3, _google.Calendars.Mails);
        Assert.True((await _hub.DoneAsync("cancel-event", On(id))).GetProperty("cancelled").GetBoolean());
    }

    [Fact]
    public async Task A_cancelled_entry_keeps_its_id_and_a_new_generation_makes_a_new_one()
    {
        var id = Id(await _hub.DoneAsync("create-event", Tour, "booking, first"));
        await _hub.DoneAsync("cancel-event", On(id));

        var refused = await _hub.FailedAsync("create-event", Tour, "booking, first");
        var again = Id(await _hub.DoneAsync("create-event", Tour, "booking, second"));

        Assert.Equal((FailureKind.Rejected, "event_was_deleted"), (refused.Kind, refused.Code));
        Assert.NotEqual(id, again);
    }

    [Fact]
    public async Task An_entry_whose_answer_was_lost_is_found_and_sending_again_makes_no_second()
    {
        _google.Faults.Plan = new FaultPlan { Lose = 1, Only = "events.insert" };
        var lost = await _hub.FailedAsync("create-event", Tour);
        _google.Faults.Plan = new FaultPlan();

        var probe = await _hub.FindAsync("create-event", Tour);
        var again = await _hub.DoneAsync("create-event", Tour);

        Assert.Equal(FailureKind.Unconfirmed, lost.Kind);
        Assert.Equal(Id(again), Id(Assert.IsType<Probe.Found>(probe).Output));
        Assert.Single(_google.Calendars.Find(Platforms.Team, Platforms.Person)!.Entries);
    }

    [Fact]
    public async Task Guests_that_two_add_at_the_same_moment_are_both_kept()
    {
        var id = Id(await _hub.DoneAsync("create-event", Tour));
        // Between the read and the change of this one, another adds a guest.
        var asked = 0;
        var slow = Interrupted(async () => asked++ == 1 ? await _hub.DoneAsync("invite-attendees", On(id, "\"attendees\":[\"b@x.example\"]"), "b") : default);

        var first = await slow.FailedAsync("invite-attendees", On(id, "\"attendees\":[\"a@x.example\"]"), "a");
        var second = await slow.DoneAsync("invite-attendees", On(id, "\"attendees\":[\"a@x.example\"]"), "a");

        Assert.Equal((FailureKind.Transient, "conditionNotMet"), (first.Kind, first.Code));
        Assert.Equal("""["b@x.example","a@x.example"]""", second.GetProperty("attendees").GetRawText());
    }

    [Fact]
    public async Task A_service_account_in_its_own_name_may_not_invite_nor_make_calls()
    {
        var account = Platforms.Calendar(_google, _clock);
        await account.DoneAsync("create-event", Tour, "plain");

        var guests = await account.FailedAsync("create-event", With("\"attendees\":[\"a@x.example\"]"), "guests");
        var call = await account.FailedAsync("create-event", With("\"meet\":true"), "call");

        Assert.Equal((FailureKind.Rejected, "forbiddenForServiceAccounts"), (guests.Kind, guests.Code));
        Assert.Equal(FailureKind.Rejected, call.Kind);
    }

    [Fact]
    public async Task A_call_has_an_address()
    {
        var made = await _hub.DoneAsync("create-event", With("\"meet\":true"));

        Assert.StartsWith("https://meet.google.com/", made.GetProperty("meetLink").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_minute_of_too_many_requests_is_waited_for()
    {
        for (var one = 0; one < 600; one++)
        {
            await _hub.DoneAsync("find-event", """{"calendar":"sales@acme.example","mark":"none"}""");
        }

        var limited = await _hub.FailedAsync("create-event", Tour);
        _clock.Pass(TimeSpan.FromMinutes(1));
        await _hub.DoneAsync("create-event", Tour);

        Assert.Equal((FailureKind.RateLimited, "rateLimitExceeded"), (limited.Kind, limited.Code));
    }

    [Fact]
    public async Task A_calendar_that_is_not_shared_is_not_there()
    {
        _google.Calendars.Add(new ConnectorHub.Tests.StandIns.Google.Calendars.Calendar("board@acme.example", "Europe/Paris"));

        var failed = await _hub.FailedAsync("create-event", Tour.Replace("sales@", "board@", StringComparison.Ordinal));

        Assert.Equal((FailureKind.Rejected, "notFound"), (failed.Kind, failed.Code));
    }

    // The same connection, with something that happens before each of its requests.
    private StandInHub Interrupted(Func<Task<JsonElement>> before)
    {
        var inner = Platforms.Calendar(_google, _clock, Platforms.Person);
        return new StandInHub("google-calendar", _google, _clock, "calendar/v3/")
        {
            Secrets = inner.Secrets,
            Settings = inner.Settings,
            Way = async (request, target, _) =>
            {
                if (!target.EndsWith("token", StringComparison.Ordinal))
                {
                    await before();
                }

                return StandInHub.Answer(_google, request, target);
            },
        };
    }

    private static string Id(JsonElement entry) => entry.GetProperty("id").GetString()!;

    private static string With(string members) => $"{Tour[..^1]},{members}}}";

    private static string On(string id, string? members = null) =>
        $$"""{"calendar":"sales@acme.example","event":"{{id}}"{{(members is null ? string.Empty : "," + members)}}}""";
}
