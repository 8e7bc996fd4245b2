using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Acceptance.Connectors.Rules;

/// <summary>Looking is not doing.</summary>
internal static class ProbeRules
{
    public static Task<IReadOnlyList<string>> Probe(ConnectorCase tested) => AnswerRules.ForEachRequestAsync(tested, async (call, position, wrong) =>
    {
        var (_, sent) = await AnswerRules.RunAsync(tested, call);
        foreach (var reply in Unclear())
        {
            var context = tested.Attempt(call.Replies(position, _ => reply));
            var probe = await call.Action.FindAsync(call.Input, context, CancellationToken.None);
            if (context.Writes > 0)
            {
                wrong("looking for an effect writes");
            }

            // Absent lets the hub send again: without an answer that is a guess. Looking may take fewer requests than doing.
            var isUnclear = position == 0 || context.Requests.Count > position;
            if (sent.Writes > 0 && isUnclear && probe is not Abstractions.Probe.Unknown)
            {
                wrong($"with {reply} the effect is {Outcomes.Show(probe)}, expected Unknown");
            }

            if (tested.Canaries.Any(canary => Outcomes.Show(probe).Contains(canary, StringComparison.Ordinal)))
            {
                wrong($"a secret shows in {Outcomes.Show(probe)}");
            }
        }
    });

    public static async Task<IReadOnlyList<string>> Check(ConnectorCase tested)
    {
        var wrong = new List<string>();
        var good = tested.Check ?? ScriptedContext.Answer(500);
        foreach (var (reply, expected) in new (SendReply, Func<StepOutcome, bool>)[]
        {
            (good, outcome => outcome is StepOutcome.Done),
            (ScriptedContext.Answer(401, "no"), outcome => Outcomes.Kind(outcome) == FailureKind.Unauthorized),
            (new SendReply.NeverSent("connect_failed", "Refused."), outcome => Outcomes.Kind(outcome) == FailureKind.Transient),
            (new SendReply.Lost("timeout", "No answer."), outcome => Outcomes.Kind(outcome) == FailureKind.Transient),
        })
        {
            var context = tested.Attempt(_ => reply);
            var outcome = await tested.Connector.CheckAsync(context, CancellationToken.None);
            if (context.Writes > 0)
            {
                wrong.Add("the check writes");
            }

            // Where there is nothing to ask, the check is done without a request.
            var isGivenBack = reply is SendReply.Answered { Status: 401 } && Outcomes.Kind(outcome) == FailureKind.Transient && context.ForgottenTokens.Count > 0;
            if (context.Requests.Count == 0 ? outcome is not StepOutcome.Done : !expected(outcome) && !isGivenBack)
            {
                wrong.Add($"with {reply} the check is {Outcomes.Show(outcome)}");
            }

            if (tested.Canaries.Any(canary => Outcomes.Show(outcome).Contains(canary, StringComparison.Ordinal)))
            {
                wrong.Add($"a secret shows in {Outcomes.Show(outcome)}");
            }
        }

        return wrong;
    }

    private static IEnumerable<SendReply> Unclear() =>
    [
        ScriptedContext.Answer(200),
        ScriptedContext.Answer(200, "<html>"),
        ScriptedContext.Answer(401, "no"),
        ScriptedContext.Answer(429, string.Empty, ("Retry-After", "1")),
        ScriptedContext.Answer(500, "<html>"),
        new SendReply.Lost("timeout", "No answer."),
        new SendReply.NeverSent("connect_failed", "Refused."),
    ];
}
