using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Reading;

namespace ConnectorHub.Connectors.Livestorm;

/// <summary>Requests to Livestorm's REST API. What it answers has the form of <see cref="ApiBody"/>.</summary>
internal static class LivestormApi
{
    /// <summary>The secret all look-ups need, by its name in connector.json.</summary>
    public const string ApiToken = "ApiToken";

    /// <summary>As many people as Livestorm gives at once.</summary>
    public const int PageSize = 50;

    private const string Where = "Account Settings, Public API";

    private static readonly LookUpAnswer Answers = new(
        "Livestorm",
        $"Livestorm does not accept the {ApiToken}, or it may not read events. Look under {Where}: the token must be there and its permission Events at least Read.",
        $"Livestorm does not let this {ApiToken} read that. Under {Where}, set its permission Events to Read; if it is, ask Livestorm whether the workspace may use the API.");

    /// <summary>The outcome of a look-up on a connection without a token.</summary>
    public static StepOutcome MissingToken(ActionContext context) =>
        MissingSecret.Outcome(context, ApiToken, $"A workspace admin makes one in Livestorm under {Where}, with the permission Events: Read.");

    /// <summary>One event.</summary>
    public static OutboundRequest Event(Secret token, string id) => Read(token, $"events/{id}");

    /// <summary>One of all events: asks whether the token works and may read events.</summary>
    public static OutboundRequest AnyEvent(Secret token) => Read(token, "events?page[size]=1");

    /// <summary>One session.</summary>
    public static OutboundRequest Session(Secret token, string id) => Read(token, $"sessions/{id}");

    /// <summary>A page of a session's people; the first has number 0.</summary>
    public static OutboundRequest People(Secret token, string session, long page) =>
        Read(token, $"sessions/{session}/people?page[number]={page}&page[size]={PageSize}");

    /// <inheritdoc cref="LookUpAnswer.Judge"/>
    public static StepOutcome Judge(SendReply.Answered answer, ActionContext context, string? missing, Func<JsonElement, StepOutcome> done) =>
        Answers.Judge(answer, context, missing, done);

    /// <inheritdoc cref="LookUpAnswer.Incomplete"/>
    public static StepOutcome Incomplete(string missing) => Answers.Incomplete(missing);

    /// <summary>A time of a resource in UNIX seconds; 0 is how Livestorm writes that there is none.</summary>
    public static long? Seconds(JsonElement resource, string name) =>
        BodyTimes.UnixSeconds(BodyValues.Find(resource, "attributes", name))?.ToUnixTimeSeconds();

    // The token stands alone: behind 'Bearer' Livestorm takes it for one of OAuth and refuses it.
    private static OutboundRequest Read(Secret token, string path) => new(HttpMethod.Get, path)
    {
        Reads = true,
        Headers = [KeyValuePair.Create("Accept", "application/vnd.api+json")],
        SecretHeaders = [new SecretHeader("Authorization", string.Empty, token)],
    };
}
