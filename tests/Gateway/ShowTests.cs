using System.Text;
using System.Text.Json;
using ConnectorHub.Gateway.Admin;
using ConnectorHub.Gateway.Commands;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Tests.Gateway;

/// <summary>What <c>show</c> says of a run, word by word.</summary>
public class ShowTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 14, 2, 10, TimeSpan.Zero);

    [Fact]
    public void A_step_that_happened_after_the_target_was_away() => AssertShown(
        Run(RunState.Succeeded),
        [
            Attempt(1, AttemptState.Failed) with { Kind = "Transient", Code = "connect_failed", Message = "No connection to 'sheets.googleapis.com' (ConnectionError)." },
            Attempt(2, AttemptState.Done, 31) with { Output = Bytes("{\"row\":12,\"range\":\"Leads!A12\"}") },
        ],
        """
        run_1  live  Succeeded  2 attempts
          When SPOTIO sends lead.added, it adds a row.
          add  google-sheets.append-row on sheets
            happened (row 12), confirmed by the answer at 2026-11-21 14:02:42Z
            attempt 1  2026-11-21 14:02:10Z  Failed: connect_failed after 1 s, then waited 30 s
              No connection to 'sheets.googleapis.com' (ConnectionError).
            attempt 2  2026-11-21 14:02:41Z  Done after 1 s
              answer {"row":12,"range":"Leads!A12"}
        """);

    [Fact]
    public void A_step_that_certainly_did_not_happen_and_waits() => AssertShown(
        Run(RunState.Waiting) with { DueAt = Start.AddSeconds(31) },
        [Attempt(1, AttemptState.Failed) with { Kind = "Transient", Code = "connect_failed", Message = "No connection to 'slack.com' (ConnectionError)." }],
        """
        run_1  live  Waiting  1 attempt  due 2026-11-21 14:02:41Z
          When SPOTIO sends lead.added, it adds a row.
          add  google-sheets.append-row on sheets
            certainly did not happen: No connection to 'slack.com' (ConnectionError); goes on at 2026-11-21 14:02:41Z
            attempt 1  2026-11-21 14:02:10Z  Failed: connect_failed after 1 s
              No connection to 'slack.com' (ConnectionError).
        """);

    [Fact]
    public void A_lost_answer_that_was_looked_for_and_sent_again() => AssertShown(
        Run(RunState.Succeeded),
        [
            Attempt(1, AttemptState.Failed) with { Kind = "Unconfirmed", Code = "resolved", Message = "looked for it: it is not there" },
            Attempt(2, AttemptState.Done, 61) with { Output = Bytes("{\"ts\":\"17.1\"}") },
        ],
        """
        run_1  live  Succeeded  2 attempts
          When SPOTIO sends lead.added, it adds a row.
          add  google-sheets.append-row on sheets
            happened (ts 17.1), confirmed by the answer at 2026-11-21 14:03:12Z. Before that: the attempt at 2026-11-21 14:02:10Z got no answer; looked for it: it is not there; sent again
            attempt 1  2026-11-21 14:02:10Z  Failed: resolved after 1 s, then waited 60 s
              looked for it: it is not there
            attempt 2  2026-11-21 14:03:11Z  Done after 1 s
              answer {"ts":"17.1"}
        """);

    [Fact]
    public void A_lost_answer_that_was_found() => AssertShown(
        Run(RunState.Succeeded),
        [Attempt(1, AttemptState.Done) with { Code = "found", EndedAt = Start.AddSeconds(50), Output = Bytes("{\"id\":\"abc\"}") }],
        """
        run_1  live  Succeeded  1 attempt
          When SPOTIO sends lead.added, it adds a row.
          add  google-sheets.append-row on sheets
            happened (id abc): its answer was lost, and it was found at the target at 2026-11-21 14:03:00Z
            attempt 1  2026-11-21 14:02:10Z  Done: found after 50 s
              answer {"id":"abc"}
        """);

    [Fact]
    public void A_run_that_asks_says_what_is_not_known_and_what_can_be_done() => AssertShown(
        Run(RunState.Asking) with { Error = new RunError("add", "unconfirmed", "It is not known whether step 'add' happened at 2026-11-21 14:02:10 UTC. Look into its channel.") },
        [Attempt(1, AttemptState.Unconfirmed) with { Kind = "Unconfirmed", Code = "no_answer", Message = "The request went to 'slack.com', and no complete answer came in time." }],
        """
        run_1  live  Asking  1 attempt  at add: unconfirmed: It is not known whether step 'add' happened at 2026-11-21 14:02:10 UTC. Look into its channel.
          When SPOTIO sends lead.added, it adds a row.
          add  google-sheets.append-row on sheets
            not known: the answer was lost at 2026-11-21 14:02:11Z; whether it happened is for you to say
            attempt 1  2026-11-21 14:02:10Z  Unconfirmed: no_answer after 1 s
              The request went to 'slack.com', and no complete answer came in time.
          What you can do: Look at the target whether it is there, then: connectorhub decide run_1 happened, or send-again. The hub sends nothing by itself as long as it asks. Where twice is better than never, write 'repeat: again' in the step: later runs then send again by themselves.
        """);

    [Fact]
    public void A_step_that_was_refused() => AssertShown(
        Run(RunState.DeadLettered) with { Error = new RunError("add", "channel_not_found", "There is no such channel.") },
        [Attempt(1, AttemptState.Failed) with { Kind = "Rejected", Code = "channel_not_found", Message = "There is no such channel." }],
        """
        run_1  live  DeadLettered  1 attempt  at add: channel_not_found: There is no such channel.
          When SPOTIO sends lead.added, it adds a row.
          add  google-sheets.append-row on sheets
            did not happen: refused, There is no such channel
            attempt 1  2026-11-21 14:02:10Z  Failed: channel_not_found after 1 s
              There is no such channel.
          What you can do: It is kept, and nothing is sent by itself. Mend the cause, then: connectorhub replay run_1 (with --rehearse first, if you like), or give it up: connectorhub cancel run_1 --why "…"
        """);

    [Fact]
    public void A_step_that_took_what_was_made_before() => AssertShown(
        Run(RunState.Succeeded) with { Attempts = 0, Outputs = Bytes("{\"add\":{\"id\":\"abc\"}}"), Note = "add: 'booking-7' was made before and is used again" },
        [],
        """
        run_1  live  Succeeded  0 attempts
          When SPOTIO sends lead.added, it adds a row.
          add
            taken over from key 'booking-7': it was made before (id abc); nothing was sent
        """);

    [Fact]
    public void A_rehearsed_step_and_one_whose_hub_was_ended() => AssertShown(
        Run(RunState.Waiting) with { DueAt = Start.AddSeconds(40) },
        [
            Attempt(1, AttemptState.Rehearsed) with { StepId = "tell", Request = Bytes("{\"method\":\"POST\",\"url\":\"https://slack.com/x\",\"headers\":[],\"body\":\"{}\"}") },
            Attempt(2, AttemptState.Started) with { EndedAt = null },
        ],
        """
        run_1  live  Waiting  2 attempts  due 2026-11-21 14:02:50Z
          When SPOTIO sends lead.added, it adds a row.
          tell  google-sheets.append-row on sheets
            rehearsed: nothing was sent
            attempt 1  2026-11-21 14:02:10Z  Rehearsed after 1 s
              POST https://slack.com/x
              {}
          add  google-sheets.append-row on sheets
            not known: the hub ended before it had the outcome of the attempt at 2026-11-21 14:02:10Z; goes on at 2026-11-21 14:02:50Z
            attempt 2  2026-11-21 14:02:10Z  Started, no outcome yet
        """);

    [Fact]
    public void The_same_is_there_for_programs()
    {
        var detail = AdminViews.Detail(Run(RunState.Asking), "It posts.", [Attempt(1, AttemptState.Unconfirmed) with { Kind = "Unconfirmed", Code = "no_answer" }]);

        var step = JsonSerializer.SerializeToElement(detail, AdminClient.Readable).GetProperty("steps")[0];

        Assert.Equal(("add", "NotKnown"), (step.GetProperty("step").GetString(), step.GetProperty("fact").GetString()));
    }

    private static void AssertShown(RunRow run, IReadOnlyList<AttemptRow> attempts, string expected)
    {
        using var page = new StringWriter { NewLine = "\n" };
        new Printer(page).Run(AdminViews.Detail(run with { Attempts = attempts.Count }, Told, attempts));
        Assert.Equal(expected.ReplaceLineEndings("\n") + "\n", page.ToString());
    }

    private const string Told = "When SPOTIO sends lead.added, it adds a row.";

    private static RunRow Run(RunState state) => new(
        "run_1", "evt_1", "live", "hash", 0, state, false, 0, 0, 1, 0, false, 1, Start, null, null, null, default, default, null, string.Empty);

    private static AttemptRow Attempt(int number, AttemptState state, int after = 0) => new(
        "run_1", number, "add", "google-sheets.append-row", "sheets", "v1", "key", false, state, Start.AddSeconds(after), Start.AddSeconds(after + 30), Start.AddSeconds(after + 1),
        string.Empty, string.Empty, string.Empty, Bytes("{}"), default, default);

    private static byte[] Bytes(string json) => Encoding.UTF8.GetBytes(json);
}
