using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Runs.Connections;

namespace ConnectorHub.Runs;

/// <summary>Whether an attempt may be made now.</summary>
/// <param name="Later">When to ask again; null where it may go.</param>
/// <param name="Seat">Its place in a call that several share; null where it goes alone.</param>
internal readonly record struct Entry(DateTimeOffset? Later, Seat? Seat) : IDisposable
{
    public void Dispose() => Seat?.Leave();
}

/// <summary>When attempts are made, by the pace of their connection, and whether alone or with others.</summary>
internal sealed class Calls(RunAttempts attempts, Pacing pacing, TimeProvider time)
{
    // So much input one call may carry; Google asks for no more than 2 MB.
    private const int MostBytes = 1_000_000;

    private readonly Dictionary<string, Batch> _open = new(StringComparer.Ordinal);

    /// <summary>Asks for a turn. Disposing gives a seat back that was not used.</summary>
    public Entry Enter(ActiveRun run, Target target, JsonElement input)
    {
        if (RunAttempts.Rehearses(run, target))
        {
            return default;
        }

        var destination = target.Destination(input);
        var writes = target.Manifest.Rate is null ? 1 : target.Action.Writes(input);
        if (target.Action is not IBatchAction action || action.BatchKey(input) is not { } place)
        {
            return new Entry(pacing.Enter(target, run.Id, null, writes, destination), null);
        }

        var connection = target.Connection;
        var share = new SharedCall($"{connection.Name}\n{connection.CredentialVersion}\n{action.Name}\n{destination}\n{place}", action.MaxItems);
        var size = input.GetRawText().Length;
        lock (_open)
        {
            if (_open.TryGetValue(share.Key, out var open) && open.TakeSeat(size) is { } seat)
            {
                return new Entry(null, seat);
            }

            if (pacing.Enter(target, run.Id, share, writes, destination) is { } later)
            {
                return new Entry(later, null);
            }

            var batch = _open[share.Key] = new Batch(action, MostBytes);
            _ = GatherAsync(share.Key, batch);
            return new Entry(null, batch.TakeSeat(size));
        }
    }

    /// <summary>Makes the call, or takes part in one.</summary>
    public async Task<StepOutcome> CallAsync(Attempting attempt, Seat? seat, CancellationToken cancellationToken)
    {
        if (seat is not null)
        {
            return await seat.CallAsync(attempt).ConfigureAwait(false);
        }

        var outcome = await attempts.CallAsync(attempt, cancellationToken).ConfigureAwait(false);
        pacing.Tell(attempt, outcome);
        return outcome;
    }

    // The call leaves when nobody has come for a moment, and each who took a seat is there or has left.
    private async Task GatherAsync(string key, Batch batch)
    {
        var began = time.GetUtcNow();
        int seats;
        do
        {
            seats = batch.Seats;
            await Task.Delay(Batch.Quiet, time).ConfigureAwait(false);
        }
        while (batch.Seats > seats && !batch.IsFull && time.GetUtcNow() - began < Batch.Longest);

        lock (_open)
        {
            if (_open.GetValueOrDefault(key) == batch)
            {
                _open.Remove(key);
            }

            batch.Close();
        }

        var members = await batch.Complete.ConfigureAwait(false);
        if (members.Count > 0)
        {
            var outcomes = await attempts.CallManyAsync(batch.Action, [.. members.Select(member => member.Attempt)]).ConfigureAwait(false);
            pacing.Tell(members[0].Attempt, Told(outcomes));
            for (var i = 0; i < members.Count; i++)
            {
                members[i].Tell(outcomes[i]);
            }
        }
    }

    // One call tells the pace once: how the platform is, not which row it disliked.
    private static StepOutcome Told(IReadOnlyList<StepOutcome> outcomes) =>
        outcomes.FirstOrDefault(outcome => outcome is StepOutcome.Failed { Kind: FailureKind.RateLimited or FailureKind.Transient or FailureKind.Unconfirmed or FailureKind.Unauthorized })
        ?? outcomes[0];
}
