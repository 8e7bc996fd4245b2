using ConnectorHub.Gateway.Admin;
using ConnectorHub.Gateway.Doctor;
using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Gateway.Settings;
using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.Gateway.Outbound;

namespace ConnectorHub.Tests.Gateway.Doctor;

/// <summary>What the doctor says about runs, pauses and secrets, word for word.</summary>
public sealed class VitalsTests
{
    private static readonly HubTime Clock = new("Europe/Paris", new ManualClock());
    private static readonly DateTimeOffset Now = Clock.Now;
    private static readonly RunError Down = new("post", "slack_unavailable", "Slack answered 503.");

    public static TheoryData<RunState, double, string?, bool, string> Waits => new()
    {
        { RunState.Asking, 0, null, false, "It asks you whether something was done: connectorhub decide run_1 happened, or: send-again." },
        { RunState.Running, 0, null, false, "It is being worked on." },
        { RunState.Blocked, 0, "slack-acme", true, "It waits for connection slack-acme, which is blocked. The last try said: slack_unavailable: Slack answered 503." },
        { RunState.Waiting, 2, "slack-acme", true, "It waits until 15:00:00 to go to slack-acme. The last try said: slack_unavailable: Slack answered 503." },
        { RunState.Waiting, 30, null, false, "It waits until 2 Mar 19:00:00." },
        { RunState.Queued, -1, null, false, "It could have gone on at 12:00:00." },
    };

    [Theory]
    [MemberData(nameof(Waits))]
    public void The_oldest_unfinished_run_is_told_with_what_it_waits_for(RunState state, double hours, string? connection, bool failed, string said)
    {
        var run = Run(state) with { DueAt = Now.AddHours(hours), WaitsFor = connection, Error = failed ? Down : null };

        Assert.Equal($"Ok runs: The oldest unfinished run is run_1 of lives: 3 h old. {said} See: connectorhub show run_1", Said(Vitals(run), "runs"));
    }

    [Fact]
    public void A_run_in_a_line_under_a_pause_or_of_a_gateway_that_is_stopped_says_so()
    {
        Assert.Contains("It stands in line behind another run with the same order_by.", Said(Vitals(Run(RunState.Queued)), "runs"), StringComparison.Ordinal);
        Assert.Contains("It is held up by a pause.", Said(Vitals(Run(RunState.Queued)) with { Pauses = [Paused(PauseKind.Recipe, "lives")] }, "runs"), StringComparison.Ordinal);
        Assert.Contains("It stands in line", Said(Vitals(Run(RunState.Queued)) with { Pauses = [Paused(PauseKind.Recipe, "other")] }, "runs"), StringComparison.Ordinal);
        Assert.Contains("It goes on when the gateway is started.", Said(Vitals(Run(RunState.Queued) with { DueAt = Now }), "runs", serving: false), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_is_unfinished_for_a_day_is_worth_a_look() => Assert.StartsWith(
        "Look runs: The oldest unfinished run is run_1 of lives: 3 days old. It waits until 15:00:00.",
        Said(Vitals(Run(RunState.Waiting) with { DueAt = Now.AddHours(2), CreatedAt = Now.AddDays(-3) }), "runs"),
        StringComparison.Ordinal);

    [Fact]
    public void Leases_say_who_works_on_how_many_and_which_are_over() => Assert.Equal(
        """
        Ok runs: hub-1/4711 works on 1 run; if it dies, the first of them is taken up again at 13:00:40.
        Look runs: hub-2/12 holds 5 runs, and the lease of 2 is over, the first since 12:50:00: nobody has taken them up again. Their connection is blocked or paused, or the gateway does not keep up.
        """,
        Said(Vitals(null) with { Leases = [new("hub-1/4711", 1, Now.AddSeconds(40), 0), new("hub-2/12", 5, Now.AddMinutes(-10), 2)] }, "runs"));

    [Fact]
    public void Pauses_are_worth_a_look() => Assert.Equal(
        "Look pauses: Connection slack-acme is paused since 12:00:00 by ana: Slack is down. Events are taken; it holds nothing up yet.",
        Said(Vitals(null) with { Pauses = [Paused(PauseKind.Connection, "slack-acme")] }, "pauses"));

    [Fact]
    public void Secrets_that_are_there_are_named_and_never_shown() => Assert.Equal(
        "Ok secrets: All 3 can be read: slack-acme BotToken, spot SigningSecrets",
        Said(Secrets(Place("slack-acme", "BotToken"), Place("spot", "SigningSecrets"), Place("spot", "SigningSecrets")), "secrets"));

    [Fact]
    public void A_secret_that_is_missing_says_where_what_follows_and_how_to_mend_it() => Assert.Equal(
        """
        Ok secrets: 1 of 3 can be read: spot UrlToken
        Fix secrets: slack-acme BotToken: environment variable SLACK_TOKEN is not set. slack-acme cannot be used until it is there. Set it where the service gets its variables, and restart the gateway.
        Fix secrets: crm AccessToken: file /etc/hub/crm does not exist. crm cannot be used until it is there. Write the file, one value and nothing else; it is read within a second.
        """,
        Said(
            Secrets(
                Place("slack-acme", "BotToken", problem: "environment variable SLACK_TOKEN is not set"),
                Place("crm", "AccessToken", file: "/etc/hub/crm", problem: "file /etc/hub/crm does not exist"),
                Place("spot", "UrlToken")),
            "secrets"));

    [Fact]
    public void One_value_of_several_may_be_missing_while_a_secret_is_rotated() => Assert.Equal(
        """
        Ok secrets: 1 of 2 can be read: spot SigningSecrets
        Look secrets: spot SigningSecrets: file /etc/hub/old does not exist. Another value of this secret can be read, so nothing stops. Write the file, one value and nothing else; it is read within a second.
        """,
        Said(Secrets(Place("spot", "SigningSecrets"), Place("spot", "SigningSecrets", file: "/etc/hub/old", problem: "file /etc/hub/old does not exist")), "secrets"));

    [Fact]
    public void A_file_that_went_away_is_to_be_fixed_before_the_next_start() => Assert.Equal(
        "Fix secrets: spot SigningSecrets: file /etc/hub/s is empty. Its last good value is still in use, until the next start.",
        Said(Secrets(Place("spot", "SigningSecrets", file: "/etc/hub/s", problem: "file /etc/hub/s is empty") with { InUse = true }), "secrets"));

    [Fact]
    public void Secrets_that_others_can_read_are_worth_a_look() => Assert.Equal(
        """
        Ok secrets: All 2 can be read: spot UrlToken, slack-acme BotToken
        Look secrets: spot UrlToken: every user of this machine can read file /etc/hub/token. Run: chmod 600 /etc/hub/token
        Look secrets: slack-acme BotToken stands in the settings file, where backups and colleagues read it. Write env:NAME or file:path in its place.
        """,
        Said(
            Secrets(
                Place("spot", "UrlToken", file: "/etc/hub/token") with { OpenTo = SecretReaders.EveryUser },
                Place("slack-acme", "BotToken") with { OpenTo = SecretReaders.WhoReadsSettings }),
            "secrets"));

    [Fact]
    public void Without_a_gateway_a_variable_that_this_command_lacks_may_be_there_for_the_service() => Assert.Equal(
        "Look secrets: slack-acme BotToken: environment variable X is not set. slack-acme cannot be used until it is there. "
        + "No gateway runs; this command looked at its own variables, and those of the service may differ.",
        Said(Secrets(Place("slack-acme", "BotToken", problem: "environment variable X is not set")), "secrets", serving: false));

    private static SecretPlace Place(string connection, string secret, string? file = null, string? problem = null) =>
        new(connection, secret, file is null ? "variable X" : $"file {file}", file is not null, problem, problem is null);

    private static VitalsAnswer Vitals(RunSummary? oldest) => VitalsAnswer.None with { OldestUnfinished = oldest };

    private static VitalsAnswer Secrets(params SecretPlace[] places) => VitalsAnswer.None with { Secrets = places };

    private static PauseView Paused(PauseKind kind, string name) => new(new Pause(kind, name, Now.AddHours(-1), null, "ana", "Slack is down"), 0, null);

    private static RunSummary Run(RunState state) =>
        new("run_1", "evt_1", "lives", "hash", state, false, Now.AddHours(-3), null, null, 0, null, null, string.Empty);

    private static string Said(VitalsAnswer vitals, string part, bool serving = true)
    {
        var other = new OtherAddresses(new Dictionary<HookNoteKind, long>(), null);
        var chart = new Chart([], new StatusAnswer("1", true, 0, new Dictionary<string, long>(), null, 0), [], [], new HooksAnswer("", null, null, null, [], other), null)
        {
            Vitals = vitals,
            Serving = serving,
            Clock = Clock,
        };
        return string.Join('\n', Examination.Of(chart).Where(one => one.Part == part).Select(one => $"{one.Urgency} {one.Part}: {one.Sentence}"));
    }
}
