using System.CommandLine;
using ConnectorHub.Gateway.Hosting;

namespace ConnectorHub.Gateway.Commands;

/// <summary><c>serve</c>: the gateway itself.</summary>
internal static class ServeCommand
{
    public static Command Build()
    {
        var command = new Command("serve", "Receive events and run recipes until stopped.");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var setup = HubCommands.Setup(parsed, optional: false, receives: true);
            var app = await GatewayHost.BuildAsync(setup, GatewayRole.Serve, null, cancellationToken).ConfigureAwait(false);
            await using (app.ConfigureAwait(false))
            {
                await app.StartAsync(cancellationToken).ConfigureAwait(false);
                await StoppedAsync(app, cancellationToken).ConfigureAwait(false);
            }

            return 0;
        });
        return command;
    }

    private static async Task StoppedAsync(WebApplication app, CancellationToken cancellationToken)
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var asked = cancellationToken.Register(stopping.SetResult);
        await stopping.Task.ConfigureAwait(false);
        await app.StopAsync(CancellationToken.None).ConfigureAwait(false);
    }
}
