using System.CommandLine;
using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors;
using ConnectorHub.Gateway.Exploring;
using ConnectorHub.Values;

namespace ConnectorHub.Gateway.Commands;

/// <summary><c>actions</c>: what a step can do.</summary>
internal static class ActionsCommand
{
    public static Command Build()
    {
        var name = new Argument<string?>("name") { Description = "One action, such as slack.post-message, or a connector. Without it: all of them.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("actions", "Say what a step can do: what an action takes, what it gives, and an example to paste.") { name, HubCommands.AsJson };
        command.SetAction(parsed => Run(parsed.GetValue(name), parsed.GetValue(HubCommands.AsJson), Console.Out));
        return command;
    }

    /// <summary>Prints all actions, those of a connector, or one in full.</summary>
    public static int Run(string? name, bool json, TextWriter output)
    {
        var all = ConnectorCatalog.All
            .SelectMany(connector => connector.Actions.Select(action => new OfferedAction(connector, action)))
            .OrderBy(action => action.Use, StringComparer.Ordinal)
            .ToList();
        var found = all.Where(action => name is null || action.Use == name || action.Connector.Manifest.Name == name).ToList();
        if (found.Count == 0)
        {
            throw new CommandFailedException(Unknown(name!, all));
        }

        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(found.ConvertAll(View), AdminClient.Readable));
        }
        else if (found is [var only] && only.Use == name)
        {
            One(only, output);
        }
        else
        {
            foreach (var line in Columns.Of([.. found.Select(action => new[] { action.Use, action.Action.About })]))
            {
                output.WriteLine(line);
            }

            output.WriteLine();
            output.WriteLine($"One in full: connectorhub actions {found[0].Use}");
        }

        return 0;
    }

    /// <summary>The action of that name.</summary>
    /// <exception cref="CommandFailedException">There is none; with what there is.</exception>
    public static OfferedAction Find(string use)
    {
        var all = ConnectorCatalog.All.SelectMany(connector => connector.Actions.Select(action => new OfferedAction(connector, action))).ToList();
        return all.Find(action => action.Use == use) ?? throw new CommandFailedException(Unknown(use, all));
    }

    private static void One(OfferedAction offered, TextWriter output)
    {
        var (connector, action) = offered;
        output.WriteLine($"{offered.Use}  {action.About}");
        output.WriteLine(Repetition(connector, action));
        output.WriteLine();
        output.WriteLine("takes");
        Print(output, [.. action.Shape.Inputs.Select(field => new[] { field.Name, Type(field), field.Required ? "needed" : "", About(field) })]);
        output.WriteLine();
        output.WriteLine("gives");
        var id = new StepSketch(connector.Manifest.Name, action, []).Id;
        Print(output, [.. action.Shape.Outputs.Select(field => new[] { field.Name, Type(field), $"{{{{ steps.{id}.{field.Name} }}}}", field.About })]);
        output.WriteLine();
        output.WriteLine("a step to paste below 'steps:'");
        output.WriteLine();
        foreach (var line in new StepSketch(connector.Manifest.Name, action, []).Lines(optional: true))
        {
            output.WriteLine($"  {line}");
        }
    }

    private static void Print(TextWriter output, IReadOnlyList<string[]> rows)
    {
        foreach (var line in Columns.Of(rows.Count == 0 ? [["nothing"]] : rows, "  "))
        {
            output.WriteLine(line);
        }
    }

    private static string Repetition(IConnector connector, IConnectorAction action) => action.Repeat switch
    {
        Repeat.Reads => "It only reads.",
        Repeat.Safe => "Sent twice, it has the same effect as once.",
        Repeat.Keyed => $"{connector.Manifest.DisplayName} itself sees to it that a second send does nothing.",
        _ => $"A second send would have a second effect: after a lost answer the hub first looks whether it is there.",
    };

    private static string About(Field field) => field.Allowed.Count == 0 ? field.About : $"{field.About}. One of: {string.Join(", ", field.Allowed)}";

    private static string Type(Field field) => field.Type switch
    {
        FieldType.Text => field.TextKind switch
        {
            TextKind.Mrkdwn => "text (Slack's markup)",
            TextKind.Html => "text (HTML)",
            TextKind.UrlPart => "text (part of an address)",
            TextKind.Header => "text (a header)",
            _ => "text",
        },
        FieldType.WholeNumber => "whole number",
        FieldType.Number => "number",
        FieldType.Boolean => "true or false",
        FieldType.TextList => "list of texts",
        FieldType.TextMap => "map of texts",
        _ => "any value",
    };

    private static string Unknown(string name, IReadOnlyList<OfferedAction> all)
    {
        var connector = name.Split('.')[0];
        var own = all.Where(action => action.Connector.Manifest.Name == connector).Select(action => action.Use).ToList();
        var connectors = all.Select(action => action.Connector.Manifest.Name).Distinct().ToList();
        var near = (own.Count > 0 ? Nearest.Of(name, own) : Nearest.Of(name, all.Select(action => action.Use)) ?? Nearest.Of(connector, connectors)) is { } meant ? $" Did you mean '{meant}'?" : string.Empty;
        return own.Count > 0
            ? $"'{connector}' has no action '{name[Math.Min(connector.Length + 1, name.Length)..]}'.{near} It has: {string.Join(", ", own)}."
            : $"There is no action '{name}'.{near} Connectors with actions: {string.Join(", ", connectors)}.";
    }

    private static ActionView View(OfferedAction offered) => new(
        offered.Use,
        offered.Action.About,
        offered.Action.Repeat.ToString(),
        [.. offered.Action.Shape.Inputs.Select(field => new ActionField(field.Name, Type(field), field.Required, field.About, field.Allowed))],
        [.. offered.Action.Shape.Outputs.Select(field => new ActionField(field.Name, Type(field), field.Required, field.About, field.Allowed))],
        string.Join('\n', new StepSketch(offered.Connector.Manifest.Name, offered.Action, []).Lines(optional: false)));
}

/// <summary>An action with the connector that offers it.</summary>
internal sealed record OfferedAction(IConnector Connector, IConnectorAction Action)
{
    /// <summary>As a recipe's <c>use</c> names it.</summary>
    public string Use => $"{Connector.Manifest.Name}.{Action.Name}";
}

/// <summary>An action for programs.</summary>
/// <param name="Repeat">What a second send does.</param>
/// <param name="Example">A step, as an entry of <c>steps</c>.</param>
internal sealed record ActionView(string Name, string About, string Repeat, IReadOnlyList<ActionField> Takes, IReadOnlyList<ActionField> Gives, string Example);

/// <summary>A field of an action for programs.</summary>
internal sealed record ActionField(string Name, string Type, bool Needed, string About, IReadOnlyList<string> Allowed);
