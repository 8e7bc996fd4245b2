using ConnectorHub.Recipes.Expressions;
using NodaTime;

namespace ConnectorHub.Recipes;

/// <summary>What a recipe may do.</summary>
public enum RecipeMode
{
    /// <summary>It runs.</summary>
    Active,

    /// <summary>It runs, every request is recorded and none is sent.</summary>
    Rehearse,

    /// <summary>It opens no runs.</summary>
    Off,
}

/// <summary>A checked recipe: immutable, every text of it compiled once.</summary>
public sealed class Recipe
{
    /// <summary>The file's path below the recipes folder, without extension, with '/'.</summary>
    public required string Id { get; init; }

    /// <summary>As findings name it.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the text's UTF-8 bytes, in lower-case hex.</summary>
    public required string Hash { get; init; }

    /// <summary>The text it was read from.</summary>
    public required string Text { get; init; }

    public required string Name { get; init; }

    public required string About { get; init; }

    public required string Owner { get; init; }

    public required RecipeMode Mode { get; init; }

    public required Trigger When { get; init; }

    /// <summary>All of them must hold.</summary>
    public required IReadOnlyList<ConditionLine> If { get; init; }

    public required OncePer? OncePer { get; init; }

    /// <summary>In the order of the file; each sees those above it.</summary>
    public required IReadOnlyList<LetBinding> Let { get; init; }

    /// <summary>Runs with the same value go one after the other; null: as they come.</summary>
    public OrderBy? OrderBy { get; init; }

    public required IReadOnlyList<RecipeStep> Steps { get; init; }

    /// <summary>What is done after the last retry, in a run of its own; may be empty.</summary>
    public IReadOnlyList<ActionStep> OnError { get; init; } = [];

    /// <summary>The steps that call an action.</summary>
    public IReadOnlyList<ActionStep> Actions => field ??= [.. Steps.OfType<ActionStep>()];

    /// <summary>How long it waits by its own wish, all waits together.</summary>
    public TimeSpan Waits => Steps.OfType<WaitStep>().Aggregate(TimeSpan.Zero, (sum, wait) => sum + wait.Longest);

    /// <summary>The waits between tries; null: the hub's own schedule.</summary>
    public required IReadOnlyList<TimeSpan>? Retry { get; init; }

    /// <summary>A run older than this ends as Expired; null: never.</summary>
    public required TimeSpan? TooLateAfter { get; init; }

    /// <summary>The recipe's zone, or the hub's; null where neither is set.</summary>
    public required DateTimeZone? Zone { get; init; }

    public required IReadOnlyList<RecipeTest> Tests { get; init; }

    /// <summary>True where a value of it needs the script host.</summary>
    public required bool UsesScripts { get; init; }

    /// <summary>What a decision has to compute.</summary>
    internal MatchPlan Plan => field ??= MatchPlan.Of(this);
}

/// <summary>The value that a recipe succeeds for only once.</summary>
/// <param name="Within">How long the value is held; null: for ever.</param>
public sealed record OncePer(Template Key, TimeSpan? Within, int Line);

/// <summary>The value whose runs go one after the other, across recipes, in the order the events were accepted.</summary>
/// <param name="Strict">A dead letter holds up those behind it.</param>
public sealed record OrderBy(Template Key, bool Strict, int Line);

/// <summary>A value computed once for a run and known below by its name.</summary>
/// <param name="Recalls">The value is a key, and the name is what a step with that key returned in an earlier run.</param>
public sealed record LetBinding(string Name, Expression Value, bool UsesScript, int Line, bool Recalls = false);
