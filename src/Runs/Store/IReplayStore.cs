namespace ConnectorHub.Runs.Store;

/// <summary>Runs for events that have none. A part of the store port and durable like it.</summary>
public interface IReplayStore
{
    /// <summary>The next events that fit, oldest first, without those that a recipe has a run of. A page is a short read; a caller goes on with the next.</summary>
    /// <param name="afterId">Where the page begins; empty: with the oldest.</param>
    Task<EventWalkPage> WalkEventsAsync(EventWalk walk, string afterId, CancellationToken cancellationToken);

    /// <summary>
    /// Opens runs in one transaction, each by itself with its decision and its audit entry. Asked twice, or by two at once, one is opened.
    /// Answers one result for each, in order.
    /// </summary>
    Task<IReadOnlyList<OpenResult>> OpenRunsAsync(IReadOnlyList<RunOpening> openings, CancellationToken cancellationToken);
}

/// <summary>Which events. Everything that is set must fit.</summary>
/// <param name="RecipeId">Whose runs are asked for.</param>
/// <param name="Connection">Whose hook took them.</param>
/// <param name="HookEvent">The event segment of that hook.</param>
/// <param name="Since">Received then or later.</param>
/// <param name="Until">Received before.</param>
/// <param name="Text">Anything in the event: its ids, subject or body, without case.</param>
public sealed record EventWalk(
    string RecipeId,
    string Source,
    IReadOnlyList<string> Types,
    string? Connection = null,
    string? HookEvent = null,
    DateTimeOffset? Since = null,
    DateTimeOffset? Until = null,
    string? Text = null);

/// <summary>A part of a walk through the events.</summary>
/// <param name="Without">Events that the recipe has no run of, oldest first.</param>
/// <param name="WithRun">How many it has one of.</param>
/// <param name="LastId">Where the next page begins.</param>
/// <param name="End">There are no newer ones.</param>
public sealed record EventWalkPage(IReadOnlyList<EventRow> Without, int WithRun, string LastId, bool End);

/// <summary>A run to open for an event that is stored already.</summary>
/// <param name="Decision">Added to those on the event.</param>
public sealed record RunOpening(string EventId, PlannedRun Run, DateTimeOffset DueAt, Decision Decision, AuditEntry Entry);

/// <summary>What became of an opening. Closed.</summary>
public abstract record OpenResult
{
    private OpenResult()
    {
    }

    /// <summary>It is open and durable.</summary>
    public sealed record Opened(string RunId) : OpenResult;

    /// <summary>The recipe has a run of the event.</summary>
    public sealed record HasRun(string RunId) : OpenResult;

    /// <summary>Another open or succeeded run holds the recipe's <c>once_per</c> key.</summary>
    public sealed record KeyHeld(string RunId) : OpenResult;

    /// <summary>The event is not in the store any more.</summary>
    public sealed record EventGone : OpenResult;
}
