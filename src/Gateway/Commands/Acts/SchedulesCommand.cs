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
        var command = QueryCommands.Ask("schedules", "List what happens by the clock, the next first: scheduled recipes and planned replays.", [], (parsed, client, printer, cancellationToken) =>
            QueryCommands.AnswerAsync<List<ScheduleView>>(parsed, client, "api/schedules", printer, views => Print(Console.Out, views, Clock(parsed)), cancellationToken));
        command.Subcommands.Add(Act("run", "Do it now, once more; its own times stay as they are."));
        command.Subcommands.Add(Act("pause", "Hold a planned replay up. (A recipe: connectorhub pause recipe <name>)"));
        command.Subcommands.Add(Act("resume", "Let a planned replay go on; what fell due meanwhile is let go."));
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
            var next = view.Next is { } then ? $"next {clock.Moment(then, clock.Now)}" : "does not come any more";
            output.WriteLine($"{view.Id}  {view.When}  {next}, {last}{(view.State == "live" ? string.Empty : $"  ({view.State})")}{(view.Missed == "last" ? string.Empty : $"  missed: {view.Missed}")}");
            output.WriteLine($"  {Printer.Clean(view.Does)}{(view.Result.Length == 0 ? string.Empty : $" Last time: {Printer.Clean(view.Result)}.")}");
        }
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
