namespace ConnectorHub.Connectors.Slack;

/// <summary>What the fields are that all actions with a message share.</summary>
internal static class MessageFields
{
    public const string Text = "The message, in Slack's markup";

    public const string Title = "A heading above it, without markup. Cut after 150 characters";

    public const string Facts = "Names and values, shown in two columns. Empty values are left out; a long one is cut";

    public const string List = "Texts, shown as bullet points below";

    public const string Button = "A button that opens an address: `text` and `url` (https). Without an address there is no button";

    public const string Buttons = "More than one button, as `label: url`";

    public const string Blocks = "The whole message as a list of Slack's own blocks, at most 50, instead of title, facts, list and buttons; `text` is then what notifications show";
}
