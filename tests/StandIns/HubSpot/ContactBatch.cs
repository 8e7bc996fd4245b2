using System.Text.Json.Nodes;

namespace ConnectorHub.Tests.StandIns.HubSpot;

/// <summary><c>batch/upsert</c> of contacts by address: each has its own result, and one that is wrong does not stop the others (207).</summary>
internal sealed class ContactBatch(RecordStore store, Action<string, string?> happened)
{
    private const int Most = 100;

    public StandInReply Upsert(JsonNode? body)
    {
        var inputs = body.Items("inputs");
        if (FindFlaw(inputs) is { } flaw)
        {
            return HubSpotReply.Error(400, "VALIDATION_ERROR", flaw);
        }

        var results = new JsonArray();
        var errors = new JsonArray();
        foreach (var input in inputs)
        {
            var properties = WithEmail(input);
            if (store.FindFlaws("contacts", properties) is { Count: > 0 } flaws)
            {
                errors.Add(Error(input, flaws[0]));
            }
            else
            {
                results.Add(Write(input, properties));
            }
        }

        var reply = new JsonObject { ["status"] = "COMPLETE", ["results"] = results };
        if (errors.Count > 0)
        {
            reply["numErrors"] = errors.Count;
            reply["errors"] = errors;
        }

        return StandInReply.Json(errors.Count > 0 ? 207 : 200, reply);
    }

    private static string? FindFlaw(IReadOnlyList<JsonNode?> inputs)
    {
        var ids = inputs.Select(input => input.Text("id") ?? string.Empty).ToList();
        return inputs.Count is 0 or > Most ? $"The maximum number of items in a batch is {Most}; the minimum is 1."
            : ids.Any(id => id.Length == 0) || inputs.Any(input => input.Text("idProperty") != "email") ? "id and idProperty are needed; here idProperty is email."
            : ids.Distinct(StringComparer.OrdinalIgnoreCase).Count() < ids.Count ? "Duplicate IDs found in batch input"
            : null;
    }

    private static JsonObject WithEmail(JsonNode? input)
    {
        var properties = input.At("properties") is JsonObject given ? (JsonObject)given.DeepClone() : [];
        properties["email"] ??= input.Text("id");
        return properties;
    }

    private JsonObject Write(JsonNode? input, JsonObject properties)
    {
        var there = store.FindContact(input.Text("id")!, anyAddress: true);
        if (there is not null)
        {
            store.Change(there, properties);
        }

        var record = there ?? store.Add("contacts", properties);
        happened($"contacts {record.Id} {(there is null ? "made" : "changed")}: {RecordApi.Line(record)}", there is null ? $"contact {properties.Text("email")}" : null);
        var shown = record.ToJson();
        shown["new"] = there is null;
        if (input.Text("objectWriteTraceId") is { } trace)
        {
            shown["objectWriteTraceId"] = trace;
        }

        return shown;
    }

    private static JsonObject Error(JsonNode? input, JsonObject flaw)
    {
        var context = new JsonObject { ["ids"] = new JsonArray((JsonNode?)input.Text("id")) };
        if (input.Text("objectWriteTraceId") is { } trace)
        {
            context["objectWriteTraceId"] = new JsonArray((JsonNode?)trace);
        }

        return new JsonObject
        {
            ["status"] = "error",
            ["category"] = "VALIDATION_ERROR",
            ["message"] = flaw.Text("message"),
            ["context"] = context,
            ["errors"] = new JsonArray(new JsonObject { ["message"] = flaw.Text("message"), ["code"] = flaw.Text("error") }),
        };
    }
}
