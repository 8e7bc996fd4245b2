using System.CommandLine;
using ConnectorHub.Gateway.Admin;
using ConnectorHub.Gateway.Admin.Acts;
using ConnectorHub.Runs.Acts;

namespace ConnectorHub.Gateway.Commands.Acts;

/// <summary>The part of <c>replay</c> that opens runs for events that led to none.</summary>
internal static class EventReplayCommand
{
    public static readonly Option<bool> WithoutRun = new("--without-run") { Description = "Events that led to no run of --recipe: it was broken, not ready, not there yet, or said no. They are asked again, and --since and --until mean when they came." };
    private static readonly Option<string?> Hook = new("--hook") { Description = "With --without-run: that came by this hook (connection/event), or by this connection." };
    private static readonly Option<string?> Type = new("--type") { Description = "With --without-run: of this type, such as member.created." };
    private static readonly Option<int> Limit = new("--limit") { Description = "With --without-run: open at most so many.", DefaultValueFactory = _ => EventReplaysController.MostOpened };

    public static IReadOnlyList<Symbol> Options => [WithoutRun, Hook, Type, Limit];

    /// <summary>Opens the runs that one event lacks.</summary>
    public static async Task OpenAsync(ParseResult parsed, AdminClient client, Printer printer, string id, string? recipe, ReplayBody how, CancellationToken cancellationToken)
    {
        var body = new EventReplayBody(recipe, how.At, how.Why);
        var recipes = await client.PostAsync<List<EventOpening>>($"api/events/{Uri.EscapeDataString(id)}/replay", body, cancellationToken).ConfigureAwait(false)
            ?? throw new CommandFailedException($"There is no event '{id}'. List them with: connectorhub events");
        var lines = recipes.Select(one => one.Opened ? $"{one.Recipe}: {one.Run} is opened{When(how, client)}." : $"{one.Recipe}: no run was opened: {Printer.Clean(one.Note)}.");
        if (parsed.GetValue(HubCommands.AsJson))
        {
            printer.Json(recipes);
        }

        if (recipes.All(one => one is { Opened: false, Run: null }))
        {
            throw new CommandFailedException(string.Join(Environment.NewLine, lines));
        }

        foreach (var line in parsed.GetValue(HubCommands.AsJson) ? [] : lines)
        {
            Console.Out.WriteLine(line);
        }
    }

    /// <summary>Opens the runs that a recipe lacks, or says how many it would open, or shows what the first of them would send.</summary>
    public static async Task OpenManyAsync(
        ParseResult parsed, AdminClient client, Printer printer, FilterBody filter, (ReplayBody Body, double? PerSecond, bool Count, Func<string, string, Task<EventRehearsalAnswer>>? Rehearse) how, CancellationToken cancellationToken)
    {
        if (filter.Recipe is not { } recipe)
        {
            throw new CommandFailedException("Say which recipe is asked again: --recipe, its file without .yaml.");
        }

        var wanted = new EventsFilterBody(recipe, filter.Source, parsed.GetValue(Type), parsed.GetValue(Hook), filter.Since, filter.Until, filter.Text);
        var body = new EventsReplayBody(wanted, how.Body.At, how.PerSecond, parsed.GetValue(Limit), how.Count || how.Rehearse is not null, how.Body.Why);
        var total = (await client.PostAsync<OpenedEvents>("api/events/replays", body, cancellationToken).ConfigureAwait(false))!;
        var rehearsed = new List<EventRehearsalAnswer>();
        if (how.Rehearse is { } rehearse)
        {
            foreach (var id in total.First)
            {
                rehearsed.Add(await rehearse(id, recipe).ConfigureAwait(false));
            }
        }

        if (parsed.GetValue(HubCommands.AsJson))
        {
            printer.Json<object>(how.Rehearse is null ? total : new { total.Opened, total.HadRun, total.NotOpened, total.More, total.First, Rehearsed = rehearsed });
            return;
        }

        rehearsed.ForEach(new RehearsalPrinter(Console.Out).Print);
        Print(Console.Out, total, recipe, body.Only, When(how.Body, client));
    }

    /// <summary>What became of them, reason by reason.</summary>
    public static void Print(TextWriter output, OpenedEvents total, string recipe, bool only, string when)
    {
        output.WriteLine(only
            ? $"{recipe} would take {Events(total.Opened)} as it is now. Nothing was done."
            : $"{(total.Opened == 1 ? "1 run is" : $"{total.Opened} runs are")} opened{when}.");
        if (total.HadRun > 0)
        {
            output.WriteLine($"  {Events(total.HadRun)} had a run of it");
        }

        foreach (var reason in total.NotOpened)
        {
            var line = reason.Line > 0 ? $"{recipe}.yaml line {reason.Line} does not take" : "not";
            output.WriteLine($"  {line} {Events(reason.Events)} ({reason.FirstEvent}{(reason.Events == 1 ? string.Empty : ", …")}): {Printer.Clean(reason.Why)}");
        }

        if (total.More)
        {
            output.WriteLine(only ? "  There may be more: --limit ended the count." : "  There may be more: ask once more; what is open stays so.");
        }
    }

    private static string Events(int count) => count == 1 ? "1 event" : $"{count} events";

    private static string When(ReplayBody how, AdminClient client) =>
        (how.At is null ? string.Empty : " and begin at the time you said") + (client.Serving ? string.Empty : "; no gateway is running, they begin when one does");
}
