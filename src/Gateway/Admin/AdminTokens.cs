using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Gateway.Admin;

/// <summary>Tokens of the admin API: 256 random bits, kept as SHA-256 only. The first one is written to a file only its owner can read.</summary>
internal sealed class AdminTokens(IHubStore store, TimeProvider time)
{
    private const string Prefix = "chub_";
    private const int Bytes = 32;
    private ImmutableArray<(byte[] Hash, string Name)> _tokens = [];

    /// <summary>Reads the tokens; makes the first one where there is none.</summary>
    /// <returns>The file the first token was written to, or null.</returns>
    public async Task<string?> LoadAsync(string dataFolder, CancellationToken cancellationToken)
    {
        var rows = await store.TokensAsync(cancellationToken).ConfigureAwait(false);
        string? file = null;
        if (rows.Count == 0)
        {
            var token = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
            file = Path.Combine(dataFolder, "admin-token");
            await WritePrivateAsync(file, token, cancellationToken).ConfigureAwait(false);
            var row = new TokenRow(Convert.ToHexStringLower(Hash(token)), "first", time.GetUtcNow());
            await store.AddTokenAsync(row, cancellationToken).ConfigureAwait(false);
            rows = [row];
        }

        _tokens = [.. rows.Select(row => (Convert.FromHexString(row.Hash), row.Name))];
        return file;
    }

    /// <summary>The name of the token that an Authorization header carries; null where it carries none of them.</summary>
    public string? NameOf(string? authorization)
    {
        const string Scheme = "Bearer ";
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var given = Hash(authorization[Scheme.Length..].Trim());
        string? found = null;
        foreach (var (hash, name) in _tokens)
        {
            // All of them are compared, whichever fits.
            found = CryptographicOperations.FixedTimeEquals(hash, given) ? name : found;
        }

        return found;
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private static async Task WritePrivateAsync(string file, string token, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var stream = new FileStream(file, options);
        await using (stream.ConfigureAwait(false))
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(token + "\n"), cancellationToken).ConfigureAwait(false);
        }
    }
}
