using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Reading;

/// <summary>The dedupe key of content that nothing else tells apart.</summary>
internal static class ContentKey
{
    // Senders shift their waits by up to a fifth, and their clocks are not ours.
    private const double Shifted = 1.2;

    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(30);

    /// <summary>
    /// Equal content is a repetition for as long as this sender repeats. Null where it never does: then the same content again is meant.
    /// </summary>
    public static DedupeKey? Of(SenderContract contract, ReadOnlySpan<byte> content) =>
        contract.Retries.Count == 0 ? null : DedupeKey.OfContent(content, (contract.LongestSpan * Shifted) + Margin);
}
