using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace ConnectorHub.Abstractions;

/// <summary>
/// An action whose input and output are records. What it accepts lives only there: the record's constructor parameters are its fields,
/// snake_case for the input and camelCase for the output; a parameter is required where it is neither nullable nor has a default.
/// Input is bound strictly before the action runs; what does not bind is Rejected and nothing is sent.
/// </summary>
/// <typeparam name="TInput">A record with one public constructor; see <see cref="FieldType"/> for the parameter types it may have.</typeparam>
/// <typeparam name="TOutput">A record that becomes the JSON object of <c>steps.id</c>; members that are null are left out.</typeparam>
public abstract class ConnectorAction<TInput, TOutput> : IConnectorAction
    where TInput : class
    where TOutput : class
{
    private static readonly InputBinder<TInput> Binder = new();

    private static readonly ActionShape RecordShape = new(Binder.Fields, RecordFields.OfOutput(typeof(TOutput)));

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract string About { get; }

    /// <inheritdoc/>
    public abstract Repeat Repeat { get; }

    /// <inheritdoc/>
    public virtual string? Makes => null;

    /// <inheritdoc/>
    public ActionShape Shape => RecordShape;

    /// <inheritdoc/>
    public int Writes(JsonElement input) => TryBind(input, out var bound, out _) ? Writes(bound) : 1;

    /// <summary>How many requests that write an attempt takes of the platform's limit.</summary>
    protected virtual int Writes(TInput input) => 1;

    /// <inheritdoc/>
    public string? Destination(JsonElement input) => TryBind(input, out var bound, out _) ? Destination(bound) : null;

    /// <summary>Where an attempt goes, where the platform limits each such place by itself. Two names of one place are best told as one.</summary>
    protected virtual string? Destination(TInput input) => null;

    /// <summary>What a rehearsal answers instead of the target, so that later steps have something to show.</summary>
    protected abstract TOutput Sample { get; }

    /// <inheritdoc/>
    public Task<StepOutcome> ExecuteAsync(JsonElement input, ActionContext context, CancellationToken cancellationToken) =>
        Binder.TryBind(input, out var bound, out var problem)
            ? ExecuteAsync(bound, context, cancellationToken)
            : Task.FromResult(StepOutcome.Fail(FailureKind.Rejected, "invalid_input", $"{Name}: {problem}"));

    /// <inheritdoc/>
    public Task<Probe> FindAsync(JsonElement input, ActionContext context, CancellationToken cancellationToken) =>
        Binder.TryBind(input, out var bound, out var problem)
            ? FindAsync(bound, context, cancellationToken)
            : Task.FromResult<Probe>(new Probe.Unknown($"{Name}: {problem}"));

    /// <summary>Makes one attempt with input that binds.</summary>
    protected abstract Task<StepOutcome> ExecuteAsync(TInput input, ActionContext context, CancellationToken cancellationToken);

    /// <summary>Looks for the effect of an unconfirmed attempt. Without an override it cannot be told.</summary>
    protected virtual Task<Probe> FindAsync(TInput input, ActionContext context, CancellationToken cancellationToken) =>
        Task.FromResult<Probe>(new Probe.Unknown($"{Name} leaves nothing at the target that could be looked for."));

    /// <summary>Binds a rendered <c>with</c> map, or says all that is wrong with it.</summary>
    protected static bool TryBind(JsonElement input, [NotNullWhen(true)] out TInput? bound, [NotNullWhen(false)] out string? problem) =>
        Binder.TryBind(input, out bound, out problem);

    /// <summary>The effect happened.</summary>
    protected static StepOutcome Done(TOutput output) => new StepOutcome.Done(OutputJson.Of(output));

    /// <summary>The effect was found.</summary>
    protected static Probe Found(TOutput output) => new Probe.Found(OutputJson.Of(output));

    /// <summary>
    /// Sends the attempt's one request and lets <paramref name="judge"/> say what a complete answer came to;
    /// all other replies have one meaning for every connector, see <see cref="ActionContextExtensions.CallAsync"/>.
    /// </summary>
    protected Task<StepOutcome> SendAsync(
        OutboundRequest request,
        ActionContext context,
        Func<SendReply.Answered, StepOutcome> judge,
        CancellationToken cancellationToken) =>
        context.CallAsync(request, judge, () => OutputJson.Of(Sample), cancellationToken);
}
