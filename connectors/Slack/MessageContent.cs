using System.Text.Json;

namespace ConnectorHub.Connectors.Slack;

/// <summary>
/// What a message says, as recipes write it. Slack's limits are judged here, before anything is sent (docs.slack.dev, block kit): a name or a value
/// that is too long is cut, since losing the whole message to one long value is worse; too much of everything is refused.
/// </summary>
internal sealed record MessageContent(
    string? Title,
    string? Text,
    IReadOnlyDictionary<string, string>? Facts,
    IReadOnlyList<string>? List,
    IReadOnlyDictionary<string, string>? Button,
    IReadOnlyDictionary<string, string>? Buttons,
    JsonElement? Blocks)
{
    public const int MostBlocks = 50;

    /// <summary>Slack cuts a longer text.</summary>
    public const int LongestPosted = 40_000;

    /// <summary>chat.update refuses a longer text.</summary>
    public const int LongestChanged = 4_000;

    private const int LongestTitle = 150;
    private const int LongestSection = 3_000;
    private const int LongestField = 2_000;
    private const int LongestFactName = 150;
    private const int FieldsInSection = 10;
    private const int LongestItem = LongestSection - 2;

    /// <summary>The message ready to be sent, or what is wrong with it.</summary>
    /// <param name="longestText">How long the text of a message without blocks may be.</param>
    public ComposedMessage Compose(int longestText)
    {
        if (Blocks is { } blocks)
        {
            return ComposeWritten(blocks);
        }

        if (LinkButtons.Read(Button, Buttons, out var links) is { } flaw)
        {
            return new ComposedMessage.Flawed(flaw);
        }

        if (Title is null && Facts is null && List is null && links.Count == 0)
        {
            return ComposePlain(longestText);
        }

        var title = SlackText.OneLine(Title ?? string.Empty);
        var facts = (Facts ?? NoFacts).Where(fact => !string.IsNullOrWhiteSpace(fact.Value)).ToList();
        var items = (List ?? []).Where(item => !string.IsNullOrWhiteSpace(item)).Select(item => "• " + SlackText.Cut(item.Trim(), LongestItem)).ToList();
        IReadOnlyList<MessageBlock> made =
        [
            .. title.Length > 0 ? [MessageBlock.Header(SlackText.Cut(title, LongestTitle))] : Array.Empty<MessageBlock>(),
            .. SlackText.Split(Text ?? string.Empty, LongestSection).Select(MessageBlock.Section),
            .. facts.Select(Field).Chunk(FieldsInSection).Select(MessageBlock.Columns),
            .. SlackText.Split(string.Join('\n', items), LongestSection).Select(MessageBlock.Section),
            .. links.Count > 0 ? [MessageBlock.Actions(links)] : Array.Empty<MessageBlock>(),
        ];
        return made.Count switch
        {
            0 => Nothing,
            > MostBlocks => new ComposedMessage.Flawed($"The message makes {made.Count} blocks; Slack takes {MostBlocks}. Shorten text, facts or list."),
            _ => new ComposedMessage.Ready(Fallback(title, facts, items, links), made),
        };
    }

    private static readonly Dictionary<string, string> NoFacts = [];

    private static ComposedMessage.Flawed Nothing { get; } =
        new("The message says nothing: 'text', 'title', 'facts', 'list', 'button' and 'blocks' are all missing or empty. It needs one of them.");

    private ComposedMessage ComposeWritten(JsonElement blocks)
    {
        var beside = new (string Name, bool IsSet)[]
        {
            ("title", Title is not null), ("facts", Facts is not null), ("list", List is not null), ("button", Button is not null), ("buttons", Buttons is not null),
        }.FirstOrDefault(field => field.IsSet).Name;
        var flaw = beside is not null
            ? $"'blocks' and '{beside}' are both set. 'blocks' is the whole message: leave one of them out. Only 'text' goes with it."
            : string.IsNullOrWhiteSpace(Text)
                ? "'blocks' needs 'text': it is what notifications show."
                : Text.Length > LongestChanged
                    ? $"'text' has {Text.Length} characters; beside 'blocks' it may have {LongestChanged}."
                    : WrittenBlocks.Flaw(blocks);
        return flaw is null ? new ComposedMessage.Ready(Text!, blocks) : new ComposedMessage.Flawed(flaw);
    }

    private ComposedMessage ComposePlain(int longest)
    {
        if (string.IsNullOrWhiteSpace(Text))
        {
            return Nothing;
        }

        return Text.Length > longest
            ? new ComposedMessage.Flawed($"'text' has {Text.Length} characters; Slack takes {longest}. Shorten it, for example with | truncate({longest}).")
            : new ComposedMessage.Ready(Text, null);
    }

    private static string Field(KeyValuePair<string, string> fact) =>
        SlackText.Cut($"*{SlackText.Cut(SlackText.OneLine(fact.Key), LongestFactName)}*\n{fact.Value}", LongestField);

    // The same as the blocks say, for who does not see them: notifications, readers of screens, search.
    private string Fallback(
        string title, List<KeyValuePair<string, string>> facts, List<string> items, IReadOnlyList<(string Text, string Url)> links)
    {
        IEnumerable<string> lines =
        [
            SlackText.FromPlain(title),
            Text ?? string.Empty,
            .. facts.Select(fact => $"{SlackText.OneLine(fact.Key)}: {fact.Value}"),
            .. items,
            .. links.Select(link => SlackText.FromPlain($"{link.Text}: {link.Url}")),
        ];
        return SlackText.Cut(string.Join('\n', lines.Where(line => !string.IsNullOrWhiteSpace(line))), LongestChanged);
    }
}
