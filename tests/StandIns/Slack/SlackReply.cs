using System.Text.Json.Nodes;

namespace ConnectorHub.Tests.StandIns.Slack;

/// <summary>Slack's answers.</summary>
internal static class SlackReply
{
    public static StandInReply Ok(JsonObject body)
    {
        body.Insert(0, "ok", true);
        return StandInReply.Json(200, body);
    }

    public static StandInReply Error(string word) =>
        StandInReply.Json(200, new JsonObject { ["ok"] = false, ["error"] = word }) with { IsRefusal = true };

    public static StandInReply Missing(string scope, IEnumerable<string> provided) => StandInReply.Json(200, new JsonObject
    {
        ["ok"] = false,
        ["error"] = "missing_scope",
        ["needed"] = scope,
        ["provided"] = string.Join(",", provided),
    }) with
    { IsRefusal = true };

    /// <summary>A page of a list, whose cursor is the number of entries before it.</summary>
    public static StandInReply Page(string name, IReadOnlyList<JsonNode> all, SlackArguments arguments, int usual)
    {
        var skip = int.TryParse(arguments.Text("cursor"), out var cursor) ? cursor : 0;
        var limit = Math.Clamp(int.TryParse(arguments.Text("limit"), out var asked) ? asked : usual, 1, 999);
        var next = skip + limit < all.Count ? (skip + limit).ToString(System.Globalization.CultureInfo.InvariantCulture) : string.Empty;
        return Ok(new()
        {
            [name] = new JsonArray([.. all.Skip(skip).Take(limit)]),
            ["has_more"] = next.Length > 0,
            ["response_metadata"] = new JsonObject { ["next_cursor"] = next },
        });
    }
}
