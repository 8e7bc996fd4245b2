using System.Globalization;
using ConnectorHub.Connectors.Reading;

namespace ConnectorHub.Connectors.Http;

/// <summary>The statuses that count as done: single ones (<c>404</c>) and whole classes (<c>2xx</c>).</summary>
internal sealed class StatusList
{
    private static readonly StatusList Successes = new(["2xx"]);

    private readonly IReadOnlyList<string> _entries;

    private StatusList(IReadOnlyList<string> entries) => _entries = entries;

    /// <summary>A list without a flaw, or 2xx where none is given.</summary>
    public static StatusList Of(IReadOnlyList<string>? entries) => entries is null ? Successes : new StatusList(entries);

    /// <summary>What is wrong with a list, or null.</summary>
    public static string? FindFlaw(IReadOnlyList<string>? entries) => entries switch
    {
        null => null,
        [] => "'expect' is an empty list, so nothing would count as done. Leave it out for 2xx.",
        _ => entries.FirstOrDefault(entry => !IsEntry(entry)) is { } wrong
            ? $"'expect' has '{Shown.Value(wrong, 20)}'; allowed: a status such as 404, or a class such as 2xx."
            : null,
    };

    public bool Contains(int status)
    {
        var text = status.ToString(CultureInfo.InvariantCulture);
        return _entries.Any(entry => entry == text || (entry.EndsWith("xx", StringComparison.Ordinal) && entry[0] == text[0]));
    }

    private static bool IsEntry(string entry) =>
        entry.Length == 3
        && entry[0] is >= '1' and <= '5'
        && (entry.EndsWith("xx", StringComparison.Ordinal) || (char.IsAsciiDigit(entry[1]) && char.IsAsciiDigit(entry[2])));
}
