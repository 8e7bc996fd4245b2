using System.CommandLine;
using System.Text.Json;
using ConnectorHub.Connectors;
using ConnectorHub.Recipes.Telling;

namespace ConnectorHub.Gateway.Commands;

/// <summary><c>explain</c>: what a recipe does, in sentences.</summary>
internal static class ExplainCommand
{
    public static Command Build()
    {
        var name = new Argument<string>("recipe") { Description = "A recipe file, or the name of one in the recipe folder, without .yaml." };
        var command = new Command("explain", "Say in plain sentences what a recipe does.") { name, HubCommands.AsJson };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var setup = HubCommands.Setup(parsed, optional: true);
            var wanted = parsed.GetValue(name)!;
            var file = File.Exists(wanted) ? wanted : Path.Combine(setup.Settings.Hub.RecipesFolder, $"{wanted}.yaml");
            if (!File.Exists(file))
            {
                throw new CommandFailedException($"There is no recipe '{wanted}': neither a file of that name nor '{file}'.");
            }

            var recipes = await RecipeFiles.LoadAsync(setup, [file], cancellationToken).ConfigureAwait(false);
            await using (recipes.ConfigureAwait(false))
            {
                return Print(recipes, parsed.GetValue(HubCommands.AsJson), Console.Out);
            }
        });
        return command;
    }

    private static int Print(RecipeFiles recipes, bool json, TextWriter output)
    {
        var entry = recipes.Entries.First();
        if (entry.Live is not { } recipe)
        {
            CheckCommand.Report(recipes, output);
            output.WriteLine("What it does can be said once it has no errors.");
            return 1;
        }

        var lines = RecipeTelling.InFull(recipe, ConnectorCatalog.All);
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(new { recipe.Id, recipe.Name, Short = RecipeTelling.InShort(recipe, ConnectorCatalog.All), Lines = lines }, AdminClient.Readable));
            return 0;
        }

        foreach (var line in lines)
        {
            output.WriteLine(Printer.Clean(line));
        }

        return 0;
    }
}
