using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors;

namespace ConnectorHub.Tests.Benchmarks.Forgeries;

/// <summary>One source with one proof and one choice of settings: what a connection to it could look like.</summary>
/// <param name="Variant">The setting that is not as usual, and its value; empty where all are.</param>
internal sealed record ProvenSource(IEventSource Source, string Proof, WebhookSecrets Secrets, string Variant = "")
{
    public const string Id = "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W";

    private const string Hub = "https://hub.example.org/hooks/tested";

    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Every source of the catalog, with secrets of its own making.</summary>
    public static IEnumerable<ProvenSource> All() => ConnectorCatalog.All.SelectMany(connector => Of(connector, Defaults(connector), Secret));

    /// <summary>
    /// Every source of a connector with each of its proofs alone, under the usual settings and under each other value of a setting that
    /// changes how a delivery is signed.
    /// </summary>
    /// <param name="secret">The values of a proof; empty where it cannot be tried.</param>
    public static IEnumerable<ProvenSource> Of(
        IConnector connector, IReadOnlyDictionary<string, string> usual, Func<string, IReadOnlyList<Secret>> secret)
    {
        foreach (var source in connector.Sources)
        {
            foreach (var proof in source.Proofs.Where(proof => secret(proof).Count > 0))
            {
                var secrets = new WebhookSecrets(new Dictionary<string, IReadOnlyList<Secret>> { [proof] = secret(proof) }, usual);
                var plain = new ProvenSource(source, proof, secrets);
                yield return plain;
                foreach (var variant in Variants(connector, plain).Where(variant => !variant.SignsLike(plain)))
                {
                    yield return variant;
                }
            }
        }
    }

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

    /// <summary>Whether the proof covers the address the platform called.</summary>
    public bool CoversAddress(SignedSample sample)
    {
        var elsewhere = Source.Sign(new SampleDelivery(Source.Events[0].Name, sample.Request.Body, "https://elsewhere.example/hooks"), Secrets, Id, Now);
        var here = Source.Sign(new SampleDelivery(Source.Events[0].Name, sample.Request.Body, sample.Request.Url), Secrets, Id, Now);
        return elsewhere.Headers.Zip(here.Headers).Any(header => header.First.Value != header.Second.Value);
    }

    /// <summary>As during a rotation: a newer value beside the ones in use.</summary>
    public WebhookSecrets Rotated(bool newerFirst) => With(values => newerFirst ? [Other(values[0]), .. values] : [.. values, Other(values[0])]);

    /// <summary>Values that are nearly the ones in use.</summary>
    public WebhookSecrets Others() => With(values => [.. values.Select(Other)]);

    public override string ToString() => $"{Source.Name} with {Proof}{(Variant.Length > 0 ? $", {Variant}" : string.Empty)}";

    public static byte[] Bytes(JsonElement body) => Encoding.UTF8.GetBytes(body.GetRawText());

    /// <summary>The settings of a connector where a connection sets none.</summary>
    public static IReadOnlyDictionary<string, string> Defaults(IConnector connector) => connector.Manifest.Settings
        .Where(setting => setting.Default is not null)
        .ToDictionary(setting => setting.Name, setting => setting.Default!);

    private static IEnumerable<ProvenSource> Variants(IConnector connector, ProvenSource plain) =>
        from setting in connector.Manifest.Settings
        from value in setting.Allowed ?? []
        where value != setting.Default
        let settings = new Dictionary<string, string>(plain.Secrets.Settings) { [setting.Name] = value }
        select plain with { Secrets = plain.Secrets with { Settings = settings }, Variant = $"{setting.Name} {value}" };

    private bool SignsLike(ProvenSource other)
    {
        var (mine, its) = (Sign("any", "{}"u8.ToArray()).Request, other.Sign("any", "{}"u8.ToArray()).Request);
        return mine.Token == its.Token && mine.Headers.OrderBy(header => header.Key).SequenceEqual(its.Headers.OrderBy(header => header.Key));
    }

    // In a form that suits every scheme: base64 behind whsec_, which is a plain text as well.
    private static IReadOnlyList<Secret> Secret(string proof) => [new("whsec_" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(proof))))];

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
