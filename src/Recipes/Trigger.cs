using ConnectorHub.Recipes.Schedules;

namespace ConnectorHub.Recipes;

/// <summary>What opens a recipe's runs. Closed: <see cref="EventTrigger"/>, <see cref="ScheduleTrigger"/>.</summary>
/// <param name="Connection">Narrows it to one account; null: any.</param>
public abstract record Trigger(string Source, IReadOnlyList<string> Events, string? Connection, int Line)
{
    /// <summary>What it waits for, as <c>why</c> says it: <c>meltingspot / live.updated</c>.</summary>
    public abstract string Words { get; }
}

/// <summary>Which events a recipe wants.</summary>
public sealed record EventTrigger(string Source, IReadOnlyList<string> Events, string? Connection, int Line) : Trigger(Source, Events, Connection, Line)
{
    public override string Words => $"{Source} / {string.Join(" or ", Events)}";
}

/// <summary>The clock: each firing is an event that is the recipe's own.</summary>
public sealed record ScheduleTrigger(Schedule Schedule, int Line) : Trigger(SourceName, [EventName], null, Line)
{
    /// <summary>The source of all firings.</summary>
    public const string SourceName = "schedule";

    /// <summary>Their one event.</summary>
    public const string EventName = "fired";

    /// <summary>What a firing's event names as its connection: no other recipe's firings have it.</summary>
    public static string ConnectionOf(string recipeId) => $"{SourceName}/{recipeId}";

    public override string Words => $"its schedule, {Schedule.Text}";
}
