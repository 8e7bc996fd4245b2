using System.Text;
using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Tests.Benchmarks.Forgeries;

namespace ConnectorHub.Tests.Acceptance.Connectors.Rules;

/// <summary>What every source must say of itself, and what it must take.</summary>
internal static class SourceRules
{
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
            if (known.Bodies.Any(body => body.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)) || !known.About.EndsWith('.'))
            {
                wrong($"{known.Name} has no sample or no sentence about it");
            }

            foreach (var open in known.Open.Where(open => !known.Bodies.Any(body => Holds(body, open))))
            {
                wrong($"{known.Name}: the open path '{open}' is in none of its samples");
            }
        }
    });

    public static IReadOnlyList<string> Setup(ConnectorCase tested) => ForEachSource(tested, (source, wrong) =>
    {
        foreach (var step in source.Setup.Where(step => step.Length < 10 || !char.IsUpper(step[0]) || !step.EndsWith('.')))
        {
            wrong($"the setup step '{step}' is no sentence");
        }

        if (!source.Setup.Any(step => step.Contains("{url}", StringComparison.Ordinal)))
        {
            wrong("no setup step says where to paste {url}");
        }

        foreach (var proof in source.Proofs.Where(proof => tested.Connector.Manifest.Secrets.All(secret => secret.Name != proof)))
        {
            wrong($"its proof {proof} is not a secret of connector.json");
        }

        foreach (var proof in source.Proofs.Where(proof => !tested.Secrets.ContainsKey(proof)))
        {
            wrong($"its proof {proof} has no value in the suite's answers, so that nothing tries it");
        }

        if (source.Proofs.Count == 0 || (source.HookSegment.Length > 0 && source.Naming != EventNaming.Delivery))
        {
            wrong("it has no proof, or its hook ends in a segment of its own and in the event's name as well");
        }

        if (tested.Connector.Sources.Count(other => other.HookSegment == source.HookSegment) > 1 || !source.HookSegment.All(c => char.IsAsciiLetterLower(c) || c == '-'))
        {
            wrong($"another source of the connector has the hook segment '{source.HookSegment}' too, or it is not lower-case letters");
        }
    });

    public static IReadOnlyList<string> GenuineDelivery(ConnectorCase tested) => ForEachBody(tested, (delivery, known, body, wrong) =>
    {
        var genuine = delivery.Sign(known, body);
        var reading = delivery.Read(genuine);
        if (reading is not WebhookReading.Events { Items: [var first, ..] })
        {
            wrong($"is {Show(reading)}");
            return;
        }

        if (first.Type != known.Name || !IsJsonOf(first.Data, body))
        {
            wrong($"is read as {first.Type} with {Encoding.UTF8.GetString(first.Data.Span)}");
        }

        if (Show(delivery.Read(genuine)) != Show(reading))
        {
            wrong("is read in two ways");
        }

        if (Show(delivery.Read(genuine.Renamed(name => name.ToUpperInvariant()))) != Show(reading)
            || Show(delivery.Read(genuine.Renamed(name => name.ToLowerInvariant()))) != Show(reading))
        {
            wrong("is read differently when its headers' names come in another case");
        }

        foreach (var rotated in (WebhookSecrets[])[delivery.Rotated(newerFirst: true), delivery.Rotated(newerFirst: false)])
        {
            if (Show(delivery.Source.Read(genuine.Request, rotated, ProvenSource.Now)) != Show(reading))
            {
                wrong("is not taken while the secret rotates");
            }
        }
    });

    public static IReadOnlyList<string> Renewal(ConnectorCase tested) => ForEachBody(tested, (delivery, known, body, wrong) =>
    {
        const string OtherId = "msg_2KWPBgLlAfxdpx2AI54pPJ85f4X";
        var later = ProvenSource.Now.AddSeconds(1);
        var renewed = delivery.Source.Deliver(delivery.Source.Renew(ProvenSource.Bytes(body), OtherId, later));
        if (delivery.Read(delivery.Sign(known, body)) is not WebhookReading.Events { Items: [var first, ..] }
            || delivery.Source.Read(delivery.Sign(known.Name, renewed, OtherId, later).Request, delivery.Secrets, later) is not WebhookReading.Events { Items: [var second, ..] })
        {
            wrong("is not an event once it is renewed");
            return;
        }

        if (second.Type != known.Name)
        {
            wrong($"is read as {second.Type} once it is renewed");
        }

        if (first.Dedupe is { } key && (second.Dedupe is null || second.Dedupe.Value == key.Value))
        {
            wrong($"has the key {key.Value} still, or none, once it is renewed: it would be taken for a repetition");
        }

        if (first.Dedupe is { } named && (named.Value.Length == 0 || named.Window < delivery.Source.Contract.LongestSpan))
        {
            wrong($"has a key that is empty or forgotten after {named.Window}, while its sender repeats for {delivery.Source.Contract.LongestSpan}");
        }
    });

    public static IReadOnlyList<string> Labels(ConnectorCase tested) => ForEachBody(tested, (delivery, known, body, wrong) =>
    {
        var genuine = delivery.Sign(known, body);
        foreach (var label in genuine.Labels)
        {
            var value = genuine.Request.Headers[label];
            var tries = Forgeries.Flipped(value)
                .Concat([string.Empty, $"{value}, {value}", new string('x', 20_000), "é\u0000\ud83d", "../..", " "])
                .Select(other => genuine.With(label, other))
                .Append(genuine.Without(label));
            foreach (var request in tries)
            {
                // No signature covers a label: the delivery stays proven, whatever it is then called.
                if (delivery.Read(request) is WebhookReading.Refused refused)
                {
                    wrong($"is refused for its label {label} '{request.Headers.GetValueOrDefault(label)}': {refused.Detail}");
                }
            }
        }
    });

    public static IReadOnlyList<string> SignedNonsense(ConnectorCase tested) => ForEachCase(tested, (delivery, wrong) =>
    {
        foreach (var body in Hostile.NotJson)
        {
            var sample = delivery.Sign(delivery.Source.Events[0].Name, body);
            var reading = delivery.Read(sample);
            // Where headers say all, the source makes the content of them.
            var madeOfHeaders = body.Length == 0 && sample.Labels.Count > 0 && reading is WebhookReading.Events { Items: [{ Data.IsEmpty: false }] };
            if (!madeOfHeaders && reading is not WebhookReading.Refused { Why: Refusal.NotJson })
            {
                wrong($"'{Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(40, body.Length)))}' is {Show(reading)}, expected NotJson");
            }
        }
    });

    public static IReadOnlyList<string> HostileBody(ConnectorCase tested) => ForEachCase(tested, (delivery, wrong) =>
    {
        var type = delivery.Source.Events[0].Name;
        var large = delivery.Read(delivery.Sign(type, Hostile.FiveMegabytes));
        if (large is not WebhookReading.Events)
        {
            wrong($"5 MB of honest JSON is {Show(large)}");
        }

        foreach (var body in Hostile.Json.Concat(Hostile.Odd))
        {
            var reading = delivery.Read(delivery.Sign(type, body));
            if (reading is not (WebhookReading.Events or WebhookReading.Refused { Why: Refusal.NotJson }))
            {
                wrong($"'{Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(40, body.Length)))}' is {Show(reading)}, expected events or NotJson");
            }
        }
    });

    /// <summary>Whether two readings are the same is whether they show the same.</summary>
    public static string Show(WebhookReading reading) => reading switch
    {
        WebhookReading.Events events => string.Join(
            ", ",
            events.Items.Select(item => $"{item.Type} {item.Dedupe} {item.Time} {item.Subject} {item.Test} {Convert.ToBase64String(item.Data.Span)}")),
        WebhookReading.Handshake handshake => $"handshake {handshake.Status} {handshake.ContentType} {Convert.ToBase64String(handshake.Body.Span)}",
        _ => reading.ToString(),
    };

    public static List<string> ForEachCase(ConnectorCase tested, Action<ProvenSource, Action<string>> check)
    {
        var wrong = new List<string>();
        foreach (var delivery in tested.Sources)
        {
            check(delivery, text => wrong.Add($"{delivery}: {text}"));
        }

        return wrong;
    }

    public static List<string> ForEachBody(ConnectorCase tested, Action<ProvenSource, EventType, JsonElement, Action<string>> check) =>
        ForEachCase(tested, (delivery, wrong) =>
        {
            foreach (var known in delivery.Source.Events)
            {
                foreach (var (number, body) in known.Bodies.Index())
                {
                    check(delivery, known, body, text => wrong($"{known.Name}{(number == 0 ? string.Empty : $" (variant {number})")} {text}"));
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

    private static bool IsJsonOf(ReadOnlyMemory<byte> data, JsonElement body) =>
        UntrustedJson.TryReadBody(data, out var document, out _) && Dispose(document, read => JsonElement.DeepEquals(read, body));

    private static bool Dispose(JsonDocument document, Func<JsonElement, bool> judge)
    {
        using (document)
        {
            return judge(document.RootElement);
        }
    }

    private static bool Holds(JsonElement element, string path)
    {
        JsonElement? found = element;
        foreach (var name in path.Split('.'))
        {
            found = found is { } inside ? UntrustedJson.Member(inside, name) : null;
        }

        return found is not null;
    }
}
