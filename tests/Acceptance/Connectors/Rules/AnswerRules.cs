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
        var (outcome, context) = await RunAsync(tested, call);
        if (outcome is not StepOutcome.Done done)
        {
            wrong($"a good answer is {Outcomes.Show(outcome)}");
            return;
        }

        if (context.Requests.Count != call.Answers.Count)
        {
            wrong($"it made {context.Requests.Count} requests, and Answers has {call.Answers.Count} answers to them");
        }

        if (!JsonElement.DeepEquals(done.Output, call.Output))
        {
            wrong($"the output is {done.Output.GetRawText()}, expected {call.Output.GetRawText()}");
        }

        CheckShape(call.Action, done.Output, wrong);
    });

    public static Task<IReadOnlyList<string>> RateLimit(ConnectorCase tested) => ForEachRequestAsync(tested, async (call, position, wrong) =>
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
            var (outcome, _) = await RunAsync(tested, call, position, answer);
            if (outcome is not StepOutcome.Failed { Kind: FailureKind.RateLimited } failed || failed.RetryAfter != expected)
            {
                wrong($"429 with Retry-After '{header}' is {Outcomes.Show(outcome)}, expected RateLimited {expected}");
            }
        }
    });

    public static Task<IReadOnlyList<string>> ServerError(ConnectorCase tested) => ForEachRequestAsync(tested, async (call, position, wrong) =>
    {
        foreach (var status in ServerErrors)
        {
            foreach (var body in new[] { Html, string.Empty, "{\"error\":" })
            {
                var (outcome, context) = await RunAsync(tested, call, position, ScriptedContext.Answer(status, body, ("Retry-After", "7")));
                // 503 may say that the request was not taken up; the others leave a write in doubt.
                var kinds = (call.Effects(context, position) > 0, status) switch
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

    public static Task<IReadOnlyList<string>> RefusedCredentials(ConnectorCase tested) => ForEachRequestAsync(tested, async (call, position, wrong) =>
    {
        var (outcome, context) = await RunAsync(tested, call, position, ScriptedContext.Answer(401, Html));
        var isGivenBack = Outcomes.Kind(outcome) == FailureKind.Transient && context.ForgottenTokens.Count > 0;
        if (Outcomes.Kind(outcome) != FailureKind.Unauthorized && !isGivenBack)
        {
            wrong($"401 is {Outcomes.Show(outcome)}, expected Unauthorized, or Transient where a kept token was given back");
        }

        (outcome, _) = await RunAsync(tested, call, position, ScriptedContext.Answer(403, Html));
        if (Outcomes.Kind(outcome) is not (FailureKind.Unauthorized or FailureKind.Rejected))
        {
            wrong($"403 is {Outcomes.Show(outcome)}, expected Unauthorized or Rejected");
        }
    });

    public static Task<IReadOnlyList<string>> CutOffAnswer(ConnectorCase tested) => ForEachRequestAsync(tested, async (call, position, wrong) =>
    {
        var good = call.Answers[position];
        var half = good with { Body = good.Body[..(good.Body.Length / 2)] };
        var empty = good with { Body = default };
        foreach (var answer in new[] { half, half with { BodyCut = true }, empty, good with { Body = Encoding.UTF8.GetBytes(Html) } })
        {
            var (outcome, context) = await RunAsync(tested, call, position, answer);
            if (outcome is StepOutcome.Done done)
            {
                CheckShape(call.Action, done.Output, wrong);
            }
            else if (Outcomes.Kind(outcome) != (call.Effects(context, position) > 0 ? FailureKind.Unconfirmed : FailureKind.Transient) && !call.IsRefused(position))
            {
                wrong($"a success with body '{Encoding.UTF8.GetString(answer.Body.Span)}' is {Outcomes.Show(outcome)}");
            }

            if (context.Requests.ElementAtOrDefault(position) is { Reads: true } && context.Requests.Skip(position + 1).Any(request => !request.Reads) && !good.Body.IsEmpty && !call.IsRefused(position))
            {
                wrong($"it writes after it could not read '{Encoding.UTF8.GetString(answer.Body.Span)}'");
            }
        }
    });

    public static Task<IReadOnlyList<string>> HostileAnswer(ConnectorCase tested) => ForEachRequestAsync(tested, async (call, position, wrong) =>
    {
        foreach (var body in Hostile.Json)
        {
            foreach (var status in HostileStatuses)
            {
                var answer = new SendReply.Answered(status, [], body, BodyCut: false);
                var (outcome, _) = await RunAsync(tested, call, position, answer);
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

    public static Task<IReadOnlyList<string>> LostAnswer(ConnectorCase tested) => ForEachRequestAsync(tested, async (call, position, wrong) =>
    {
        var (outcome, context) = await RunAsync(tested, call, position, new SendReply.Lost("timeout", "No answer within 30 s."));
        var expected = call.Effects(context, position) > 0 ? FailureKind.Unconfirmed : FailureKind.Transient;
        if (Outcomes.Kind(outcome) != expected)
        {
            wrong($"a lost answer is {Outcomes.Show(outcome)}, expected {expected}");
        }
    });

    public static Task<IReadOnlyList<string>> NeverSent(ConnectorCase tested) => ForEachRequestAsync(tested, async (call, position, wrong) =>
    {
        var (outcome, context) = await RunAsync(tested, call, position, new SendReply.NeverSent("connect_failed", "The connection was refused."));
        var earlier = call.Effects(context, position) - (context.Requests.ElementAtOrDefault(position) is { Reads: false } ? 1 : 0);
        var expected = earlier > 0 ? FailureKind.Unconfirmed : FailureKind.Transient;
        if (Outcomes.Kind(outcome) != expected)
        {
            wrong($"a request that never left is {Outcomes.Show(outcome)}, expected {expected}");
        }

        (outcome, _) = await RunAsync(tested, call, position, new SendReply.NeverSent("address_forbidden", "A private address.", Forbidden: true));
        if (Outcomes.Kind(outcome) != FailureKind.Rejected)
        {
            wrong($"a forbidden request is {Outcomes.Show(outcome)}, expected Rejected");
        }
    });

    /// <summary>What follows a known effect and changes nothing more (the format of a cell) can spoil nothing: the step is done.</summary>
    public static Task<IReadOnlyList<string>> Aftermath(ConnectorCase tested) => ForEachCallAsync(tested, async (call, wrong) =>
    {
        var (_, good) = await RunAsync(tested, call);
        for (var position = 0; position < call.Answers.Count; position++)
        {
            foreach (var reply in IsAftermath(good, position) ? RequestRules.Replies(call, position) : [])
            {
                var (outcome, _) = await RunAsync(tested, call, position, reply);
                if (outcome is not StepOutcome.Done done)
                {
                    wrong($"request {position + 1} comes after the effect, and its reply makes it {Outcomes.Show(outcome)}");
                    continue;
                }

                CheckShape(call.Action, done.Output, wrong);
            }
        }
    });

    private static bool IsAftermath(ScriptedContext good, int position) =>
        good.Requests.ElementAtOrDefault(position) is { Harmless: true } && good.Requests.Take(position).Any(request => request is { Reads: false, Harmless: false });

    public static Task<IReadOnlyList<string>> Rehearsal(ConnectorCase tested) => ForEachCallAsync(tested, async (call, wrong) =>
    {
        var recorded = new RecordedRequest("POST", "https://example.com/", [], "recorded");
        foreach (var position in await WithheldAsync(tested, call))
        {
            var (outcome, context) = await RunAsync(tested, call, position, new SendReply.Withheld(recorded));
            if (outcome is not StepOutcome.Rehearsed rehearsed || rehearsed.Request != recorded)
            {
                wrong($"a withheld request is {Outcomes.Show(outcome)}, expected Rehearsed with the request");
                continue;
            }

            if (context.Requests.Count > position + 1)
            {
                wrong($"it goes on after a withheld request: {string.Join(", ", context.Requests.Skip(position + 1).Select(Outcomes.Visible))}");
            }

            CheckShape(call.Action, rehearsed.Output, wrong);
        }
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

    /// <summary>Each request of each call in turn: the one whose answer a rule replaces. Those before it get their good answers.</summary>
    internal static Task<IReadOnlyList<string>> ForEachRequestAsync(ConnectorCase tested, Func<ActionCase, int, Action<string>, Task> check) =>
        ForEachCallAsync(tested, async (call, wrong) =>
        {
            var (_, good) = await RunAsync(tested, call);
            for (var position = 0; position < call.Answers.Count; position++)
            {
                if (IsAftermath(good, position))
                {
                    continue;
                }

                var number = position + 1;
                await check(call, position, text => wrong(call.Answers.Count == 1 ? text : $"request {number}: {text}"));
            }
        });

    internal static async Task<(StepOutcome Outcome, ScriptedContext Context)> RunAsync(ConnectorCase tested, ActionCase call)
    {
        var context = tested.Attempt(call.GoodReplies(), _ => call.Mail ?? throw new InvalidOperationException("Answers has no 'mail' for this call."));
        return (await call.Action.ExecuteAsync(call.Input, context, CancellationToken.None), context);
    }

    internal static async Task<(StepOutcome Outcome, ScriptedContext Context)> RunAsync(ConnectorCase tested, ActionCase call, int position, SendReply reply)
    {
        var context = tested.Attempt(call.Replies(position, _ => reply));
        return (await call.Action.ExecuteAsync(call.Input, context, CancellationToken.None), context);
    }

    // A rehearsal lets through what reads, so the first write is what it withholds; where nothing writes, the hub may still withhold any request.
    private static async Task<IEnumerable<int>> WithheldAsync(ConnectorCase tested, ActionCase call)
    {
        var (_, context) = await RunAsync(tested, call);
        var write = context.Requests.ToList().FindIndex(request => !request.Reads);
        return write >= 0 ? [write] : Enumerable.Range(0, call.Answers.Count);
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
