using System.Security.Cryptography;
using System.Text;
using ConnectorHub.Recipes.Yaml;

namespace ConnectorHub.Recipes;

/// <summary>Reads a file of the recipes folder as text. Closed: the text, or why there is none.</summary>
internal abstract record RecipeText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private RecipeText()
    {
    }

    /// <summary>The same for the same content.</summary>
    public abstract string Identity { get; }

    /// <summary>True where the next try may well succeed: the file is locked, or just being replaced.</summary>
    public virtual bool Again => false;

    public sealed record Read(string Text) : RecipeText
    {
        public override string Identity => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));
    }

    public sealed record Unreadable(string Code, string Message, bool MayPass) : RecipeText
    {
        public override string Identity => Message;

        public override bool Again => MayPass;
    }

    public static async Task<RecipeText> FromAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await BytesAsync(path, cancellationToken);
            return bytes.Length > YamlLimits.Bytes
                ? new Unreadable(FindingCodes.TooLarge, $"the file has more than {YamlLimits.Bytes / 1024} KiB. A recipe may have {YamlLimits.Bytes / 1024} KiB.", MayPass: false)
                : new Read(Strict.GetString(bytes.Span));
        }
        catch (DecoderFallbackException)
        {
            return new Unreadable(FindingCodes.NotYaml, "the file is not UTF-8 text. Save it as UTF-8.", MayPass: false);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new Unreadable(FindingCodes.Unreadable, $"the file cannot be read: {Reason(failure)} It is tried again at the next refresh.", MayPass: true);
        }
    }

    /// <summary>One byte more than is allowed at most, so that a huge file is never held in memory.</summary>
    private static async Task<ReadOnlyMemory<byte>> BytesAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 4096, useAsync: true);
        var buffer = new byte[(int)Math.Min(stream.Length, YamlLimits.Bytes) + 1];
        var filled = 0;
        while (filled < buffer.Length)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(filled), cancellationToken);
            if (read == 0)
            {
                break;
            }

            filled += read;
        }

        return buffer.AsMemory(0, filled);
    }

    private static string Reason(Exception failure) => failure switch
    {
        UnauthorizedAccessException => "the gateway may not open it; check its owner and rights.",
        FileNotFoundException or DirectoryNotFoundException => "it is gone.",
        _ => "another program holds it, or the disk failed.",
    };
}
