using ConnectorHub.Gateway.Commands;

namespace ConnectorHub.Gateway.Exploring;

/// <summary>Puts rows on a screen in columns as wide as their widest cell.</summary>
internal static class Columns
{
    public static IEnumerable<string> Of(IReadOnlyList<IReadOnlyList<string>> rows, string indent = "")
    {
        var widths = new int[rows.Count == 0 ? 0 : rows.Max(row => row.Count)];
        foreach (var row in rows)
        {
            for (var at = 0; at < row.Count; at++)
            {
                widths[at] = Math.Max(widths[at], row[at].Length);
            }
        }

        return rows.Select(row => (indent + string.Join("  ", row.Select((cell, at) => Printer.Clean(cell).PadRight(widths[at])))).TrimEnd());
    }

    public static string Cut(string text, int most) => text.Length <= most ? text : string.Concat(text.AsSpan(0, most - 1), "…");
}
