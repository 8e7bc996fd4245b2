using System.CommandLine;
using ConnectorHub.Gateway.Admin.Acts;
using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Runs.Schedules;

namespace ConnectorHub.Gateway.Commands.Acts;

/// <summary><c>schedules</c>: what happens by the clock.</summary>
internal static class SchedulesCommand
{
    public static Command Build()
    {
        var command = QueryCommands.Ask("schedules", "List what happens by the clock: scheduled recipes and planned replays, the next first; then what the hub does for itself.", [], (parsed, client, printer, cancellationToken) =>
            QueryCommands.AnswerAsync<List<ScheduleView>>(parsed, client, "api/schedules", printer, views => Print(Console.Out, views, Clock(parsed)), cancellationToken));
        command.Subcommands.Add(Act("run", "Do it now, once more; its own times stay as they are."));
        command.Subcommands.Add(Act("pause", "Hold up a planned replay, a recipe's schedule or a job of the hub's own, also across a restart. (A recipe's runs: connectorhub pause recipe <name>)"));
        command.Subcommands.Add(Act("resume", "Let it go on. What fell due meanwhile is let go for a planned replay; for a recipe, its 'missed' says what becomes of it."));
        command.Subcommands.Add(Change());
        command.Subcommands.Add(Act("remove", "Remove a planned replay."));
        return command;
    }

    /// <summary>One schedule after the other.</summary>
    public static void Print(TextWriter output, IReadOnlyList<ScheduleView> views, HubTime clock)
    {
        if (views.Count == 0)
        {
            output.WriteLine("Nothing happens by the clock. A recipe does with 'when: { schedule: … }', a replay with: connectorhub replay --recipe … --cron \"0 2 * * *\"");
        }

        foreach (var view in views)
        {
            var last = view.Last is { } before ? $"last {clock.Moment(before, clock.Now)}" : "never yet";
            var next = view.Next is { } then ? $"next {clock.Moment(then, clock.Now)}" : view.State == "paused" ? "held up" : "does not come any more";
            output.WriteLine($"{view.Id}  {view.When}  {next}, {last}{(view.State == "live" ? string.Empty : $"  ({view.State})")}{(view.Missed == "last" ? string.Empty : $"  missed: {view.Missed}")}");
            output.WriteLine($"  {Printer.Clean(view.Does)}{(view.Result.Length == 0 ? string.Empty : $" Last time: {Printer.Clean(view.Result)}.")}");
            Details(output, view, clock);
        }

        var owners = views.Select(view => view.Owner).Distinct().ToList();
        if (views.Count > 0)
        {
            output.WriteLine(owners is [""] ? "No gateway is running: nothing comes until one starts." : $"Fired by {string.Join(", ", owners.Where(owner => owner.Length > 0))}.");
        }
    }

    private static void Details(TextWriter output, ScheduleView view, HubTime clock)
    {
        if (view.Hold is { } hold)
        {
            output.WriteLine($"  held up since {clock.Moment(hold.Since, clock.Now)} by {Printer.Clean(hold.Who)}{(hold.Why.Length == 0 ? string.Empty : $": \"{Printer.Clean(hold.Why)}\"")}");
        }

        if (view.Misfires is { } missed)
        {
            var became = missed.MadeUp == missed.Missed ? "all made up for" : missed.MadeUp == 0 ? "all let go" : $"{missed.MadeUp} made up for, the others let go";
            output.WriteLine($"  missed {(missed.Missed == 1 ? "1 firing" : $"{missed.Missed} firings")}, {became}; the last at {clock.Moment(missed.At, clock.Now)}");
        }

        if (view.Note.Length > 0)
        {
            output.WriteLine($"  Note: {Printer.Clean(view.Note)}.");
        }
    }

    private static Command Change()
    {
        var id = new Argument<string>("id") { Description = "A planned replay (plan_…). A recipe's schedule is changed in its file." };
        var at = new Option<string?>("--at") { Description = "Once, then: 2h from now, or 2026-05-10T02:00 in the hub's zone." };
        var cron = new Option<string?>("--cron") { Description = "Again and again, at these times, such as \"0 2 * * SUN\"." };
        var zone = new Option<string?>("--zone") { Description = "Whose clock counts for the cron, such as Europe/Paris." };
        var rate = new Option<double?>("--rate") { Description = "At most so many begin in a second; 0: as fast as connections allow." };
        var why = new Option<string?>("--why") { Description = "The reason, kept in the audit." };
        return QueryCommands.Ask("change", "Give a planned replay other times or another rate.", [id, at, cron, zone, rate, why], async (parsed, client, printer, cancellationToken) =>
        {
            var moment = FilterOptions.Moment(parsed.GetValue(at), "--at", DecisionCommands.Zone(parsed), ahead: true);
            var body = new PlanChangeBody(moment, parsed.GetValue(cron), parsed.GetValue(rate), parsed.GetValue(zone), parsed.GetValue(why));
            var wanted = parsed.GetValue(id)!;
            var view = await client.PostAsync<ScheduleView>($"api/schedules/{Uri.EscapeDataString(wanted)}/change", body, cancellationToken).ConfigureAwait(false) ?? throw Unknown(wanted);
            Show(parsed, printer, view, () => Print(Console.Out, [view], Clock(parsed)));
        });
    }

    private static Command Act(string act, string about)
    {
        var id = new Argument<string>("id") { Description = "As 'schedules' lists it." };
        var why = new Option<string?>("--why") { Description = "The reason, kept in the audit." };
        return QueryCommands.Ask(act, about, [id, why], async (parsed, client, printer, cancellationToken) =>
        {
            var path = $"api/schedules/{Uri.EscapeDataString(parsed.GetValue(id)!)}/{act}";
            var body = new WhyBody(parsed.GetValue(why));
            if (act is "pause" or "resume")
            {
                var view = await client.PostAsync<ScheduleView>(path, body, cancellationToken).ConfigureAwait(false) ?? throw Unknown(parsed.GetValue(id)!);
                Show(parsed, printer, view, () => Print(Console.Out, [view], Clock(parsed)));
                return;
            }

            var done = await client.PostAsync<ActDone>(path, body, cancellationToken).ConfigureAwait(false) ?? throw Unknown(parsed.GetValue(id)!);
            Show(parsed, printer, done, () => Console.Out.WriteLine($"{done.Run}: {Printer.Clean(done.Note)}."));
        });
    }

    private static void Show(ParseResult parsed, Printer printer, object answer, Action print)
    {
        if (parsed.GetValue(HubCommands.AsJson))
        {
            printer.Json(answer);
        }
        else
        {
            print();
        }
    }

    private static CommandFailedException Unknown(string id) => new($"There is no schedule '{id}' to do this with. List them with: connectorhub schedules");

    private static HubTime Clock(ParseResult parsed) => new(DecisionCommands.Zone(parsed), TimeProvider.System);
}
