using System.CommandLine;
using ConnectorHub.Gateway.Admin;
using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Gateway.Commands.Acts;

/// <summary><c>dead-letters</c>: what waits for a person, by cause.</summary>
internal static class DeadLettersCommand
{
    private static readonly FilterOptions Filter = new();
    private static readonly Option<bool> List = new("--list") { Description = "Each run on a line, oldest first, in place of the causes." };
    private static readonly Option<int> Limit = QueryCommands.Limit(50, "With --list: at most so many.");

    public static Command Build() => QueryCommands.Ask(
        "dead-letters",
        "What waits for a person: runs that failed for good and runs in doubt, grouped by cause.",
        [.. Filter.All, List, Limit],
        RunAsync);

    private static async Task RunAsync(ParseResult parsed, AdminClient client, Printer printer, CancellationToken cancellationToken)
    {
        var zone = HubCommands.Setup(parsed, optional: false).Settings.Hub.Zone;
        var filter = FilterOptions.Query(Filter.Read(parsed, zone));
        if (parsed.GetValue(List))
        {
            await QueryCommands.AnswerAsync<List<RunSummary>>(parsed, client, $"api/dead-letters/runs?limit={parsed.GetValue(Limit)}{filter}", printer, printer.Runs, cancellationToken).ConfigureAwait(false);
            return;
        }

        var clock = new HubTime(zone, TimeProvider.System);
        await QueryCommands.AnswerAsync<List<CauseGroup>>(parsed, client, $"api/dead-letters?{filter.TrimStart('&')}", printer, groups => new ActPrinter(Console.Out, clock).Causes(groups, Filter.Any(parsed)), cancellationToken).ConfigureAwait(false);
    }
}
