using System.CommandLine;
using System.Text.Json;
using ConnectorHub.Connectors;
using ConnectorHub.Gateway.Admin;
using ConnectorHub.Gateway.Commands.Checks;
using ConnectorHub.Gateway.Hosting;
using ConnectorHub.Recipes.Telling;
using ConnectorHub.Values;
using Path = System.IO.Path;

namespace ConnectorHub.Gateway.Commands;

/// <summary><c>explain</c>: what a recipe does, in sentences; without a name, what each of them does, in one.</summary>
internal static class ExplainCommand
{
    public static Command Build()
    {
        var name = new Argument<string?>("recipe") { Description = "A recipe file, or the name of one in the recipe folder, without .yaml. Without it: all of them, a sentence each.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("explain", "Say in plain sentences what a recipe does, or list all recipes with what they do and how they stand.") { name, HubCommands.AsJson };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var setup = HubCommands.Setup(parsed, optional: true);
            var json = parsed.GetValue(HubCommands.AsJson);
            if (parsed.GetValue(name) is not { } wanted)
            {
                return List(await RecipesAsync(setup, cancellationToken).ConfigureAwait(false), json, Console.Out);
            }

            var recipes = await RecipeFiles.LoadAsync(setup, [Find(wanted, setup.Settings.Hub.RecipesFolder)], cancellationToken).ConfigureAwait(false);
            await using (recipes.ConfigureAwait(false))
            {
                return Print(recipes, json, Console.Out);
            }
        });
        return command;
    }

    /// <summary>The file of a recipe that a person names.</summary>
    /// <exception cref="CommandFailedException">There is none; with the nearest there is.</exception>
    public static string Find(string wanted, string folder)
    {
        var file = File.Exists(wanted) ? wanted : Path.Combine(folder, $"{wanted}.yaml");
        if (File.Exists(file))
        {
            return file;
        }

        var ids = !Directory.Exists(folder) ? [] : Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/')[..^".yaml".Length]);
        var near = Nearest.Of(wanted, ids) is { } meant ? $" Did you mean '{meant}'?" : string.Empty;
        throw new CommandFailedException($"There is no recipe '{wanted}': neither a file of that name nor '{file}'.{near} List them with: connectorhub explain");
    }

    // As the gateway has them: it knows which connections are set up, and the last good version of what is broken now.
    private static async Task<IReadOnlyList<RecipeSummary>> RecipesAsync(HubSetup setup, CancellationToken cancellationToken)
    {
        if (setup.FromFile)
        {
            var client = await AdminClient.OpenAsync(setup, cancellationToken).ConfigureAwait(false);
            await using (client.ConfigureAwait(false))
            {
                return (await client.GetAsync<List<RecipeSummary>>("api/recipes", cancellationToken).ConfigureAwait(false))!;
            }
        }

        var recipes = await RecipeFiles.LoadAsync(setup, [], cancellationToken).ConfigureAwait(false);
        await using (recipes.ConfigureAwait(false))
        {
            return [.. recipes.Entries.Select(entry => AdminViews.Summary(entry, notReady: null))];
        }
    }

    /// <summary>Prints all recipes, with how each stands and what it does.</summary>
    public static int List(IReadOnlyList<RecipeSummary> recipes, bool json, TextWriter output)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(recipes, AdminClient.Readable));
            return 0;
        }

        foreach (var recipe in recipes)
        {
            output.WriteLine($"{Printer.Clean(recipe.Id)}  ({Printer.Clean(recipe.State)})");
            output.WriteLine($"  {(recipe.InShort.Length > 0 ? Printer.Clean(recipe.InShort) : "What it does can be said once it has no errors. See: connectorhub check")}");
        }

        output.WriteLine(recipes.Count == 0
            ? "There is no recipe yet. Write the first one with: connectorhub init"
            : $"One in full: connectorhub explain {Printer.Clean(recipes[0].Id)}");
        return 0;
    }

    private static int Print(RecipeFiles recipes, bool json, TextWriter output)
    {
        var entry = recipes.Entries.First();
        if (entry.Live is not { } recipe)
        {
            var report = CheckCommand.ReportOf(recipes);
            output.WriteLine(json ? ReportAsJson.Write(report) : $"{report}{Environment.NewLine}What it does can be said once it has no errors.");
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
