using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Connections;
using ConnectorHub.Runs.Store;
using ConnectorHub.Scripting;

namespace ConnectorHub.Gateway.Admin;

/// <summary>An event in a list.</summary>
/// <param name="Outcome">What it led to, in a few words: <c>1 run, Succeeded</c> or <c>no recipe took it</c>.</param>
public sealed record EventSummary(
    string Id, DateTimeOffset ReceivedAt, string Hook, string Source, string Type, string? Subject, bool Test, int Duplicates, int OtherBodies, string Outcome);

/// <summary>An event in full.</summary>
/// <param name="Body">As the platform sent it.</param>
public sealed record EventDetail(EventSummary Summary, JsonElement Body, IReadOnlyList<RunDetail> Runs)
{
    /// <summary>What recipes decided one after the other, where a person had them asked again; else empty.</summary>
    public IReadOnlyList<PastDecision> History { get; init; } = [];

    /// <summary>What happened, in the order of time: how it came, what was tried, and what people did.</summary>
    public IReadOnlyList<StoryLine> Story { get; init; } = [];
}

/// <summary>An event that a learning hook took.</summary>
/// <param name="KnowsRepeats">Something in it tells a repetition from a new event.</param>
/// <param name="Body">As the platform sent it.</param>
public sealed record LearnedEvent(
    string Id, DateTimeOffset ReceivedAt, string Type, string? Subject, bool Test, bool KnowsRepeats, JsonElement Body);

/// <summary>A run in a list.</summary>
public sealed record RunSummary(
    string Id,
    string EventId,
    string Recipe,
    string RecipeHash,
    RunState State,
    bool Rehearsal,
    DateTimeOffset CreatedAt,
    DateTimeOffset? DueAt,
    DateTimeOffset? FinishedAt,
    int Attempts,
    string? WaitsFor,
    RunError? Error,
    string Note);

/// <summary>A run in full.</summary>
/// <param name="InShort">What the recipe does, in a sentence; empty where its text cannot be read any more.</param>
/// <param name="Steps">What certainly happened and what may have, step by step.</param>
/// <param name="Advice">What a person may do where the run waits for one; null where it does not.</param>
public sealed record RunDetail(RunSummary Summary, string InShort, IReadOnlyList<StepDetail> Steps, IReadOnlyList<AttemptDetail> Attempts, string? Advice)
{
    /// <summary>What people did with it, oldest first; empty within an event, whose story tells it.</summary>
    public IReadOnlyList<AuditEntry> Acts { get; init; } = [];

    /// <summary>What its scripts said with <c>hub.log</c>: text, never markup.</summary>
    public IReadOnlyList<string> Log { get; init; } = [];
}

/// <summary>What is known of a step's effect.</summary>
public enum StepFact
{
    /// <summary>It certainly happened.</summary>
    Happened,

    /// <summary>An earlier run made it; this one sent nothing.</summary>
    TakenOver,

    /// <summary>It certainly did not happen.</summary>
    DidNotHappen,

    /// <summary>It may have happened.</summary>
    NotKnown,

    /// <summary>Nothing was sent.</summary>
    Rehearsed,

    /// <summary>It is being sent.</summary>
    UnderWay,
}

/// <summary>What became of a step.</summary>
/// <param name="Action">And the connection: null where it sent nothing because it was made before.</param>
/// <param name="Sentence">For a person.</param>
public sealed record StepDetail(string Step, string? Action, string? Connection, StepFact Fact, string Sentence);

/// <summary>One try at one step.</summary>
/// <param name="Input">What the recipe gave the action.</param>
/// <param name="Request">What a rehearsal would have sent; null for a live attempt.</param>
public sealed record AttemptDetail(
    int Number,
    string Step,
    string Action,
    string Connection,
    AttemptState State,
    bool Rehearsal,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    string Kind,
    string Code,
    string Message,
    string EffectKey,
    JsonElement? Input,
    JsonElement? Output,
    RecordedRequest? Request);

/// <summary>Why an event did or did not lead to something.</summary>
/// <param name="Unwanted">Where no recipe waits for such events: which there are, and what to do. Else null.</param>
public sealed record WhyAnswer(EventSummary Event, IReadOnlyList<WhyRecipe> Recipes, string? Unwanted);

/// <summary>Why one recipe did or did not take it.</summary>
/// <param name="InShort">What the recipe does, in a sentence; empty where its text cannot be read any more.</param>
public sealed record WhyRecipe(string Recipe, string RecipeHash, string InShort, string Verdict, IReadOnlyList<WhyLine> Lines, string Summary, IReadOnlyList<RunSummary> Runs)
{
    /// <summary>What was decided one after the other, where a person had it asked again; else empty.</summary>
    public IReadOnlyList<PastDecision> History { get; init; } = [];
}

/// <summary>One line of a recipe: <c>yes</c>, <c>no</c> or <c>–</c> (not evaluated).</summary>
public sealed record WhyLine(string Answer, string Label, string Sentence, string Note, int Line);

/// <summary>A recipe file as it stands.</summary>
/// <param name="State">live, rehearse, off, broken, broken with its last good version live, or not ready and why.</param>
/// <param name="InShort">What it does, in a sentence; empty where it is broken.</param>
public sealed record RecipeSummary(string Id, string File, string Name, string State, string Hash, IReadOnlyList<string> Findings, string InShort);

/// <summary>A connection as it stands; never a secret.</summary>
/// <param name="Pace">Why its runs wait for their turn; null while they need not.</param>
public sealed record ConnectionSummary(
    string Name, string Connector, string Mode, string? BaseUrl, string? Problem, string? BlockedBy, DateTimeOffset? BlockedSince, PaceView? Pace = null)
{
    /// <summary>When retries may go out, as it is set; null: at any time.</summary>
    public string? RetryWindow { get; init; }

    /// <summary>When that window opens; null where it is open, or where there is none.</summary>
    public DateTimeOffset? RetriesFrom { get; init; }
}

/// <summary>What asking a platform about a connection came to.</summary>
/// <param name="Works">True where its credentials work, or where there is nothing to ask.</param>
/// <param name="Who">Who we are there, as the platform says; null where it does not work.</param>
/// <param name="Problem">What to do; null where it works.</param>
/// <param name="Released">Runs that go on because it works again.</param>
public sealed record CheckAnswer(string Connection, bool Works, JsonElement? Who, string? Problem, int Released);

/// <summary>What the runs that wait for a connection would send next.</summary>
public sealed record RehearsalAnswer(string Connection, IReadOnlyList<WaitingStep> Steps);

/// <summary>What recipes would send for an event.</summary>
/// <param name="AsItWas">In the versions that decided then; else in those that are live.</param>
public sealed record EventRehearsalAnswer(EventSummary Event, bool AsItWas, IReadOnlyList<RehearsedRecipe> Recipes);

/// <summary>How many runs a release set free.</summary>
public sealed record ReleaseAnswer(string Connection, int Runs);

/// <summary>The gateway at a glance.</summary>
public sealed record StatusAnswer(string Version, bool CanCommit, long Events, IReadOnlyDictionary<string, long> Runs, DateTimeOffset? OldestDue, long Refused)
{
    /// <summary>The processes that run scripts.</summary>
    public ScriptsAnswer? Scripts { get; init; }
}

/// <summary>The processes that run scripts.</summary>
/// <param name="Hosts">As many are kept.</param>
/// <param name="Running">As many run; none before the first script.</param>
/// <param name="Cage">What holds around them; empty before the first one was ready.</param>
/// <param name="Problem">Why none can be started.</param>
/// <param name="Resting">Recipes whose scripts ended their process again and again.</param>
public sealed record ScriptsAnswer(int Hosts, int Running, IReadOnlyList<CageLayer> Cage, string? Problem, IReadOnlyList<RestingRecipe> Resting)
{
    internal static ScriptsAnswer Of(ScriptPoolStatus pool, ScriptQuarantine quarantine) =>
        new(pool.Wanted, pool.Running, pool.Cage?.Layers ?? [], pool.Problem, quarantine.Resting);
}
