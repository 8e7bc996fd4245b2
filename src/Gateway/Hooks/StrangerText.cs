using ConnectorHub.Abstractions;
using ConnectorHub.Runs.Connections;

namespace ConnectorHub.Gateway.Hooks;

/// <summary>
/// What a sender chose, fit to be kept and shown: cut, in printable ASCII, and without the secrets of our connections, which people do paste
/// into the wrong part of an address.
/// </summary>
internal sealed class StrangerText(IConnections connections)
{
    private const int LongestAddress = 80;
    private const int LongestUserAgent = 60;

    // What is shorter is found in ordinary words and protects nothing.
    private const int ShortestSecret = 6;

    public string Address(string text) =>
        HoldsSecret(text) ? "***" : Clean(text, LongestAddress, static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/');

    public string UserAgent(string text) => text.Length == 0 ? text : HoldsSecret(text) ? "***" : Clean(text, LongestUserAgent, static c => c is >= ' ' and <= '~');

    private bool HoldsSecret(string text)
    {
        // Kestrel leaves an encoded slash in a path as it is, and a token may hold one.
        var decoded = text.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(text) : text;
        foreach (var connection in connections.Current.All)
        {
            foreach (var secret in connection.Secrets.Values.SelectMany(values => values))
            {
                if (Holds(text, secret) || Holds(decoded, secret))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool Holds(string text, Secret secret) =>
        secret.Reveal() is { Length: >= ShortestSecret } value && text.Contains(value, StringComparison.Ordinal);

    private static string Clean(string text, int longest, Func<char, bool> fits) => string.Create(
        Math.Min(text.Length, longest),
        (text, fits),
        static (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = from.fits(from.text[i]) ? from.text[i] : '?';
            }
        });
}
