using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.HubSpot;

/// <summary>What a request came to, where an action goes on from some answers. Closed.</summary>
internal abstract record HubSpotReply
{
    private HubSpotReply()
    {
    }

    /// <summary>HubSpot answered.</summary>
    public sealed record Answered(SendReply.Answered Answer) : HubSpotReply;

    /// <summary>There is no answer to go on from: lost, never sent, or only rehearsed.</summary>
    public sealed record Ended(StepOutcome Outcome) : HubSpotReply;
}

/// <summary>Requests to HubSpot's API for one attempt, and what its answers mean.</summary>
internal sealed class HubSpotApi
{
    /// <summary>The secret all actions need, by its name in connector.json.</summary>
    public const string AccessToken = "AccessToken";

    private readonly Secret _token;

    private readonly ActionContext _context;

    private HubSpotApi(Secret token, ActionContext context)
    {
        _token = token;
        _context = context;
        Paths = HubSpotPaths.Of(context);
    }

    public HubSpotPaths Paths { get; }

    /// <summary>Null where the connection does not set the token.</summary>
    public static HubSpotApi? Of(ActionContext context) => context.FindSecret(AccessToken) is { } token ? new HubSpotApi(token, context) : null;

    public OutboundRequest Read(string path) => new(HttpMethod.Get, path) { Reads = true, SecretHeaders = [Authorization] };

    public OutboundRequest Write(HttpMethod method, string path) => new(method, path) { SecretHeaders = [Authorization] };

    public OutboundRequest Write<T>(HttpMethod method, string path, T body)
        where T : class => Write(method, path) with { Body = OutputJson.RequestBody(body) };

    /// <summary>Sends a request whose answer the action itself looks at.</summary>
    public async Task<HubSpotReply> AskAsync(OutboundRequest request, Func<JsonElement> sample, CancellationToken cancellationToken)
    {
        HubSpotReply? reply = null;
        var outcome = await _context.CallAsync(
            request,
            answer =>
            {
                reply = new HubSpotReply.Answered(answer);
                return HubSpotErrors.Judge(answer, _context, request.Reads);
            },
            sample,
            cancellationToken);
        return reply ?? new HubSpotReply.Ended(outcome);
    }

    /// <summary>What an answer came to. <paramref name="done"/> reads the JSON of a success, and gives null where it lacks what it must hold.</summary>
    public StepOutcome Judge(SendReply.Answered answer, bool reads, Func<JsonElement, StepOutcome?> done) =>
        answer.Status is >= 200 and < 300 && UntrustedJson.Answer(answer) is { ValueKind: JsonValueKind.Object } json && done(json) is { } outcome
            ? outcome
            : HubSpotErrors.Judge(answer, _context, reads);

    private SecretHeader Authorization => new("Authorization", "Bearer ", _token);
}
