using System.Text.Json.Nodes;

namespace ConnectorHub.Tests.StandIns.HubSpot;

/// <summary>Search, which sees a record only some seconds after it was made or changed.</summary>
internal sealed class RecordSearch(RecordStore store, TimeProvider time)
{
    /// <summary>How far the index is behind.</summary>
    public static readonly TimeSpan Lag = TimeSpan.FromSeconds(10);

    public StandInReply Run(string type, JsonNode? body)
    {
        var groups = body.Items("filterGroups");
        if (groups.SelectMany(group => group.Items("filters")).FirstOrDefault(filter => filter.Text("operator") is not ("EQ" or "HAS_PROPERTY")) is { } other)
        {
            return HubSpotReply.Error(400, "VALIDATION_ERROR", $"{other.Text("operator")} is not an operator that is known here");
        }

        var seen = time.GetUtcNow() - Lag;
        var found = store.Of(type)
            .Where(record => record.Changed <= seen)
            .Where(record => groups.Count == 0 || groups.Any(group => group.Items("filters").All(filter => Matches(record, filter))))
            .ToList();
        var limit = Math.Clamp(body.Number("limit") ?? 10, 1, 200);
        return StandInReply.Json(200, new JsonObject
        {
            ["total"] = found.Count,
            ["results"] = new JsonArray([.. found.Take(limit).Select(record => record.ToJson())]),
        });
    }

    private static bool Matches(HubSpotRecord record, JsonNode? filter) =>
        record.Properties.TryGetValue(filter.Text("propertyName") ?? string.Empty, out var value)
        && (filter.Text("operator") == "HAS_PROPERTY" || string.Equals(value, filter.At("value")?.ToString(), StringComparison.OrdinalIgnoreCase));
}
