using ConnectorHub.Abstractions;
using ConnectorHub.Tests.Acceptance.Connectors.Rules;

namespace ConnectorHub.Tests.Acceptance.Connectors.Careless;

/// <summary>The suite itself: each rule sees the fault it was written for, and a careful connector keeps them all.</summary>
public sealed class SuiteTests
{
    private static readonly Dictionary<string, (string Rule, Func<CarelessConnector> Connector)> Faults = new()
    {
        ["a misspelled name"] = ("identity", () => new CarelessConnector(new CarelessAction(), null) { Manifest = Manifest("Care less", "careless.example") }),
        ["a host with its scheme"] = ("identity", () => new CarelessConnector(new CarelessAction(), null) { Manifest = Manifest("careless", "https://careless.example") }),
        ["misnamed fields"] = ("shapes", () => new CarelessConnector(new GullibleAction(), null)),
        ["an output that its shape lacks"] = ("good-answer", () => new CarelessConnector(new GullibleAction(), null)),
        ["a limit taken for a failure"] = ("rate-limit", () => Judging(429, FailureKind.Transient)),
        ["a server's error taken for nothing done"] = ("server-error", () => Judging(502, FailureKind.Transient)),
        ["a refused key taken for bad input"] = ("refused-credentials", () => Judging(401, FailureKind.Rejected)),
        ["an unreadable success taken for bad input"] = ("cut-off-answer", () => Replying(_ => StepOutcome.Fail(FailureKind.Rejected, "odd", "Odd."))),
        ["an unreadable answer taken for a refused key"] = ("hostile-answer", () => Replying(_ => StepOutcome.Fail(FailureKind.Unauthorized, "odd", "Odd."))),
        ["a lost answer taken for nothing done"] = ("lost-answer", () => Sending((reply, outcome) => reply is SendReply.Lost ? Failed(FailureKind.Transient) : outcome)),
        ["a request that never left taken for an effect in doubt"] = ("never-sent", () => Sending((reply, outcome) => reply is SendReply.NeverSent ? Failed(FailureKind.Unconfirmed) : outcome)),
        ["a rehearsal that says done"] = ("rehearsal", () => Sending((reply, outcome) => reply is SendReply.Withheld ? Failed(FailureKind.Rejected) : outcome)),
        ["an action that takes anything"] = ("bad-input", () => new CarelessConnector(new GullibleAction(), null)),
        ["a retry of its own"] = ("one-write", () => Running(async (input, context, token) =>
        {
            await context.SendAsync(CarelessAction.Request(input, context), token);
            return await new CarelessAction().ExecuteAsync(OutputJson.Of(input), context, token);
        })),
        ["a reader that writes"] = ("one-write", () => new CarelessConnector(new CarelessAction(repeat: Repeat.Reads), null)),
        ["another host"] = ("addresses", () => Calling("https://elsewhere.example/say")),
        ["http"] = ("addresses", () => Calling("http://careless.example/say")),
        ["a relative address without a base"] = ("addresses", () => Calling("say")),
        ["a key that is not sent"] = ("effect-key", () => new CarelessConnector(new CarelessAction(repeat: Repeat.Keyed), null)),
        ["a counter in the request"] = ("effect-key", Counting),
        ["a kept token"] = ("own-credentials", Remembering),
        ["a call without the key"] = ("missing-secret", () => Replying(answer => answer.Status == 200 ? Failed(FailureKind.Rejected) : Failed(FailureKind.Transient))),
        ["a key in a plain header"] = ("secrets-stay-hidden", () => Running((input, context, token) => context.CallAsync(
            CarelessAction.Request(input, context) with { Headers = [new("X-Key", context.FindSecret("ApiKey")?.Reveal() ?? "none")] },
            answer => CarelessAction.Judge(answer, context),
            () => OutputJson.Of(new CarelessOutput("sample")),
            token))),
        ["a key in a message"] = ("secrets-stay-hidden", () => Running((_, context, _) =>
            Task.FromResult(StepOutcome.Fail(FailureKind.Rejected, "odd", $"The key {context.FindSecret("ApiKey")?.Reveal()} was refused.")))),
        ["an echo that is passed on"] = ("secrets-stay-hidden", () => Running(async (input, context, token) =>
            await context.SendAsync(CarelessAction.Request(input, context), token) is SendReply.Answered answer
                ? StepOutcome.Fail(FailureKind.Rejected, "odd", CarelessAction.TextOf(answer))
                : Failed(FailureKind.Transient))),
        ["an absence nobody looked for"] = ("probe", () => new CarelessConnector(new CarelessAction(probe: new Probe.Absent()), null)),
        ["a check that writes"] = ("check", () => new CarelessConnector(new CarelessAction(), null, async context =>
        {
            await context.SendAsync(CarelessAction.Request(new CarelessInput("ping"), context), CancellationToken.None);
            return Failed(FailureKind.Transient);
        })),
        ["a read whose limit is overlooked"] = ("rate-limit", () => Looking((reply, usual) => reply is SendReply.Answered { Status: 429 } ? null : usual)),
        ["a read whose error leaves an effect in doubt"] = ("server-error", () => Looking((reply, usual) => reply is SendReply.Answered { Status: 502 } ? Failed(FailureKind.Unconfirmed) : usual)),
        ["a lost read taken for an effect in doubt"] = ("lost-answer", () => Looking((reply, usual) => reply is SendReply.Lost ? Failed(FailureKind.Unconfirmed) : usual)),
        ["a write after a read that could not be read"] = ("cut-off-answer", () => Looking((reply, usual) => reply is SendReply.Answered { Status: 200 } ? null : usual)),
        ["a write after a read that never left"] = ("never-sent", () => Looking((reply, usual) => reply is SendReply.NeverSent ? null : usual)),
        ["a read whose refused key is overlooked"] = ("refused-credentials", () => Looking((reply, usual) => reply is SendReply.Answered { Status: 401 } ? null : usual)),
        ["a kept token that is refused and kept on"] = ("refused-credentials", () => Holding(gives: false)),
        ["a second write after a failed one"] = ("one-write", () => Updating(_ => true)),
        ["an answer that nobody asks for"] = ("good-answer", () => new CarelessConnector(new CarelessAction(), null) { Answers = [TwoRequests.Seen, TwoRequests.Said] }),
        ["a rehearsal that goes on"] = ("rehearsal", () => Running(async (input, context, token) =>
        {
            var outcome = await new CarelessAction().ExecuteAsync(OutputJson.Of(input), context, token);
            await context.SendAsync(TwoRequests.Look(context), token);
            return outcome;
        })),
        ["a step that fails after its effect"] = ("aftermath", () => Showing(minds: true)),
        ["a call for each row of a batch"] = ("batch", () => new CarelessConnector(new CarelessBatch(splits: true), null)),
        ["a busy mail server taken for a refusal"] = ("mail-answers", () => CarelessMail.Connector(CarelessMail.Flaw.TakesBusyForNo)),
        ["a second mail of its own"] = ("one-mail", () => CarelessMail.Connector(CarelessMail.Flaw.SendsTwice)),
        ["a new Message-ID for each attempt"] = ("same-mail", () => CarelessMail.Connector(CarelessMail.Flaw.ChangesItsName)),
        ["a key in a mail"] = ("mail-credentials", () => CarelessMail.Connector(CarelessMail.Flaw.TellsTheKey)),
        ["a check that sends a mail"] = ("mail-check", () => CarelessMail.Connector(CarelessMail.Flaw.ChecksWithALetter)),
        ["a missing page"] = ("readme", () => new CarelessConnector(new CarelessAction(), null)),
        ["an open path that its sample lacks"] = ("events", () => Reading(CarelessSource.Flaw.OpensNothing)),
        ["a setup that does not say where the address goes"] = ("setup", () => Reading(CarelessSource.Flaw.SetsNothingUp)),
        ["a sample that cannot be sent twice"] = ("renewal", () => Reading(CarelessSource.Flaw.RenewsNothing)),
        ["a source that takes a label for a proof"] = ("labels", () => Reading(CarelessSource.Flaw.TrustsLabels)),
        ["a source that does not know its own variant"] = ("genuine-delivery", () => Reading(CarelessSource.Flaw.ForgetsVariants)),
        ["a source that changes what was sent"] = ("genuine-delivery", () => Reading(CarelessSource.Flaw.ChangesData)),
        ["a source that minds the case of a header's name"] = ("genuine-delivery", () => Reading(CarelessSource.Flaw.MindsCase)),
        ["a source that forgets the older secret"] = ("genuine-delivery", () => Reading(CarelessSource.Flaw.ForgetsRotation)),
        ["a source with a memory"] = ("genuine-delivery", () => Reading(CarelessSource.Flaw.CountsDeliveries)),
        ["a source that takes anything"] = ("forged-delivery", () => Reading(CarelessSource.Flaw.TakesAnything)),
        ["a source that ignores case"] = ("forged-delivery", () => Reading(CarelessSource.Flaw.IgnoresCase)),
        ["a source that parses before it verifies"] = ("forged-delivery", () => Reading(CarelessSource.Flaw.ParsesFirst)),
        ["a source that needs no proof"] = ("unproven-delivery", () => Reading(CarelessSource.Flaw.TakesAnything)),
        ["a source that quotes a stranger"] = ("quiet-refusal", () => Reading(CarelessSource.Flaw.Quotes)),
        ["a source that takes its time"] = ("quick-refusal", () => Reading(CarelessSource.Flaw.Dawdles)),
        ["a source that answers strangers"] = ("handshake", () => Reading(CarelessSource.Flaw.AnswersStrangers)),
        ["a source that tells the secret"] = ("quiet-refusal", () => Reading(CarelessSource.Flaw.Tells)),
        ["a source that takes nonsense"] = ("signed-nonsense", () => Reading(CarelessSource.Flaw.TakesNonsense)),
    };

    public static TheoryData<string> FaultNames() => [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(FaultNames))]
    public async Task A_rule_sees_the_fault_it_was_written_for(string fault)
    {
        var (rule, connector) = Faults[fault];

        Assert.NotEmpty(await AllRules.ByName[rule](connector().Case()));
    }

    [Fact]
    public void Every_rule_has_a_fault_that_it_sees() =>
        Assert.Empty(AllRules.ByName.Keys.Except(Faults.Values.Select(fault => fault.Rule)).Except(["hostile-body"]));

    [Fact]
    public async Task A_careful_connector_keeps_every_rule()
    {
        var careful = new CarelessConnector(new CarelessAction(), new CarelessSource(CarelessSource.Flaw.None));

        Assert.Empty(await Violations(careful));
    }

    public static TheoryData<string> Careful() => ["look", "update", "token", "show", "batch", "mail"];

    [Theory]
    [MemberData(nameof(Careful))]
    public async Task A_careful_connector_may_need_several_requests(string kind)
    {
        var careful = kind switch
        {
            "look" => Looking((_, usual) => usual),
            "update" => Updating(answer => answer.Status == 404),
            "show" => Showing(minds: false),
            "batch" => new CarelessConnector(new CarelessBatch(splits: false), null),
            "mail" => CarelessMail.Connector(CarelessMail.Flaw.None),
            _ => Holding(gives: true),
        };

        Assert.Empty(await Violations(careful));
    }

    private static async Task<List<string>> Violations(CarelessConnector careful)
    {
        var found = new List<string>();
        foreach (var (name, rule) in AllRules.ByName.Where(rule => rule.Key != "readme"))
        {
            found.AddRange((await rule(careful.Case())).Select(violation => $"{name}: {violation}"));
        }

        return found;
    }

    [Fact]
    public async Task An_exception_of_a_source_is_not_swallowed() => await Assert.ThrowsAsync<InvalidOperationException>(
        () => AllRules.ByName["hostile-body"](Reading(CarelessSource.Flaw.Throws).Case()));

    private static StepOutcome Failed(FailureKind kind) => StepOutcome.Fail(kind, "odd", "Odd.");

    private static CarelessConnector Running(Attempt attempt) => new(new CarelessAction(attempt), null);

    private static CarelessConnector Looking(Func<SendReply, StepOutcome?, StepOutcome?> change) =>
        new(new CarelessAction(TwoRequests.LookFirst(change)), null) { Answers = [TwoRequests.Seen, TwoRequests.Said] };

    private static CarelessConnector Updating(Func<SendReply.Answered, bool> isAbsent) =>
        new(new CarelessAction(TwoRequests.UpdateFirst(isAbsent)), null) { Answers = [ScriptedContext.Answer(404), TwoRequests.Said] };

    private static CarelessConnector Showing(bool minds) =>
        new(new CarelessAction(TwoRequests.ThenShow(minds)), null) { Answers = [TwoRequests.Said, TwoRequests.Seen] };

    private static CarelessConnector Holding(bool gives) => new(new CarelessAction(TwoRequests.WithToken(gives)), null);

    private static CarelessConnector Reading(CarelessSource.Flaw flaw) => new(null, new CarelessSource(flaw));

    private static CarelessConnector Calling(string url) => Running((input, context, token) => context.CallAsync(
        CarelessAction.Request(input, context, url),
        answer => CarelessAction.Judge(answer, context),
        () => OutputJson.Of(new CarelessOutput("sample")),
        token));

    private static CarelessConnector Replying(Func<SendReply.Answered, StepOutcome> judge) => Running((input, context, token) =>
        context.CallAsync(CarelessAction.Request(input, context), judge, () => OutputJson.Of(new CarelessOutput("sample")), token));

    private static CarelessConnector Judging(int status, FailureKind kind) => Running((input, context, token) => context.CallAsync(
        CarelessAction.Request(input, context),
        answer => answer.Status == status ? Failed(kind) : CarelessAction.Judge(answer, context),
        () => OutputJson.Of(new CarelessOutput("sample")),
        token));

    private static CarelessConnector Sending(Func<SendReply, StepOutcome, StepOutcome> change) => Running(async (input, context, token) =>
    {
        var reply = await context.SendAsync(CarelessAction.Request(input, context), token);
        var usual = reply is SendReply.Answered answer ? CarelessAction.Judge(answer, context) : Failed(FailureKind.Rejected);
        return change(reply, usual);
    });

    private static CarelessConnector Counting()
    {
        var count = 0;
        return Running((_, context, token) => context.CallAsync(
            CarelessAction.Request(new CarelessInput($"say {++count}"), context),
            answer => CarelessAction.Judge(answer, context),
            () => OutputJson.Of(new CarelessOutput("sample")),
            token));
    }

    private static CarelessConnector Remembering()
    {
        Secret? kept = null;
        return Running((input, context, token) =>
        {
            kept ??= context.FindSecret("ApiKey")!;
            var request = CarelessAction.Request(input, context) with { SecretHeaders = [new SecretHeader("Authorization", "Bearer ", kept)] };
            return context.CallAsync(request, answer => CarelessAction.Judge(answer, context), () => OutputJson.Of(new CarelessOutput("sample")), token);
        });
    }

    private static ConnectorManifest Manifest(string name, string host) => new(
        name, "Careless", "A connector that tests break on purpose.", null, [host], [], [], new Dictionary<string, string>());
}
