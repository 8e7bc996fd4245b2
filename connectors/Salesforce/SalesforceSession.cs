using System.Text.Json;
using System.Text.RegularExpressions;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Reading;

namespace ConnectorHub.Connectors.Salesforce;

/// <summary>What signing in came to. Closed.</summary>
internal abstract record SalesforceOpening
{
    private SalesforceOpening()
    {
    }

    /// <summary>Signed in.</summary>
    public sealed record Ready(SalesforceSession Session) : SalesforceOpening;

    /// <summary>The attempt ends here.</summary>
    public sealed record Ended(StepOutcome Outcome) : SalesforceOpening;
}

/// <summary>One attempt, signed in: requests to the organisation's REST API, and what a refused token means.</summary>
internal sealed partial class SalesforceSession
{
    /// <summary>The secret with a ready token.</summary>
    public const string AccessToken = "AccessToken";

    private const string DomainSetting = "Domain";
    private const string KeptAs = "salesforce";
    private const string Newest = "v68.0";

    // What a rehearsal shows while nobody has set the real one.
    private const string UnsetDomain = "your-domain.my.salesforce.com";

    private readonly ActionContext _context;
    private readonly Secret _token;
    private readonly string _version;
    private readonly TokenOrigin _origin;

    private SalesforceSession(ActionContext context, string domain, Secret token, TokenOrigin origin)
    {
        _context = context;
        _token = token;
        _origin = origin;
        Domain = domain;
        _version = context.FindSetting("ApiVersion") ?? Newest;
    }

    private enum TokenOrigin
    {
        /// <summary>It stands in the settings.</summary>
        Given,

        /// <summary>Asked for by this attempt.</summary>
        New,

        /// <summary>Kept from an earlier attempt.</summary>
        Kept,
    }

    /// <summary>The organisation's host.</summary>
    public string Domain { get; }

    /// <summary>Signs in, with the token the hub keeps where it has one. Without credentials or domain: Unauthorized, and nothing is sent.</summary>
    public static async Task<SalesforceOpening> OpenAsync(ActionContext context, CancellationToken cancellationToken)
    {
        var given = context.FindSecret(AccessToken);
        if (FindFlaw(context, given, out var domain) is { } flaw)
        {
            return new SalesforceOpening.Ended(flaw);
        }

        if (given is not null)
        {
            return new SalesforceOpening.Ready(new SalesforceSession(context, domain, given, TokenOrigin.Given));
        }

        var origin = TokenOrigin.Kept;
        var reply = await context.TokenAsync(
            KeptAs,
            cancelled =>
            {
                origin = TokenOrigin.New;
                return SalesforceToken.LoadAsync(context, domain, cancelled);
            },
            cancellationToken);
        return reply switch
        {
            TokenReply.Ready ready => new SalesforceOpening.Ready(new SalesforceSession(context, domain, ready.Token, origin)),
            TokenReply.Failed failed => new SalesforceOpening.Ended(failed.Outcome),
            _ => throw new InvalidOperationException($"{reply.GetType().Name} is not an answer to asking for a token."),
        };
    }

    /// <summary>A request that only reads. <paramref name="path"/> stands behind the version.</summary>
    public OutboundRequest Read(string path) => new(HttpMethod.Get, Address(path)) { Reads = true, SecretHeaders = [Bearer] };

    /// <summary>A request that changes, with a map of fields as they are named in Salesforce.</summary>
    public OutboundRequest Patch(string path, JsonElement fields) => new(HttpMethod.Patch, Address(path))
    {
        SecretHeaders = [Bearer],
        Body = JsonSerializer.SerializeToUtf8Bytes(fields, Readable),
    };

    /// <summary>What an answer came to. <paramref name="done"/> reads the JSON object of a success, and gives null where it lacks what it must hold.</summary>
    public StepOutcome Judge(SendReply.Answered answer, bool reads, Func<JsonElement, StepOutcome?> done)
    {
        if (answer.Status == 401 || (answer.Status >= 400 && SalesforceComplaint.Of(answer).Code == "INVALID_SESSION_ID"))
        {
            return RefuseToken();
        }

        return answer.Status is >= 200 and < 300 && UntrustedJson.Answer(answer) is { ValueKind: JsonValueKind.Object } json && done(json) is { } outcome
            ? outcome
            : SalesforceErrors.Judge(answer, _context, reads);
    }

    private static readonly JsonSerializerOptions Readable = new()
    {
        // The recorded request is read by people: é stays é. Nothing here lands in HTML.
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private SecretHeader Bearer => new("Authorization", "Bearer ", _token);

    private static StepOutcome? FindFlaw(ActionContext context, Secret? given, out string domain)
    {
        domain = DomainOf(context.FindSetting(DomainSetting) ?? string.Empty);
        if (domain.Length == 0 && context.Rehearsal && given is not null)
        {
            domain = UnsetDomain;
        }

        if (given is null && SalesforceToken.FindMissing(context) is { } missing)
        {
            return missing;
        }

        var version = context.FindSetting("ApiVersion") ?? Newest;
        return (Host().IsMatch(domain), Version().IsMatch(version)) switch
        {
            (false, _) => StepOutcome.Fail(
                FailureKind.Unauthorized,
                "domain_unknown",
                $"Connections:{context.Connection}:Settings:{DomainSetting} is '{Shown.Value(domain)}'; it must be your My Domain host, such as acme.my.salesforce.com. "
                + "Salesforce shows it under Setup, My Domain, Current My Domain URL."),
            (_, false) => StepOutcome.Fail(
                FailureKind.Unauthorized,
                "version_unknown",
                $"Connections:{context.Connection}:Settings:ApiVersion is '{Shown.Value(version)}'; it must be a version such as {Newest}."),
            _ => null,
        };
    }

    // People copy it out of the browser.
    private static string DomainOf(string setting)
    {
        var text = setting.Trim();
        var host = text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? text["https://".Length..] : text;
        return host.TrimEnd('/').ToLowerInvariant();
    }

    // A kept token may have ended with its session: a new one tells. A new or a fixed one that is refused needs a person.
    private StepOutcome.Failed RefuseToken()
    {
        if (_origin != TokenOrigin.Given)
        {
            _context.ForgetToken(KeptAs, _token);
        }

        return _origin switch
        {
            TokenOrigin.Kept => new(FailureKind.Transient, "token_refused", "Salesforce no longer accepts the token it gave; the next try asks for a new one."),
            TokenOrigin.Given => new(
                FailureKind.Unauthorized,
                "token_refused",
                $"Salesforce does not accept the access token of connection '{_context.Connection}'. Set a new {AccessToken}, or better ClientId and ClientSecret."),
            _ => new(
                FailureKind.Unauthorized,
                "token_refused",
                "Salesforce does not accept the token it has just given. The app needs the scope 'Manage user data via APIs (api)', and its user the permission API Enabled."),
        };
    }

    private string Address(string path) => $"https://{Domain}/services/data/{_version}/{path}";


    [GeneratedRegex(@"^[a-z0-9-]+(\.[a-z0-9-]+)*\.my\.salesforce\.com\z", RegexOptions.CultureInvariant)]
    private static partial Regex Host();

    [GeneratedRegex(@"^v[0-9]{2,3}\.0\z", RegexOptions.CultureInvariant)]
    private static partial Regex Version();
}
