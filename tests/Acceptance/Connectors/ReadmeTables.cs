using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Acceptance.Connectors;

/// <summary>The tables of a README, from the manifest, the sources and the shapes.</summary>
internal static class ReadmeTables
{
    public static IEnumerable<string> Write(string table, IConnector connector) => table switch
    {
        "secrets" => Secrets(connector.Manifest),
        "settings" => Settings(connector.Manifest),
        "setup" => connector.Sources.SelectMany(source => Setup(source, connector.Sources.Count > 1)).Prepend(string.Empty),
        "events" => connector.Sources.SelectMany(Events).Prepend(string.Empty),
        "actions" => connector.Actions.SelectMany(action => Action(connector.Manifest, action)).Prepend(string.Empty),
        _ => [$"There is no table '{table}'."],
    };

    private static IEnumerable<string> Secrets(ConnectorManifest manifest) =>
    [
        string.Empty,
        "| Secret | Several | What it is |",
        "|---|---|---|",
        .. manifest.Secrets.Select(secret => $"| `{secret.Name}` | {(secret.Many ? "yes" : "no")} | {Cell(secret.About)} |"),
        string.Empty,
    ];

    private static IEnumerable<string> Settings(ConnectorManifest manifest) =>
    [
        string.Empty,
        "| Setting | Default | What it is |",
        "|---|---|---|",
        .. manifest.Settings.Select(setting =>
            $"| `{setting.Name}` | {(string.IsNullOrEmpty(setting.Default) ? "empty" : $"`{setting.Default}`")} | {Cell(setting.About)}{Choices(setting.Allowed ?? [])} |"),
        string.Empty,
    ];

    private static IEnumerable<string> Setup(IEventSource source, bool named) =>
    [
        .. named ? new[] { $"For source `{source.Name}`:", string.Empty } : [],
        .. source.Setup.Select((step, index) => $"{index + 1}. {step.Replace("`{url}`", "the hook's address", StringComparison.Ordinal)}"),
        string.Empty,
    ];

    private static IEnumerable<string> Events(IEventSource source) =>
    [
        $"Source `{source.Name}`:",
        string.Empty,
        "| Event | When | Sample |",
        "|---|---|---|",
        .. source.Events.Select(known =>
            $"| `{known.Name}` | {Cell(known.About)} | {(known.Inferred ? "inferred" : "as documented")} |"),
        string.Empty,
    ];

    private static IEnumerable<string> Action(ConnectorManifest manifest, IConnectorAction action) =>
    [
        $"### `{manifest.Name}.{action.Name}`",
        string.Empty,
        $"{action.About} {SecondSend(action.Repeat)}",
        string.Empty,
        "| Field | Kind | Needed | What it is |",
        "|---|---|---|---|",
        .. action.Shape.Inputs.Select(field =>
            $"| `{field.Name}` | {Kind(field)} | {(field.Required ? "yes" : "no")} | {Cell(field.About)}{Choices(field.Allowed)} |"),
        string.Empty,
        "It gives, as `steps.<id>.…`:",
        string.Empty,
        "| Field | Kind | Always | What it is |",
        "|---|---|---|---|",
        .. action.Shape.Outputs.Select(field => $"| `{field.Name}` | {Kind(field)} | {(field.Required ? "yes" : "no")} | {Cell(field.About)} |"),
        string.Empty,
    ];

    private static string SecondSend(Repeat repeat) => repeat switch
    {
        Repeat.Reads => "It only reads.",
        Repeat.Safe => "Doing it twice changes nothing.",
        Repeat.Keyed => "The platform itself refuses to do it twice.",
        _ => "Doing it twice would show twice: after a lost answer the hub looks first, and asks where it cannot tell.",
    };

    private static string Kind(Field field) => (field.Type, field.TextKind) switch
    {
        (FieldType.Text, TextKind.Mrkdwn) => "text (Slack markup)",
        (FieldType.Text, TextKind.Html) => "text (HTML)",
        (FieldType.Text, TextKind.UrlPart) => "text (address)",
        (FieldType.Text, _) => "text",
        (FieldType.WholeNumber, _) => "whole number",
        (FieldType.Number, _) => "number",
        (FieldType.Boolean, _) => "true or false",
        (FieldType.TextList, _) => "list of texts",
        (FieldType.TextMap, _) => "map of texts",
        _ => "anything",
    };

    private static string Choices(IReadOnlyList<string> allowed) =>
        allowed.Count == 0 ? string.Empty : $" One of {string.Join(", ", allowed.Select(choice => $"`{choice}`"))}.";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).TrimEnd('.') + ".";
}
