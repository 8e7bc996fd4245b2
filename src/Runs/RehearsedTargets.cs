using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Recipes;
using ConnectorHub.Runs.Connections;
using ConnectorHub.Runs.RecipeTests;

namespace ConnectorHub.Runs;

/// <summary>
/// The real connections, rehearsed. Where a step has none, it is shown what the action would send with a pretended one, and said so.
/// </summary>
internal sealed class RehearsedTargets(RunParts parts, ConnectorBook connectors) : IWalkTargets
{
    private readonly PretendedTargets _pretended = new(connectors, PretendedTargets.Samples);

    public async Task<Asked> AskAsync(ActiveRun run, ActionStep step, JsonElement input, int time, CancellationToken cancellationToken)
    {
        var target = parts.Target(step);
        if (target is null)
        {
            var pretended = await _pretended.AskAsync(run, step, input, time, cancellationToken).ConfigureAwait(false);
            return pretended with { Note = $"would not be sent as things are: {StepWork.NoConnection(step)} Shown without a connection's settings and with the action's sample answer" };
        }

        var name = target.Connection.Name;
        var keyed = run.KeyOf(step);
        if (keyed.Incomplete is { } incomplete)
        {
            return new Asked(StepOutcome.Fail(FailureKind.Rejected, "key_incomplete", StepWork.KeyIncomplete(step, incomplete)), name, string.Empty);
        }

        if (await parts.Made.FindAsync(run, target, keyed.Key, cancellationToken).ConfigureAwait(false) is { } made)
        {
            return new Asked(made, name, $"'{keyed.Key}' was made before and is taken over; nothing would be sent");
        }

        var note = target.Connection is { Mode: ConnectionMode.Live, Problem: { } problem } ? $"would not be sent as things are: {problem}. Shown with the action's sample answer" : string.Empty;
        return new Asked(await parts.Attempts.RehearseAsync(run, step, target, keyed.Key, input, cancellationToken).ConfigureAwait(false), name, note);
    }
}
