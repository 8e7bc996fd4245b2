namespace ConnectorHub.Runs.Store;

/// <summary>What people do with runs. An act, what follows from it and its audit entry are one transaction.</summary>
public interface IActStore
{
    /// <summary>Does one act on one run, or says why it cannot be done. Done twice, the second is <see cref="ActResult.NotNow"/>.</summary>
    Task<ActResult> ActAsync(RunAct act, CancellationToken cancellationToken);

    /// <summary>Adds an entry about an act that is no act on a run.</summary>
    Task NoteAsync(AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>Begins a pause, or changes the end and reason of the one there is.</summary>
    Task PauseAsync(Pause pause, AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>Ends a pause; false where there is none.</summary>
    Task<bool> ResumeAsync(PauseKind kind, string name, AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>Pauses that are not over.</summary>
    Task<IReadOnlyList<Pause>> PausesAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The same with what waits for each.</summary>
    Task<IReadOnlyList<PauseView>> PauseViewsAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Runs that wait for a person, grouped by cause, the largest group first.</summary>
    Task<IReadOnlyList<CauseGroup>> CausesAsync(RunFilter filter, CancellationToken cancellationToken);

    /// <summary>Ids of runs that fit a filter, oldest first.</summary>
    Task<IReadOnlyList<string>> FindRunsAsync(RunFilter filter, CancellationToken cancellationToken);

    /// <summary>Entries of the audit, newest first.</summary>
    /// <param name="target">Of one run, recipe, connection, hook or schedule, also as a pause names it (<c>recipe welcome</c>); null: all.</param>
    Task<IReadOnlyList<AuditEntry>> AuditAsync(string? target, string? beforeId, int limit, CancellationToken cancellationToken);
}

/// <summary>Who did what, when and why.</summary>
/// <param name="Id">Sorts by time.</param>
/// <param name="Who">The name of an admin token, or of the machine's user.</param>
/// <param name="Target">The run, recipe or connection it was done to.</param>
/// <param name="Detail">How; may be empty.</param>
public sealed record AuditEntry(string Id, DateTimeOffset At, string Who, string Act, string Target, string Why, string Detail);

/// <summary>An act on one run. Closed.</summary>
public abstract record RunAct(string RunId, AuditEntry Entry)
{
    /// <summary>A dead letter goes on with the step it died at: same run, same keys.</summary>
    /// <param name="Version">The recipe to go on with.</param>
    /// <param name="StepIndex">Where the step stands in it.</param>
    /// <param name="DropLets">True where its values are to be computed anew.</param>
    /// <param name="OncePerUntil">When its once_per key is given up; null: never.</param>
    public sealed record Resume(string RunId, RecipeVersionRef Version, int StepIndex, bool DropLets, DateTimeOffset DueAt, DateTimeOffset? OncePerUntil, AuditEntry Entry) : RunAct(RunId, Entry);

    /// <summary>A new run takes its place from the first step on.</summary>
    /// <param name="TakenOver">Steps that are done and stay so; none where everything is to happen again.</param>
    /// <param name="Outputs">What those returned, a JSON object by step id; empty for none.</param>
    /// <param name="Again">True raises the generation: effects that were made are made once more.</param>
    public sealed record Restart(
        string RunId,
        string NewRunId,
        RecipeVersionRef Version,
        IReadOnlyList<string> TakenOver,
        ReadOnlyMemory<byte> Outputs,
        bool Again,
        bool Rehearsal,
        string? NextConnection,
        DateTimeOffset DueAt,
        DateTimeOffset? OncePerUntil,
        AuditEntry Entry) : RunAct(RunId, Entry);

    /// <summary>It is given up, for a reason.</summary>
    public sealed record Cancel(string RunId, AuditEntry Entry) : RunAct(RunId, Entry);

    /// <summary>A person says whether what is in doubt has happened.</summary>
    /// <param name="Step">What is in doubt.</param>
    /// <param name="Happened">False: it is sent again.</param>
    /// <param name="StepIndex">Where the run goes on.</param>
    /// <param name="Outputs">What its steps have returned with this one; null leaves what is there.</param>
    public sealed record Decide(string RunId, string Step, bool Happened, int StepIndex, ReadOnlyMemory<byte>? Outputs, AuditEntry Entry) : RunAct(RunId, Entry);
}

/// <summary>A version of a recipe.</summary>
public sealed record RecipeVersionRef(string Hash, string Text);

/// <summary>What became of an act. Closed.</summary>
public abstract record ActResult
{
    private ActResult()
    {
    }

    /// <summary>It is done and durable.</summary>
    /// <param name="RunId">The run that goes on: the same, or the one that took its place.</param>
    /// <param name="Note">What else is to be known; may be empty.</param>
    public sealed record Done(string RunId, string Note) : ActResult;

    /// <summary>The run is not in a state in which this can be done.</summary>
    /// <param name="ReplayedAs">The run that took its place, where there is one.</param>
    public sealed record NotNow(RunState State, string? ReplayedAs) : ActResult;

    /// <summary>There is no such run.</summary>
    public sealed record Unknown : ActResult;
}

/// <summary>Which runs. Everything that is set must fit.</summary>
/// <param name="States">None: dead letters and those in doubt.</param>
/// <param name="Connection">Of the attempt that decided, or else the next.</param>
/// <param name="Text">Anything in the event: its id, subject or body, without case.</param>
public sealed record RunFilter(
    IReadOnlyList<RunState>? States = null,
    string? RecipeId = null,
    string? Source = null,
    string? Connection = null,
    string? Step = null,
    string? Code = null,
    string? Text = null,
    DateTimeOffset? Since = null,
    DateTimeOffset? Until = null,
    int Limit = 10_000)
{
    /// <summary>Only rehearsed ones, or only real ones; null: both.</summary>
    public bool? Rehearsal { get; init; }
}

/// <summary>Runs that wait for a person for the same reason.</summary>
/// <param name="Connection">Empty where no connection had to do with it.</param>
/// <param name="Message">What the newest of them says.</param>
public sealed record CauseGroup(
    RunState State, string Connection, string RecipeId, string Step, string Code, long Runs, DateTimeOffset Oldest, DateTimeOffset Newest, string NewestRun, string Message);
