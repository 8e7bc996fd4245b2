using System.CommandLine;
using ConnectorHub.Gateway.Demo;

namespace ConnectorHub.Gateway.Commands;

/// <summary><c>demo</c>: the whole path on one screen, with nothing set up and nothing sent.</summary>
internal static class DemoCommand
{
    public static Command Build()
    {
        var command = new Command("demo", "Start a throw-away gateway, send it signed events and show what happens. Nothing leaves this machine.");
        command.SetAction(async (_, cancellationToken) => await DemoRun.PlayAsync(Console.Out, cancellationToken).ConfigureAwait(false));
        return command;
    }
}
