namespace ConnectorHub.Connectors.Reading;

/// <summary>Names and ids as senders give them. They are stored beside each event, looked up and shown.</summary>
internal static class ShortText
{
    private const int Longest = 200;

    /// <summary>The text where it is one short line, else null: not every store can hold a zero character or half a surrogate pair.</summary>
    public static string? Of(string? text) =>
        text is { Length: > 0 and <= Longest } && !text.Any(one => char.IsControl(one) || char.IsSurrogate(one)) ? text : null;
}
