using System.CommandLine;
using ConnectorHub.Gateway.Commands.Testing;

namespace ConnectorHub.Gateway.Commands;

/// <summary><c>test</c>: the tests inside the recipes, without touching the network.</summary>
internal static class TestCommand
{
    public static Command Build()
    {
        var files = CheckCommand.FilesArgument();
        var watch = new Option<bool>("--watch") { Description = "Go on, and test each recipe again when its file changes, until Ctrl+C. With --json, a line each time." };
        var command = new Command("test", "Run the tests inside recipe files; nothing is sent.") { files, watch, HubCommands.AsJson };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var setup = HubCommands.Setup(parsed, optional: true);
            var watched = parsed.GetValue(watch);
            ITestScreen screen = parsed.GetValue(HubCommands.AsJson)
                ? new TestsAsJson(Console.Out, watched ? AdminClient.Lines : AdminClient.Readable)
                : new TestsAsText(Console.Out);
            var recipes = await RecipeFiles.LoadAsync(setup, parsed.GetValue(files)!, cancellationToken).ConfigureAwait(false);
            await using (recipes.ConfigureAwait(false))
            {
                return watched
                    ? await TestWatch.RunAsync(recipes, screen, cancellationToken).ConfigureAwait(false)
                    : await RunAsync(recipes, screen, cancellationToken).ConfigureAwait(false);
            }
        });
        return command;
    }

    /// <summary>Runs all of them once; 1 where one failed.</summary>
    public static async Task<int> RunAsync(RecipeFiles recipes, ITestScreen screen, CancellationToken cancellationToken) =>
        (await TestRound.RunAsync(recipes, recipes.Entries, screen, cancellationToken).ConfigureAwait(false)).Failed > 0 ? 1 : 0;
}
