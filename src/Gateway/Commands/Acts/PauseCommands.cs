using System.CommandLine;
using ConnectorHub.Gateway.Admin.Acts;
using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Gateway.Commands.Acts;

/// <summary><c>pause</c> and <c>resume</c>: hold runs up, and let them go on.</summary>
internal static class PauseCommands
{
    private const string Ended = "api/pauses/end";

    public static Command Pause()
    {
        var (kind, name) = Target(ArgumentArity.ZeroOrOne, "Without it, what is paused is listed.");
        var why = new Option<string?>("--why") { Description = "The reason; shown wherever the pause is." };
        var until = new Option<string?>("--until") { Description = "When it ends by itself: 2h from now, or 2026-05-10T06:00 in the hub's zone." };
        return QueryCommands.Ask("pause", "Hold runs up: events are still taken and kept, nothing is sent. Without a word, list what is paused.", [kind, name, why, until], async (parsed, client, printer, cancellationToken) =>
        {
            if (parsed.GetValue(kind) is not { } word)
            {
                if ((parsed.GetValue(why) ?? parsed.GetValue(until)) is not null)
                {
                    throw new CommandFailedException("Say what to pause: connectorhub pause recipe, connection or hook <name> --why …, or: connectorhub pause all --why …");
                }

                await QueryCommands.AnswerAsync<List<PauseView>>(parsed, client, "api/pauses", printer, Screen(parsed).Pauses, cancellationToken).ConfigureAwait(false);
                return;
            }

            var end = FilterOptions.Moment(parsed.GetValue(until), "--until", DecisionCommands.Zone(parsed), ahead: true);
            await PostAsync(parsed, client, printer, "api/pauses", Body(word, parsed.GetValue(name), "pause") with { Until = end, Why = parsed.GetValue(why) }, cancellationToken).ConfigureAwait(false);
        });
    }

    public static Command Resume()
    {
        var (kind, name) = Target(ArgumentArity.ExactlyOne, "As it was paused.");
        var why = new Option<string?>("--why") { Description = "The reason, kept in the audit." };
        return QueryCommands.Ask("resume", "End a pause: what waits goes on, as fast as its connections allow.", [kind, name, why], (parsed, client, printer, cancellationToken) =>
        {
            var body = Body(parsed.GetValue(kind)!, parsed.GetValue(name), "resume") with { Why = parsed.GetValue(why) };
            return PostAsync(parsed, client, printer, Ended, body, cancellationToken);
        });
    }

    private static (Argument<string?> Kind, Argument<string?> Name) Target(ArgumentArity arity, string rest)
    {
        var kind = new Argument<string?>("what") { Description = $"'recipe', 'connection', 'hook' or 'all'. {rest}", Arity = arity };
        kind.AcceptOnlyFromAmong("recipe", "connection", "hook", "all");
        return (kind, new Argument<string?>("name") { Description = "Its name; a hook is connection/event. 'all' has none.", Arity = ArgumentArity.ZeroOrOne });
    }

    private static PauseBody Body(string kind, string? name, string act)
    {
        var meant = Enum.Parse<PauseKind>(kind, ignoreCase: true);
        return meant == PauseKind.All || name is not null
            ? new PauseBody(meant, name)
            : throw new CommandFailedException($"Say which {kind}: connectorhub {act} {kind} <name>");
    }

    private static async Task PostAsync(ParseResult parsed, AdminClient client, Printer printer, string path, PauseBody body, CancellationToken cancellationToken)
    {
        var pauses = (await client.PostAsync<List<PauseView>>(path, body, cancellationToken).ConfigureAwait(false))!;
        if (parsed.GetValue(HubCommands.AsJson))
        {
            printer.Json(pauses);
        }
        else
        {
            if (path == Ended)
            {
                Console.Out.WriteLine($"{(body.Kind == PauseKind.All ? "Everything" : $"{body.Kind} {Printer.Clean(body.Name ?? string.Empty)}")} is paused no more: what waits goes on, as fast as its connections allow.");
            }

            if (path != Ended || pauses.Count > 0)
            {
                Screen(parsed).Pauses(pauses);
            }
        }
    }

    private static PausePrinter Screen(ParseResult parsed) => new(Console.Out, new HubTime(DecisionCommands.Zone(parsed), TimeProvider.System));
}
