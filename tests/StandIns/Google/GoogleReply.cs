using System.Text.Json.Nodes;

namespace ConnectorHub.Tests.StandIns.Google;

/// <summary>How Google's APIs refuse: newer ones with a status word and details, older ones (Calendar) with a list of reasons.</summary>
internal static class GoogleReply
{
    public static StandInReply Newer(int code, string status, string message, string? reason = null)
    {
        var error = new JsonObject { ["code"] = code, ["message"] = message, ["status"] = status };
        if (reason is not null)
        {
            error["details"] = new JsonArray(new JsonObject
            {
                ["@type"] = "type.googleapis.com/google.rpc.ErrorInfo",
                ["reason"] = reason,
                ["domain"] = "googleapis.com",
            });
        }

        return StandInReply.Json(code, new JsonObject { ["error"] = error });
    }

    public static StandInReply Invalid(string message) => Newer(400, "INVALID_ARGUMENT", message);

    public static StandInReply Older(int code, string reason, string message, string domain = "global") => StandInReply.Json(code, new JsonObject
    {
        ["error"] = new JsonObject
        {
            ["errors"] = new JsonArray(new JsonObject { ["domain"] = domain, ["reason"] = reason, ["message"] = message }),
            ["code"] = code,
            ["message"] = message,
        },
    });

    public static StandInReply NotSignedIn(bool newer) => newer
        ? Newer(401, "UNAUTHENTICATED", "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.")
        : Older(401, "authError", "Invalid Credentials");

    public static StandInReply ScopeMissing(bool newer) => newer
        ? Newer(403, "PERMISSION_DENIED", "Request had insufficient authentication scopes.", "ACCESS_TOKEN_SCOPE_INSUFFICIENT")
        : Older(403, "insufficientPermissions", "Insufficient Permission: Request had insufficient authentication scopes.");

    /// <summary>How the token endpoint refuses.</summary>
    public static StandInReply Token(int code, string error, string description) =>
        StandInReply.Json(code, new JsonObject { ["error"] = error, ["error_description"] = description });
}
