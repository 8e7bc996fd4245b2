using System.Text.Json;

namespace ConnectorHub.Abstractions;

/// <summary>
/// An action whose attempts at one connection may go out as one call: what waits for the same place is sent together, each run getting its own
/// outcome. The intents of all members are durable before the call.
/// </summary>
public interface IBatchAction : IConnectorAction
{
    /// <summary>So many members one call may have.</summary>
    int MaxItems { get; }

    /// <summary>What members of one call have in common, such as the sheet; null where this input goes alone.</summary>
    string? BatchKey(JsonElement input);

    /// <summary>
    /// Makes one attempt for all. Answers one outcome for each item, in their order; an item that cannot be taken does not hinder the others,
    /// and a lost answer makes all that were sent Unconfirmed.
    /// </summary>
    /// <param name="items">At least one. Their own effect keys count, not the context's.</param>
    Task<IReadOnlyList<StepOutcome>> ExecuteManyAsync(IReadOnlyList<BatchItem> items, ActionContext context, CancellationToken cancellationToken);
}

/// <summary>One attempt of several that go out as one call.</summary>
/// <param name="Input">The rendered <c>with</c> map.</param>
/// <param name="EffectKey">As <see cref="ActionContext.EffectKey"/>.</param>
public sealed record BatchItem(JsonElement Input, string EffectKey);

/// <summary>A <see cref="ConnectorAction{TInput, TOutput}"/> that may be batched. What does not bind is Rejected alone; a single attempt is a batch of one.</summary>
/// <typeparam name="TInput">As there.</typeparam>
/// <typeparam name="TOutput">As there.</typeparam>
public abstract class BatchAction<TInput, TOutput> : ConnectorAction<TInput, TOutput>, IBatchAction
    where TInput : class
    where TOutput : class
{
    /// <inheritdoc/>
    public abstract int MaxItems { get; }

    /// <inheritdoc/>
    public string? BatchKey(JsonElement input) => TryBind(input, out var bound, out _) ? BatchKey(bound) : null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StepOutcome>> ExecuteManyAsync(IReadOnlyList<BatchItem> items, ActionContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        var outcomes = new StepOutcome[items.Count];
        var members = new List<Member>(items.Count);
        for (var i = 0; i < outcomes.Length; i++)
        {
            if (TryBind(items[i].Input, out var bound, out var problem))
            {
                members.Add(new Member(i, bound, items[i].EffectKey));
            }
            else
            {
                outcomes[i] = StepOutcome.Fail(FailureKind.Rejected, "invalid_input", $"{Name}: {problem}");
            }
        }

        if (members.Count > 0)
        {
            await ExecuteManyAsync(members, context, (member, outcome) => outcomes[member.Position] = outcome, cancellationToken);
        }

        return outcomes;
    }

    /// <summary>What members of one call have in common.</summary>
    protected abstract string BatchKey(TInput input);

    /// <summary>Makes one attempt for all; <paramref name="tell"/> is to be called for each member.</summary>
    protected abstract Task ExecuteManyAsync(IReadOnlyList<Member> members, ActionContext context, Action<Member, StepOutcome> tell, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected sealed override async Task<StepOutcome> ExecuteAsync(TInput input, ActionContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        StepOutcome? told = null;
        await ExecuteManyAsync([new Member(0, input, context.EffectKey)], context, (_, outcome) => told = outcome, cancellationToken);
        return told ?? throw new InvalidOperationException($"{Name} did not say what became of its item.");
    }

    /// <summary>One item, bound.</summary>
    protected sealed record Member(int Position, TInput Input, string EffectKey);
}
