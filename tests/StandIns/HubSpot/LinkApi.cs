using System.Text.Json;
using System.Text.Json.Nodes;

namespace ConnectorHub.Tests.StandIns.HubSpot;

/// <summary>Links between records, and who is on which list. Both may be said twice.</summary>
internal sealed class LinkApi(RecordStore store, Action<string, string?> happened)
{
    public StandInReply Associate(string from, string fromId, string to, string toId)
    {
        if (IsMissing(from, fromId) || IsMissing(to, toId))
        {
            return HubSpotReply.NotFound();
        }

        var isNew = store.Links.Add((fromId, toId)) | store.Links.Add((toId, fromId));
        if (isNew)
        {
            happened($"{from} {fromId} linked to {to} {toId}", null);
        }

        return StandInReply.Json(200, new JsonObject
        {
            ["status"] = "COMPLETE",
            ["results"] = new JsonArray(new JsonObject
            {
                ["from"] = new JsonObject { ["id"] = fromId },
                ["to"] = new JsonObject { ["id"] = toId },
                ["associationSpec"] = new JsonObject { ["associationCategory"] = "HUBSPOT_DEFINED", ["associationTypeId"] = 1 },
            }),
        });
    }

    public StandInReply AddToList(string list, JsonNode? body)
    {
        if (!store.Lists.TryGetValue(list, out var members))
        {
            return HubSpotReply.NotFound();
        }

        if (body is not JsonArray ids || ids.Any(id => id?.GetValueKind() is not (JsonValueKind.String or JsonValueKind.Number)))
        {
            return HubSpotReply.Error(400, "VALIDATION_ERROR", "Invalid input JSON: a list of record ids is needed");
        }

        var asked = ids.Select(id => id!.ToString()).ToList();
        var added = asked.Where(id => store.Find("contacts", id) is not null && members.Add(id)).ToList();
        foreach (var id in added)
        {
            happened($"list {list}: contact {id} added", $"list {list} {id}");
        }

        return StandInReply.Json(200, new JsonObject
        {
            ["recordsIdsAdded"] = Ids(added),
            ["recordIdsRemoved"] = new JsonArray(),
            ["recordIdsMissing"] = Ids(asked.Where(id => store.Find("contacts", id) is null)),
        });
    }

    // Companies and deals are not kept here unless they were made here: they count as there.
    private bool IsMissing(string type, string id) => type is "contacts" or "notes" && store.Find(type, id) is null;

    private static JsonArray Ids(IEnumerable<string> ids) => [.. ids.Select(id => (JsonNode)id)];
}
