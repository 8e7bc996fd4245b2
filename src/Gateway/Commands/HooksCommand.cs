using System.CommandLine;
using ConnectorHub.Connectors;
using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Gateway.Settings;
using ConnectorHub.Runs;

namespace ConnectorHub.Gateway.Commands;

/// <summary><c>hooks</c>: the addresses to give to platforms, how to give them, and what came of it.</summary>
internal static class HooksCommand
{
    public static Command Build()
    {
        var name = new Argument<string?>("connection") { Description = "Only the hooks of this connection.", Arity = ArgumentArity.ZeroOrOne };
        var showToken = new Option<bool>("--show-token") { Description = "Write the token into addresses that need one. Whoever has such an address can send events." };
        return QueryCommands.Ask("hooks", "List the addresses to give to platforms, how to do that, and what came of it.", [name, showToken], async (parsed, client, printer, cancellationToken) =>
        {
            var connection = parsed.GetValue(name);
            var path = connection is null ? "api/hooks" : $"api/hooks?connection={Uri.EscapeDataString(connection)}";
            var answer = await client.GetAsync<HooksAnswer>(path, cancellationToken).ConfigureAwait(false)
                ?? throw new CommandFailedException($"There is no connection '{connection}' that takes events. List connections with: connectorhub connections");
            var settings = HubCommands.Setup(parsed, optional: false).Settings;
            answer = parsed.GetValue(showToken) ? WithTokens(answer, settings) : answer;

            if (parsed.GetValue(HubCommands.AsJson))
            {
                printer.Json(answer);
            }
            else
            {
                new HookPrinter(Console.Out, new HubTime(settings.Hub.Zone, TimeProvider.System)).Hooks(answer, inFull: connection is not null);
            }
        });
    }

    /// <summary>The gateway never tells a token; whoever can read the settings has it anyway.</summary>
    internal static HooksAnswer WithTokens(HooksAnswer answer, HubSettings settings)
    {
        var connections = SendCommand.Connections(settings).Current;
        var connectors = new ConnectorBook(ConnectorCatalog.All);
        return answer with
        {
            Connections = [.. answer.Connections.Select(receiver => receiver with
            {
                Sources = [.. receiver.Sources.Select(source => Fill(source, HookUrls.TokenOf(connections.Find(receiver.Name), connectors.FindSource(source.Source))))],
            })],
        };
    }

    private static SourceSummary Fill(SourceSummary source, string? token) => token is null ? source : source with
    {
        Url = Fill(source.Url, token),
        Setup = [.. source.Setup.Select(step => Fill(step, token))],
        Hooks = [.. source.Hooks.Select(hook => hook with { Url = Fill(hook.Url, token) })],
    };

    private static string Fill(string text, string token) => text.Replace(HookUrls.TokenMark, token, StringComparison.Ordinal);
}
