using ConnectorHub.Gateway.Admin;
using ConnectorHub.Gateway.Commands;
using ConnectorHub.Gateway.Doctor;
using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Store;
using ConnectorHub.Scripting;

namespace ConnectorHub.Tests.Gateway.Doctor;

public class ExaminationTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 14, 0, 0, TimeSpan.Zero);
    private static readonly OtherAddresses Nobody = new(new Dictionary<HookNoteKind, long>(), null);

    private static readonly string[] Layers = ["limits", "landlock", "seccomp"];

    private static readonly HookSummary Well = new(
        "spir-main", "https://hub.example.org/hooks/spir-main", [new HookRecipe("booked", "When Spir sends booked, it posts a message.")], 12, 1, new Sighting("evt_1", Now), new Sighting("evt_2", Now), 0, 0,
        new Dictionary<HookNoteKind, long>(), null, null, null, null);

    [Fact]
    public void A_hub_that_is_well_gets_one_good_line_for_each_part_and_exit_code_0()
    {
        var diagnoses = Examination.Of(Chart());

        Assert.Equal(["settings", "store", "runs", "pauses", "recipes", "scripts", "secrets", "connections", "hooks"], diagnoses.Select(one => one.Part));
        Assert.All(diagnoses, one => Assert.Equal(Urgency.Ok, one.Urgency));
        Assert.Equal(0, DoctorCommand.Report(new DoctorReport(true, diagnoses), json: false, TextWriter.Null));
    }

    [Fact]
    public void What_is_lost_or_stands_still_is_to_be_fixed_and_the_exit_code_is_1()
    {
        var states = new Dictionary<string, long> { ["DeadLettered"] = 2, ["Asking"] = 1, ["Succeeded"] = 9 };

        AssertFix(Chart() with { Status = Status(canCommit: false) }, "cannot commit");
        AssertFix(Chart() with { Status = Status(states) }, "2 runs wait for a person", "1 run asks");
        AssertFix(Chart() with { FreeBytes = 5 * 1024 * 1024 }, "5 MB left");
        AssertFix(Chart() with { Late = TimeSpan.FromMinutes(16) }, "has waited 16 minutes too long");
        AssertFix(Chart() with { Recipes = [Recipe("broken; its last good version is live")] }, "a.yaml is broken; its last good version is live");
        AssertFix(Chart() with { Connections = [Slack() with { BlockedBy = "invalid_auth: Slack no longer accepts the token." }] }, "connections release slack-acme");
        AssertFix(Chart() with { Connections = [Slack() with { Problem = "secret BotToken: environment variable X is not set" }] }, "cannot be used");
    }

    [Fact]
    public void What_is_at_stake_at_a_platform_is_said_with_the_reason_of_the_last_refusal()
    {
        var streak = new Streak(Now, Now, 3, 2, HookNoteKind.WrongProof, "No listed signature matches a signing secret.");
        var failing = Well with { Streak = streak, AtStake = new Stake(StakeLevel.WillDisable, "Livestorm disables this webhook at 14:14:05.") };

        AssertFix(Chart(failing), "spir-main: Livestorm disables this webhook at 14:14:05. Last refused because: No listed signature matches a signing secret.");
        AssertFix(Chart(Well with { Lost = new Stake(StakeLevel.GaveUp, "Spir gave up at 14:03:40 on up to 3 events.") }), "Spir gave up");
    }

    [Fact]
    public void Scripts_are_said_to_be_confined_and_by_what()
    {
        Assert.Contains(new Diagnosis(Urgency.Ok, "scripts", "none has run yet"), Examination.Of(Chart()));
        Assert.Contains(new Diagnosis(Urgency.Ok, "scripts", "2 hosts, confined by limits, landlock and seccomp"), Examination.Of(Scripts(null)));
        AssertLook(
            Scripts(null, ("landlock", "this kernel has none (Linux 5.13 and later have it)")),
            "2 hosts, confined by limits and seccomp. No landlock (this kernel has none (Linux 5.13 and later have it)): "
            + "a script that broke out of its engine could read the files of this program's user.");
        AssertLook(
            Scripts(null, ("limits", "only Linux has it"), ("landlock", "only Linux has it"), ("seccomp", "only Linux has it")),
            "2 hosts, not confined by the system. No limits (only Linux has it): ");
    }

    [Fact]
    public void Scripts_that_cannot_run_are_to_be_fixed()
    {
        AssertFix(Scripts("No script host could be started: 'x' does not exist."), "'x' does not exist. Runs that need a script wait.");
        var resting = Scripts(null);
        AssertFix(
            resting with { Status = resting.Status with { Scripts = resting.Status.Scripts! with { Resting = [new RestingRecipe("a", "a.yaml", Now, "a.yaml: its scripts rest.")] } } },
            "a.yaml: its scripts rest.");
    }

    [Fact]
    public void What_may_be_meant_so_is_only_worth_a_look()
    {
        AssertLook(Chart(Well with { Events = 0, Tests = 0, First = null, Last = null }), "spir-main: booked waits for it, and no event has ever arrived.");
        AssertLook(Chart(Well with { Tests = 12 }), "every event so far was marked as a test");
        AssertLook(Chart(Well with { OtherBodies = 1 }), "repeated an id with another body 1 time;");
        AssertLook(Chart() with { Connections = [Slack() with { BaseUrl = "http://127.0.0.1:9" }] }, "goes to http://127.0.0.1:9 and not to the platform's own address");
        AssertLook(Chart() with { Connections = [Slack() with { Mode = "Rehearse" }] }, "nothing is sent");
        AssertLook(Chart() with { LogBytes = 600L * 1024 * 1024 }, "has grown to 600 MB");
        AssertLook(Chart() with { Recipes = [Recipe("off")] }, "mode is off");
        AssertLook(Chart() with { Recipes = [], RecipesFolder = "/etc/hub/recipes" }, "There is no recipe in '/etc/hub/recipes'");
        AssertLook(Chart() with { Findings = ["Hub:AdminListen: warning CH1013: open"] }, "CH1013");
    }

    private static void AssertFix(Chart chart, params string[] sentences) => AssertSaid(Urgency.Fix, 1, chart, sentences);

    private static void AssertLook(Chart chart, params string[] sentences) => AssertSaid(Urgency.Look, 0, chart, sentences);

    private static void AssertSaid(Urgency urgency, int exitCode, Chart chart, string[] sentences)
    {
        var diagnoses = Examination.Of(chart);
        var said = diagnoses.Where(one => one.Urgency != Urgency.Ok).ToList();
        Assert.All(said, one => Assert.Equal(urgency, one.Urgency));
        Assert.Equal(sentences.Length, said.Count);
        Assert.All(sentences, sentence => Assert.Contains(said, one => one.Sentence.Contains(sentence, StringComparison.Ordinal)));
        Assert.Equal(exitCode, DoctorCommand.Report(new DoctorReport(true, diagnoses), json: false, TextWriter.Null));
    }

    private static Chart Chart(HookSummary? hook = null) => new(
        [],
        Status(),
        [Recipe("live")],
        [Slack()],
        new HooksAnswer(
            string.Empty, null, null, null,
            [new ReceiverSummary("spir-main", "spir", "Spir", [new SourceSummary("spir", false, "https://hub.example.org/hooks/spir-main", [], null, [hook ?? Well])], Nobody)],
            Nobody),
        50L * 1024 * 1024 * 1024);

    private static Chart Scripts(string? problem, params (string Name, string Why)[] missing) => Chart() with
    {
        Status = Status() with
        {
            Scripts = new ScriptsAnswer(
                2, 2, [.. Layers.Select(name => new CageLayer(name, missing.FirstOrDefault(one => one.Name == name).Why))], problem, []),
        },
    };

    private static StatusAnswer Status(Dictionary<string, long>? runs = null, bool canCommit = true) => new("1", canCommit, 12, runs ?? [], null, 0);

    private static RecipeSummary Recipe(string state) => new("a", "a.yaml", "A", state, "hash", [], "It posts a message.");

    private static ConnectionSummary Slack() => new("slack-acme", "slack", "Live", null, null, null, null);
}
