using ConnectorHub.Values;
using NodaTime;

namespace ConnectorHub.Recipes.Expressions;

/// <summary>What a condition is asked with.</summary>
/// <param name="Now">When the event was received: the same answer today and at a replay.</param>
public sealed record ConditionContext(Scope Scope, DateTimeZone? Zone, Instant Now);

/// <summary>A condition's answer in words.</summary>
/// <param name="Found">What the value was: <c>value was "Invited"</c>.</param>
/// <param name="WouldMatch">What would have to be different; empty where it holds.</param>
public sealed record ConditionAnswer(bool Holds, string Found, string WouldMatch)
{
    /// <summary>True where a filter of it could not work on what it got; <see cref="Found"/> says which and why.</summary>
    public bool Failed { get; init; }

    /// <summary>What it was compared with, and what it was: both in full, where an <c>is</c> does not hold.</summary>
    public (Value Expected, Value Found)? Differs { get; init; }
}

/// <summary>What reading a condition came to: the condition, or all its problems.</summary>
public sealed record ConditionParse(Condition? Condition, IReadOnlyList<SyntaxProblem> Problems);

/// <summary>One sentence of <c>if:</c> or <c>expect:</c>. It never fails: what cannot be compared does not hold. Closed.</summary>
public abstract class Condition
{
    private protected Condition()
    {
    }

    /// <summary>As it was written.</summary>
    public abstract string Sentence { get; }

    /// <summary>The paths it reads.</summary>
    public abstract IReadOnlyList<PathUse> Paths { get; }

    /// <summary>True where a date is read or written in it and no <c>in_zone</c> stands before it.</summary>
    public abstract bool NeedsZone { get; }

    /// <summary>What it says, as far as that is written out.</summary>
    internal abstract Claim Claim { get; }

    /// <summary>Why what it finds can never be compared so, with the value; null where it can.</summary>
    internal abstract string? Misfit(ConditionContext context);

    /// <summary>True where it holds.</summary>
    public abstract bool Holds(ConditionContext context);

    /// <summary>The same answer with its reasons.</summary>
    public abstract ConditionAnswer Explain(ConditionContext context);
}
