namespace ConnectorHub.Runs.Store;

/// <summary>States of a run.</summary>
public enum RunState
{
    Queued,
    Running,
    Waiting,
    Blocked,
    Asking,
    Succeeded,
    Expired,
    Cancelled,
    DeadLettered,
}

/// <summary>States of an attempt. Started without an end is an unconfirmed one whose process died.</summary>
public enum AttemptState
{
    Started,
    Done,
    Failed,
    Unconfirmed,
    Rehearsed,
}

/// <summary>Where and why a run stopped.</summary>
public sealed record RunError(string Step, string Code, string Message);

/// <summary>A worker's wish to take a run.</summary>
public sealed record RunClaim(string RunId, string Owner, DateTimeOffset Now, DateTimeOffset LeaseUntil);

/// <summary>A run as stored. A generation below zero is a run of <c>on_error</c>, that tells of a dead letter of its event and recipe.</summary>
/// <param name="StepIndex">The step to do next.</param>
/// <param name="StepTries">Tries that step has used.</param>
/// <param name="Attempts">Attempts made in the whole run.</param>
/// <param name="Deaths">Claims that died inside this run's own script or parsing.</param>
/// <param name="InScript">True while a claim is inside this run's own script or parsing.</param>
/// <param name="Lets">Values computed once, a JSON object; empty before.</param>
/// <param name="Outputs">Outputs of steps that are done, a JSON object by step id; empty before.</param>
public sealed record RunRow(
    string Id,
    string EventId,
    string RecipeId,
    string RecipeHash,
    int Generation,
    RunState State,
    bool Rehearsal,
    int StepIndex,
    int StepTries,
    int Attempts,
    int Deaths,
    bool InScript,
    long Epoch,
    DateTimeOffset CreatedAt,
    DateTimeOffset? DueAt,
    DateTimeOffset? FinishedAt,
    string? NextConnection,
    ReadOnlyMemory<byte> Lets,
    ReadOnlyMemory<byte> Outputs,
    RunError? Error,
    string Note)
{
    /// <summary>The line it stands in; null where it waits for no other.</summary>
    public string? OrderKey { get; init; }

    /// <summary>When a person let it go on; null where nobody did.</summary>
    public DateTimeOffset? ReplayedAt { get; init; }

    /// <summary>The run that took its place.</summary>
    public string? ReplayedAs { get; init; }

    /// <summary>Part of its effect keys: above zero where effects are wanted once more.</summary>
    public int EffectGeneration { get; init; }
}

/// <summary>The intent of an attempt, written before anything is sent.</summary>
/// <param name="Input">The rendered <c>with</c> map.</param>
/// <param name="Lets">Stored with the first intent; null leaves what is there.</param>
public sealed record AttemptIntent(
    string RunId,
    long Epoch,
    int Number,
    string StepId,
    string Action,
    string Connection,
    string CredentialVersion,
    string EffectKey,
    bool Rehearsal,
    DateTimeOffset StartedAt,
    DateTimeOffset Deadline,
    DateTimeOffset LeaseUntil,
    ReadOnlyMemory<byte> Input,
    ReadOnlyMemory<byte>? Lets)
{
    /// <summary>Which item of a <c>for_each</c> it is for; empty where the step has none.</summary>
    public string Item { get; init; } = string.Empty;
}

/// <summary>What an attempt came to.</summary>
/// <param name="Request">The recorded request of a rehearsal as JSON, else empty.</param>
public sealed record AttemptResult(
    string RunId,
    int Number,
    AttemptState State,
    DateTimeOffset EndedAt,
    string Kind,
    string Code,
    string Message,
    ReadOnlyMemory<byte> Output,
    ReadOnlyMemory<byte> Request)
{
    /// <summary>What is remembered beyond the run, in the same transaction; null where nothing is.</summary>
    public Made? Made { get; init; }
}

/// <summary>What a step with a business name made.</summary>
/// <param name="Kind">Of thing: the same key may name a calendar entry and a note.</param>
/// <param name="Output">What the action returned, a JSON object.</param>
/// <param name="Until">It may be forgotten after this.</param>
public sealed record Made(string Connection, string Kind, string Key, ReadOnlyMemory<byte> Output, DateTimeOffset Until);

/// <summary>
/// What follows for a run. Any state but Running gives up the lease. DeadLettered, Cancelled and Expired release the run's
/// <c>once_per</c> key. A run that ends, or dies without being strict, makes the next of its line due. Null members leave what is there.
/// </summary>
public sealed record RunChange(string RunId, long Epoch, RunState State, int StepIndex, int StepTries, DateTimeOffset Now)
{
    /// <summary>For Queued and Waiting.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>For Running: the lease moves; null keeps it.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    public string? NextConnection { get; init; }

    public ReadOnlyMemory<byte>? Lets { get; init; }

    public ReadOnlyMemory<byte>? Outputs { get; init; }

    public RunError? Error { get; init; }

    public string? Note { get; init; }

    public int? Deaths { get; init; }

    public bool InScript { get; init; }

    /// <summary>For DeadLettered: the run of <c>on_error</c> that tells of it; null where the recipe has none.</summary>
    public NoticeRun? Notice { get; init; }
}

/// <summary>
/// A run that tells of a dead letter. The first of a kind (recipe, step, code) is due at once; those that follow within ten minutes share one
/// that is due when these are over.
/// </summary>
/// <param name="Lets">What the failed run had computed, and what went wrong.</param>
public sealed record NoticeRun(string Id, string? NextConnection, ReadOnlyMemory<byte> Lets, ReadOnlyMemory<byte> Outputs);

/// <summary>An attempt as stored.</summary>
public sealed record AttemptRow(
    string RunId,
    int Number,
    string StepId,
    string Action,
    string Connection,
    string CredentialVersion,
    string EffectKey,
    bool Rehearsal,
    AttemptState State,
    DateTimeOffset StartedAt,
    DateTimeOffset Deadline,
    DateTimeOffset? EndedAt,
    string Kind,
    string Code,
    string Message,
    ReadOnlyMemory<byte> Input,
    ReadOnlyMemory<byte> Output,
    ReadOnlyMemory<byte> Request)
{
    /// <summary>Which item of a <c>for_each</c> it was for; empty where the step has none.</summary>
    public string Item { get; init; } = string.Empty;
}

/// <summary>An event as stored.</summary>
/// <param name="Duplicates">How often the sender repeated it.</param>
/// <param name="OtherBodies">How many of those repeats had another body.</param>
public sealed record EventRow(
    string Id,
    string Connection,
    string HookEvent,
    string Source,
    string Type,
    string? DedupeKey,
    DateTimeOffset? Time,
    string? Subject,
    bool Test,
    DateTimeOffset ReceivedAt,
    ReadOnlyMemory<byte> Body,
    IReadOnlyList<Decision> Decisions,
    int Duplicates,
    int OtherBodies,
    DateTimeOffset? LastDuplicateAt)
{
    /// <summary>By which it came: <c>connection/event</c>, or the connection alone where its hook has no event.</summary>
    public string Hook => HookEvent.Length == 0 ? Connection : $"{Connection}/{HookEvent}";

    /// <summary>The span of its delivery; null where that was not traced.</summary>
    public long? Span { get; init; }
}

/// <summary>Which events to list. <paramref name="Text"/> is searched for in ids, subject and body without case.</summary>
public sealed record EventQuery(string? Text = null, string? Connection = null, string? Type = null, string? BeforeId = null, int Limit = 50);

/// <summary>A part of a search through the events.</summary>
/// <param name="Found">Those that hold the text, newest first.</param>
/// <param name="Searched">How many were looked at, or ruled out without being read.</param>
/// <param name="LastId">The last one of these: where the next page begins. Null where there was none.</param>
/// <param name="LastAt">When that one was received.</param>
/// <param name="End">There are no older ones.</param>
public sealed record EventPage(IReadOnlyList<EventRow> Found, int Searched, string? LastId, DateTimeOffset? LastAt, bool End);

/// <summary>Which runs to list.</summary>
public sealed record RunQuery(string? EventId = null, string? RecipeId = null, RunState? State = null, string? BeforeId = null, int Limit = 50);

/// <summary>The last good version of a recipe.</summary>
public sealed record KeptRecipe(string Id, string Hash, string Text);

/// <summary>A connection that needs a person, for the credentials of that version.</summary>
public sealed record ConnectionBlock(string Connection, string CredentialVersion, string Code, string Message, DateTimeOffset Since);

/// <summary>An admin token: SHA-256 of the token in hex, and what it is for.</summary>
public sealed record TokenRow(string Hash, string Name, DateTimeOffset CreatedAt);

/// <summary>Counts for health and overview.</summary>
public sealed record StoreCounts(long Events, IReadOnlyDictionary<RunState, long> Runs, DateTimeOffset? OldestDue);
