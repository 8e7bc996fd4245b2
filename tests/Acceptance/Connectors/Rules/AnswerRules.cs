using System.Text;
using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Acceptance.Connectors.Rules;

/// <summary>What each kind of answer must come to.</summary>
internal static class AnswerRules
{
    private const string Html = "<html><head><title>Bad gateway</title></head><body><center>nginx</center></body></html>";

    private static readonly int[] ServerErrors = [500, 502, 503, 504];

    private static readonly int[] HostileStatuses = [200, 400, 500];

    public static Task<IReadOnlyList<string>> GoodAnswer(ConnectorCase tested) => ForEachCallAsync(tested, async (call, wrong) =>
    {
        var (outcome, _) = await RunAsync(tested, call, call.Answer);
        if (outcome is not StepOutcome.Done done)
        {
            wrong($"a good answer is {Outcomes.Show(outcome)}");
            return;
        }

        if (!JsonElement.DeepEquals(done.Output, call.Output))
        {
            wrong($"the output is {done.Output.GetRawText()}, expected {call.Output.GetRawText()}");
        }

        CheckShape(call.Action, done.Output, wrong);
    });

    public static Task<IReadOnlyList<string>> RateLimit(ConnectorCase tested) => ForEachCallAsync(tested, async (call, wrong) =>
    {
        var date = ScriptedContext.Start.AddSeconds(90).ToString("R");
        foreach (var (header, expected) in new (string?, TimeSpan?)[]
        {
            ("17", TimeSpan.FromSeconds(17)),
            ("0", TimeSpan.Zero),
            (date, TimeSpan.FromSeconds(90)),
            ("31536000", TimeSpan.FromDays(365)),
            ("99999999999999999999", TimeSpan.FromSeconds(999_999_999)),
            ("soon", null),
            (null, null),
        })
        {
            var answer = header is null ? ScriptedContext.Answer(429, Html) : ScriptedContext.Answer(429, Html, ("retry-after", header));
            var (outcome, _) = await RunAsync(tested, call, answer);
            if (outcome is not StepOutcome.Failed { Kind: FailureKind.RateLimited } failed || failed.RetryAfter != expected)
            {
                wrong($"429 with Retry-After '{header}' is {Outcomes.Show(outcome)}, expected RateLimited {expected}");
            }
        }
    });

    public static Task<IReadOnlyList<string>> ServerError(ConnectorCase tested) => ForEachCallAsync(tested, async (call, wrong) =>
    {
        foreach (var status in ServerErrors)
        {
            foreach (var body in new[] { Html, string.Empty, "{\"error\":" })
            {
                var (outcome, context) = await RunAsync(tested, call, ScriptedContext.Answer(status, body, ("Retry-After", "7")));
                // 503 may say that the request was not taken up; the others leave a write in doubt.
                var kinds = (context.Writes > 0, status) switch
                {
                    (false, _) => new[] { FailureKind.Transient },
                    (_, 503) => [FailureKind.Transient, FailureKind.Unconfirmed],
                    _ => [FailureKind.Unconfirmed],
                };
                if (outcome is not StepOutcome.Failed failed || !kinds.Contains(failed.Kind) || failed.RetryAfter != TimeSpan.FromSeconds(7))
                {
                    wrong($"{status} with '{body}' is {Outcomes.Show(outcome)}, expected {string.Join(" or ", kinds)} and 7 s");
                }
            }
        }
    });

    public static Task<IReadOnlyList<string>> RefusedCredentials(ConnectorCase tested) => ForEachCallAsync(tested, async (call, wrong) =>
    {
        var (outcome, _) = await RunAsync(tested, call, ScriptedContext.Answer(401, Html));
        if (Outcomes.Kind(outcome) != FailureKind.Unauthorized)
        {
            wrong($"401 is {Outcomes.Show(outcome)}, expected Unauthorized");
        }

        (outcome, _) = await RunAsync(tested, call, ScriptedContext.Answer(403, Html));
        if (Outcomes.Kind(outcome) is not (FailureKind.Unauthorized or FailureKind.Rejected))
        {
            wrong($"403 is {Outcomes.Show(outcome)}, expected Unauthorized or Rejected");
        }
    });

    public static Task<IReadOnlyList<string>> CutOffAnswer(ConnectorCase tested) => ForEachCallAsync(tested, async (call, wrong) =>
    {
        var half = call.Answer with { Body = call.Answer.Body[..(call.Answer.Body.Length / 2)] };
        var empty = call.Answer with { Body = default };
        foreach (var answer in new[] { half, half with { BodyCut = true }, empty, call.Answer with { Body = Encoding.UTF8.GetBytes(Html) } })
        {
            var (outcome, context) = await RunAsync(tested, call, answer);
            if (outcome is StepOutcome.Done done)
            {
                CheckShape(call.Action, done.Output, wrong);
            }
            else if (Outcomes.Kind(outcome) != (context.Writes > 0 ? FailureKind.Unconfirmed : FailureKind.Transient))
            {
                wrong($"a success with body '{Encoding.UTF8.GetString(answer.Body.Span)}' is {Outcomes.Show(outcome)}");
            }
        }
    });

    public static Task<IReadOnlyList<string>> HostileAnswer(ConnectorCase tested) => ForEachCallAsync(tested, async (call, wrong) =>
    {
        foreach (var body in Hostile.Json)
        {
            foreach (var status in HostileStatuses)
            {
                var answer = new SendReply.Answered(status, [], body, BodyCut: false);
                var (outcome, _) = await RunAsync(tested, call, answer);
                if (Outcomes.Kind(outcome) is FailureKind.Unauthorized or FailureKind.RateLimited)
                {
                    wrong($"{status} with {body.Length} bytes of hostile JSON is {Outcomes.Show(outcome)}");
                }

                if (outcome is StepOutcome.Done done && done.Output.GetRawText().Length > 2 * 1024 * 1024)
                {
                    wrong($"{body.Length} bytes of hostile JSON become an output of {done.Output.GetRawText().Length} characters");
                }
            }
        }
    });

    public static Task<IReadOnlyList<string>> LostAnswer(ConnectorCase tested) => ForEachCallAsync(tested, async (call, wrong) =>
    {
        var (outcome, context) = await RunAsync(tested, call, new SendReply.Lost("timeout", "No answer within 30 s."));
        var expected = context.Writes > 0 ? FailureKind.Unconfirmed : FailureKind.Transient;
        if (Outcomes.Kind(outcome) != expected)
        {
            wrong($"a lost answer is {Outcomes.Show(outcome)}, expected {expected}");
        }
    });

    public static Task<IReadOnlyList<string>> NeverSent(ConnectorCase tested) => ForEachCallAsync(tested, async (call, wrong) =>
    {
        var (outcome, _) = await RunAsync(tested, call, new SendReply.NeverSent("connect_failed", "The connection was refused."));
        if (Outcomes.Kind(outcome) != FailureKind.Transient)
        {
            wrong($"a request that never left is {Outcomes.Show(outcome)}, expected Transient");
        }

        (outcome, _) = await RunAsync(tested, call, new SendReply.NeverSent("address_forbidden", "A private address.", Forbidden: true));
        if (Outcomes.Kind(outcome) != FailureKind.Rejected)
        {
            wrong($"a forbidden request is {Outcomes.Show(outcome)}, expected Rejected");
        }
    });

    public static Task<IReadOnlyList<string>> Rehearsal(ConnectorCase tested) => ForEachCallAsync(tested, async (call, wrong) =>
    {
        var recorded = new RecordedRequest("POST", "https://example.com/", [], "recorded");
        var (outcome, _) = await RunAsync(tested, call, new SendReply.Withheld(recorded));
        if (outcome is not StepOutcome.Rehearsed rehearsed || rehearsed.Request != recorded)
        {
            wrong($"a withheld request is {Outcomes.Show(outcome)}, expected Rehearsed with the request");
            return;
        }

        CheckShape(call.Action, rehearsed.Output, wrong);
    });

    internal static async Task<IReadOnlyList<string>> ForEachCallAsync(ConnectorCase tested, Func<ActionCase, Action<string>, Task> check)
    {
        var wrong = new List<string>();
        foreach (var call in tested.Calls)
        {
            await check(call, text => wrong.Add($"{call.Action.Name} {call.Input.GetRawText()}: {text}"));
        }

        return wrong;
    }

    internal static async Task<(StepOutcome Outcome, ScriptedContext Context)> RunAsync(ConnectorCase tested, ActionCase call, SendReply reply)
    {
        var context = tested.Attempt(_ => reply);
        return (await call.Action.ExecuteAsync(call.Input, context, CancellationToken.None), context);
    }

    private static void CheckShape(IConnectorAction action, JsonElement output, Action<string> wrong)
    {
        if (output.ValueKind != JsonValueKind.Object)
        {
            wrong($"the output is {output.GetRawText()}, which is no object");
            return;
        }

        var fields = action.Shape.Outputs;
        foreach (var member in output.EnumerateObject().Where(member => fields.All(field => field.Name != member.Name)))
        {
            wrong($"the output has '{member.Name}', which its shape lacks");
        }

        foreach (var field in fields.Where(field => field.Required && !output.TryGetProperty(field.Name, out _)))
        {
            wrong($"the output lacks '{field.Name}', which its shape promises");
        }
    }
}
