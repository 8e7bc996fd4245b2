using Microsoft.Extensions.Primitives;

namespace ConnectorHub.Gateway.Hooks;

/// <summary>A request's headers as sources read them; a repeated header is joined with commas, as HTTP means it.</summary>
internal sealed class HeaderView : IReadOnlyDictionary<string, string>
{
    private readonly IHeaderDictionary _headers;

    private HeaderView(IHeaderDictionary headers) => _headers = headers;

    public static HeaderView Of(IHeaderDictionary headers) => new(headers);

    public IEnumerable<string> Keys => _headers.Keys;

    public IEnumerable<string> Values => _headers.Values.Select(Join);

    public int Count => _headers.Count;

    public string this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException(key);

    public bool ContainsKey(string key) => _headers.ContainsKey(key);

    public bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out string value)
    {
        if (_headers.TryGetValue(key, out var values))
        {
            value = Join(values);
            return true;
        }

        value = null;
        return false;
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator()
        => _headers.Select(header => new KeyValuePair<string, string>(header.Key, Join(header.Value))).GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    private static string Join(StringValues values) => values.Count == 1 ? values[0] ?? string.Empty : string.Join(",", (IEnumerable<string?>)values);
}
