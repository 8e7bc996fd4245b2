using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Acceptance.Connectors.Careless;

/// <summary>A source that compares a plain password header, and goes wrong as a test asks.</summary>
internal sealed class CarelessSource(CarelessSource.Flaw flaw) : IEventSource
{
    internal enum Flaw
    {
        None,
        TakesAnything,
        IgnoresCase,
        ParsesFirst,
        TakesNonsense,
        Tells,
        ForgetsRotation,
        CountsDeliveries,
        Throws,
        OpensNothing,
        SetsNothingUp,
        RenewsNothing,
        TrustsLabels,
        Quotes,
        Dawdles,
        AnswersStrangers,
        ForgetsVariants,
        ChangesData,
        MindsCase,
        Chokes,
    }

    private int _seen;

    public string Name => "careless";

    public IReadOnlyList<EventType> Events { get; } =
    [
        new EventType("said", "Someone says something.", JsonElement.Parse("""{"a":1}"""), true, flaw == Flaw.OpensNothing ? ["gone"] : [])
        {
            Variants = [JsonElement.Parse("""{"a":"1"}""")],
        },
    ];

    public EventNaming Naming => EventNaming.Hook;

    public IReadOnlyList<string> Proofs => ["ApiKey"];

    public IReadOnlyList<string> Setup => flaw == Flaw.SetsNothingUp ? ["See the website."] : ["Paste {url}."];

    public SenderContract Contract { get; } = new(TimeSpan.FromSeconds(5), SuccessStatus.Any2xx, [], null, "It gives up.", "Send it again.");

    public WebhookReading Read(WebhookRequest request, WebhookSecrets secrets, DateTimeOffset now)
    {
        if (flaw == Flaw.AnswersStrangers && request.Body.Span.IndexOf("challenge"u8) >= 0)
        {
            return new WebhookReading.Handshake(200, "text/plain", request.Body);
        }

        if (flaw == Flaw.ParsesFirst && !IsJson(request.Body, out var early))
        {
            return new WebhookReading.Refused(Refusal.NotJson, early);
        }

        var given = Find(request, "X-Proof") ?? (flaw == Flaw.Chokes ? throw new InvalidOperationException("There must be a proof.") : string.Empty);
        if (flaw != Flaw.TakesAnything && !IsProven(request, secrets, given))
        {
            return Refuse(secrets.All("ApiKey"), given);
        }

        if (flaw == Flaw.Throws && request.Body.Length > 1_000_000)
        {
            throw new InvalidOperationException("The body is too long for me.");
        }

        if (flaw == Flaw.TrustsLabels && Find(request, "X-Kind") != "said")
        {
            return new WebhookReading.Refused(Refusal.Malformed, "The kind is unknown.");
        }

        return IsJson(request.Body, out var problem) || flaw == Flaw.TakesNonsense
            ? new WebhookReading.Events([Read(request)])
            : new WebhookReading.Refused(Refusal.NotJson, problem);
    }

    public SignedDelivery Sign(SampleDelivery delivery, WebhookSecrets secrets, string id, DateTimeOffset now) =>
        new([new("X-Proof", secrets.All("ApiKey")[0].Reveal() + Proof(delivery.Body.Span))], null) { Labels = [new("X-Kind", delivery.Event)] };

    public ReadOnlyMemory<byte> Renew(ReadOnlyMemory<byte> body, string id, DateTimeOffset now) =>
        flaw == Flaw.RenewsNothing ? body : JsonSerializer.SerializeToUtf8Bytes(new { a = id });

    private bool IsProven(WebhookRequest request, WebhookSecrets secrets, string given)
    {
        var proof = Proof(request.Body.Span);
        var known = secrets.All("ApiKey");
        var tried = flaw == Flaw.ForgetsRotation ? known.Take(1) : known;
        var comparison = flaw == Flaw.IgnoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return tried.Any(secret => string.Equals(secret.Reveal() + proof, given, comparison));
    }

    private WebhookReading.Refused Refuse(IReadOnlyList<Secret> known, string given)
    {
        if (flaw == Flaw.Dawdles)
        {
            var start = TimeProvider.System.GetTimestamp();
            SpinWait.SpinUntil(() => TimeProvider.System.GetElapsedTime(start) > TimeSpan.FromMilliseconds(60));
        }

        return new WebhookReading.Refused(Refusal.WrongProof, flaw switch
        {
            Flaw.Tells when known.Count > 0 => $"The proof is not {known[0].Reveal()}.",
            Flaw.Quotes => $"The proof is {given}.",
            _ => "The proof is wrong.",
        });
    }

    private ReadEvent Read(WebhookRequest request) => new(
        flaw == Flaw.ForgetsVariants && request.Body.Span.IndexOf(":\""u8) >= 0 ? "unknown" : request.HookEvent!,
        flaw == Flaw.CountsDeliveries ? DedupeKey.Of($"{++_seen}", DedupeKey.Usual) : DedupeKey.OfContent(request.Body.Span, DedupeKey.Usual),
        null,
        null,
        false,
        flaw == Flaw.ChangesData ? "{}"u8.ToArray() : request.Body);

    private string? Find(WebhookRequest request, string name) =>
        request.Headers.FirstOrDefault(header => header.Key.Equals(name, flaw == Flaw.MindsCase ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase)).Value;

    private static bool IsJson(ReadOnlyMemory<byte> body, out string problem)
    {
        var isJson = UntrustedJson.TryReadBody(body, out var document, out var found);
        document?.Dispose();
        problem = found ?? string.Empty;
        return isJson;
    }

    private static string Proof(ReadOnlySpan<byte> body) => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(body));
}
