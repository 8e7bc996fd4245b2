using System.Text.Json;
using System.Text.Json.Nodes;

namespace ConnectorHub.Tests.StandIns.Salesforce;

/// <summary>One record at a time, told by its own id or by an external one.</summary>
internal sealed class SObjectApi(SObjectStore store, Action<string, string?> happened)
{
    public StandInReply Create(string type, JsonNode? body)
    {
        if (Open(type, body, out var kind, out var fields) is { } flaw)
        {
            return flaw;
        }

        return MissingIn(kind, fields) ?? Made(Add(kind, fields, key: null));
    }

    public StandInReply Describe(string type) => store.Types.TryGetValue(type, out var kind)
        ? StandInReply.Json(200, new JsonObject { ["objectDescribe"] = new JsonObject { ["name"] = kind.Name, ["keyPrefix"] = kind.Prefix }, ["recentItems"] = new JsonArray() })
        : NoSuch();

    public StandInReply Get(string type, string field, string value)
    {
        if (!store.Types.TryGetValue(type, out var kind))
        {
            return NoSuch();
        }

        return Find(kind, field, value) switch
        {
            null => ExternalIdUnknown(field),
            [] => NoSuch(),
            [var record] => StandInReply.Json(200, record.DeepClone()),
            var several => Several(several),
        };
    }

    public StandInReply Update(string type, string id, JsonNode? body)
    {
        if (Open(type, body, out var kind, out var fields) is { } flaw)
        {
            return flaw;
        }

        if (store.Find(kind, "Id", id) is not [var record])
        {
            return NoSuch();
        }

        Change(kind, record, fields);
        return StandInReply.Empty(204);
    }

    /// <summary>Changes the record with this value, or makes it: the same again changes nothing. Where several have it, nothing is written.</summary>
    public StandInReply Upsert(string type, string field, string value, JsonNode? body, bool updateOnly)
    {
        if (Open(type, body, out var kind, out var fields) is { } flaw)
        {
            return flaw;
        }

        if (fields.Any(member => string.Equals(member.Key, field, StringComparison.OrdinalIgnoreCase)))
        {
            return SalesforceReply.Error(400, "INVALID_FIELD", $"The {field} field should not be specified in the sobject data.");
        }

        switch (Find(kind, field, value))
        {
            case null:
                return ExternalIdUnknown(field);
            case { Count: > 1 } several:
                return Several(several);
            case [var record]:
                Change(kind, record, fields);
                return StandInReply.Json(200, new JsonObject { ["id"] = record.Text("Id"), ["success"] = true, ["errors"] = new JsonArray(), ["created"] = false });
            case var _ when updateOnly:
                return NoSuch();
            case var _:
                fields[Name(kind, field)] = value;
                return MissingIn(kind, fields) ?? Made(Add(kind, fields, $"{kind.Name} {field} {value}"));
        }
    }

    private IReadOnlyList<JsonObject>? Find(SObjectType kind, string field, string value) =>
        field == "Id" || kind.ExternalIds.Contains(field, StringComparer.OrdinalIgnoreCase) ? store.Find(kind, Name(kind, field), value) : null;

    private StandInReply? Open(string type, JsonNode? body, out SObjectType kind, out JsonObject fields)
    {
        fields = body is JsonObject given ? (JsonObject)given.DeepClone() : [];
        if (!store.Types.TryGetValue(type, out var found))
        {
            kind = store.Types.Values.First();
            return NoSuch();
        }

        kind = found;
        if (body is not JsonObject)
        {
            return SalesforceReply.Error(400, "JSON_PARSER_ERROR", "The body is not a JSON object");
        }

        foreach (var (name, value) in fields)
        {
            if (!found.Fields.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                return SalesforceReply.Error(400, "INVALID_FIELD", $"No such column '{name}' on sobject of type {found.Name}");
            }

            if (string.Equals(name, "Email", StringComparison.OrdinalIgnoreCase) && value?.ToString() is { Length: > 0 } email && !email.Contains('@', StringComparison.Ordinal))
            {
                return SalesforceReply.Error(400, "INVALID_EMAIL_ADDRESS", $"Email: invalid email address: {email}", "Email");
            }
        }

        return null;
    }

    private static StandInReply? MissingIn(SObjectType kind, JsonObject fields)
    {
        var missing = kind.Required.Where(name => !fields.Any(field => string.Equals(field.Key, name, StringComparison.OrdinalIgnoreCase) && field.Value is not null)).ToList();
        return missing.Count == 0
            ? null
            : SalesforceReply.Error(400, "REQUIRED_FIELD_MISSING", $"Required fields are missing: [{string.Join(", ", missing)}]", missing);
    }

    private JsonObject Add(SObjectType kind, JsonObject fields, string? key)
    {
        var record = store.Add(kind);
        Write(kind, record, fields);
        happened($"{kind.Name} {record.Text("Id")} made: {Line(record)}", key);
        return record;
    }

    private void Change(SObjectType kind, JsonObject record, JsonObject fields)
    {
        Write(kind, record, fields);
        happened($"{kind.Name} {record.Text("Id")} changed: {Line(record)}", null);
    }

    private static void Write(SObjectType kind, JsonObject record, JsonObject fields)
    {
        foreach (var (name, value) in fields)
        {
            record[Name(kind, name)] = value?.DeepClone();
        }
    }

    private static string Name(SObjectType kind, string name) =>
        kind.Fields.FirstOrDefault(field => string.Equals(field, name, StringComparison.OrdinalIgnoreCase)) ?? name;

    private static StandInReply Made(JsonObject record) =>
        StandInReply.Json(201, new JsonObject { ["id"] = record.Text("Id"), ["success"] = true, ["errors"] = new JsonArray(), ["created"] = true });

    private static StandInReply NoSuch() => SalesforceReply.Error(404, "NOT_FOUND", "The requested resource does not exist");

    private static StandInReply ExternalIdUnknown(string field) =>
        SalesforceReply.Error(404, "NOT_FOUND", $"Provided external ID field does not exist or is not accessible: {field}");

    private static StandInReply Several(IReadOnlyList<JsonObject> records) => StandInReply.Json(
        300, new JsonArray([.. records.Select(record => (JsonNode)$"/services/data/v68.0/sobjects/Contact/{record.Text("Id")}")])) with
    { IsRefusal = true };

    private static string Line(JsonObject record) => string.Join(", ", record
        .Where(field => field.Key != "Id" && field.Value is { } value && value.GetValueKind() != JsonValueKind.Null)
        .Select(field => $"{field.Key}={field.Value}"));
}
