using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Benchmarks.Forgeries;

/// <summary>Makes deliveries that nobody with the secret sent, out of some that somebody did.</summary>
internal sealed class RequestForger(ProvenSource source, IReadOnlyList<SignedSample> genuine, Random random)
{
    private readonly TextMutator _texts = new(random);
    private readonly BodyMutator _bodies = new(random);
    private readonly bool _bearer = source.IsBearer(genuine[0]);
    private readonly bool _coversAddress = source.CoversAddress(genuine[0]);
    private readonly ProvenSource _stranger = source with { Secrets = source.Others() };

    /// <summary>A delivery with one to three things changed about its proof or about what it proves.</summary>
    public Forgery Forge()
    {
        var (seen, other) = (Pick(), Pick());
        var forged = seen.Request;
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            forged = Change(forged, seen, other);
        }

        return new Forgery(forged, IsLike(forged, seen) || IsLike(forged, other));
    }

    /// <summary>A genuine delivery with another body; where the proof says nothing of the body, with another proof as well.</summary>
    public Forgery ForgeBody()
    {
        var (seen, other) = (Pick(), Pick());
        var forged = seen.Request with { Body = _bodies.Change(seen.Request.Body.ToArray(), other.Request.Body.ToArray()) };
        while (_bearer && IsLike(forged, seen))
        {
            forged = Change(forged, seen, other);
        }

        return new Forgery(forged, IsLike(forged, seen) || IsLike(forged, other));
    }

    /// <summary>A changed body that its sender signed all the same.</summary>
    public WebhookRequest SignNonsense()
    {
        var (seen, other) = (Pick(), Pick());
        return source.Sign(source.Source.Events[random.Next(source.Source.Events.Count)].Name, _bodies.Change(seen.Request.Body.ToArray(), other.Request.Body.ToArray())).Request;
    }

    private SignedSample Pick() => genuine[random.Next(genuine.Count)];

    private WebhookRequest Change(WebhookRequest forged, SignedSample seen, SignedSample other)
    {
        if (seen.Request.Token is { } token)
        {
            return forged with { Token = random.Next(10) == 0 ? null : _texts.Change(forged.Token ?? token, _stranger.Secrets.All(source.Proof)[0].Reveal()) };
        }

        var header = seen.Covered[random.Next(seen.Covered.Count)];
        return random.Next(_coversAddress ? 14 : 12) switch
        {
            0 => forged with { Headers = forged.Headers.Where(one => one.Key != header).ToDictionary() },
            1 => With(forged, header, other.Request.Headers[header]),
            2 => forged with { Headers = other.Request.Headers, Body = _bearer ? forged.Body : seen.Request.Body },
            3 => forged with { Body = other.Request.Body },
            4 => _stranger.Sign(source.Source.Events[0].Name, seen.Request.Body).Request,
            5 => Renamed(forged, header, _texts.Change(header, other.Covered[^1]) + "\u200b"),
            12 => forged with { Url = random.Next(4) == 0 ? null : forged.Url + _texts.Change("?a=1", "/other") + "&" },
            13 => forged with { Method = forged.Method + random.Next(10) },
            _ => With(forged, header, _texts.Change(forged.Headers.GetValueOrDefault(header) ?? string.Empty, other.Request.Headers[header])),
        };
    }

    private static WebhookRequest Renamed(WebhookRequest request, string header, string name) =>
        !request.Headers.TryGetValue(header, out var value) ? request
        : With(request with { Headers = request.Headers.Where(one => one.Key != header).ToDictionary() }, name, value);

    private static WebhookRequest With(WebhookRequest request, string header, string value) =>
        request with { Headers = new Dictionary<string, string>(request.Headers) { [header] = value } };

    /// <summary>
    /// Whether chance made what the platform itself sent or might have sent: the same but for a hash written in capitals, or for further
    /// signatures beside the right one.
    /// </summary>
    private bool IsLike(WebhookRequest forged, SignedSample seen) =>
        forged.Token == seen.Request.Token
        && (_bearer || forged.Body.Span.SequenceEqual(seen.Request.Body.Span))
        && (!_coversAddress || (forged.Url == seen.Request.Url && forged.Method == seen.Request.Method))
        && seen.Covered.All(header => forged.Headers.TryGetValue(header, out var value) && Holds(value, seen.Request.Headers[header]));

    private static bool Holds(string value, string genuine)
    {
        var hash = genuine.AsSpan().TrimEnd('=').LastIndexOfAny(',', '=') + 1;
        var capitals = genuine[..hash] + genuine[hash..].ToUpperInvariant();
        return value == genuine || value == capitals || Entries(genuine).All(Entries(value).Contains);
    }

    private static string[] Entries(string value) => value.Split(' ', ',');
}

/// <summary>A delivery to be refused.</summary>
/// <param name="IsLike">True where it is as good as genuine by chance, so that nothing follows from its being taken.</param>
internal sealed record Forgery(WebhookRequest Request, bool IsLike);
