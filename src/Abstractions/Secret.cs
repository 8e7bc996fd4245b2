using System.Text;

namespace ConnectorHub.Abstractions;

/// <summary>A value that must never be printed. <see cref="ToString"/> hides it; <see cref="Reveal"/> is for the wire and for key material only.</summary>
public sealed class Secret : IEquatable<Secret>
{
    private readonly string _value;

    /// <summary>Wraps a value.</summary>
    /// <exception cref="ArgumentException">The value is empty: an empty secret protects nothing.</exception>
    public Secret(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        _value = value;
    }

    /// <summary>The value itself.</summary>
    public string Reveal() => _value;

    /// <summary>The value as UTF-8 bytes.</summary>
    public byte[] RevealBytes() => Encoding.UTF8.GetBytes(_value);

    /// <summary>Always three asterisks.</summary>
    public override string ToString() => "***";

    /// <inheritdoc/>
    public bool Equals(Secret? other) => other is not null && string.Equals(_value, other._value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Secret);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_value);
}
