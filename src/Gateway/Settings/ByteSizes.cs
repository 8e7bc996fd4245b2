using System.Globalization;

namespace ConnectorHub.Gateway.Settings;

/// <summary>Sizes as people write them: <c>512B</c>, <c>64KB</c>, <c>1MB</c>; a KB is 1,024 bytes.</summary>
internal static class ByteSizes
{
    public const string Allowed = "a size such as 512B, 64KB or 1MB";

    public const int KB = 1024;
    public const int MB = 1024 * KB;

    private static readonly (string Unit, int Length)[] Units = [("MB", MB), ("KB", KB), ("B", 1)];

    public static bool TryParse(string text, out int bytes)
    {
        foreach (var (unit, length) in Units)
        {
            if (text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)
                && int.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                && count <= int.MaxValue / length)
            {
                bytes = count * length;
                return true;
            }
        }

        bytes = 0;
        return false;
    }

    public static string Format(int bytes)
    {
        var (unit, length) = Array.Find(Units, candidate => bytes != 0 && bytes % candidate.Length == 0);
        return unit is null ? "0B" : string.Create(CultureInfo.InvariantCulture, $"{bytes / length}{unit}");
    }
}
