using System.CommandLine;
using ConnectorHub.Gateway.Admin;

namespace ConnectorHub.Gateway.Commands;

/// <summary><c>replay --rehearse</c>: what recipes would send for an event that came.</summary>
internal static class ReplayCommand
{
    private const int Found = 5;

    private static readonly Argument<string> What = new("event") { Description = "An event (evt_…), a run (run_…) for its event and its recipe, or any text that one event alone holds, such as an e-mail address." };
    private static readonly Option<bool> Rehearse = new("--rehearse") { Description = "Needed: show each request instead of sending it.", Required = true };
    private static readonly Option<string?> Recipe = new("--recipe") { Description = "One recipe only: its file without .yaml." };
    private static readonly Option<bool> AsItWas = new("--as-it-was") { Description = "By the version of the recipe that decided then, not by the one that is live." };

    public static Command Build() => QueryCommands.Ask(
        "replay",
        "Play a stored event through its recipes once more, as a rehearsal: shows the exact requests, step by step. Nothing that writes is sent and nothing is stored; look-ups are asked.",
        [What, Rehearse, Recipe, AsItWas],
        RunAsync);

    private static async Task RunAsync(ParseResult parsed, AdminClient client, Printer printer, CancellationToken cancellationToken)
    {
        var wanted = parsed.GetValue(What)!;
        if (!parsed.GetValue(Rehearse))
        {
            throw new CommandFailedException("'replay' shows what would be sent: connectorhub replay <event> --rehearse");
        }

        var run = wanted.StartsWith("run_", StringComparison.Ordinal) ? await RunOfAsync(client, wanted, parsed.GetValue(Recipe), cancellationToken).ConfigureAwait(false) : null;
        var id = run?.EventId ?? await EventOfAsync(client, wanted, cancellationToken).ConfigureAwait(false);
        var query = $"asItWas={(parsed.GetValue(AsItWas) ? "true" : "false")}{Part("run", run?.Id)}{Part("recipe", parsed.GetValue(Recipe))}";
        var answer = await client.PostAsync<EventRehearsalAnswer>($"api/events/{Uri.EscapeDataString(id)}/rehearsal?{query}", cancellationToken).ConfigureAwait(false)
            ?? throw new CommandFailedException($"There is no event '{id}'. List them with: connectorhub events");
        if (parsed.GetValue(HubCommands.AsJson))
        {
            printer.Json(answer);
        }
        else
        {
            new RehearsalPrinter(Console.Out).Print(answer);
        }
    }

    private static async Task<RunSummary> RunOfAsync(AdminClient client, string id, string? recipe, CancellationToken cancellationToken)
    {
        var run = await client.GetAsync<RunDetail>($"api/runs/{Uri.EscapeDataString(id)}", cancellationToken).ConfigureAwait(false)
            ?? throw new CommandFailedException($"There is no run '{id}'. List them with: connectorhub runs");
        return recipe is null || recipe == run.Summary.Recipe
            ? run.Summary
            : throw new CommandFailedException($"{id} is a run of '{run.Summary.Recipe}', not of '{recipe}'. Its event with another recipe: connectorhub replay {run.Summary.EventId} --rehearse --recipe {recipe}");
    }

    private static async Task<string> EventOfAsync(AdminClient client, string wanted, CancellationToken cancellationToken)
    {
        if (wanted.StartsWith("evt_", StringComparison.Ordinal))
        {
            return wanted;
        }

        var found = await client.GetAsync<List<EventSummary>>($"api/events?limit={Found}{Part("text", wanted)}", cancellationToken).ConfigureAwait(false) ?? [];
        return found.Count switch
        {
            1 => found[0].Id,
            0 => throw new CommandFailedException($"No event holds '{wanted}'. If a platform should have sent it, look at: connectorhub events --refused"),
            _ => throw new CommandFailedException($"{(found.Count == Found ? "Several" : found.Count)} events hold '{wanted}'. Name one of them: {string.Join(", ", found.Select(one => one.Id))}"),
        };
    }

    private static string Part(string name, string? value) => value is null ? string.Empty : $"&{name}={Uri.EscapeDataString(value)}";
}
