using System.Text.Json.Nodes;

namespace ConnectorHub.Tests.StandIns.HubSpot;

/// <summary>One record at a time: create, read, change, archive.</summary>
internal sealed class RecordApi(RecordStore store, Action<string, string?> happened)
{
    private const int LongestNote = 65_536;

    private static readonly string[] Usual = ["email", "firstname", "lastname", "createdate", "lastmodifieddate"];

    public StandInReply Create(string type, JsonNode? body)
    {
        if (body.At("properties") is not JsonObject { Count: > 0 } properties)
        {
            return HubSpotReply.Error(400, "VALIDATION_ERROR", "Invalid input JSON: some required fields were not set: [properties]");
        }

        if (store.FindFlaws(type, properties) is { Count: > 0 } flaws)
        {
            return HubSpotReply.Invalid(flaws);
        }

        if (type == "contacts" && properties.Text("email") is { } email && store.FindContact(email, anyAddress: true) is { } there)
        {
            return HubSpotReply.Conflict(there.Id);
        }

        if (type == "notes" && FindNoteFlaw(properties) is { } flaw)
        {
            return flaw;
        }

        if (Linked(body) is not { } links)
        {
            return HubSpotReply.Error(400, "VALIDATION_ERROR", "One or more associations are not valid");
        }

        var record = store.Add(type, properties);
        foreach (var other in links)
        {
            store.Links.Add((record.Id, other));
            store.Links.Add((other, record.Id));
        }

        happened($"{type} {record.Id} made: {Line(record)}", type == "contacts" ? $"contact {properties.Text("email")}" : $"{type} {string.Join(',', links)} {Line(record)}");
        return StandInReply.Json(201, record.ToJson());
    }

    public StandInReply Get(string type, string id, IReadOnlyDictionary<string, string> query) => Find(type, id, query) is { } record
        ? StandInReply.Json(200, record.ToJson(query.TryGetValue("properties", out var names) ? names.Split(',') : Usual))
        : HubSpotReply.NotFound();

    public StandInReply Update(string type, string id, IReadOnlyDictionary<string, string> query, JsonNode? body)
    {
        if (Find(type, id, query) is not { } record)
        {
            return HubSpotReply.NotFound();
        }

        if (body.At("properties") is not JsonObject { Count: > 0 } properties)
        {
            return HubSpotReply.Error(400, "VALIDATION_ERROR", "No properties found to update, please provide at least one.");
        }

        if (store.FindFlaws(type, properties) is { Count: > 0 } flaws)
        {
            return HubSpotReply.Invalid(flaws);
        }

        if (type == "contacts" && properties.Text("email") is { } email && store.FindContact(email, anyAddress: true) is { } other && other != record)
        {
            return HubSpotReply.Conflict(other.Id);
        }

        store.Change(record, properties);
        happened($"{type} {record.Id} changed: {Line(record)}", null);
        return StandInReply.Json(200, record.ToJson());
    }

    public StandInReply Archive(string type, string id)
    {
        if (store.Find(type, id) is not { } record)
        {
            return HubSpotReply.NotFound();
        }

        store.Archive(record);
        happened($"{type} {id} archived", null);
        return StandInReply.Empty(204);
    }

    /// <summary>A record as a line for people.</summary>
    public static string Line(HubSpotRecord record) =>
        string.Join(", ", record.Properties.Select(property => $"{property.Key}={property.Value.ReplaceLineEndings(" ")}"));

    private HubSpotRecord? Find(string type, string id, IReadOnlyDictionary<string, string> query) => query.GetValueOrDefault("idProperty") switch
    {
        null => store.Find(type, id),
        "email" when type == "contacts" => store.FindContact(id, anyAddress: false),
        _ => null,
    };

    private static StandInReply? FindNoteFlaw(JsonObject properties) =>
        properties["hs_timestamp"] is null ? HubSpotReply.Error(400, "VALIDATION_ERROR", "Error creating NOTE. Some required properties were not set: [hs_timestamp].")
        : properties.Text("hs_note_body")?.Length > LongestNote
            ? HubSpotReply.Error(400, "VALIDATION_ERROR", "hs_note_body exceeds the maximum length of 65536 characters.")
        : null;

    // A link goes to a contact that is there; other records are taken as given.
    private List<string>? Linked(JsonNode? body)
    {
        var ids = new List<string>();
        foreach (var link in body.Items("associations"))
        {
            if (link.Text("to", "id") is not { } id || link.Items("types").Count == 0 || (IsToContact(link) && store.Find("contacts", id) is null))
            {
                return null;
            }

            ids.Add(id);
        }

        return ids;
    }

    private static bool IsToContact(JsonNode? link) => link.Items("types").Any(type => type.Number("associationTypeId") == 202);
}
