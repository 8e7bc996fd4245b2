namespace ConnectorHub.Recipes;

/// <summary>What tells without reading it that a file changed.</summary>
internal sealed record FileStamp(DateTimeOffset Written, long Length)
{
    /// <summary>Null where there is no file, or none that may be looked at.</summary>
    public static FileStamp? Of(string path)
    {
        try
        {
            // A mounted configuration is a link that is pointed elsewhere when it changes.
            var file = new FileInfo(path);
            file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
            return file.Exists ? new FileStamp(file.LastWriteTimeUtc, file.Length) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

/// <summary>A file as it was when it was last read.</summary>
/// <param name="Content">The hash of its text, or the reason why there is none.</param>
/// <param name="Again">It could not be read; the next try may.</param>
internal sealed record FileMemory(FileStamp? Stamp, string Content, bool Again, DateTimeOffset ReadAt)
{
    // File systems keep the time of a write no finer than this, at worst.
    private static readonly TimeSpan Coarse = TimeSpan.FromSeconds(2);

    /// <summary>
    /// True where the file need not be read. One that was read within moments of its last write is read once more:
    /// a second write may carry the same time and length.
    /// </summary>
    public bool IsStill(FileStamp? stamp) => !Again && Stamp == stamp && (stamp is null || ReadAt - stamp.Written >= Coarse);
}
