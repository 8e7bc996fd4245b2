using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Reading;

namespace ConnectorHub.Connectors.MeltingSpot;

/// <summary>Requests to MeltingSpot's REST API. Lists are <c>{"items":[…],"total":n}</c>; filters are LHS brackets, <c>email[in]=…</c>.</summary>
internal static class MeltingSpotApi
{
    /// <summary>The secret all look-ups need, by its name in connector.json.</summary>
    public const string ApiKey = "ApiKey";

    /// <summary>The setting that says how the key is sent, by its name in connector.json.</summary>
    public const string KeySentAs = "KeySentAs";

    // MeltingSpot's page on it breaks off after 'customFormAnswer': the last letter is after its other lists.
    private const string FormAnswers = "customFormAnswers";

    private static readonly LookUpAnswer Answers = new(
        "MeltingSpot",
        $"MeltingSpot does not accept the {ApiKey}. Copy it anew from your Spot's settings, API Access. If it is right, set {KeySentAs} to bearer.",
        $"MeltingSpot does not let this {ApiKey} read that. API access is a premium feature: ask MeltingSpot whether your Spot has it.");

    /// <summary>The outcome of a look-up on a connection without a key.</summary>
    public static StepOutcome MissingKey(ActionContext context) =>
        MissingSecret.Outcome(context, ApiKey, "MeltingSpot shows it in your Spot's settings, API Access.");

    /// <summary>One live.</summary>
    public static OutboundRequest Live(Secret key, ActionContext context, string id) => Read(key, context, $"v1/lives/{id}");

    /// <summary>The members with an e-mail address.</summary>
    public static OutboundRequest Members(Secret key, ActionContext context, string email) =>
        Read(key, context, $"v1/spotMembers?email[in]={Uri.EscapeDataString(email)}");

    /// <summary>One of all members: asks whether the key works.</summary>
    public static OutboundRequest AnyMember(Secret key, ActionContext context) => Read(key, context, "v1/spotMembers?limit=1");

    /// <summary>A page of what a member answered in forms; null is the first one.</summary>
    public static OutboundRequest FormAnswersOf(Secret key, ActionContext context, string member, int limit, int? page) =>
        Read(key, context, $"v1/spotMembers/{member}/{FormAnswers}?limit={limit}{(page is null ? string.Empty : $"&page={page}")}");

    /// <inheritdoc cref="LookUpAnswer.Judge"/>
    public static StepOutcome Judge(SendReply.Answered answer, ActionContext context, string? missing, Func<JsonElement, StepOutcome> done) =>
        Answers.Judge(answer, context, missing, done);

    /// <inheritdoc cref="LookUpAnswer.Incomplete"/>
    public static StepOutcome Incomplete(string missing) => Answers.Incomplete(missing);

    /// <summary>An answer that is whole but not what was asked for. It would be the same again.</summary>
    public static StepOutcome Unexpected(string message) => StepOutcome.Fail(FailureKind.Rejected, "unexpected_answer", message);

    private static OutboundRequest Read(Secret key, ActionContext context, string path) => new(HttpMethod.Get, path)
    {
        Reads = true,
        SecretHeaders = [new SecretHeader("Authorization", context.FindSetting(KeySentAs) == "bearer" ? "Bearer " : string.Empty, key)],
    };
}
