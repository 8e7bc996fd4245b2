using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Google;

/// <summary>What a step on the way came to: what was asked for, or the outcome the attempt ends with. Closed.</summary>
internal abstract record GoogleReply<T>
{
    private GoogleReply()
    {
    }

    /// <summary>It is here.</summary>
    public sealed record Got(T Value) : GoogleReply<T>;

    /// <summary>Goes on with the value where it is here.</summary>
    public Task<GoogleReply<TNext>> ThenAsync<TNext>(Func<T, Task<GoogleReply<TNext>>> next) => this switch
    {
        Got got => next(got.Value),
        Stopped stopped => Task.FromResult<GoogleReply<TNext>>(new GoogleReply<TNext>.Stopped(stopped.Outcome)),
        _ => throw new InvalidOperationException($"{GetType().Name} is not a reply."),
    };

    /// <summary>What the attempt ends with.</summary>
    public TEnd End<TEnd>(Func<T, TEnd> got, Func<Stopped, TEnd> stopped) => this switch
    {
        Got here => got(here.Value),
        Stopped ended => stopped(ended),
        _ => throw new InvalidOperationException($"{GetType().Name} is not a reply."),
    };

    /// <summary>The attempt ends because this input will never be taken.</summary>
    public static GoogleReply<T> Reject(string code, string message) => new Stopped(StepOutcome.Fail(FailureKind.Rejected, code, message));

    /// <summary>The attempt ends here. <see cref="AsProbe"/> says it for <see cref="IConnectorAction.FindAsync"/>.</summary>
    public sealed record Stopped(StepOutcome Outcome) : GoogleReply<T>
    {
        public Probe AsProbe() => new Probe.Unknown(Outcome is StepOutcome.Failed failed ? failed.Message : "Google was not asked.");
    }
}

/// <summary>
/// One attempt, signed in. Every Google connector opens one, builds requests with <see cref="Read"/> and <see cref="Write{T}"/>, and sends each
/// with <see cref="AskAsync{T}"/>, which knows what Google's answers mean.
/// </summary>
internal sealed class GoogleSession
{
    /// <summary>The secret with a service account's key file.</summary>
    public const string ServiceAccountKey = GoogleSignIn.ServiceAccountKey;

    /// <summary>The secret with a ready token, instead of a key.</summary>
    public const string AccessToken = GoogleSignIn.AccessToken;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // The recorded request is read by people: é stays é. Nothing here lands in HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly ActionContext _context;
    private readonly Secret _token;
    private readonly string? _keptAs;
    private readonly bool _isFresh;

    private GoogleSession(ActionContext context, Secret token, string? keptAs, bool isFresh)
    {
        _context = context;
        _token = token;
        _keptAs = keptAs;
        _isFresh = isFresh;
    }

    /// <summary>The address files and calendars must be shared with, in words for a message.</summary>
    public string Account => _context.FindSetting(GoogleSignIn.ActAs)
        ?? (_context.FindSecret(ServiceAccountKey) is { } file && GoogleKey.TryRead(file, out var key, out _) ? key.Email : "the account of this connection");

    /// <summary>Signs in, with the token the hub keeps where it has one. Without credentials: Unauthorized, and nothing is sent.</summary>
    /// <param name="context">The attempt.</param>
    /// <param name="scope">The scope as an address; several with spaces between them.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static async Task<GoogleReply<GoogleSession>> OpenAsync(ActionContext context, string scope, CancellationToken cancellationToken)
    {
        switch (GoogleSignIn.Of(context))
        {
            case GoogleSignIn.Ready ready:
                return new GoogleReply<GoogleSession>.Got(new GoogleSession(context, ready.Token, null, isFresh: true));
            case GoogleSignIn.Account account:
                return await OpenAsync(
                    context, $"google {scope} {account.ActingFor}", cancelled => GoogleToken.LoadAsync(context, account.KeyFile, scope, account.ActingFor, cancelled), cancellationToken);
            case GoogleSignIn.Person person:
                // The scope was fixed when the person let the app in.
                return await OpenAsync(context, "google person", cancelled => GoogleRefresh.LoadAsync(context, person, cancelled), cancellationToken);
            case GoogleSignIn.Flawed flawed:
                return new GoogleReply<GoogleSession>.Stopped(flawed.Outcome);
            case var other:
                throw new InvalidOperationException($"{other.GetType().Name} is not a way to sign in.");
        }
    }

    private static async Task<GoogleReply<GoogleSession>> OpenAsync(
        ActionContext context, string name, Func<CancellationToken, Task<TokenReply>> load, CancellationToken cancellationToken)
    {
        var isFresh = false;
        var reply = await context.TokenAsync(
            name,
            cancelled =>
            {
                isFresh = true;
                return load(cancelled);
            },
            cancellationToken);
        return reply switch
        {
            TokenReply.Ready ready => new GoogleReply<GoogleSession>.Got(new GoogleSession(context, ready.Token, name, isFresh)),
            TokenReply.Failed failed => new GoogleReply<GoogleSession>.Stopped(failed.Outcome),
            _ => throw new InvalidOperationException($"{reply.GetType().Name} is not an answer to asking for a token."),
        };
    }

    /// <summary>A request that only reads.</summary>
    public OutboundRequest Read(string url) => new(HttpMethod.Get, url) { Reads = true, SecretHeaders = [Bearer()] };

    /// <summary>A request that writes, with a JSON body in camelCase; null members are left out, null items of a list stay.</summary>
    public OutboundRequest Write<T>(HttpMethod method, string url, T body)
        where T : class => new(method, url) { SecretHeaders = [Bearer()], Body = JsonSerializer.SerializeToUtf8Bytes(body, Json) };

    /// <summary>
    /// Sends a request. <paramref name="read"/> makes the value of a good answer, null where it lacks something; 204, which never has a body, is an
    /// undefined element. <paramref name="expected"/> may take a refusal for an answer (404, 409, 412), null where it does not. A withheld request
    /// ends the attempt with <paramref name="sample"/>.
    /// </summary>
    public async Task<GoogleReply<T>> AskAsync<T>(
        OutboundRequest request,
        Func<JsonElement, T?> read,
        object sample,
        CancellationToken cancellationToken,
        Func<GoogleError, T?>? expected = null)
        where T : class
    {
        T? value = null;
        var outcome = await _context.CallAsync(
            request,
            answer =>
            {
                var json = UntrustedJson.Answer(answer);
                value = answer.Status is >= 200 and < 300
                    ? json is { } body ? read(body) : answer.Status == 204 ? read(default) : null
                    : expected?.Invoke(GoogleError.Of(answer, json));
                return value is not null ? NothingToAsk.Outcome : Judge(answer, json, request.Reads || request.Harmless);
            },
            () => OutputJson.Of(sample),
            cancellationToken);
        return value is not null ? new GoogleReply<T>.Got(value) : new GoogleReply<T>.Stopped(outcome);
    }

    private StepOutcome.Failed Judge(SendReply.Answered answer, JsonElement? json, bool reads) =>
        answer.Status == 401 ? RefuseToken() : GoogleErrors.Judge(GoogleError.Of(answer, json), answer.RetryAfter(_context.StartedAt), reads, Account);

    // A kept token may have been withdrawn early: a new one tells. A new or a fixed one that is refused needs a person.
    private StepOutcome.Failed RefuseToken()
    {
        if (_keptAs is not null)
        {
            _context.ForgetToken(_keptAs, _token);
        }

        return _isFresh
            ? new(FailureKind.Unauthorized, "token_refused", "Google does not accept the token of this connection. Set a new AccessToken, ServiceAccountKey or RefreshToken.")
            : new(FailureKind.Transient, "token_refused", "Google no longer accepts the token it gave; the next try asks for a new one.");
    }

    private SecretHeader Bearer() => new("Authorization", "Bearer ", _token);
}
