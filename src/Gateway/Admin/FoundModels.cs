using ConnectorHub.Gateway.Hooks;

namespace ConnectorHub.Gateway.Admin;

/// <summary>How far a search went.</summary>
/// <param name="Events">How many events were looked at, newest first.</param>
/// <param name="Since">When the oldest of these was received; null where there was none.</param>
/// <param name="Everything">False where older ones were not looked at: there was enough, or no more time.</param>
/// <param name="Deliveries">How many notes of refused and repeated deliveries were looked at: the last 100 of each hook are kept.</param>
public sealed record SearchedThrough(long Events, DateTimeOffset? Since, bool Everything, int Deliveries)
{
    /// <summary>What was asked for is the id of something that is kept no longer: this in words; else null.</summary>
    public string? Gone { get; init; }
}

/// <summary>A delivery that made no new event.</summary>
/// <param name="Hook"><c>connection/event</c>; an ellipsis stands for addresses that are no hooks.</param>
/// <param name="DuplicateOf">The event it repeats; null where it was refused.</param>
/// <param name="OriginalAt">When that event was received; null where it is not kept any more.</param>
/// <param name="Reason">In a few words.</param>
/// <param name="Text">In a sentence.</param>
/// <param name="Fix">What to do.</param>
public sealed record TurnedAway(DateTimeOffset At, string Hook, string? DuplicateOf, DateTimeOffset? OriginalAt, string Reason, string Text, string Fix);

/// <summary>What a search for events found.</summary>
/// <param name="More">There are more events than these.</param>
/// <param name="Deliveries">Newest first.</param>
/// <param name="MoreDeliveries">How many more there are.</param>
public sealed record EventsFound(
    IReadOnlyList<EventSummary> Events, bool More, SearchedThrough Searched, IReadOnlyList<TurnedAway> Deliveries, int MoreDeliveries);

/// <summary>What a search for runs found.</summary>
/// <param name="More">There are more runs than these, or events that were not looked at.</param>
/// <param name="Held">What holds the text at all: events, also those that led to no such run, and deliveries that made none.</param>
public sealed record RunsFound(IReadOnlyList<RunSummary> Runs, bool More, EventsFound Held);

/// <summary>Why what a text names did or did not lead to something.</summary>
/// <param name="Problem">There is no such recipe, with what was meant; else null.</param>
/// <param name="More">There are more events than these.</param>
/// <param name="MoreDeliveries">How many more deliveries there are that made no new event.</param>
/// <param name="Silence">Where nothing was found: when something last came to each hook. Else null.</param>
public sealed record WhyFound(
    string? Problem,
    IReadOnlyList<WhyAnswer> Events,
    bool More,
    SearchedThrough Searched,
    IReadOnlyList<TurnedAway> Deliveries,
    int MoreDeliveries,
    Silence? Silence);

/// <summary>What came at all, where nothing of what was asked for did.</summary>
/// <param name="DownSince">Since when no gateway serves; null while one does.</param>
/// <param name="Hooks">Those that a recipe waits for or that were heard of.</param>
public sealed record Silence(DateTimeOffset? DownSince, IReadOnlyList<HookLast> Hooks);
