using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Acceptance.Connectors.Rules;

/// <summary>What leaves the hub.</summary>
internal static class RequestRules
{
    public static Task<IReadOnlyList<string>> OneWrite(ConnectorCase tested) => AnswerRules.ForEachRequestAsync(tested, async (call, position, wrong) =>
    {
        foreach (var reply in Replies(call, position))
        {
            var (outcome, context) = await AnswerRules.RunAsync(tested, call, position, reply);
            var most = call.Action.Repeat == Repeat.Reads ? 0 : 1;
            // A second write is one where the first is known to be refused; after any other answer to it, going on is a retry.
            var writes = reply == call.Answers[position] ? call.Effects(context, call.Answers.Count) : call.Effects(context, position);
            if (writes > most)
            {
                wrong($"one attempt wrote {writes} times before {Outcomes.Show(outcome)}; at most {most}");
            }
        }
    });

    public static Task<IReadOnlyList<string>> Addresses(ConnectorCase tested) => AnswerRules.ForEachCallAsync(tested, async (call, wrong) =>
    {
        var (_, context) = await AnswerRules.RunAsync(tested, call);
        foreach (var url in context.Requests.Select(request => request.Url))
        {
            var manifest = tested.Connector.Manifest;
            if (!url.Contains("://", StringComparison.Ordinal))
            {
                if (url.StartsWith('/') || (manifest.BaseUrl is null && !manifest.Hosts.Contains("*")))
                {
                    wrong($"the address {url} has no base to be relative to");
                }
            }
            else if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme != "https" || !IsAllowed(manifest, address.Host))
            {
                wrong($"{url} is not https to a host of connector.json");
            }
        }
    });

    public static Task<IReadOnlyList<string>> EffectKey(ConnectorCase tested) => AnswerRules.ForEachCallAsync(tested, async (call, wrong) =>
    {
        var (_, first) = await AnswerRules.RunAsync(tested, call);
        var (_, second) = await AnswerRules.RunAsync(tested, call);
        var sent = string.Join("\n", first.Requests.Select(Outcomes.Visible));
        if (sent != string.Join("\n", second.Requests.Select(Outcomes.Visible)))
        {
            wrong("a second attempt of the same effect sends something else");
        }

        if (call.Action.Repeat == Repeat.Keyed && !sent.Contains(ScriptedContext.Key, StringComparison.Ordinal))
        {
            wrong($"it is Keyed, but the effect key is not on the wire: {sent}");
        }
    });

    public static Task<IReadOnlyList<string>> OwnCredentials(ConnectorCase tested) => AnswerRules.ForEachCallAsync(tested, async (call, wrong) =>
    {
        var other = tested with
        {
            Secrets = tested.Secrets.ToDictionary(secret => secret.Key, secret => (IReadOnlyList<Secret>)[new Secret(secret.Value[0].Reveal() + "0")]),
            Token = new Secret(tested.Token.Reveal() + "0"),
        };
        foreach (var one in new[] { tested, other, tested })
        {
            var (_, context) = await AnswerRules.RunAsync(one, call);
            var carried = context.Requests.SelectMany(Carried).ToList();
            foreach (var secret in carried.Where(secret => !one.Canaries.Any(canary => canary.EndsWith(secret, StringComparison.Ordinal))))
            {
                wrong($"a request carries '{secret}', which is not a secret of its connection");
            }
        }
    });

    public static Task<IReadOnlyList<string>> MissingSecret(ConnectorCase tested) => AnswerRules.ForEachCallAsync(tested, async (call, wrong) =>
    {
        var context = new ScriptedContext(new Dictionary<string, Secret>(), call.GoodReplies()) { Token = null, Settings = tested.Settings };
        var outcome = await call.Action.ExecuteAsync(call.Input, context, CancellationToken.None);
        var stopped = Outcomes.Kind(outcome) == FailureKind.Unauthorized && context.Requests.Count == 0;
        if (!stopped && outcome is not StepOutcome.Done)
        {
            wrong($"without its secrets it sent {context.Requests.Count} requests and is {Outcomes.Show(outcome)}");
        }
    });

    public static Task<IReadOnlyList<string>> SecretsStayHidden(ConnectorCase tested) => AnswerRules.ForEachRequestAsync(tested, async (call, position, wrong) =>
    {
        foreach (var answer in Replies(call, position).Select(reply => (Func<OutboundRequest, SendReply>)(_ => reply)).Concat(Echoes()))
        {
            var context = tested.Attempt(call.Replies(position, answer));
            var outcome = await call.Action.ExecuteAsync(call.Input, context, CancellationToken.None);
            var seen = Outcomes.Show(outcome) + string.Concat(context.Requests.Select(Outcomes.Visible));
            foreach (var canary in context.Requests.SelectMany(Carried).Concat(tested.Canaries).Distinct())
            {
                if (seen.Contains(canary, StringComparison.Ordinal))
                {
                    wrong($"'{canary}' shows in {seen}");
                }
            }
        }
    });

    internal static IEnumerable<SendReply> Replies(ActionCase call, int position) =>
    [
        call.Answers[position],
        ScriptedContext.Answer(200),
        ScriptedContext.Answer(401, "no"),
        ScriptedContext.Answer(429, string.Empty, ("Retry-After", "1")),
        ScriptedContext.Answer(500, "<html>"),
        new SendReply.Lost("timeout", "No answer."),
        new SendReply.NeverSent("connect_failed", "Refused."),
    ];

    /// <summary>Servers that say back what they were sent, in every place a connector might read.</summary>
    private static IEnumerable<Func<OutboundRequest, SendReply>> Echoes()
    {
        foreach (var status in new[] { 200, 400, 401, 403, 404, 500 })
        {
            yield return request => ScriptedContext.Answer(status, Echo(request), ("Retry-After", Echo(request)), ("Location", Echo(request)));
            yield return request => ScriptedContext.Answer(
                status,
                $$"""{"ok":false,"error":"{{Echo(request)}}","message":"{{Echo(request)}}","needed":"{{Echo(request)}}"}""");
            yield return request => ScriptedContext.Answer(
                status,
                $$"""{"ok":true,"channel":"{{Echo(request)}}","ts":"{{Echo(request)}}","user":{"id":"1","name":"{{Echo(request)}}"} }""");
        }
    }

    private static string Echo(OutboundRequest request) => string.Join(" ", Carried(request));

    private static IEnumerable<string> Carried(OutboundRequest request)
    {
        var headers = request.SecretHeaders.Select(header => header.Value.Reveal());
        return request.UrlIsSecret ? headers.Append(request.Url) : headers;
    }

    private static bool IsAllowed(ConnectorManifest manifest, string host) => manifest.Hosts.Any(pattern =>
        pattern == "*" || pattern == host || (pattern.StartsWith("*.", StringComparison.Ordinal) && host.EndsWith(pattern[1..], StringComparison.Ordinal)));
}
