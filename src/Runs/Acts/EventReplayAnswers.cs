namespace ConnectorHub.Runs.Acts;

/// <summary>Which events a recipe is asked again about. Everything that is set must fit.</summary>
/// <param name="Hook"><c>connection/event</c>, or a connection for all of its hooks.</param>
/// <param name="Since">Received then or later.</param>
/// <param name="Until">Received before.</param>
/// <param name="Text">Anything in the event, without case.</param>
/// <param name="Limit">At most so many runs are opened.</param>
public sealed record EventsWish(
    string RecipeId, string? Source, string? Type, string? Hook, DateTimeOffset? Since, DateTimeOffset? Until, string? Text, int Limit)
{
    internal string? Connection => Hook?.Split('/', 2)[0];

    internal string? HookEvent => Hook?.Split('/', 2) is [_, { } named] ? named : null;
}

/// <summary>When opened runs begin.</summary>
/// <param name="At">Null: now.</param>
/// <param name="PerSecond">At most so many begin in a second; null: as fast as their connections allow.</param>
/// <param name="Only">Nothing is opened; how many would be is said.</param>
public sealed record EventsPace(DateTimeOffset? At, double? PerSecond, bool Only)
{
    internal static DateTimeOffset DueAt(DateTimeOffset begin, double? perSecond, int place) => perSecond is { } rate ? begin + TimeSpan.FromSeconds(place / rate) : begin;
}

/// <summary>What became of one event's replay. Closed.</summary>
public abstract record EventReplayAnswer
{
    private EventReplayAnswer()
    {
    }

    /// <summary>Recipe by recipe.</summary>
    public sealed record Done(IReadOnlyList<EventOpening> Recipes) : EventReplayAnswer;

    /// <summary>It was not done: why, and what can be done instead.</summary>
    public sealed record Refused(string Problem) : EventReplayAnswer;

    /// <summary>There is no such event.</summary>
    public sealed record Unknown : EventReplayAnswer;
}

/// <summary>What one recipe made of an event.</summary>
/// <param name="Opened">True where a run was opened just now.</param>
/// <param name="Run">That run, or the one that is there already; null where there is none.</param>
/// <param name="Note">Why none was opened; else empty.</param>
public sealed record EventOpening(string Recipe, bool Opened, string? Run, string Note)
{
    internal static EventOpening HasRun(string recipe, string run) =>
        new(recipe, false, run, $"{run} is its run already; to act on it: connectorhub replay {run}");
}

/// <summary>What became of a replay of many events. Closed.</summary>
public abstract record EventsReplayAnswer
{
    private EventsReplayAnswer()
    {
    }

    public sealed record Done(OpenedEvents Total) : EventsReplayAnswer;

    /// <summary>Nothing was done: why, and what can be done instead.</summary>
    public sealed record Refused(string Problem) : EventsReplayAnswer;
}

/// <summary>How many runs were opened, and why not for the others.</summary>
/// <param name="Opened">Events that a run was opened for, or would be.</param>
/// <param name="HadRun">Events that the recipe had a run of.</param>
/// <param name="NotOpened">Why not for the others, each reason once.</param>
/// <param name="More">The limit ended it; there may be more.</param>
/// <param name="First">The first events of those opened, or that would be.</param>
public sealed record OpenedEvents(int Opened, int HadRun, IReadOnlyList<NotOpenedEvents> NotOpened, bool More, IReadOnlyList<string> First);

/// <summary>One reason and how many events it stands for.</summary>
/// <param name="Line">The line of the recipe that decided; 0 where none did.</param>
/// <param name="Why">With what was found in the first of them.</param>
public sealed record NotOpenedEvents(int Line, string Why, int Events, string FirstEvent);
