using System.CommandLine;
using ConnectorHub.Gateway.Admin;

namespace ConnectorHub.Gateway.Commands;

/// <summary><c>connections</c>: list them, ask whether they work, see what waits, let blocked runs go on.</summary>
internal static class ConnectionsCommand
{
    public static Command Build()
    {
        var command = QueryCommands.Ask("connections", "List connections, and those that wait for a person.", [], ListAsync);
        command.Subcommands.Add(QueryCommands.Ask("list", "List them: the same as without a word.", [], ListAsync));
        command.Subcommands.Add(Check());
        command.Subcommands.Add(Rehearse());
        command.Subcommands.Add(Release());
        return command;
    }

    private static Command Check()
    {
        var name = new Argument<string?>("name") { Description = "One connection; all of them where none is named.", Arity = ArgumentArity.ZeroOrOne };
        return QueryCommands.Judge("check", "Ask the platform whether a connection works; the exit code is 1 where one does not. Writes nothing there; blocked runs go on where it does.", [name], async (parsed, client, printer, cancellationToken) =>
        {
            var names = parsed.GetValue(name) is { } only ? [only]
                : (await client.GetAsync<List<ConnectionSummary>>("api/connections", cancellationToken).ConfigureAwait(false))!.ConvertAll(connection => connection.Name);
            var answers = new List<CheckAnswer>(names.Count);
            foreach (var one in names)
            {
                var answer = await ActAsync<CheckAnswer>(client, one, "check", cancellationToken).ConfigureAwait(false);
                answers.Add(answer);
                if (!parsed.GetValue(HubCommands.AsJson))
                {
                    printer.Checked(answer);
                }
            }

            if (parsed.GetValue(HubCommands.AsJson))
            {
                printer.Json(answers);
            }

            return answers.TrueForAll(answer => answer.Works) ? 0 : 1;
        });
    }

    private static Command Rehearse()
    {
        var name = new Argument<string>("name") { Description = "The connection." };
        return QueryCommands.Ask("rehearse", "Show what its next waiting runs would send, at most 20. Nothing that writes is sent.", [name], (parsed, client, printer, cancellationToken) =>
            PrintAsync<RehearsalAnswer>(parsed, client, parsed.GetValue(name)!, "rehearse", printer, printer.Rehearsal, cancellationToken));
    }

    private static Command Release()
    {
        var name = new Argument<string>("name") { Description = "The connection." };
        return QueryCommands.Ask("release", "Lift the block of a connection; its runs go on.", [name], (parsed, client, printer, cancellationToken) =>
            PrintAsync<ReleaseAnswer>(parsed, client, parsed.GetValue(name)!, "release", printer, printer.Released, cancellationToken));
    }

    private static Task ListAsync(ParseResult parsed, AdminClient client, Printer printer, CancellationToken cancellationToken) =>
        QueryCommands.AnswerAsync<List<ConnectionSummary>>(parsed, client, "api/connections", printer, printer.Connections, cancellationToken);

    private static async Task PrintAsync<T>(ParseResult parsed, AdminClient client, string name, string what, Printer printer, Action<T> print, CancellationToken cancellationToken)
        where T : class
    {
        var answer = await ActAsync<T>(client, name, what, cancellationToken).ConfigureAwait(false);
        if (parsed.GetValue(HubCommands.AsJson))
        {
            printer.Json(answer);
        }
        else
        {
            print(answer);
        }
    }

    private static async Task<T> ActAsync<T>(AdminClient client, string name, string what, CancellationToken cancellationToken)
        where T : class =>
        await client.PostAsync<T>($"api/connections/{Uri.EscapeDataString(name)}/{what}", cancellationToken).ConfigureAwait(false)
            ?? throw new CommandFailedException($"There is no connection '{name}'. List them with: connectorhub connections");
}
