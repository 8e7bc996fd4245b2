using System.Text.Json;

namespace ConnectorHub.Abstractions;

/// <summary>What the hub does next after a failed attempt. Named by the reaction, not by the cause.</summary>
public enum FailureKind
{
    /// <summary>Nothing happened at the target; the same attempt may succeed later. Uses one try.</summary>
    Transient,

    /// <summary>The target asks to slow down. Waits without using a try.</summary>
    RateLimited,

    /// <summary>The credentials of the whole connection are refused. Blocks the connection until a person acts; uses no try.</summary>
    Unauthorized,

    /// <summary>This input will never be accepted. The run becomes a dead letter.</summary>
    Rejected,

    /// <summary>The request left and its effect is unknown. The hub looks before it sends again.</summary>
    Unconfirmed,
}

/// <summary>What one attempt came to. Closed: <see cref="Done"/>, <see cref="Failed"/>, <see cref="Rehearsed"/>.</summary>
public abstract record StepOutcome
{
    private StepOutcome()
    {
    }

    /// <summary>The effect happened. <paramref name="Output"/> is a JSON object that later steps read as <c>steps.id</c>.</summary>
    public sealed record Done(JsonElement Output) : StepOutcome;

    /// <summary>The effect did not happen, or may not have.</summary>
    /// <param name="Kind">What the hub does next.</param>
    /// <param name="Code">Stable short code, the platform's own where it has one (<c>channel_not_found</c>).</param>
    /// <param name="Message">One sentence for a person: what was refused and how to mend it. Never holds a secret.</param>
    /// <param name="RetryAfter">How long the platform asked to wait; null where it did not say. The hub caps it at 24 h.</param>
    public sealed record Failed(FailureKind Kind, string Code, string Message, TimeSpan? RetryAfter = null) : StepOutcome;

    /// <summary>Nothing was sent: the exact request is kept and <paramref name="Output"/> is the action's sample answer.</summary>
    public sealed record Rehearsed(RecordedRequest Request, JsonElement Output) : StepOutcome;

    /// <summary>Shorthand for a failure without a wait.</summary>
    public static StepOutcome Fail(FailureKind kind, string code, string message) => new Failed(kind, code, message);
}

/// <summary>What looking for the effect of an unconfirmed attempt found. Closed: <see cref="Found"/>, <see cref="Absent"/>, <see cref="Unknown"/>.</summary>
public abstract record Probe
{
    private Probe()
    {
    }

    /// <summary>The effect is there; the attempt counts as done with this output.</summary>
    public sealed record Found(JsonElement Output) : Probe;

    /// <summary>The effect is certainly not there; sending again is safe.</summary>
    public sealed record Absent : Probe;

    /// <summary>It cannot be told. <paramref name="Reason"/> is one sentence for a person.</summary>
    public sealed record Unknown(string Reason) : Probe;
}

/// <summary>What a second send of the same input does at the target.</summary>
public enum Repeat
{
    /// <summary>Only reads; harmless.</summary>
    Reads,

    /// <summary>Writes the same state again; harmless.</summary>
    Safe,

    /// <summary>The effect key travels with the request and the target refuses or merges the second one.</summary>
    Keyed,

    /// <summary>May do the effect twice; the hub probes with <see cref="IConnectorAction.FindAsync"/> before it sends again.</summary>
    Unsafe,
}
