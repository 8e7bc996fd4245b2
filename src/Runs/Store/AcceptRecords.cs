namespace ConnectorHub.Runs.Store;

/// <summary>One accepted delivery on its way into the store.</summary>
/// <param name="HookEvent">The event segment of the hook's address, or empty: part of the dedupe key's scope.</param>
public sealed record Delivery(string Connection, string HookEvent, DateTimeOffset ReceivedAt, IReadOnlyList<IncomingEvent> Events);

/// <summary>One event of a delivery, with what the recipes said of it.</summary>
/// <param name="DedupeKey">Null: this event is never a duplicate.</param>
/// <param name="DedupeUntil">The key may be forgotten after this.</param>
public sealed record IncomingEvent(
    string Id,
    string Source,
    string Type,
    string? DedupeKey,
    DateTimeOffset DedupeUntil,
    DateTimeOffset? Time,
    string? Subject,
    bool Test,
    ReadOnlyMemory<byte> Body,
    IReadOnlyList<Decision> Decisions,
    IReadOnlyList<PlannedRun> Runs)
{
    /// <summary>The span of its delivery, as it is stored; null where that is not traced.</summary>
    public long? Span { get; init; }
}

/// <summary>Why a recipe did or did not take an event.</summary>
public enum DecisionVerdict
{
    /// <summary>A run was opened.</summary>
    Taken,

    /// <summary>A condition did not hold.</summary>
    Skipped,

    /// <summary>Another open or succeeded run holds the recipe's <c>once_per</c> key.</summary>
    AlreadyDone,

    /// <summary>The recipe file is broken and has no last good version.</summary>
    RecipeBroken,

    /// <summary>A connection the recipe needs is not set up.</summary>
    NotReady,

    /// <summary>Matching failed by a fault of ours; the run is a dead letter.</summary>
    MatchFailed,

    /// <summary>The hook was learning: recipes were not asked.</summary>
    Learning,
}

/// <summary>One decision: recipe, version, verdict and the line of the recipe that decided.</summary>
/// <param name="Detail">For AlreadyDone the run that holds the key; for the others a short reason; may be empty.</param>
public sealed record Decision(string RecipeId, string RecipeHash, DecisionVerdict Verdict, int Line, string Detail)
{
    /// <summary>Set where a person had the recipe asked again; null: it was decided when the event came.</summary>
    public LaterDecision? Later { get; init; }
}

/// <summary>A decision that was made after the event came. It stands behind those before it, which stay.</summary>
/// <param name="Who">Who asked for it.</param>
public sealed record LaterDecision(DateTimeOffset At, string Who);

/// <summary>A run to open with the event, unless its <paramref name="OncePerKey"/> is held: then its decision becomes AlreadyDone.</summary>
/// <param name="OncePerKey">The value of <c>once_per</c>, or null. Rehearsals have keys of their own.</param>
/// <param name="OncePerUntil">When the key is given up; null: never.</param>
/// <param name="Error">Set: the run is opened as a dead letter with this error.</param>
public sealed record PlannedRun(
    string Id,
    string RecipeId,
    string RecipeHash,
    string RecipeText,
    bool Rehearsal,
    string? OncePerKey,
    DateTimeOffset? OncePerUntil,
    string? NextConnection,
    RunError? Error)
{
    /// <summary>Runs with the same one go one after the other in the order they were accepted; null: it waits for none.</summary>
    public string? OrderKey { get; init; }

    /// <summary>As a dead letter it holds up those behind it.</summary>
    public bool OrderStrict { get; init; }
}

/// <summary>What became of an event. <paramref name="DuplicateOf"/> set: nothing was stored but the count.</summary>
/// <param name="SameBody">False where the sender repeated an id with another body.</param>
/// <param name="Runs">Ids of the runs that were opened and wait for work.</param>
/// <param name="Test">As it came in.</param>
public sealed record AcceptedEvent(string Id, string? DuplicateOf, bool SameBody, IReadOnlyList<string> Runs, bool Test);
