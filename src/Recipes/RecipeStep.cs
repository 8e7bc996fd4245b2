using ConnectorHub.Recipes.Expressions;
using NodaTime;

namespace ConnectorHub.Recipes;

/// <summary>One entry of <c>steps</c>. Closed: <see cref="ActionStep"/>, <see cref="LetStep"/>, <see cref="WaitStep"/>, <see cref="StopStep"/>.</summary>
/// <param name="If">All of them must hold, or the entry is passed over.</param>
public abstract record RecipeStep(IReadOnlyList<ConditionLine> If, int Line);

/// <summary>What to do with an action whose effect cannot be told.</summary>
public enum RepeatChoice
{
    /// <summary>Wait for a person.</summary>
    Ask,

    /// <summary>Send it again.</summary>
    Again,
}

/// <summary>An action of a connector with its inputs.</summary>
/// <param name="Connection">Null: the one connection that fits.</param>
/// <param name="Retry">Null: the recipe's schedule.</param>
/// <param name="ContinueOnError">A dead end of this step does not end the run.</param>
public sealed record ActionStep(
    string Id,
    string Connector,
    string Action,
    string? Connection,
    IReadOnlyList<ConditionLine> If,
    MapExpression With,
    IReadOnlyList<TimeSpan>? Retry,
    TimeSpan? Timeout,
    RepeatChoice Repeat,
    bool ContinueOnError,
    int Line) : RecipeStep(If, Line)
{
    /// <summary>The business name of what the step makes, the same in every run and every recipe; null where it has none.</summary>
    public Template? Key { get; init; }

    /// <summary>The list whose items it is done for, one after the other; null: it is done once.</summary>
    public ForEach? ForEach { get; init; }
}

/// <summary>A list, and what tells its items apart.</summary>
/// <param name="Items">One placeholder.</param>
/// <param name="Key">Names an item in effect keys; null: the hash of the item.</param>
public sealed record ForEach(Template Items, Template? Key, int Line);

/// <summary>Values computed between two steps, once for the run.</summary>
public sealed record LetStep(IReadOnlyList<LetBinding> Bindings, IReadOnlyList<ConditionLine> If, int Line) : RecipeStep(If, Line);

/// <summary>Waits, also across restarts: for a time, or until the next such hour of the recipe's zone.</summary>
/// <param name="For">Null where <paramref name="Until"/> is given.</param>
public sealed record WaitStep(TimeSpan? For, LocalTime? Until, IReadOnlyList<ConditionLine> If, int Line) : RecipeStep(If, Line)
{
    /// <summary>It takes no longer than this.</summary>
    public TimeSpan Longest => For ?? TimeSpan.FromHours(25);

    /// <summary>When a wait that begins now is over. A time that a day skips in spring is the one right after the gap, one that it has twice the first.</summary>
    public DateTimeOffset EndFrom(DateTimeOffset now, DateTimeZone? zone)
    {
        if (Until is not { } hour)
        {
            return now + For!.Value;
        }

        var here = Instant.FromDateTimeOffset(now).InZone(zone ?? DateTimeZone.Utc);
        var day = here.TimeOfDay < hour ? here.Date : here.Date.PlusDays(1);
        return day.At(hour).InZoneLeniently(here.Zone).ToDateTimeOffset();
    }
}

/// <summary>Ends the run as done, with a reason.</summary>
public sealed record StopStep(Template Reason, IReadOnlyList<ConditionLine> If, int Line) : RecipeStep(If, Line);
