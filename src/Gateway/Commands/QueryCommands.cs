using System.CommandLine;
using ConnectorHub.Gateway.Admin;
using ConnectorHub.Gateway.Hooks;

namespace ConnectorHub.Gateway.Commands;

/// <summary>Commands that ask: <c>events</c>, <c>runs</c>, <c>show</c>, <c>why</c>.</summary>
internal static class QueryCommands
{
    public static Command Events()
    {
        var text = new Argument<string?>("text") { Description = "Part of an id, a subject or anything in the body, such as an e-mail address.", Arity = ArgumentArity.ZeroOrOne };
        var refused = new Option<bool>("--refused") { Description = "Deliveries that made no new event: refused ones and duplicates." };
        var duplicates = new Option<bool>("--duplicates") { Description = "Only deliveries of an event that was there already." };
        var hook = new Option<string?>("--hook") { Description = "With --refused or --duplicates: of this hook (connection/event), or of this connection." };
        var limit = Limit();
        return Ask("events", "List what came in, newest first.", [text, refused, duplicates, hook, limit], async (parsed, client, printer, cancellationToken) =>
        {
            var onlyDuplicates = parsed.GetValue(duplicates);
            if (parsed.GetValue(refused) || onlyDuplicates)
            {
                var notes = $"api/events/refused?limit={parsed.GetValue(limit)}{Query("duplicates", onlyDuplicates ? "true" : null)}{Query("hook", parsed.GetValue(hook))}";
                var clock = new HubTime(HubCommands.Setup(parsed, optional: false).Settings.Hub.Zone, TimeProvider.System);
                await AnswerAsync<NotesAnswer>(parsed, client, notes, printer, new HookPrinter(Console.Out, clock).Notes, cancellationToken).ConfigureAwait(false);
                return;
            }

            if (parsed.GetValue(text) is { } wanted)
            {
                var search = $"api/events/search?limit={parsed.GetValue(limit)}{Query("text", wanted)}";
                await AnswerAsync<EventsFound>(parsed, client, search, printer, found => new FoundPrinter(Console.Out, printer).Events(wanted, found), cancellationToken).ConfigureAwait(false);
                return;
            }

            await AnswerAsync<List<EventSummary>>(parsed, client, $"api/events?limit={parsed.GetValue(limit)}", printer, printer.Events, cancellationToken).ConfigureAwait(false);
        });
    }

    public static Command Runs()
    {
        var state = new Option<Runs.Store.RunState?>("--state") { Description = "Only runs in this state." };
        var recipe = new Option<string?>("--recipe") { Description = "Only runs of this recipe: its file without .yaml." };
        var limit = Limit();
        var text = new Argument<string?>("text") { Description = "Runs of events that hold this: part of an id, a subject or anything in the body, such as an e-mail address.", Arity = ArgumentArity.ZeroOrOne };
        return Ask("runs", "List recipes at work, newest first.", [text, state, recipe, limit], (parsed, client, printer, cancellationToken) =>
        {
            if (parsed.GetValue(text) is { } wanted)
            {
                var search = $"api/runs/search?limit={parsed.GetValue(limit)}{Query("text", wanted)}{Query("recipe", parsed.GetValue(recipe))}{Query("state", parsed.GetValue(state)?.ToString())}";
                return AnswerAsync<RunsFound>(parsed, client, search, printer, found => new FoundPrinter(Console.Out, printer).Runs(wanted, found), cancellationToken);
            }

            var path = $"api/runs?limit={parsed.GetValue(limit)}{Query("recipe", parsed.GetValue(recipe))}{Query("state", parsed.GetValue(state)?.ToString())}";
            return AnswerAsync<List<RunSummary>>(parsed, client, path, printer, printer.Runs, cancellationToken);
        });
    }

    public static Command Show()
    {
        var id = new Argument<string>("id") { Description = "An event (evt_…) or a run (run_…)." };
        return Ask("show", "Show an event or a run in full.", [id], async (parsed, client, printer, cancellationToken) =>
        {
            var wanted = parsed.GetValue(id)!;
            var escaped = Uri.EscapeDataString(wanted);
            if (wanted.StartsWith("run_", StringComparison.Ordinal))
            {
                await AnswerAsync<RunDetail>(parsed, client, $"api/runs/{escaped}", printer, printer.Run, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await AnswerAsync<EventDetail>(parsed, client, $"api/events/{escaped}", printer, printer.Event, cancellationToken).ConfigureAwait(false);
            }
        });
    }

    public static Command Why()
    {
        var what = new Argument<string>("event") { Description = "An event (evt_…), a run (run_…), the platform's own id of it, or any text in it, such as an e-mail address." };
        var recipe = new Argument<string?>("recipe") { Description = "One recipe only: its file without .yaml.", Arity = ArgumentArity.ZeroOrOne };
        return Ask("why", "Say why an event did or did not lead to something: also one that was refused, came twice or never came.", [what, recipe], async (parsed, client, printer, cancellationToken) =>
        {
            var wanted = parsed.GetValue(what)!;
            var path = $"api/why?text={Uri.EscapeDataString(wanted)}{Query("recipe", parsed.GetValue(recipe))}";
            await AnswerAsync<WhyFound>(parsed, client, path, printer, found => new FoundPrinter(Console.Out, printer).Why(wanted, found), cancellationToken).ConfigureAwait(false);
        });
    }

    /// <summary>Asks one thing and prints the answer, as text or as JSON.</summary>
    public static async Task AnswerAsync<T>(ParseResult parsed, AdminClient client, string path, Printer printer, Action<T> print, CancellationToken cancellationToken)
        where T : class
    {
        var answer = await client.GetAsync<T>(path, cancellationToken).ConfigureAwait(false)
            ?? throw new CommandFailedException("There is nothing with that id. List events with: connectorhub events; look for a text with: connectorhub why <text>");
        if (parsed.GetValue(HubCommands.AsJson))
        {
            printer.Json(answer);
        }
        else
        {
            print(answer);
        }
    }

    /// <summary>A command that asks the admin API.</summary>
    public static Command Ask(string name, string about, IReadOnlyList<Symbol> symbols, Func<ParseResult, AdminClient, Printer, CancellationToken, Task> ask) =>
        Judge(name, about, symbols, async (parsed, client, printer, cancellationToken) =>
        {
            await ask(parsed, client, printer, cancellationToken).ConfigureAwait(false);
            return 0;
        });

    /// <summary>A command that asks the admin API and whose exit code says what it found.</summary>
    public static Command Judge(string name, string about, IReadOnlyList<Symbol> symbols, Func<ParseResult, AdminClient, Printer, CancellationToken, Task<int>> ask)
    {
        var command = new Command(name, about);
        foreach (var symbol in symbols)
        {
            switch (symbol)
            {
                case Argument argument:
                    command.Arguments.Add(argument);
                    break;
                case Option option:
                    command.Options.Add(option);
                    break;
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        }

        command.Options.Add(HubCommands.AsJson);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var setup = HubCommands.Setup(parsed, optional: false);
            var client = await AdminClient.OpenAsync(setup, cancellationToken).ConfigureAwait(false);
            await using (client.ConfigureAwait(false))
            {
                return await ask(parsed, client, new Printer(Console.Out), cancellationToken).ConfigureAwait(false);
            }
        });
        return command;
    }

    /// <summary>How many lines a list has at most; the admin API gives no more at once.</summary>
    public static Option<int> Limit(int usual = 20, string about = "At most so many.")
    {
        const int Most = 500;
        var limit = new Option<int>("--limit") { Description = about, DefaultValueFactory = _ => usual };
        limit.Validators.Add(given =>
        {
            if (given.Tokens is [{ Value: var text }] && int.TryParse(text, out var number) && number is < 1 or > Most)
            {
                given.AddError($"'--limit' is {number}. Write a number from 1 to {Most}.");
            }
        });
        return limit;
    }

    private static string Query(string name, string? value) => value is null ? string.Empty : $"&{name}={Uri.EscapeDataString(value)}";
}
