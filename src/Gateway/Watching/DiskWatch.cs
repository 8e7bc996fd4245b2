using System.Globalization;
using ConnectorHub.Recipes.HubEvents;
using ConnectorHub.Runs.Bulletins;

namespace ConnectorHub.Gateway.Watching;

/// <summary>Tells once when the disk of the data folder is nearly full, while there still is room to store that.</summary>
/// <param name="below">So many bytes are too few.</param>
/// <param name="free">How many there are; null where that cannot be told.</param>
internal sealed class DiskWatch(string folder, long below, Func<long?> free) : IWatch
{
    private static readonly string Cause = BulletinFact.Cause("disk");

    public string Type => HubEventNames.DiskLow;

    /// <summary>Free bytes on the disk of a folder; null where that cannot be told.</summary>
    public static long? FreeBytes(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException)
        {
            // Some mounts do not tell.
            return null;
        }
    }

    public Task<Outlook> LookAsync(WatchMemory memory, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Once low, it is well again only with a quarter more: what wavers around the limit is told once.
        var mark = memory.Told.GetValueOrDefault(Cause)?.Mark is { Length: > 0 } low ? low : null;
        var concern = free() is { } bytes && bytes < (mark is null ? below : below + (below / 4))
            ? new Concern(Type, Cause, mark ?? now.ToString("O", CultureInfo.InvariantCulture), now, BulletinFact.Map(("free", Shown(bytes)), ("limit", Shown(below)), ("folder", folder)))
            : null;
        return Task.FromResult(new Outlook(Type, concern is null ? [] : [concern], Forgets: true));
    }

    private static string Shown(long bytes) => $"{(bytes / (1024 * 1024)).ToString(CultureInfo.InvariantCulture)} MB";
}
