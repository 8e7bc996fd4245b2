using System.Text.Json.Nodes;

namespace ConnectorHub.Tests.StandIns.HubSpot;

/// <summary>How HubSpot refuses.</summary>
internal static class HubSpotReply
{
    public const string Correlation = "aeb5f871-7f07-4993-9211-075dc63e7cbf";

    public static StandInReply Error(int status, string category, string message, JsonArray? errors = null)
    {
        var body = new JsonObject { ["status"] = "error", ["message"] = message, ["correlationId"] = Correlation, ["category"] = category };
        if (errors is not null)
        {
            body["errors"] = errors;
        }

        return StandInReply.Json(status, body);
    }

    public static StandInReply NotFound() => Error(404, "OBJECT_NOT_FOUND", "resource not found");

    public static StandInReply Conflict(string id) => Error(409, "CONFLICT", $"Contact already exists. Existing ID: {id}");

    /// <summary>A limit, by the name of the policy that it is.</summary>
    public static StandInReply Limit(string policy, string message) => StandInReply.Json(429, new JsonObject
    {
        ["status"] = "error",
        ["message"] = message,
        ["errorType"] = "RATE_LIMIT",
        ["correlationId"] = Correlation,
        ["policyName"] = policy,
        ["requestId"] = Correlation,
    });

    /// <summary>Property by property what is wrong. HubSpot writes the list into the sentence.</summary>
    public static StandInReply Invalid(IReadOnlyList<JsonObject> errors) => Error(
        400,
        "VALIDATION_ERROR",
        $"Property values were not valid: {new JsonArray([.. errors.Select(error => error.DeepClone())]).ToJsonString()}",
        new JsonArray([.. errors.Select(error => new JsonObject
        {
            ["message"] = error.Text("message"),
            ["code"] = error.Text("error"),
            ["context"] = new JsonObject { ["propertyName"] = new JsonArray((JsonNode?)error.Text("name")) },
        })]));
}
