using ConnectorHub.Abstractions;
using ConnectorHub.Tests.StandIns.Faults;
using ConnectorHub.Tests.StandIns.Google;

namespace ConnectorHub.Tests.Acceptance.StandIns;

public sealed class GoogleSignInTests : IDisposable
{
    private const string Row = """{"spreadsheet":"s1","sheet":"Leads","values":["ana@shop.example"]}""";

    private readonly HandClock _clock = new();
    private readonly GoogleStandIn _google;

    public GoogleSignInTests() => _google = Platforms.Google(_clock);

    public void Dispose() => _google.Dispose();

    [Fact]
    public async Task A_token_serves_for_an_hour_and_then_a_new_one_is_asked_for()
    {
        var hub = Platforms.Sheets(_google, _clock);
        await hub.DoneAsync("append-row", Row, "a");
        await hub.DoneAsync("append-row", Row, "b");
        _clock.Pass(TimeSpan.FromMinutes(61));
        await hub.DoneAsync("append-row", Row, "c");

        Assert.Equal(2, _google.Book.CallsOf("token"));
    }

    [Fact]
    public async Task A_withdrawn_token_costs_one_try_and_a_new_one_works()
    {
        var hub = Platforms.Sheets(_google, _clock);
        await hub.DoneAsync("append-row", Row, "a");
        _google.Tokens.WithdrawAll();

        var refused = await hub.FailedAsync("append-row", Row, "b");
        await hub.DoneAsync("append-row", Row, "b");

        Assert.Equal((FailureKind.Transient, "token_refused"), (refused.Kind, refused.Code));
    }

    [Fact]
    public async Task A_key_that_was_deleted_blocks()
    {
        using var other = new ServiceAccount();
        var hub = new StandInHub("google-sheets", _google, _clock) { Secrets = { ["ServiceAccountKey"] = other.ToKeyFile() } };

        var failed = await hub.FailedAsync("append-row", Row);

        Assert.Equal((FailureKind.Unauthorized, "invalid_grant"), (failed.Kind, failed.Code));
        Assert.Equal(0, _google.Book.Effects);
    }

    [Theory]
    [InlineData(-90)]
    [InlineData(30)]
    public async Task A_hub_whose_clock_is_wrong_is_not_signed_in(int minutes)
    {
        var wrong = new HandClock();
        wrong.Pass(TimeSpan.FromMinutes(minutes));

        var failed = await Platforms.Sheets(_google, wrong).FailedAsync("append-row", Row);

        Assert.Equal((FailureKind.Unauthorized, "invalid_grant"), (failed.Kind, failed.Code));
    }

    [Fact]
    public async Task Nobody_acts_for_a_person_without_delegation()
    {
        var failed = await Platforms.Calendar(_google, _clock, "stranger@shop.example")
            .FailedAsync("find-event", """{"calendar":"primary","mark":"a"}""");

        Assert.Equal((FailureKind.Unauthorized, "unauthorized_client"), (failed.Kind, failed.Code));
    }

    [Fact]
    public async Task A_token_for_calendars_opens_no_spreadsheet()
    {
        var calendar = new StandInHub("google-calendar", _google, _clock, "calendar/v3/") { Secrets = { ["ServiceAccountKey"] = _google.Account.ToKeyFile() } };
        await calendar.DoneAsync("find-event", $$"""{"calendar":"{{Platforms.Team}}","mark":"a"}""");
        var sheets = new StandInHub("google-sheets", _google, _clock) { Secrets = { ["AccessToken"] = "ya29.stand-in-000001" } };

        var failed = await sheets.FailedAsync("append-row", Row);

        Assert.Equal((FailureKind.Unauthorized, "ACCESS_TOKEN_SCOPE_INSUFFICIENT"), (failed.Kind, failed.Code));
    }

    [Fact]
    public async Task A_person_lets_the_hub_work_with_a_refresh_token_and_takes_it_back()
    {
        var sheets = Platforms.AsPerson("google-sheets", _google, _clock);
        var calendar = Platforms.AsPerson("google-calendar", _google, _clock, "calendar/v3/");
        await sheets.DoneAsync("append-row", Row, "a");
        await calendar.DoneAsync("find-event", """{"calendar":"primary","mark":"a"}""");
        _clock.Pass(TimeSpan.FromMinutes(61));
        await sheets.DoneAsync("append-row", Row, "b");
        Assert.Equal(3, _google.Book.CallsOf("token"));

        _google.Tokens.Refreshes = null;
        _clock.Pass(TimeSpan.FromMinutes(61));
        var failed = await sheets.FailedAsync("append-row", Row, "c");

        Assert.Equal((FailureKind.Unauthorized, "invalid_grant"), (failed.Kind, failed.Code));
        Assert.Equal(2, _google.Book.Effects);
    }

    [Fact]
    public async Task A_refresh_token_of_another_app_is_not_taken()
    {
        var hub = new StandInHub("google-sheets", _google, _clock)
        {
            Secrets = { ["RefreshToken"] = GoogleTokens.RefreshToken, ["ClientSecret"] = "GOCSPX-another" },
            Settings = { ["ClientId"] = GoogleTokens.ClientId },
        };

        var failed = await hub.FailedAsync("append-row", Row);

        Assert.Equal((FailureKind.Unauthorized, "invalid_client"), (failed.Kind, failed.Code));
    }

    [Fact]
    public async Task A_token_endpoint_that_is_down_is_tried_again()
    {
        _google.Faults.Plan = new FaultPlan { Fail = 1, Only = "token" };
        var hub = Platforms.Sheets(_google, _clock);

        var failed = await hub.FailedAsync("append-row", Row);
        _google.Faults.Plan = new FaultPlan();
        await hub.DoneAsync("append-row", Row);

        Assert.Equal(FailureKind.Transient, failed.Kind);
    }
}
