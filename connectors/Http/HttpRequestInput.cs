using System.Text.Json;
using System.Text.Json.Serialization;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Http;

/// <summary>The methods <c>http.request</c> sends.</summary>
internal enum HttpVerb
{
    /// <summary>Reads.</summary>
    [JsonStringEnumMemberName("GET")]
    Get,

    /// <summary>Reads headers only.</summary>
    [JsonStringEnumMemberName("HEAD")]
    Head,

    /// <summary>Makes something.</summary>
    [JsonStringEnumMemberName("POST")]
    Post,

    /// <summary>Replaces something.</summary>
    [JsonStringEnumMemberName("PUT")]
    Put,

    /// <summary>Changes something.</summary>
    [JsonStringEnumMemberName("PATCH")]
    Patch,

    /// <summary>Removes something.</summary>
    [JsonStringEnumMemberName("DELETE")]
    Delete,
}

/// <summary>What <c>http.request</c> takes.</summary>
internal sealed record HttpRequestInput(
    [About("The address: whole (`https://…`), or the part behind the connection's `BaseUrl`. Values placed in it are percent-encoded")]
    [Text(TextKind.UrlPart)]
    string Url,
    [About("The method; GET where it is left out")] HttpVerb Method = HttpVerb.Get,
    [About("Headers to add, as a map. Credentials belong in the connection")][Text(TextKind.Header)] IReadOnlyDictionary<string, string>? Headers = null,
    [About("The body, sent as JSON")] JsonElement? Body = null,
    [About("The body, sent as plain text; instead of `body`")] string? Text = null,
    [About("Statuses that count as done, such as `[2xx, 404]`; 2xx where it is left out")] IReadOnlyList<string>? Expect = null,
    [About("Names for parts of the answer: a map of names to paths into its JSON, such as `{ id: data.id, first: items.0.name }`. A path that ends in `?` may be missing")]
    IReadOnlyDictionary<string, string>? Output = null);

/// <summary>What <c>http.request</c> gives.</summary>
internal sealed record HttpAnswer(
    [About("The HTTP status")] int Status,
    [About("The answer: JSON where it is JSON, else text; missing where it is empty")] JsonElement? Body = null,
    [About("What the step's `output` names, as a map; missing without it")] JsonElement? Output = null,
    [About("true where the answer was longer than is kept; then `body` is its beginning as text")] bool BodyCut = false);
