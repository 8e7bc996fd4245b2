using System.Text;
using System.Text.Json;

namespace ConnectorHub.Runs.RecipeTests;

/// <summary>What differs in one step.</summary>
/// <param name="Lines">Field by field: <c>text: "a" → "b"</c>.</param>
public sealed record StepDifference(string Step, IReadOnlyList<string> Lines);

/// <summary>What two versions of a recipe make of one event, where that is not the same.</summary>
/// <param name="Old">Taken, or the condition that kept it from being taken.</param>
/// <param name="New">The same of the new version.</param>
public sealed record VersionDifference(string Old, string New, IReadOnlyList<StepDifference> Steps)
{
    /// <summary>Null where both come to the same.</summary>
    public static VersionDifference? Of(PlayedEvent old, PlayedEvent @new)
    {
        if (!old.Taken && !@new.Taken)
        {
            return null;
        }

        var steps = new List<StepDifference>();
        foreach (var id in old.Steps.Concat(@new.Steps).Select(step => step.Id).Distinct())
        {
            var lines = Lines(old.Steps.FirstOrDefault(step => step.Id == id), @new.Steps.FirstOrDefault(step => step.Id == id));
            if (lines.Count > 0)
            {
                steps.Add(new StepDifference(id, lines));
            }
        }

        var same = old.Taken == @new.Taken && steps.Count == 0 && old.Ended == @new.Ended;
        return same ? null : new VersionDifference(Words(old), Words(@new), steps);
    }

    private static string Words(PlayedEvent played) => !played.Taken ? played.Why : played.Ended is null ? "taken" : $"taken; {played.Ended}";

    private static List<string> Lines(PlayedStep? old, PlayedStep? @new)
    {
        var lines = new List<string>();
        var before = old is null ? [] : Parts(old);
        var after = @new is null ? [] : Parts(@new);
        foreach (var name in before.Keys.Concat(after.Keys).Distinct())
        {
            var (from, to) = (before.GetValueOrDefault(name), after.GetValueOrDefault(name));
            if (from != to)
            {
                lines.Add(from is null ? $"+ {name}: {to}" : to is null ? $"- {name}: {from}" : $"~ {name}: {from} → {to}");
            }
        }

        return lines;
    }

    /// <summary>A step as named parts, so that two can be laid side by side: what it calls, each header, each member of a JSON body.</summary>
    private static Dictionary<string, string> Parts(PlayedStep step)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal) { ["action"] = step.Action };
        if (step.Problem is { } problem)
        {
            parts["fails"] = problem;
        }

        if (step.Request is { } request)
        {
            parts["request"] = $"{request.Method} {request.Url}";
            foreach (var header in request.Headers)
            {
                parts[$"header {header.Key}"] = header.Value;
            }

            Body(request.Body, parts);
        }

        return parts;
    }

    private static void Body(string body, Dictionary<string, string> parts)
    {
        if (body.Length == 0)
        {
            return;
        }

        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(body));
            Members("", document.RootElement, parts);
        }
        catch (JsonException)
        {
            // A form or a text is laid side by side as it is.
            parts["body"] = body;
        }
    }

    private static void Members(string path, JsonElement value, Dictionary<string, string> parts)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    Members(path.Length == 0 ? member.Name : $"{path}.{member.Name}", member.Value, parts);
                }

                break;
            case JsonValueKind.Array:
                var at = 0;
                foreach (var item in value.EnumerateArray())
                {
                    Members($"{path}[{at++}]", item, parts);
                }

                break;
            default:
                parts[path.Length == 0 ? "body" : path] = value.GetRawText();
                break;
        }
    }
}
