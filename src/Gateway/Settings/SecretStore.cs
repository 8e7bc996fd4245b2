using System.Collections;
using System.Security;
using System.Text;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Gateway.Settings;

/// <summary>Fetches the values of secrets from the places that settings name.</summary>
internal sealed class SecretStore(IReadOnlyDictionary<string, string> environment)
{
    // A service account's key has about 2.4 KB; what is much larger is some other file.
    private const int MostBytes = 64 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A store on this process's environment as it is now.</summary>
    public static SecretStore OfThisProcess() => new(Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => entry.Value as string ?? string.Empty, StringComparer.Ordinal));

    public SecretReading Read(SecretSource source) => source switch
    {
        SecretSource.Literal literal => new SecretReading.Value(literal.Value),
        SecretSource.FromEnvironment variable => ReadVariable(variable.Variable),
        SecretSource.FromFile file => ReadFile(file.Path),
        _ => throw new ArgumentOutOfRangeException(nameof(source)),
    };

    /// <summary>True where every user of the machine may read the file.</summary>
    public static bool IsOpenToAll(string file) =>
        !OperatingSystem.IsWindows() && File.Exists(file) && (File.GetUnixFileMode(file) & UnixFileMode.OtherRead) != 0;

    private SecretReading ReadVariable(string name) => environment.TryGetValue(name, out var value)
        ? ToReading(value, $"environment variable {name}")
        : new SecretReading.Absent($"environment variable {name} is not set");

    private static SecretReading ReadFile(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var bytes = new byte[MostBytes + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length > MostBytes
                ? new SecretReading.Absent($"file {path} is larger than {ByteSizes.Format(MostBytes)}")
                : ToReading(StrictUtf8.GetString(bytes, 0, length).TrimEnd('\r', '\n'), $"file {path}");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new SecretReading.Absent($"file {path} does not exist");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SecurityException)
        {
            return new SecretReading.Absent($"file {path} cannot be read ({e.GetType().Name})");
        }
        catch (DecoderFallbackException)
        {
            return new SecretReading.Absent($"file {path} is not text");
        }
    }

    private static SecretReading ToReading(string value, string place) => string.IsNullOrWhiteSpace(value)
        ? new SecretReading.Absent($"{place} is empty")
        : new SecretReading.Value(new Secret(value));
}
