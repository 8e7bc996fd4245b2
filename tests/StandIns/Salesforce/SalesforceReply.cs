using System.Text.Json.Nodes;

namespace ConnectorHub.Tests.StandIns.Salesforce;

/// <summary>How Salesforce refuses: a list.</summary>
internal static class SalesforceReply
{
    public static StandInReply Error(int status, string code, string message, params IReadOnlyList<string> fields) =>
        StandInReply.Json(status, new JsonArray(new JsonObject
        {
            ["message"] = message,
            ["errorCode"] = code,
            ["fields"] = new JsonArray([.. fields.Select(field => (JsonNode)field)]),
        }));
}
