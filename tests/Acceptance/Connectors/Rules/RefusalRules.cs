using System.Text;
using ConnectorHub.Abstractions;
using ConnectorHub.Tests.Benchmarks.Forgeries;

namespace ConnectorHub.Tests.Acceptance.Connectors.Rules;

/// <summary>What every source must refuse, and how.</summary>
internal static class RefusalRules
{
    private const string Marker = "Zq7Marker";

    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(50);

    /// <summary>The questions platforms ask before they send anything.</summary>
    private static readonly byte[][] Questions =
    [
        """{"token":"t","challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P","type":"url_verification"}"""u8.ToArray(),
        """{"event":"endpoint.url_validation","event_ts":1654503849680,"payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"}}"""u8.ToArray(),
        """{"challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"}"""u8.ToArray(),
        """{"type":"url_verification"}"""u8.ToArray(),
        """{"type":"url_verification","challenge":{"a":1}}"""u8.ToArray(),
        """{"type":"url_verification","challenge":"\ud83d"}"""u8.ToArray(),
    ];

    public static IReadOnlyList<string> ForgedDelivery(ConnectorCase tested) => SourceRules.ForEachCase(tested, (delivery, wrong) =>
    {
        foreach (var (what, forged) in Forgeries.Of(delivery, First(delivery)))
        {
            if (!IsRefused(delivery.Read(forged)))
            {
                wrong($"taken with {what}");
            }
        }
    });

    public static IReadOnlyList<string> UnprovenDelivery(ConnectorCase tested) => SourceRules.ForEachCase(tested, (delivery, wrong) =>
    {
        foreach (var (what, request, secrets) in Unproven(tested, delivery, First(delivery)))
        {
            if (!IsRefused(delivery.Source.Read(request, secrets, ProvenSource.Now)))
            {
                wrong($"taken with {what}");
            }
        }
    });

    public static IReadOnlyList<string> QuietRefusal(ConnectorCase tested) => SourceRules.ForEachCase(tested, (delivery, wrong) =>
    {
        var genuine = First(delivery);
        var tries = Forgeries.Of(delivery, genuine).Select(forged => (forged.Request, delivery.Secrets))
            .Concat(Unproven(tested, delivery, genuine).Select(one => (one.Request, one.Secrets)))
            .Concat(Marked(delivery, genuine).Select(request => (request, delivery.Secrets)));
        foreach (var (request, secrets) in tries)
        {
            if (delivery.Source.Read(request, secrets, ProvenSource.Now) is not WebhookReading.Refused refused)
            {
                continue;
            }

            var told = tested.Canaries.Append(Marker).Concat(request.Headers.Values.Append(request.Token ?? string.Empty).Where(value => value.Length >= 10))
                .FirstOrDefault(text => refused.Detail.Contains(text, StringComparison.OrdinalIgnoreCase));
            if (told is not null || !refused.Detail.EndsWith('.'))
            {
                wrong($"its refusal says '{refused.Detail}', which is no sentence or holds a secret or the sender's text '{told}'");
            }
        }
    });

    public static IReadOnlyList<string> QuickRefusal(ConnectorCase tested) => SourceRules.ForEachCase(tested, (delivery, wrong) =>
    {
        foreach (var (what, forged) in Forgeries.Of(delivery, First(delivery)).Concat(Heavy(delivery, First(delivery))))
        {
            // The quickest of some more where it was slow: the machine may have been busy with something else.
            if (Took(delivery, forged) > Longest && Enumerable.Range(0, 5).Min(_ => Took(delivery, forged)) is var took && took > Longest)
            {
                wrong($"took {took.TotalMilliseconds:0} ms to judge {what}");
                return;
            }
        }
    });

    public static IReadOnlyList<string> Handshake(ConnectorCase tested) => SourceRules.ForEachCase(tested, (delivery, wrong) =>
    {
        foreach (var question in Questions)
        {
            var asked = delivery.Sign(delivery.Source.Events[0].Name, question);
            var text = Encoding.UTF8.GetString(question);
            var reading = delivery.Read(asked);
            // A question that cannot be answered as it is put, or not with this proof, may be refused; then nobody takes the hook for working.
            if (reading is WebhookReading.Refused { Why: not (Refusal.NotJson or Refusal.NotConfigured) } || (reading is WebhookReading.Handshake handshake && !IsProper(tested, handshake)))
            {
                wrong($"'{text}' is {SourceRules.Show(reading)}");
            }

            if (SourceRules.Show(delivery.Read(asked)) != SourceRules.Show(reading))
            {
                wrong($"'{text}' is answered in two ways");
            }

            foreach (var (what, request, secrets) in Unproven(tested, delivery, asked))
            {
                if (!IsRefused(delivery.Source.Read(request, secrets, ProvenSource.Now)))
                {
                    wrong($"'{text}' is answered with {what}");
                }
            }
        }
    });

    private static SignedSample First(ProvenSource delivery) => delivery.Sign(delivery.Source.Events[0], delivery.Source.Events[0].Sample);

    private static bool IsRefused(WebhookReading reading) => reading is WebhookReading.Refused { Why: not Refusal.NotJson };

    private static bool IsProper(ConnectorCase tested, WebhookReading.Handshake handshake) =>
        handshake.Status == 200
        && handshake.ContentType.Length > 0
        && !tested.Canaries.Any(canary => Encoding.UTF8.GetString(handshake.Body.Span).Contains(canary, StringComparison.Ordinal));

    private static TimeSpan Took(ProvenSource delivery, WebhookRequest request)
    {
        var start = TimeProvider.System.GetTimestamp();
        delivery.Read(request);
        return TimeProvider.System.GetElapsedTime(start);
    }

    private static IEnumerable<(string What, WebhookRequest Request, WebhookSecrets Secrets)> Unproven(ConnectorCase tested, ProvenSource delivery, SignedSample genuine)
    {
        var bare = genuine.Request with { Headers = new Dictionary<string, string>(), Token = null };
        var nothing = delivery.Secrets with { Secrets = new Dictionary<string, IReadOnlyList<Secret>>() };
        yield return ("no proof at all", bare, delivery.Secrets);
        yield return ("an empty token", bare with { Token = string.Empty }, delivery.Secrets);
        yield return ("another token", bare with { Token = "another" }, delivery.Secrets);
        yield return ("no secret set", genuine.Request, nothing);
        yield return ("another secret set", genuine.Request, delivery.Others());
        foreach (var header in genuine.Covered)
        {
            var value = genuine.Request.Headers[header];
            yield return ($"no {header}", genuine.Without(header), delivery.Secrets);
            yield return ($"an empty {header}", genuine.With(header, string.Empty), delivery.Secrets);
            yield return ($"{header} twice", genuine.With(header, $"{value}, {value}"), delivery.Secrets);
            yield return ($"{header} twice, joined without a space", genuine.With(header, $"{value},{value}"), delivery.Secrets);
            yield return ($"{header} with a space behind it", genuine.With(header, value + " "), delivery.Secrets);
            yield return ($"{header} with a space before it", genuine.With(header, " " + value), delivery.Secrets);
        }

        // Where a platform signs, whoever knows only the address must not get in by its token.
        if (genuine.Request.Token is null)
        {
            foreach (var other in tested.Sources.Where(other => other.Source == delivery.Source && other.Proof != delivery.Proof))
            {
                var both = new Dictionary<string, IReadOnlyList<Secret>>(delivery.Secrets.Secrets) { [other.Proof] = other.Secrets.All(other.Proof) };
                yield return ($"{other.Proof} alone while {delivery.Proof} is set", bare with { Token = other.Secrets.All(other.Proof)[0].Reveal() }, delivery.Secrets with { Secrets = both });
            }
        }
    }

    /// <summary>Requests that carry a word of the sender's wherever a sender can write one.</summary>
    private static IEnumerable<WebhookRequest> Marked(ProvenSource delivery, SignedSample genuine)
    {
        foreach (var header in genuine.Request.Headers)
        {
            foreach (var value in (string[])[Marker, header.Value + Marker, Marker + header.Value, $"{header.Value},{Marker}", $"v1,{Marker}", $"t=1,v1={Marker}", $"1,{Marker}"])
            {
                yield return genuine.With(header.Key, value);
            }
        }

        yield return genuine.Request with { Token = Marker };
        yield return genuine.Request with { Headers = new Dictionary<string, string> { [Marker] = Marker }, HookEvent = Marker, Url = $"https://{Marker}/", Method = Marker };
        foreach (var body in (string[])[
            Marker, $"{{\"{Marker}\":1,\"{Marker}\":2}}", $"{{\"a\":\"{Marker}", $"{{}}{Marker}", $"{{\"{Marker}\":{new string('[', 70)}{new string(']', 70)}}}", $"{{\"{Marker}\":\"\\x\"}}"])
        {
            yield return delivery.Sign(delivery.Source.Events[0].Name, Encoding.UTF8.GetBytes(body)).Request;
        }
    }

    /// <summary>Requests made to be slow to judge, at the size the door lets in.</summary>
    private static IEnumerable<(string What, WebhookRequest Request)> Heavy(ProvenSource delivery, SignedSample genuine)
    {
        var body = new byte[1024 * 1024];
        Array.Fill(body, (byte)'[');
        var heavy = genuine.Request with { Body = body };
        yield return ("a body of 1 MB", delivery.IsBearer(genuine) ? heavy with { Headers = new Dictionary<string, string>(), Token = "wrong" } : heavy);
        foreach (var header in genuine.Covered)
        {
            var value = genuine.Request.Headers[header];
            foreach (var joint in (string[])[" ", ",", ", "])
            {
                yield return ($"{header} a thousand times", genuine.With(header, string.Join(joint, Enumerable.Repeat(value, 1000))));
            }

            yield return ($"{header} of 32 KB", genuine.With(header, new string('9', 32 * 1024)));
        }
    }
}
