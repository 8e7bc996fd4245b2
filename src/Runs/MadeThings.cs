using System.Text;
using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Runs.Store;
using ConnectorHub.Runs.Work;
using ConnectorHub.Values;

namespace ConnectorHub.Runs;

/// <summary>The hub's memory between runs: what steps with a <c>key</c> have made.</summary>
internal sealed class MadeThings(IHubStore store, TimeProvider time)
{
    /// <summary>So long it is remembered, whatever becomes of the runs.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    /// <summary>What tells things of one connection apart that have the same key: an entry in a calendar is not a note.</summary>
    public static string KindOf(Target target) => target.Action.Makes ?? target.Action.Name;

    private readonly KeyTurns _turns = new();

    /// <summary>Waits until no other run of this process is making the same thing; null without a key.</summary>
    public ValueTask<IDisposable?> TurnAsync(Target target, string? key, CancellationToken cancellationToken) =>
        _turns.TakeAsync(key is null ? null : $"{target.Connection.Name}\n{KindOf(target)}\n{key}", cancellationToken);

    /// <summary>What a creating step with that key made before; null where it has to be made. Only a replay that asks for it makes it again.</summary>
    public async ValueTask<StepOutcome.Done?> FindAsync(ActiveRun run, Target target, string? key, CancellationToken cancellationToken)
    {
        var creates = target.Action is { Makes: not null, Repeat: Repeat.Keyed or Repeat.Unsafe };
        if (key is null || !creates || run.EffectGeneration > 0 || RunAttempts.Rehearses(run, target))
        {
            return null;
        }

        var output = await store.FindMadeAsync(target.Connection.Name, KindOf(target), key, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        return output is { } bytes ? new StepOutcome.Done(Json(bytes)) : null;
    }

    /// <summary>What any step with that key returned last; Missing where none did.</summary>
    public async ValueTask<Value> RecallAsync(string key, CancellationToken cancellationToken) =>
        await store.RecallAsync(key, time.GetUtcNow(), cancellationToken).ConfigureAwait(false) is { } output ? Value.Parse(output) : Value.Missing;

    /// <summary>What is to be remembered of an attempt; null where nothing is.</summary>
    public Made? Of(ActiveRun run, Attempting attempt, StepOutcome outcome)
    {
        var step = run.Recipe.Actions.FirstOrDefault(one => one.Id == attempt.StepId);
        if (step?.Key is null || outcome is not StepOutcome.Done done || attempt.Rehearsal || run.KeyOf(step).Key is not { } key)
        {
            return null;
        }

        return new Made(attempt.Connection.Name, KindOf(attempt.Target), key, Encoding.UTF8.GetBytes(done.Output.GetRawText()), time.GetUtcNow() + Kept);
    }

    private static JsonElement Json(ReadOnlyMemory<byte> bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        return document.RootElement.Clone();
    }
}
