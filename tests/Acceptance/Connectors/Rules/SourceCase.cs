using System.Text;
using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Acceptance.Connectors.Rules;

/// <summary>One source with one proof and one choice of settings: what a connection to it could look like.</summary>
internal sealed record SourceCase(IEventSource Source, string Proof, WebhookSecrets Secrets)
{
    public const string Id = "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W";

    private const string Hub = "https://hub.example.org/hooks/tested";

    public static readonly DateTimeOffset Now = ScriptedContext.Start;

    /// <summary>Every source with each of its proofs alone, under the usual settings and under each other value a setting allows.</summary>
    public static IEnumerable<SourceCase> All(ConnectorCase tested) =>
        from source in tested.Connector.Sources
        from proof in source.Proofs
        where tested.Secrets.ContainsKey(proof)
        from settings in Settings(tested)
        select new SourceCase(
            source, proof, new WebhookSecrets(new Dictionary<string, IReadOnlyList<Secret>> { [proof] = tested.Secrets[proof] }, settings));

    public WebhookReading Read(WebhookRequest request) => Source.Read(request, Secrets, Now);

    public WebhookReading Read(SignedSample sample) => Read(sample.Request);

    /// <summary>A sample as the platform would send it now.</summary>
    public SignedSample Sign(EventType known, JsonElement body) => Sign(known.Name, Source.Deliver(Bytes(body)));

    public SignedSample Sign(string type, ReadOnlyMemory<byte> body) => Sign(type, body, Id, Now);

    public SignedSample Sign(string type, ReadOnlyMemory<byte> body, string id, DateTimeOffset now)
    {
        var hookEvent = Source.HookSegment.Length > 0 ? Source.HookSegment : Source.Naming == EventNaming.Delivery ? null : type;
        var url = hookEvent is null ? Hub : $"{Hub}/{hookEvent}";
        var signed = Source.Sign(new SampleDelivery(type, body, url), Secrets, id, now);
        var headers = signed.Headers.Concat(signed.Labels).ToDictionary(header => header.Key, header => header.Value);
        return new SignedSample(
            new WebhookRequest(headers, signed.Token?.Reveal(), hookEvent, body) { Url = url },
            [.. signed.Headers.Select(header => header.Key)],
            [.. signed.Labels.Select(label => label.Key)]);
    }

    /// <summary>Whether the proof is the secret itself, so that it says who sends but not what.</summary>
    public bool IsBearer(SignedSample sample) =>
        sample.Request.Token is not null || sample.Covered.Any(header => sample.Request.Headers[header] == Secrets.All(Proof)[0].Reveal());

    /// <summary>As during a rotation: a newer value beside the ones in use.</summary>
    public WebhookSecrets Rotated(bool newerFirst) => With(values => newerFirst ? [Other(values[0]), .. values] : [.. values, Other(values[0])]);

    /// <summary>Values that are nearly the ones in use.</summary>
    public WebhookSecrets Others() => With(values => [.. values.Select(Other)]);

    public override string ToString() => $"{Source.Name} with {Proof}{string.Concat(Secrets.Settings.Select(setting => $", {setting.Key} {setting.Value}"))}";

    public static byte[] Bytes(JsonElement body) => Encoding.UTF8.GetBytes(body.GetRawText());

    private static IEnumerable<IReadOnlyDictionary<string, string>> Settings(ConnectorCase tested)
    {
        yield return tested.Settings;
        foreach (var setting in tested.Connector.Manifest.Settings)
        {
            foreach (var value in (setting.Allowed ?? []).Where(value => value != setting.Default))
            {
                yield return new Dictionary<string, string>(tested.Settings) { [setting.Name] = value };
            }
        }
    }

    // Changed in its middle, so that a prefix or a padding stays what it was.
    private static Secret Other(Secret value)
    {
        var text = value.Reveal().ToCharArray();
        text[text.Length / 2] = text[text.Length / 2] == 'A' ? 'B' : 'A';
        return new Secret(new string(text));
    }

    private WebhookSecrets With(Func<IReadOnlyList<Secret>, IReadOnlyList<Secret>> change) =>
        Secrets with { Secrets = Secrets.Secrets.ToDictionary(secret => secret.Key, secret => change(secret.Value)) };
}

/// <summary>A delivery with its proof.</summary>
/// <param name="Covered">Names of the headers the proof consists of or covers.</param>
/// <param name="Labels">Names of the headers it does not cover.</param>
internal sealed record SignedSample(WebhookRequest Request, IReadOnlyList<string> Covered, IReadOnlyList<string> Labels)
{
    public WebhookRequest Without(string header) =>
        Request with { Headers = Request.Headers.Where(other => other.Key != header).ToDictionary(other => other.Key, other => other.Value) };

    public WebhookRequest With(string header, string value) => Request with { Headers = new Dictionary<string, string>(Request.Headers) { [header] = value } };

    public WebhookRequest Renamed(Func<string, string> rename) =>
        Request with { Headers = Request.Headers.ToDictionary(header => rename(header.Key), header => header.Value) };
}
