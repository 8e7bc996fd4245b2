using System.CommandLine;
using ConnectorHub.Connectors;
using ConnectorHub.Recipes.Schemas;

namespace ConnectorHub.Gateway.Commands;

/// <summary><c>schema</c>: what an editor needs to complete and to explain the words of a recipe.</summary>
internal static class SchemaCommand
{
    public static Command Build()
    {
        var file = new Argument<string?>("file") { Description = "Where to write it; without it, it is printed.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("schema", "Write the JSON Schema of recipe files, for completion in an editor.") { file, HubCommands.AsJson };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var schema = RecipeSchema.Write(ConnectorCatalog.All);
            if (parsed.GetValue(file) is not { } name)
            {
                // It is JSON as it is.
                await Console.Out.WriteLineAsync(schema).ConfigureAwait(false);
                return 0;
            }

            if (Path.GetDirectoryName(Path.GetFullPath(name)) is { } folder && !Directory.Exists(folder))
            {
                throw new CommandFailedException($"There is no folder '{folder}'. Make it first, or name another file.");
            }

            await File.WriteAllTextAsync(name, schema + "\n", cancellationToken).ConfigureAwait(false);
            var firstLine = $"# yaml-language-server: $schema={name.Replace('\\', '/')}";
            if (parsed.GetValue(HubCommands.AsJson))
            {
                new Printer(Console.Out).Json(new { File = name, FirstLine = firstLine });
            }
            else
            {
                await Console.Out.WriteLineAsync($"Written: {name}{Environment.NewLine}Name it in the first line of a recipe: {firstLine}").ConfigureAwait(false);
            }

            return 0;
        });
        return command;
    }
}
