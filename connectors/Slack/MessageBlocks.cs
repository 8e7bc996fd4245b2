using System.Text.Json;
using ConnectorHub.Connectors.Reading;

namespace ConnectorHub.Connectors.Slack;

/// <summary>A block of a message: a header, a section with a text or fields, or a row of buttons.</summary>
internal sealed record MessageBlock(
    string Type, MessageBlock.Words? Text = null, IReadOnlyList<MessageBlock.Words>? Fields = null, IReadOnlyList<MessageBlock.LinkButton>? Elements = null)
{
    public static MessageBlock Header(string title) => new("header", new Words("plain_text", title));

    public static MessageBlock Section(string markup) => new("section", new Words("mrkdwn", markup));

    public static MessageBlock Columns(IEnumerable<string> fields) => new("section", Fields: [.. fields.Select(field => new Words("mrkdwn", field))]);

    public static MessageBlock Actions(IEnumerable<(string Text, string Url)> buttons) =>
        new("actions", Elements: [.. buttons.Select(button => new LinkButton("button", new Words("plain_text", button.Text), button.Url))]);

    internal sealed record Words(string Type, string Text);

    internal sealed record LinkButton(string Type, Words Text, string Url);
}

/// <summary>What a message becomes. Closed.</summary>
internal abstract record ComposedMessage
{
    private ComposedMessage()
    {
    }

    /// <summary>Ready to be sent.</summary>
    /// <param name="Text">The text that notifications and readers of screens use; all there is where there are no blocks.</param>
    /// <param name="Blocks">A list of <see cref="MessageBlock"/>, or the JSON the recipe wrote; null for a plain message.</param>
    public sealed record Ready(string Text, object? Blocks) : ComposedMessage;

    /// <summary>It cannot be sent; one or two sentences say why.</summary>
    public sealed record Flawed(string Flaw) : ComposedMessage;
}

/// <summary>Blocks that a recipe wrote itself.</summary>
internal static class WrittenBlocks
{

    /// <summary>What is wrong with them, or null. Slack judges the rest.</summary>
    public static string? Flaw(JsonElement blocks)
    {
        if (blocks.ValueKind != JsonValueKind.Array)
        {
            return $"'blocks' is {Shown.Value(blocks.GetRawText())}; it must be a list of blocks, such as - {{ type: divider }}.";
        }

        var count = blocks.GetArrayLength();
        if (count is 0 or > MessageContent.MostBlocks)
        {
            return $"'blocks' has {count} blocks; a message takes 1 to {MessageContent.MostBlocks}.";
        }

        var odd = blocks.EnumerateArray().Index().FirstOrDefault(block => Abstractions.UntrustedJson.Text(block.Item, "type") is null);
        return odd.Item.ValueKind == JsonValueKind.Undefined ? null : $"Block {odd.Index + 1} of 'blocks' has no 'type'; every block needs one, such as type: section.";
    }

}
