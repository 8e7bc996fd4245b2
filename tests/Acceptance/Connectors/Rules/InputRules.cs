using System.Text.Json;
using System.Text.Json.Nodes;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Acceptance.Connectors.Rules;

/// <summary>Bad input is Rejected, the field is named, and nothing is sent.</summary>
internal static class InputRules
{
    public static Task<IReadOnlyList<string>> BadInput(ConnectorCase tested) => AnswerRules.ForEachCallAsync(tested, async (call, wrong) =>
    {
        foreach (var (input, named) in Flaws(call))
        {
            var context = tested.Attempt(call.GoodReplies());
            var outcome = await call.Action.ExecuteAsync(input, context, CancellationToken.None);
            if (outcome is not StepOutcome.Failed { Kind: FailureKind.Rejected } failed || !failed.Message.Contains(named, StringComparison.Ordinal))
            {
                wrong($"{input.GetRawText()} is {Outcomes.Show(outcome)}, expected Rejected naming {named}");
            }

            if (context.Requests.Count + context.Mails.Count > 0)
            {
                wrong($"{input.GetRawText()} was sent");
            }
        }
    });

    private static IEnumerable<(JsonElement Input, string Named)> Flaws(ActionCase call)
    {
        var names = string.Join(", ", call.Action.Shape.Inputs.Select(field => field.Name));
        yield return (JsonSerializer.SerializeToElement("text"), names);
        yield return (With(call, "no_such_field", "x"), "'no_such_field' is not a field. It has: " + names);
        foreach (var field in call.Action.Shape.Inputs)
        {
            if (field.Required)
            {
                yield return (With(call, field.Name, null, remove: true), $"'{field.Name}' is missing");
                yield return (With(call, field.Name, null), $"'{field.Name}' is missing");
            }

            if (field.Type != FieldType.Any)
            {
                yield return (With(call, field.Name, Misfit(field.Type)), $"'{field.Name}' is");
            }

            if (field.Allowed.Count > 0)
            {
                yield return (With(call, field.Name, "no such choice"), string.Join(", ", field.Allowed));
            }
        }
    }

    private static JsonNode Misfit(FieldType type) => type switch
    {
        FieldType.Text or FieldType.Boolean => new JsonArray(1, 2),
        FieldType.TextList => new JsonArray(new JsonObject()),
        FieldType.TextMap => new JsonObject { ["key"] = new JsonArray() },
        _ => "text",
    };

    private static JsonElement With(ActionCase call, string name, JsonNode? value, bool remove = false)
    {
        var input = JsonNode.Parse(call.Input.GetRawText())!.AsObject();
        if (remove)
        {
            input.Remove(name);
        }
        else
        {
            input[name] = value;
        }

        return JsonSerializer.SerializeToElement(input);
    }
}
