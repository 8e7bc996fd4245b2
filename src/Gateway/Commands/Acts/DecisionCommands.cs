using System.CommandLine;
using ConnectorHub.Gateway.Admin.Acts;
using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Runs.Acts;
using ConnectorHub.Runs.Schedules;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Gateway.Commands.Acts;

/// <summary><c>cancel</c>, <c>decide</c>, <c>audit</c>.</summary>
internal static class DecisionCommands
{
    public static Command Cancel()
    {
        var run = new Argument<string?>("run") { Description = "A run (run_…); without one, all dead letters and runs in doubt that fit the options.", Arity = ArgumentArity.ZeroOrOne };
        var why = new Option<string>("--why") { Description = "The reason, kept with the run and in the audit.", Required = true };
        var filter = new FilterOptions();
        return QueryCommands.Ask("cancel", "Give up a run that has not ended: it is kept, and never tried again.", [run, why, .. filter.All], async (parsed, client, printer, cancellationToken) =>
        {
            if (parsed.GetValue(run) is { } id)
            {
                var done = await ActAsync(client, id, "cancel", new CancelBody(parsed.GetValue(why)!), cancellationToken).ConfigureAwait(false);
                Print(parsed, printer, done, screen => screen.Done(done, "is cancelled", serving: true));
                return;
            }

            if (!filter.Any(parsed))
            {
                throw new CommandFailedException("Name a run, or say which ones by an option such as --recipe or --code. See: connectorhub dead-letters");
            }

            var body = new CancelsBody(filter.Read(parsed, Zone(parsed)), parsed.GetValue(why)!);
            var many = (await client.PostAsync<ManyAnswer>("api/cancellations", body, cancellationToken).ConfigureAwait(false))!;
            Print(parsed, printer, many, screen => screen.Many(many, many.Done == 1 ? "is cancelled" : "are cancelled", only: false));
        });
    }

    public static Command Decide()
    {
        var run = new Argument<string>("run") { Description = "A run that asks (run_…)." };
        var answer = new Argument<string>("answer") { Description = "'happened': go on with the next step; 'send-again': send it once more." };
        answer.AcceptOnlyFromAmong("happened", "send-again");
        var why = new Option<string?>("--why") { Description = "How you know; kept in the audit." };
        return QueryCommands.Ask("decide", "Settle a run in doubt: an answer was lost, and only a person can look whether it happened.", [run, answer, why], async (parsed, client, printer, cancellationToken) =>
        {
            var happened = parsed.GetValue(answer) == "happened";
            var done = await ActAsync(client, parsed.GetValue(run)!, "decide", new DecideBody(happened, parsed.GetValue(why)), cancellationToken).ConfigureAwait(false);
            Print(parsed, printer, done, screen => screen.Done(done, happened ? "goes on with the next step" : "sends it again", client.Serving));
        });
    }

    public static Command Audit()
    {
        var target = new Argument<string?>("target") { Description = "A run, recipe, connection, hook or schedule; without one, everything.", Arity = ArgumentArity.ZeroOrOne };
        var limit = QueryCommands.Limit(50);
        return QueryCommands.Ask("audit", "Who did what, when and why, newest first.", [target, limit], (parsed, client, printer, cancellationToken) =>
        {
            var only = parsed.GetValue(target) is { } named ? $"&target={Uri.EscapeDataString(named)}" : string.Empty;
            return QueryCommands.AnswerAsync<List<AuditEntry>>(parsed, client, $"api/audit?limit={parsed.GetValue(limit)}{only}", printer, entries => Screen(parsed).Audit(entries, parsed.GetValue(target)), cancellationToken);
        });
    }

    /// <summary>Does one act on one run.</summary>
    public static async Task<ActDone> ActAsync(AdminClient client, string run, string act, object body, CancellationToken cancellationToken) =>
        await client.PostAsync<ActDone>($"api/runs/{Uri.EscapeDataString(run)}/{act}", body, cancellationToken).ConfigureAwait(false)
            ?? throw new CommandFailedException($"There is no run '{run}'. List them with: connectorhub dead-letters --list");

    /// <summary>Prints an answer as text or as JSON.</summary>
    public static void Print(ParseResult parsed, Printer printer, object answer, Action<ActPrinter> print)
    {
        if (parsed.GetValue(HubCommands.AsJson))
        {
            printer.Json(answer);
        }
        else
        {
            print(Screen(parsed));
        }
    }

    /// <summary>Prints a replay that was planned.</summary>
    public static void PrintPlan(ParseResult parsed, Printer printer, ScheduleView plan)
    {
        if (parsed.GetValue(HubCommands.AsJson))
        {
            printer.Json(plan);
        }
        else
        {
            SchedulesCommand.Print(Console.Out, [plan], new HubTime(Zone(parsed), TimeProvider.System));
        }
    }

    public static string Zone(ParseResult parsed) => HubCommands.Setup(parsed, optional: false).Settings.Hub.Zone;

    private static ActPrinter Screen(ParseResult parsed) => new(Console.Out, new HubTime(Zone(parsed), TimeProvider.System));
}
