using System.CommandLine;
using ConnectorHub.Gateway.Admin;
using ConnectorHub.Gateway.Admin.Acts;
using ConnectorHub.Runs.Acts;
using ConnectorHub.Runs.Schedules;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Gateway.Commands.Acts;

/// <summary><c>replay</c>: lets runs go on that wait for a person, now or later, or shows first what they would send.</summary>
internal static class ReplayCommand
{
    private const int MostRehearsed = 5;

    private static readonly Argument<string?> What = new("what") { Description = "A run (run_…), an event (evt_…) for all its dead letters or, where it led to no run, for each recipe that wants it, or any text that one event alone holds. Without it, all dead letters that fit the options.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<bool> Rehearse = new("--rehearse") { Description = "Show each request, step by step, and send nothing. Works for any event, whatever became of it." };
    private static readonly Option<bool> FromStart = new("--from-start") { Description = "From the first step, in a new run that keeps what is done; else from the step that failed." };
    private static readonly Option<bool> AsItIs = new("--as-it-is") { Description = "With the recipe as it is now; else, for a run, in the version it began with." };
    private static readonly Option<bool> AsItWas = new("--as-it-was") { Description = "With --rehearse: in the version that decided then, not the one that is live." };
    private static readonly Option<bool> Again = new("--again") { Description = "Do once more what was done: new keys, so targets do not take it for a repetition." };
    private static readonly Option<bool> Live = new("--live") { Description = "Send for real what was rehearsed." };
    private static readonly Option<string?> At = new("--at") { Description = "Begin then: 2h from now, or 2026-05-10T02:00 in the hub's zone." };
    private static readonly Option<double?> Rate = new("--rate") { Description = "At most so many begin in a second." };
    private static readonly Option<string?> Cron = new("--cron") { Description = "Without a run: again and again, at these times in the hub's zone, such as \"0 2 * * SUN\"." };
    private static readonly Option<bool> Count = new("--count") { Description = "Only say how many fit." };
    private static readonly Option<string?> Why = new("--why") { Description = "The reason, kept in the audit." };
    private static readonly FilterOptions Filter = new();

    public static Command Build() => QueryCommands.Ask(
        "replay",
        "Let runs that failed for good go on, now or at a time; open runs for events that led to none. With --rehearse, show first what would be sent.",
        [What, Rehearse, FromStart, AsItIs, AsItWas, Again, Live, At, Rate, Cron, Count, Why, .. Filter.All, .. EventReplayCommand.Options],
        RunAsync);

    private static Task RunAsync(ParseResult parsed, AdminClient client, Printer printer, CancellationToken cancellationToken) => parsed.GetValue(What) switch
    {
        { } what when parsed.GetValue(Rehearse) => RehearseAsync(parsed, client, printer, what, cancellationToken),
        _ when parsed.GetValue(At) is not null && parsed.GetValue(Cron) is not null => throw new CommandFailedException("'--at' is once, '--cron' is again and again. Give one of them."),
        { } run when run.StartsWith("run_", StringComparison.Ordinal) => ReplayAsync(parsed, client, printer, run, cancellationToken),
        { } what => ReplayEventAsync(parsed, client, printer, what, cancellationToken),
        null when parsed.GetValue(EventReplayCommand.WithoutRun) => OpenManyAsync(parsed, client, printer, cancellationToken),
        null when !Filter.Any(parsed) => throw new CommandFailedException("Name a run or an event, or say which runs by an option such as --recipe, --connection or --code. See: connectorhub dead-letters"),
        null when parsed.GetValue(Rehearse) => RehearseManyAsync(parsed, client, printer, cancellationToken),
        null => ReplayManyAsync(parsed, client, printer, Filter.Read(parsed, DecisionCommands.Zone(parsed)), cancellationToken),
    };

    private static async Task ReplayAsync(ParseResult parsed, AdminClient client, Printer printer, string run, CancellationToken cancellationToken)
    {
        RefuseForOne(parsed, run, [.. Filter.All.OfType<Option>(), EventReplayCommand.WithoutRun, AsItWas]);
        var how = How(parsed);
        var done = await DecisionCommands.ActAsync(client, run, "replay", how, cancellationToken).ConfigureAwait(false);
        var place = done.Run == run ? "goes on" : $"takes the place of {run}";
        DecisionCommands.Print(parsed, printer, done, screen => screen.Done(done, how.At is null ? place : $"{place} at the time you said", client.Serving));
    }

    private static async Task ReplayEventAsync(ParseResult parsed, AdminClient client, Printer printer, string what, CancellationToken cancellationToken)
    {
        var id = await Events.OneAsync(client, what, cancellationToken).ConfigureAwait(false);
        var filter = Filter.Read(parsed, DecisionCommands.Zone(parsed)) with { Text = id, State = parsed.GetValue(Live) || parsed.GetValue(Again) ? RunState.Succeeded : RunState.DeadLettered };
        if (parsed.GetValue(EventReplayCommand.WithoutRun))
        {
            RefuseForEvents(parsed);
            RefuseForOne(parsed, id);
            await EventReplayCommand.OpenAsync(parsed, client, printer, id, filter.Recipe, How(parsed), cancellationToken).ConfigureAwait(false);
            return;
        }

        if ((await client.GetAsync<List<RunSummary>>($"api/dead-letters/runs?limit=1{FilterOptions.Query(filter)}", cancellationToken).ConfigureAwait(false))!.Count == 0)
        {
            await WithoutDeadLettersAsync(parsed, client, printer, id, filter, cancellationToken).ConfigureAwait(false);
            return;
        }

        await ReplayManyAsync(parsed, client, printer, filter, cancellationToken).ConfigureAwait(false);
    }

    // Nothing to go on with: what it lacks is opened, if it is plain that this is meant.
    private static async Task WithoutDeadLettersAsync(ParseResult parsed, AdminClient client, Printer printer, string id, FilterBody filter, CancellationToken cancellationToken)
    {
        if (filter.State == RunState.Succeeded)
        {
            throw new CommandFailedException($"{id}: No run of it has succeeded.");
        }

        var detail = await client.GetAsync<EventDetail>($"api/events/{Uri.EscapeDataString(id)}", cancellationToken).ConfigureAwait(false)
            ?? throw new CommandFailedException($"There is no event '{id}'. List them with: connectorhub events");
        if (detail.Runs.Any(run => filter.Recipe is null || run.Summary.Recipe == filter.Recipe))
        {
            throw new CommandFailedException($"{id}: No run of it failed for good. To see what it would send now: --rehearse; to do once more what was done: --again; to ask recipes that have no run of it: --without-run");
        }

        RefuseForOne(parsed, id);
        await EventReplayCommand.OpenAsync(parsed, client, printer, id, filter.Recipe, How(parsed), cancellationToken).ConfigureAwait(false);
    }

    private static Task OpenManyAsync(ParseResult parsed, AdminClient client, Printer printer, CancellationToken cancellationToken)
    {
        RefuseForEvents(parsed);
        var filter = Filter.Read(parsed, DecisionCommands.Zone(parsed));
        Func<string, string, Task<EventRehearsalAnswer>>? rehearse = parsed.GetValue(Rehearse)
            ? (id, recipe) => RehearseAsync(client, id, null, recipe, false, cancellationToken)
            : null;
        return EventReplayCommand.OpenManyAsync(parsed, client, printer, filter, (How(parsed), parsed.GetValue(Rate), parsed.GetValue(Count), rehearse), cancellationToken);
    }

    // Who asks how many there are, or for a time and again, must not find that one has been sent.
    private static void RefuseForOne(ParseResult parsed, string one, params Option[] further)
    {
        if (further.Prepend(Cron).Prepend(Rate).Prepend(Count).FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } option)
        {
            throw new CommandFailedException($"'{option.Name}' does not go with {one}, which is one. Leave it out, or choose by options alone, such as --recipe. To see first what would be sent: --rehearse");
        }
    }

    // An event without a run has not stopped anywhere, and there is no earlier version to go on with.
    private static void RefuseForEvents(ParseResult parsed)
    {
        Option[] ofRuns = [Filter.Connection, Filter.Step, Filter.Code, FromStart, AsItWas, Again, Live, Cron];
        if (ofRuns.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } option)
        {
            throw new CommandFailedException($"'{option.Name}' is about runs, and with --without-run there are none. Choose events by --recipe, --hook, --source, --type, --since, --until and --text.");
        }
    }

    private static async Task ReplayManyAsync(ParseResult parsed, AdminClient client, Printer printer, FilterBody filter, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(Live))
        {
            filter = filter with { State = filter.State ?? RunState.Succeeded, Rehearsal = true };
        }

        var how = How(parsed);
        if (how.At is not null || parsed.GetValue(Cron) is not null)
        {
            // Which runs fit is asked when the time has come.
            var plan = (await client.PostAsync<ScheduleView>("api/schedules", new PlanBody(filter, how, parsed.GetValue(Rate), parsed.GetValue(Cron)), cancellationToken).ConfigureAwait(false))!;
            DecisionCommands.PrintPlan(parsed, printer, plan);
            return;
        }

        var body = new ReplaysBody(filter, how, parsed.GetValue(Rate), parsed.GetValue(Count));
        var many = (await client.PostAsync<ManyAnswer>("api/replays", body, cancellationToken).ConfigureAwait(false))!;
        var done = (many.Done == 1 ? "goes on" : "go on") + (client.Serving ? string.Empty : " when a gateway starts");
        DecisionCommands.Print(parsed, printer, many, screen => screen.Many(many, done, parsed.GetValue(Count)));
    }

    private static async Task RehearseAsync(ParseResult parsed, AdminClient client, Printer printer, string what, CancellationToken cancellationToken)
    {
        var run = what.StartsWith("run_", StringComparison.Ordinal) ? await Events.RunAsync(client, what, cancellationToken).ConfigureAwait(false) : null;
        var id = run?.EventId ?? await Events.OneAsync(client, what, cancellationToken).ConfigureAwait(false);
        var recipe = Filter.Read(parsed, DecisionCommands.Zone(parsed)).Recipe;
        if (run is not null && recipe is not null && recipe != run.Recipe)
        {
            throw new CommandFailedException($"{what} is a run of '{run.Recipe}', not of '{recipe}'. Its event with another recipe: connectorhub replay {run.EventId} --rehearse --recipe {recipe}");
        }

        // A run goes on as it was, unless it is told otherwise; an event meets the recipes there are.
        var asItWas = parsed.GetValue(AsItWas) || (run is not null && !parsed.GetValue(AsItIs));
        var answer = await RehearseAsync(client, id, run?.Id, recipe, asItWas, cancellationToken).ConfigureAwait(false);
        if (parsed.GetValue(HubCommands.AsJson))
        {
            printer.Json(answer);
        }
        else
        {
            new RehearsalPrinter(Console.Out).Print(answer);
        }
    }

    private static async Task RehearseManyAsync(ParseResult parsed, AdminClient client, Printer printer, CancellationToken cancellationToken)
    {
        var filter = Filter.Read(parsed, DecisionCommands.Zone(parsed)) with { State = parsed.GetValue(Live) ? RunState.Succeeded : RunState.DeadLettered };
        var runs = (await client.GetAsync<List<RunSummary>>($"api/dead-letters/runs?limit={MostRehearsed}{FilterOptions.Query(filter)}", cancellationToken).ConfigureAwait(false))!;
        if (runs.Count == 0)
        {
            throw new CommandFailedException("No dead letter fits. See: connectorhub dead-letters");
        }

        var answers = new List<EventRehearsalAnswer>(runs.Count);
        foreach (var run in runs)
        {
            answers.Add(await RehearseAsync(client, run.EventId, run.Id, null, !parsed.GetValue(AsItIs), cancellationToken).ConfigureAwait(false));
        }

        if (parsed.GetValue(HubCommands.AsJson))
        {
            printer.Json(answers);
        }
        else
        {
            answers.ForEach(new RehearsalPrinter(Console.Out).Print);
        }
    }

    private static async Task<EventRehearsalAnswer> RehearseAsync(AdminClient client, string eventId, string? run, string? recipe, bool asItWas, CancellationToken cancellationToken)
    {
        var query = $"asItWas={(asItWas ? "true" : "false")}{Part("run", run)}{Part("recipe", recipe)}";
        return await client.PostAsync<EventRehearsalAnswer>($"api/events/{Uri.EscapeDataString(eventId)}/rehearsal?{query}", cancellationToken).ConfigureAwait(false)
            ?? throw new CommandFailedException($"There is no event '{eventId}'. List them with: connectorhub events");
    }

    private static ReplayBody How(ParseResult parsed) => new(
        parsed.GetValue(FromStart),
        parsed.GetValue(AsItIs),
        parsed.GetValue(Again),
        parsed.GetValue(Live),
        FilterOptions.Moment(parsed.GetValue(At), "--at", DecisionCommands.Zone(parsed), ahead: true),
        parsed.GetValue(Why));

    private static string Part(string name, string? value) => value is null ? string.Empty : $"&{name}={Uri.EscapeDataString(value)}";

    /// <summary>Finds what a person means.</summary>
    private static class Events
    {
        private const int Found = 5;

        public static async Task<RunSummary> RunAsync(AdminClient client, string id, CancellationToken cancellationToken) =>
            (await client.GetAsync<RunDetail>($"api/runs/{Uri.EscapeDataString(id)}", cancellationToken).ConfigureAwait(false))?.Summary
                ?? throw new CommandFailedException($"There is no run '{id}'. List them with: connectorhub runs");

        public static async Task<string> OneAsync(AdminClient client, string wanted, CancellationToken cancellationToken)
        {
            if (wanted.StartsWith("evt_", StringComparison.Ordinal))
            {
                return wanted;
            }

            var found = await client.GetAsync<List<EventSummary>>($"api/events?limit={Found}&text={Uri.EscapeDataString(wanted)}", cancellationToken).ConfigureAwait(false) ?? [];
            return found.Count switch
            {
                1 => found[0].Id,
                0 => throw new CommandFailedException($"No event holds '{wanted}'. If a platform should have sent it, look at: connectorhub events --refused"),
                _ => throw new CommandFailedException($"{(found.Count == Found ? "Several" : found.Count)} events hold '{wanted}'. Name one of them: {string.Join(", ", found.Select(one => one.Id))}"),
            };
        }
    }
}
