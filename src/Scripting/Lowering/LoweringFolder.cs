using System.Security.Cryptography;
using System.Text;

namespace ConnectorHub.Scripting.Lowering;

/// <summary>
/// Keeps lowerings over a restart, one file each, named by the text and the version of the lowering. The first line is a digest of the rest:
/// a file that is damaged or of another version is as good as none, and is made anew. A folder that cannot be written costs time, nothing else.
/// </summary>
internal sealed class LoweringFolder(string path, string version, TimeProvider time)
{
    private const int DigestCharacters = 64;

    /// <summary>More than a large hub's snippets; a few megabytes.</summary>
    public int MaxFiles { get; init; } = 4000;

    public async Task<Lowered?> FindAsync(string code)
    {
        var file = FileOf(code);
        try
        {
            if (!File.Exists(file))
                return null;
            var bytes = await File.ReadAllBytesAsync(file).ConfigureAwait(false);
            if (bytes.Length <= DigestCharacters || !Digest(bytes.AsSpan(DigestCharacters + 1)).AsSpan().SequenceEqual(Encoding.ASCII.GetString(bytes, 0, DigestCharacters)))
                return null;
            // The oldest files go first: one that is in use is not old.
            File.SetLastWriteTimeUtc(file, time.GetUtcNow().UtcDateTime);
            return LoweredText.Read(bytes.AsMemory(DigestCharacters + 1));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <returns>Why it could not be kept; null where it was.</returns>
    public async Task<string?> KeepAsync(string code, ReadOnlyMemory<byte> json)
    {
        var file = FileOf(code);
        var draft = $"{file}.{Environment.ProcessId}.new";
        try
        {
            Directory.CreateDirectory(path);
            var stream = new FileStream(draft, FileMode.Create, FileAccess.Write);
            await using (stream.ConfigureAwait(false))
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(Digest(json.Span) + "\n")).ConfigureAwait(false);
                await stream.WriteAsync(json).ConfigureAwait(false);
            }

            File.Move(draft, file, overwrite: true);
            RemoveOldest();
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }

    private void RemoveOldest()
    {
        var files = new DirectoryInfo(path).GetFiles();
        if (files.Length <= MaxFiles)
            return;
        // A tenth at once, so that a full folder is not sorted for each new snippet.
        foreach (var old in files.OrderBy(file => file.LastWriteTimeUtc).Take(files.Length - MaxFiles + (MaxFiles / 10)))
            old.Delete();
    }

    private string FileOf(string code) => Path.Combine(path, Digest(Encoding.UTF8.GetBytes(version + "\n" + code)));

    private static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
