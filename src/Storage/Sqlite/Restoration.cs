using System.Globalization;

namespace ConnectorHub.Storage.Sqlite;

/// <summary>
/// Puts a copy in the store's place. The store is up to three files, and no system moves three files at once: so a mark says first what is to
/// be done, and whoever takes the folder next finishes it. Killed anywhere, the folder holds the whole old store or becomes the whole new one.
/// </summary>
internal static class Restoration
{
    // The log first: it is the file that means nothing without the other.
    private static readonly string[] Parts = ["-wal", "-shm", ""];

    /// <summary>Where the copy is made that takes the store's place.</summary>
    public static string Draft(string store) => store + ".restored";

    /// <summary>True where a restore was begun and not finished.</summary>
    public static bool IsHalfDone(string store) => File.Exists(Mark(store));

    /// <summary>Decides it: from here on it will be finished. Answers where the old store goes; null where there is none.</summary>
    public static string? Begin(string store, DateTimeOffset now)
    {
        // An empty file is what takes a folder that had no store.
        var kept = new FileInfo(store) is { Exists: true, Length: > 0 }
            ? Free(string.Create(CultureInfo.InvariantCulture, $"{store}.before-restore-{now:yyyyMMddHHmmss}"))
            : null;
        var draft = Mark(store) + ".partial";
        using (var stream = new FileStream(draft, FileMode.Create, FileAccess.Write))
        {
            stream.Write(System.Text.Encoding.UTF8.GetBytes(kept is null ? string.Empty : Path.GetFileName(kept)));
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, Mark(store), overwrite: true);
        return kept;
    }

    /// <summary>What is left to do, move by move. Each may be done again.</summary>
    public static IEnumerable<Action> Moves(string store)
    {
        if (!IsHalfDone(store))
        {
            yield break;
        }

        var name = File.ReadAllText(Mark(store));
        var kept = name.Length == 0 ? null : Path.Combine(Path.GetDirectoryName(store)!, name);
        // Once the copy has its place, the store's files are its own.
        if (File.Exists(Draft(store)))
        {
            foreach (var part in Parts)
            {
                yield return () => SetAside(store + part, kept is null ? null : kept + part);
            }

            yield return () => File.Move(Draft(store), store);
        }

        yield return () => File.Delete(Mark(store));
    }

    private static string Free(string name)
    {
        var free = name;
        for (var number = 2; Array.Exists(Parts, part => File.Exists(free + part)); number++)
        {
            free = $"{name}-{number}";
        }

        return free;
    }

    private static string Mark(string store) => store + ".restoring";

    private static void SetAside(string file, string? kept)
    {
        if (kept is null)
        {
            File.Delete(file);
        }
        else if (File.Exists(file))
        {
            File.Move(file, kept);
        }
    }
}
