using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Reading;

namespace ConnectorHub.Connectors.HubSpot;

/// <summary>What HubSpot says in the body of a refusal, made fit for a message. Every part may be missing (developers.hubspot.com, error handling).</summary>
/// <param name="Category">Its word for the kind of refusal, such as <c>VALIDATION_ERROR</c>.</param>
/// <param name="Policy">Of a rate limit, which one.</param>
/// <param name="Text">What is wrong, property by property where it says so, and the correlation id HubSpot's support asks for.</param>
/// <param name="Scopes">The scopes the token lacks.</param>
internal sealed partial record HubSpotComplaint(string? Category, string? Policy, string Text, IReadOnlyList<string> Scopes)
{
    private const int MaxDetails = 5;


    private static readonly string[] ScopeLists = ["missingScopes", "requiredScopes", "requiredGranularScopes"];

    /// <summary>True where the body is what HubSpot's API writes, and not a page of something in front of it.</summary>
    public static bool IsOne(JsonElement? body) =>
        body is { } json && (UntrustedJson.Text(json, "status") == "error" || UntrustedJson.Text(json, "correlationId") is not null);

    public static HubSpotComplaint Read(JsonElement? body)
    {
        if (body is not { ValueKind: JsonValueKind.Object } json)
        {
            return new HubSpotComplaint(null, null, string.Empty, []);
        }

        return new HubSpotComplaint(
            Word(UntrustedJson.Text(json, "category")) ?? Word(UntrustedJson.Text(json, "errorType")),
            Word(UntrustedJson.Text(json, "policyName")),
            Describe(json),
            [.. Items(json, "errors").Prepend(json).SelectMany(ReadScopes).Distinct().Take(10)]);
    }

    /// <summary>A word as HubSpot writes its codes, or null.</summary>
    public static string? Word(string? text) => text is not null && CodeWord().IsMatch(text) ? text : null;

    /// <summary>The members of a list within an object; empty where there is none.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement json, string name) =>
        UntrustedJson.Member(json, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    private static string Describe(JsonElement json)
    {
        var message = UntrustedJson.Text(json, "message") ?? string.Empty;
        var details = Details(json, message);
        var text = details.Count > 0 ? string.Join("; ", details) : Shown.Line(message);
        var said = text.Length == 0 ? string.Empty : $" HubSpot: {text}";
        return UntrustedJson.Text(json, "correlationId") is { } id && Correlation().IsMatch(id) ? $"{said} (correlation id {id})" : said;
    }

    private static List<string> Details(JsonElement json, string message)
    {
        var details = Items(json, "errors").Take(MaxDetails).Select(Detail).OfType<string>().ToList();
        return details.Count > 0 ? details : EmbeddedDetails(message);
    }

    // "Property values were not valid: [{…}]": the list of what is wrong stands as JSON within the sentence.
    private static List<string> EmbeddedDetails(string message)
    {
        var start = message.IndexOf('[', StringComparison.Ordinal);
        if (start < 0 || !UntrustedJson.TryReadBody(Encoding.UTF8.GetBytes(message[start..]), out var document, out _))
        {
            return [];
        }

        using (document)
        {
            return document.RootElement.ValueKind == JsonValueKind.Array
                ? [.. document.RootElement.EnumerateArray().Take(MaxDetails).Select(Detail).OfType<string>()]
                : [];
        }
    }

    private static string? Detail(JsonElement error)
    {
        if (UntrustedJson.Text(error, "message") is not { } message)
        {
            return null;
        }

        var property = PropertyOf(error);
        var code = Word(UntrustedJson.Text(error, "code")) ?? Word(UntrustedJson.Text(error, "error"));
        return (property is null ? string.Empty : $"property '{property}': ") + Shown.Line(message) + (code is null ? string.Empty : $" [{code}]");
    }

    private static string? PropertyOf(JsonElement error)
    {
        var name = UntrustedJson.Member(error, "context") is { } context
            ? Items(context, "propertyName").Select(item => UntrustedJson.Text(item)).FirstOrDefault(text => text is not null)
            : null;
        name ??= UntrustedJson.Text(error, "name") ?? UntrustedJson.Text(error, "in");
        return name is not null && PropertyName().IsMatch(name) ? name : null;
    }

    private static IEnumerable<string> ReadScopes(JsonElement json) => UntrustedJson.Member(json, "context") is { } context
        ? ScopeLists.SelectMany(list => Items(context, list)).Select(item => UntrustedJson.Text(item)).OfType<string>().Where(scope => Scope().IsMatch(scope))
        : [];


    [GeneratedRegex(@"^[A-Z][A-Z0-9_]{1,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex CodeWord();

    [GeneratedRegex(@"^[A-Za-z0-9-]{8,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Correlation();

    [GeneratedRegex(@"^[A-Za-z0-9_]{1,100}\z", RegexOptions.CultureInvariant)]
    private static partial Regex PropertyName();

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,100}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Scope();
}
