using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Gateway.Settings;

/// <summary>
/// Makes credential versions. A version is stored with runs and shown to people, and some secrets are short; a plain hash of such a secret could be
/// tried out. So it is 64 bits of an HMAC under a random key that stays in the data folder, readable by the gateway alone: without the key
/// a guess cannot be checked, and with the key the data folder (and so the machine) is already lost.
/// </summary>
internal sealed class CredentialKey
{
    private const string FileName = "credential-version.key";
    private const int Length = 32;

    private readonly byte[] _key;

    private CredentialKey(byte[] key) => _key = key;

    /// <summary>A key for one command that stores nothing.</summary>
    public static CredentialKey Passing() => new(RandomNumberGenerator.GetBytes(Length));

    /// <summary>The data folder's key, made at the first start. A damaged one is replaced: then every version changes once, which only lifts blocks.</summary>
    public static CredentialKey LoadOrCreate(string dataFolder)
    {
        var path = Path.Combine(dataFolder, FileName);
        if (File.Exists(path) && File.ReadAllBytes(path) is { Length: Length } kept)
        {
            return new CredentialKey(kept);
        }

        var key = RandomNumberGenerator.GetBytes(Length);
        var draft = path + ".new";
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(draft, options))
        {
            stream.Write(key);
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
        return new CredentialKey(key);
    }

    /// <summary>
    /// The version of what a connection signs in with: its secrets, and the settings and address they are used with, for a block is as well
    /// lifted by a corrected address as by a new token.
    /// </summary>
    public string VersionOf(ConnectionOptions connection, IReadOnlyDictionary<string, IReadOnlyList<Secret>> secrets)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        Append(hash, connection.Name);
        Append(hash, connection.BaseUrl?.AbsoluteUri ?? string.Empty);
        foreach (var (name, value) in connection.Settings.OrderBy(setting => setting.Key, StringComparer.Ordinal))
        {
            Append(hash, name);
            Append(hash, value);
        }

        foreach (var (name, values) in secrets.OrderBy(secret => secret.Key, StringComparer.Ordinal))
        {
            Append(hash, name);
            foreach (var value in values)
            {
                Append(hash, value.Reveal());
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }

    // With its length in front, no two lists of texts run together to the same bytes.
    private static void Append(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
