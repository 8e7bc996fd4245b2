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
    }

    private int _seen;

    public string Name => "careless";

    public IReadOnlyList<EventType> Events { get; } =
        [new EventType("said", "Someone says something.", JsonElement.Parse("""{"a":1}"""), true, flaw == Flaw.OpensNothing ? ["gone"] : [])];

    public EventNaming Naming => EventNaming.Hook;

    public IReadOnlyList<string> Proofs => ["ApiKey"];

    public IReadOnlyList<string> Setup => ["Paste {url}."];

    public SenderContract Contract { get; } = new(TimeSpan.FromSeconds(5), SuccessStatus.Any2xx, [], null, "It gives up.", "Send it again.");

    public WebhookReading Read(WebhookRequest request, WebhookSecrets secrets, DateTimeOffset now)
    {
        var isJson = UntrustedJson.TryReadBody(request.Body, out var document, out var problem);
        document?.Dispose();
        if (!isJson && flaw == Flaw.ParsesFirst)
        {
            return new WebhookReading.Refused(Refusal.NotJson, problem!);
        }

        var proof = Proof(request.Body.Span);
        var known = secrets.All("ApiKey");
        var tried = flaw == Flaw.ForgetsRotation ? known.Take(1) : known;
        var comparison = flaw == Flaw.IgnoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var given = request.Headers.GetValueOrDefault("X-Proof") ?? string.Empty;
        if (flaw != Flaw.TakesAnything && !tried.Any(secret => string.Equals(secret.Reveal() + proof, given, comparison)))
        {
            return new WebhookReading.Refused(
                Refusal.WrongProof, flaw == Flaw.Tells && known.Count > 0 ? $"'{given}' is not '{known[0].Reveal()}'" : "The proof is wrong.");
        }

        if (flaw == Flaw.Throws && request.Body.Length > 1_000_000)
        {
            throw new InvalidOperationException("The body is too long for me.");
        }

        return isJson || flaw == Flaw.TakesNonsense
            ? new WebhookReading.Events([new ReadEvent(request.HookEvent!, Count(), null, null, false, request.Body)])
            : new WebhookReading.Refused(Refusal.NotJson, problem!);
    }

    public SignedDelivery Sign(SampleDelivery delivery, WebhookSecrets secrets, string id, DateTimeOffset now) =>
        new([new("X-Proof", secrets.All("ApiKey")[0].Reveal() + Proof(delivery.Body.Span))], null);

    private static string Proof(ReadOnlySpan<byte> body) => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(body));

    private DedupeKey? Count() => flaw == Flaw.CountsDeliveries ? DedupeKey.Of($"{++_seen}", DedupeKey.Usual) : null;
}
