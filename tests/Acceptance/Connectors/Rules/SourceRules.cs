using System.Text;
using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Acceptance.Connectors.Rules;

/// <summary>What every source must take, and what it must refuse.</summary>
internal static class SourceRules
{
    private const string Url = "https://hub.example.org/hooks/tested";
    private const string Id = "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W";

    private static readonly DateTimeOffset Now = ScriptedContext.Start;

    public static IReadOnlyList<string> Events(ConnectorCase tested) => ForEachSource(tested, (source, wrong) =>
    {
        if (source.Events.Count == 0 || source.Events.Select(known => known.Name).Distinct().Count() != source.Events.Count)
        {
            wrong("it knows no event, or one twice");
        }

        if (source.Contract.Timeout <= TimeSpan.Zero || !source.Contract.GivesUp.EndsWith('.') || !source.Contract.Remedy.EndsWith('.'))
        {
            wrong("its sender's contract is not filled in");
        }

        foreach (var known in source.Events)
        {
            if (known.Sample.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array) || !known.About.EndsWith('.'))
            {
                wrong($"{known.Name} has no sample or no sentence about it");
            }

            foreach (var open in known.Open.Where(open => UntrustedJsonPath(known.Sample, open) is null))
            {
                wrong($"{known.Name}: the open path '{open}' is not in its sample");
            }
        }
    });

    public static IReadOnlyList<string> GenuineDelivery(ConnectorCase tested) => ForEachSource(tested, (source, wrong) =>
    {
        foreach (var known in source.Events)
        {
            var body = Delivered(source, known);
            foreach (var (proof, secrets) in Proofs(tested, source))
            {
                var request = Sign(source, secrets, known.Name, body);
                var reading = source.Read(request, secrets, Now);
                if (reading is not WebhookReading.Events { Items: [var first, ..] })
                {
                    wrong($"{known.Name} with {proof} is {reading}");
                    continue;
                }

                if (first.Type != known.Name || first.Data.IsEmpty)
                {
                    wrong($"{known.Name} with {proof} is read as {first.Type} with {first.Data.Length} bytes");
                }

                if (Show(source.Read(request, secrets, Now)) != Show(reading))
                {
                    wrong($"{known.Name}: reading the same delivery twice gives two answers");
                }

                // During a rotation the old and the new value are both set, in either order.
                var rotated = Rotated(secrets);
                if (source.Read(request, rotated, Now) is not WebhookReading.Events)
                {
                    wrong($"{known.Name} with {proof} is refused while the secret rotates");
                }
            }
        }
    });

    public static IReadOnlyList<string> ForgedDelivery(ConnectorCase tested) => ForEachSource(tested, (source, wrong) =>
    {
        var body = Delivered(source, source.Events[0]);
        foreach (var (proof, secrets) in Proofs(tested, source))
        {
            var genuine = Sign(source, secrets, source.Events[0].Name, body);
            foreach (var (what, forged) in Forgeries(genuine))
            {
                if (source.Read(forged, secrets, Now) is not WebhookReading.Refused { Why: not Refusal.NotJson })
                {
                    wrong($"{proof}: taken with {what}");
                }
            }
        }
    });

    public static IReadOnlyList<string> UnprovenDelivery(ConnectorCase tested) => ForEachSource(tested, (source, wrong) =>
    {
        var body = Delivered(source, source.Events[0]);
        var bare = new WebhookRequest(new Dictionary<string, string>(), null, source.Events[0].Name, body);
        var nothing = new WebhookSecrets(new Dictionary<string, IReadOnlyList<Secret>>(), tested.Settings);
        foreach (var (proof, secrets) in Proofs(tested, source))
        {
            var genuine = Sign(source, secrets, source.Events[0].Name, body);
            var tries = new List<(string What, WebhookRequest Request, WebhookSecrets Secrets)>
            {
                ("no proof at all", bare, secrets),
                ("an empty token", bare with { Token = string.Empty }, secrets),
                ("another token", bare with { Token = "another" }, secrets),
                ("no secret set", genuine, nothing),
                ("another secret set", genuine, Others(secrets)),
            };
            foreach (var header in genuine.Headers.Keys)
            {
                tries.Add(($"no {header}", genuine with { Headers = Without(genuine, header) }, secrets));
                tries.Add(($"an empty {header}", genuine with { Headers = Replaced(genuine, header, string.Empty) }, secrets));
                tries.Add(($"{header} twice", genuine with { Headers = Replaced(genuine, header, $"{genuine.Headers[header]}, {genuine.Headers[header]}") }, secrets));
            }

            foreach (var (what, request, set) in tries)
            {
                var reading = source.Read(request, set, Now);
                if (reading is not WebhookReading.Refused { Why: not Refusal.NotJson } refused)
                {
                    wrong($"{proof}: taken with {what}");
                }
                else if (tested.Canaries.Any(canary => refused.Detail.Contains(canary, StringComparison.Ordinal)))
                {
                    wrong($"{proof}: a secret shows in '{refused.Detail}'");
                }
            }
        }
    });

    public static IReadOnlyList<string> SignedNonsense(ConnectorCase tested) => ForEachSource(tested, (source, wrong) =>
    {
        foreach (var (proof, secrets) in Proofs(tested, source))
        {
            foreach (var body in Nonsense())
            {
                var reading = source.Read(Sign(source, secrets, source.Events[0].Name, body), secrets, Now);
                if (reading is not WebhookReading.Refused { Why: Refusal.NotJson })
                {
                    wrong($"{proof}: '{Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(40, body.Length)))}' is {Show(reading)}, expected NotJson");
                }
            }
        }
    });

    public static IReadOnlyList<string> HostileBody(ConnectorCase tested) => ForEachSource(tested, (source, wrong) =>
    {
        foreach (var (proof, secrets) in Proofs(tested, source))
        {
            var reading = source.Read(Sign(source, secrets, source.Events[0].Name, Hostile.FiveMegabytes), secrets, Now);
            if (reading is not WebhookReading.Events)
            {
                wrong($"{proof}: 5 MB of honest JSON is {Show(reading)}");
            }

            // Signed bodies of odd shapes are events or NotJson, never an exception.
            foreach (var body in Hostile.Json.Concat(Odd()))
            {
                source.Read(Sign(source, secrets, source.Events[0].Name, body), secrets, Now);
            }
        }
    });

    private static List<string> ForEachSource(ConnectorCase tested, Action<IEventSource, Action<string>> check)
    {
        var wrong = new List<string>();
        foreach (var source in tested.Connector.Sources)
        {
            check(source, text => wrong.Add($"{source.Name}: {text}"));
        }

        return wrong;
    }

    /// <summary>Each way a delivery can prove itself, with only the secret it needs set.</summary>
    private static IEnumerable<(string Proof, WebhookSecrets Secrets)> Proofs(ConnectorCase tested, IEventSource source) => tested.Secrets
        .Where(secret => source.Proofs.Contains(secret.Key))
        .Select(secret => (
            secret.Key,
            new WebhookSecrets(new Dictionary<string, IReadOnlyList<Secret>> { [secret.Key] = secret.Value }, tested.Settings)));

    private static IEnumerable<(string What, WebhookRequest Request)> Forgeries(WebhookRequest genuine)
    {
        // A token proves who sends, not what: only a signature covers the body.
        for (var i = 0; genuine.Token is null && i < genuine.Body.Length; i++)
        {
            var body = genuine.Body.ToArray();
            body[i] ^= (byte)(1 << (i % 8));
            yield return ($"byte {i} of the body flipped", genuine with { Body = body });
        }

        foreach (var header in genuine.Headers)
        {
            foreach (var forged in Flipped(header.Value))
            {
                yield return ($"{header.Key} '{forged}'", genuine with { Headers = Replaced(genuine, header.Key, forged) });
            }
        }

        foreach (var forged in genuine.Token is { } token ? Flipped(token).Append(token + "x").Append(token[..^1]) : [])
        {
            yield return ($"token '{forged}'", genuine with { Token = forged });
        }
    }

    private static IEnumerable<string> Flipped(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            for (var bit = 0; bit < 7; bit++)
            {
                var flipped = text.ToCharArray();
                flipped[i] = (char)(flipped[i] ^ (1 << bit));
                yield return new string(flipped);
            }
        }
    }

    private static IEnumerable<byte[]> Nonsense() =>
    [
        [],
        "not json"u8.ToArray(),
        "{\"a\":1"u8.ToArray(),
        "{} {}"u8.ToArray(),
        "{\"a\":1,}"u8.ToArray(),
        "{\"a\":1,\"a\":2}"u8.ToArray(),
        "{\"deep\":[{\"a\":1,\"\\u0061\":2}]}"u8.ToArray(),
        [(byte)'"', 0xC3, (byte)'"'],
        Hostile.Deep(65),
        Hostile.Deep(1_000),
        "{\"\\ud83d\":1}"u8.ToArray(),
    ];

    private static IEnumerable<byte[]> Odd() =>
    [
        "7"u8.ToArray(),
        "[1]"u8.ToArray(),
        "{\"occurredAt\":\"soon\",\"test\":\"true\",\"live\":{\"id\":7},\"member\":[]}"u8.ToArray(),
        "{\"occurredAt\":1e300,\"live\":{\"id\":\"\\ud83d\"}}"u8.ToArray(),
        "{\"occurredAt\":-1}"u8.ToArray(),
        "{\"occurredAt\":9223372036854775807}"u8.ToArray(),
        Hostile.Deep(64),
    ];

    private static byte[] Delivered(IEventSource source, EventType known) => source.Deliver(Encoding.UTF8.GetBytes(known.Sample.GetRawText())).ToArray();

    private static WebhookRequest Sign(IEventSource source, WebhookSecrets secrets, string hookEvent, byte[] body)
    {
        var signed = source.Sign(new SampleDelivery(hookEvent, body, Url), secrets, Id, Now);
        var headers = signed.Headers.Concat(signed.Labels).ToDictionary(header => header.Key, header => header.Value);
        return new WebhookRequest(headers, signed.Token?.Reveal(), hookEvent, body) { Url = Url };
    }

    private static WebhookSecrets Rotated(WebhookSecrets secrets) => secrets with
    {
        Secrets = secrets.Secrets.ToDictionary(
            secret => secret.Key,
            secret => (IReadOnlyList<Secret>)[Others(secrets).All(secret.Key)[0], .. secret.Value]),
    };

    // Changed in its middle, so that a prefix or a padding stays what it was.
    private static WebhookSecrets Others(WebhookSecrets secrets) => secrets with
    {
        Secrets = secrets.Secrets.ToDictionary(
            secret => secret.Key,
            secret => (IReadOnlyList<Secret>)[.. secret.Value.Select(value =>
            {
                var text = value.Reveal().ToCharArray();
                text[text.Length / 2] = text[text.Length / 2] == 'A' ? 'B' : 'A';
                return new Secret(new string(text));
            })]),
    };

    private static Dictionary<string, string> Without(WebhookRequest request, string header) =>
        request.Headers.Where(other => other.Key != header).ToDictionary(other => other.Key, other => other.Value);

    private static Dictionary<string, string> Replaced(WebhookRequest request, string header, string value) =>
        new(request.Headers) { [header] = value };

    private static JsonElement? UntrustedJsonPath(JsonElement element, string path)
    {
        JsonElement? found = element;
        foreach (var name in path.Split('.'))
        {
            found = found is { } inside ? UntrustedJson.Member(inside, name) : null;
        }

        return found;
    }

    private static string Show(WebhookReading reading) => reading switch
    {
        WebhookReading.Events events => string.Join(
            ", ",
            events.Items.Select(item => $"{item.Type} {item.Dedupe} {item.Time} {item.Subject} {item.Test} {Convert.ToBase64String(item.Data.Span)}")),
        _ => reading.ToString(),
    };
}
