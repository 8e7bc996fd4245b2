using System.Globalization;

namespace ConnectorHub.Gateway.Settings;

/// <summary>Whether the hub learns how often something comes to a hook.</summary>
internal enum SilenceWatching
{
    /// <summary>It learns, and tells when nothing comes although something should.</summary>
    Learn,

    /// <summary>Only hooks that set <c>SilentAfter</c> are watched.</summary>
    Off,
}

/// <summary>Section <c>Watch</c>: what the hub tells of itself.</summary>
internal sealed record WatchOptions
{
    private const long MB = 1024 * 1024;

    /// <summary>With less than this on the disk of the data folder, <c>hub.disk.low</c> is told.</summary>
    public long DiskBelow { get; init; } = 1024 * MB;

    /// <summary>Whether silence of a hook is told by the rhythm that was learned.</summary>
    public SilenceWatching Silence { get; init; } = SilenceWatching.Learn;

    public static WatchOptions Read(SectionReader section)
    {
        var defaults = new WatchOptions();
        var options = new WatchOptions
        {
            DiskBelow = section.Read<long>(nameof(DiskBelow), defaults.DiskBelow, TrySize, "a size such as 500MB or 10GB"),
            Silence = section.Choice(nameof(Silence), defaults.Silence),
        };
        section.Finish();
        return options;
    }

    private static bool TrySize(string text, out long bytes)
    {
        var unit = text.EndsWith("GB", StringComparison.OrdinalIgnoreCase) ? 1024 * MB : text.EndsWith("MB", StringComparison.OrdinalIgnoreCase) ? MB : 0;
        var read = int.TryParse(text.Length > 2 ? text[..^2] : string.Empty, NumberStyles.None, CultureInfo.InvariantCulture, out var count);
        bytes = count * unit;
        return read && bytes > 0;
    }
}
