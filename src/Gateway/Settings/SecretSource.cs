using ConnectorHub.Abstractions;

namespace ConnectorHub.Gateway.Settings;

/// <summary>Where a secret's value is. Closed.</summary>
internal abstract record SecretSource
{
    private SecretSource()
    {
    }

    /// <summary><c>env:NAME</c>.</summary>
    public sealed record FromEnvironment(string Variable) : SecretSource;

    /// <summary><c>file:path</c>, absolute here.</summary>
    public sealed record FromFile(string Path) : SecretSource;

    /// <summary>The value itself, in the settings file.</summary>
    public sealed record Literal(Secret Value) : SecretSource;

    /// <summary>Reads a setting; null where it names nothing (<c>""</c>, <c>env:</c>, <c>file:</c>).</summary>
    /// <param name="folder">Relative files count from here.</param>
    public static SecretSource? Parse(string text, string folder)
    {
        if (text.StartsWith("env:", StringComparison.Ordinal))
        {
            return text.Length > 4 ? new FromEnvironment(text[4..]) : null;
        }

        if (text.StartsWith("file:", StringComparison.Ordinal))
        {
            return text.Length > 5 && !text.Contains('\0', StringComparison.Ordinal)
                ? new FromFile(System.IO.Path.GetFullPath(text[5..], folder))
                : null;
        }

        return string.IsNullOrWhiteSpace(text) ? null : new Literal(new Secret(text));
    }
}

/// <summary>A secret's value, or why there is none. Closed.</summary>
internal abstract record SecretReading
{
    private SecretReading()
    {
    }

    /// <summary>The value.</summary>
    public sealed record Value(Secret Secret) : SecretReading;

    /// <summary>No value; half a sentence (<c>environment variable X is not set</c>).</summary>
    public sealed record Absent(string Why) : SecretReading;
}
