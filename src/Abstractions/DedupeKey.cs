using System.Security.Cryptography;

namespace ConnectorHub.Abstractions;

/// <summary>Tells a repetition of an event from a new one, within one hook.</summary>
/// <param name="Value">The sender's own id of the delivery, else what the body says of itself, else a hash of the content.</param>
/// <param name="Window">How long it is remembered: longer than the sender repeats, and longer than a recorded delivery can be replayed.</param>
public sealed record DedupeKey(string Value, TimeSpan Window)
{
    /// <summary>For senders that sign the time: a replay after this is refused for its age, and no known sender repeats for longer.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromDays(7);

    /// <summary>For senders that sign no time: only the key stands between a recorded delivery and a second effect.</summary>
    public static readonly TimeSpan WithoutSignedTime = TimeSpan.FromDays(90);

    // A sender's id has no promised length, and keys are stored: a longer one is as good as its hash.
    private const int Longest = 200;

    /// <summary>A key of any length.</summary>
    public static DedupeKey Of(string value, TimeSpan window)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new DedupeKey(value.Length <= Longest ? value : Hash(System.Text.Encoding.UTF8.GetBytes(value)), window);
    }

    /// <summary>The last resort, where neither header nor body says which event it is: equal content is a repetition for as long as the sender repeats.</summary>
    public static DedupeKey OfContent(ReadOnlySpan<byte> content, TimeSpan window) => new(Hash(content), window);

    private static string Hash(ReadOnlySpan<byte> bytes) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));
}
