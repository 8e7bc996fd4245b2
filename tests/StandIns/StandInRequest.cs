using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace ConnectorHub.Tests.StandIns;

/// <summary>A request as a stand-in sees it, whoever carried it.</summary>
internal sealed class StandInRequest
{
    /// <summary>A longer body is refused.</summary>
    public const int LargestBody = 8 * 1024 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    private readonly Dictionary<string, string> _headers;

    /// <param name="method">GET, POST, …</param>
    /// <param name="target">Path and query below the stand-in's own address, as sent: percent-encoded.</param>
    /// <param name="headers">All headers, those of the body included.</param>
    /// <param name="body">As sent.</param>
    public StandInRequest(string method, string target, IEnumerable<KeyValuePair<string, string>> headers, ReadOnlyMemory<byte> body)
    {
        Method = method;
        Body = body;
        _headers = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in headers)
        {
            _headers[name] = value;
        }

        var mark = target.IndexOf('?', StringComparison.Ordinal);
        var path = mark < 0 ? target : target[..mark];
        Path = path.Trim('/');
        Segments = [.. Path.Split('/').Select(Uri.UnescapeDataString)];
        Query = Pairs(mark < 0 ? string.Empty : target[mark..]);
    }

    public string Method { get; }

    /// <summary>As sent, without the slashes around it.</summary>
    public string Path { get; }

    /// <summary>The parts between the slashes, decoded one by one: an encoded slash is no border.</summary>
    public IReadOnlyList<string> Segments { get; }

    public IReadOnlyDictionary<string, string> Query { get; }

    public ReadOnlyMemory<byte> Body { get; }

    public bool TooLarge => Body.Length > LargestBody;

    /// <summary>The credential behind <c>Bearer</c>, or null.</summary>
    public string? Bearer =>
        Header("Authorization") is { } value && value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? value["Bearer ".Length..].Trim() : null;

    public string? Header(string name) => _headers.GetValueOrDefault(name);

    /// <summary>The body as a form.</summary>
    public IReadOnlyDictionary<string, string> Form() => Pairs("?" + Encoding.UTF8.GetString(Body.Span));

    /// <summary>The body as JSON, or null where it is none.</summary>
    public JsonNode? Json()
    {
        try
        {
            return Body.IsEmpty ? null : JsonNode.Parse(Body.Span, documentOptions: Strict);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Dictionary<string, string> Pairs(string query) =>
        QueryHelpers.ParseQuery(query).ToDictionary(pair => pair.Key, pair => pair.Value[0] ?? string.Empty);
}
