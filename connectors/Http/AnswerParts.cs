using System.Globalization;
using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Reading;

namespace ConnectorHub.Connectors.Http;

/// <summary>The parts of an answer that a step names, by paths such as <c>data.items.0.id</c>; one that ends in <c>?</c> may be missing.</summary>
internal static class AnswerParts
{
    private const int MostParts = 50;
    private const int LongestPath = 200;
    private const int ShownNames = 10;

    /// <summary>What is wrong with the paths themselves, or null.</summary>
    public static string? FindFlaw(IReadOnlyDictionary<string, string>? paths)
    {
        if (paths is { Count: 0 or > MostParts })
        {
            return $"'output' has {paths.Count} names; 1 to {MostParts} are read.";
        }

        foreach (var (name, path) in paths ?? new Dictionary<string, string>())
        {
            if (name.Length == 0 || path.Length > LongestPath || Steps(path).Any(step => step.Length == 0))
            {
                return $"'output' has '{Shown.Value(path)}' for '{Shown.Value(name)}'; a path is names and numbers with dots between them, such as data.items.0.id.";
            }
        }

        return null;
    }

    /// <summary>The parts as one map. <paramref name="missing"/> says which path leads nowhere, and what is there instead.</summary>
    public static JsonElement? Find(JsonElement answer, IReadOnlyDictionary<string, string> paths, out string? missing)
    {
        var parts = new Dictionary<string, JsonElement>();
        missing = null;
        foreach (var (name, path) in paths)
        {
            if (Follow(answer, path, out var where) is { } part)
            {
                parts[name] = part;
            }
            else if (!path.EndsWith('?'))
            {
                missing = $"The answer has no '{Shown.Value(path)}' for '{Shown.Value(name)}': {where}.";
                return null;
            }
        }

        return JsonSerializer.SerializeToElement(parts);
    }

    private static string[] Steps(string path) => path.TrimEnd('?').Split('.');

    private static JsonElement? Follow(JsonElement element, string path, out string where)
    {
        where = string.Empty;
        var walked = "its top";
        foreach (var step in Steps(path))
        {
            if (Step(element, step) is not { } next)
            {
                where = $"{walked} is {Describe(element)}";
                return null;
            }

            element = next;
            walked = $"'{Shown.Value(step)}'";
        }

        return element;
    }

    private static JsonElement? Step(JsonElement element, string step)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            return UntrustedJson.Member(element, step);
        }

        return int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < element.GetArrayLength() ? element[place] : null;
    }

    private static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => $"a map of {string.Join(", ", element.EnumerateObject().Take(ShownNames).Select(member => Shown.Value(UntrustedJson.Name(member) ?? "…")).DefaultIfEmpty("nothing"))}",
        JsonValueKind.Array => $"a list of {element.GetArrayLength()}",
        JsonValueKind.String => "a text",
        JsonValueKind.Null => "null",
        _ => "a number, true or false",
    };

}
