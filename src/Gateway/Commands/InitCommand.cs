using System.CommandLine;
using ConnectorHub.Connectors;
using ConnectorHub.Gateway.Commands.Checks;
using ConnectorHub.Gateway.Commands.Testing;
using ConnectorHub.Gateway.Exploring;
using ConnectorHub.Runs.RecipeTests;

namespace ConnectorHub.Gateway.Commands;

/// <summary><c>init</c>: a first recipe, written, checked and tested.</summary>
internal static class InitCommand
{
    private static readonly Option<string?> Source = new("--source") { Description = "Where events come from, such as meltingspot." };
    private static readonly Option<string?> Event = new("--event") { Description = "Which event, such as live.updated." };
    private static readonly Option<string?> Action = new("--action") { Description = "What to do, such as slack.post-message." };
    private static readonly Option<string?> Called = new("--name") { Description = "What people call the recipe." };
    private static readonly Option<string?> Out = new("--out") { Description = "The file to write; otherwise one in the recipe folder, called after the name." };

    public static Command Build()
    {
        var command = new Command("init", "Write a first recipe with a test: asks for what is not given. Needs no connection.") { Source, Event, Action, Called, Out, HubCommands.AsJson };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var setup = HubCommands.Setup(parsed, optional: true);
            var json = parsed.GetValue(HubCommands.AsJson);
            // A program is not asked.
            var ask = json || Console.IsInputRedirected ? null : new Questions(Console.In, Console.Out);
            var sample = FindSample(parsed, ask);
            var action = ActionsCommand.Find(parsed.GetValue(Action) ?? ActionName(ask));
            var name = parsed.GetValue(Called) ?? ask?.Text($"What is it called? [{Suggested(sample, action)}]") ?? string.Empty;
            name = name.Length > 0 ? name : Suggested(sample, action);
            var file = parsed.GetValue(Out) ?? Path.Combine(setup.Settings.Hub.RecipesFolder, RecipeDraft.FileName(name) + ".yaml");
            var zone = setup.Settings.Hub.Zone.Length > 0 ? string.Empty : "Europe/Paris";
            await WriteAsync(file, new RecipeDraft(sample, action.Connector.Manifest.Name, action.Action, name, zone).Write(), cancellationToken).ConfigureAwait(false);
            var recipes = await RecipeFiles.LoadAsync(setup, [file], cancellationToken).ConfigureAwait(false);
            await using (recipes.ConfigureAwait(false))
            {
                return await (json ? AnswerAsync(recipes, file, sample, action, cancellationToken) : FinishAsync(recipes, file, sample, action, cancellationToken)).ConfigureAwait(false);
            }
        });
        return command;
    }

    private static Sample FindSample(ParseResult parsed, Questions? ask)
    {
        var samples = Sample.All(ConnectorCatalog.All).ToList();
        var sources = samples.Select(sample => sample.Source.Name).Distinct().Order(StringComparer.Ordinal).ToList();
        var source = parsed.GetValue(Source) ?? ask?.Choice("Where do the events come from?", sources) ?? throw Missing("--source", sources);
        var events = samples.Where(sample => sample.Source.Name == source).Select(sample => sample.Event.Name).ToList();
        // A source that is not there is told as such, whatever the event.
        var name = events.Count == 0 ? string.Empty : parsed.GetValue(Event) ?? ask?.Choice("Which event?", events) ?? throw Missing("--event", events);
        return EventLookup.Sample($"{source}/{name}");
    }

    private static string ActionName(Questions? ask)
    {
        var all = ConnectorCatalog.All.SelectMany(connector => connector.Actions.Select(action => $"{connector.Manifest.Name}.{action.Name}")).Order(StringComparer.Ordinal).ToList();
        return ask?.Choice("What shall happen?", all) ?? throw Missing("--action", all);
    }

    private static CommandFailedException Missing(string option, IEnumerable<string> allowed) =>
        new($"'{option}' is missing, and there is nobody to ask. Give one of: {string.Join(", ", allowed)}.");

    private static string Suggested(Sample sample, OfferedAction action) => $"{sample.Event.Name} to {action.Connector.Manifest.DisplayName}";

    private static async Task WriteAsync(string file, string text, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        try
        {
            var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            await using (stream.ConfigureAwait(false))
            {
                await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (IOException) when (File.Exists(file))
        {
            throw new CommandFailedException($"'{file}' is there already. Give another --name, or another file with --out.");
        }
    }

    private static async Task<int> FinishAsync(RecipeFiles recipes, string file, Sample sample, OfferedAction action, CancellationToken cancellationToken)
    {
        var output = Console.Out;
        await output.WriteLineAsync($"Written: {file}").ConfigureAwait(false);
        var check = CheckCommand.ReportOf(recipes);
        await output.WriteLineAsync(check.ToString()).ConfigureAwait(false);
        var code = check.Errors > 0 ? 1 : await TestCommand.RunAsync(recipes, new TestsAsText(output), cancellationToken).ConfigureAwait(false);
        await output.WriteLineAsync(
            $"""

            What next:
              1. Open {file} and change it to what you want. After each change: connectorhub test {file}
              2. What is in the event: connectorhub fields {sample}
                 What the step can do: connectorhub actions {action.Use}
                 Read it back in plain sentences: connectorhub explain {file}
              3. Set up the connections {sample.Connector.Manifest.Name} and {action.Connector.Manifest.Name} in appsettings.json, then: connectorhub serve
            """).ConfigureAwait(false);
        return code;
    }

    private static async Task<int> AnswerAsync(RecipeFiles recipes, string file, Sample sample, OfferedAction action, CancellationToken cancellationToken)
    {
        var check = CheckCommand.ReportOf(recipes);
        var tests = check.Errors > 0 ? null : await TestRound.RunAsync(recipes, recipes.Entries, screen: null, cancellationToken).ConfigureAwait(false);
        string[] connectors = [sample.Connector.Manifest.Name, action.Connector.Manifest.Name];
        new Printer(Console.Out).Json(new { File = file, Event = sample.ToString(), Action = action.Use, Connectors = connectors.Distinct(), Check = ReportAsJson.View(check), Tests = tests });
        return tests is { Failed: 0 } ? 0 : 1;
    }
}
