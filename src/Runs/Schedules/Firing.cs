using System.Security.Cryptography;
using System.Text;
using ConnectorHub.Recipes;
using ConnectorHub.Recipes.Schedules;
using ConnectorHub.Values;
using NodaTime;

namespace ConnectorHub.Runs.Schedules;

/// <summary>A moment of a recipe's schedule that has come.</summary>
/// <param name="ScheduledFor">The moment it was due, however late it is.</param>
/// <param name="Previous">The firing before; null where there was none.</param>
public sealed record Firing(string RecipeId, Schedule Schedule, Instant ScheduledFor, Instant? Previous)
{
    /// <summary>How long a firing is known, so that it comes once: across restarts, and where two processes fire at once.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    /// <summary>The dedupe key.</summary>
    public string Key => $"{RecipeId}/{HashOf(Schedule)}/{At:yyyy-MM-ddTHH:mm:ssZ}";

    /// <summary>What its event names as its connection.</summary>
    public string Connection => ScheduleTrigger.ConnectionOf(RecipeId);

    public DateTimeOffset At => ScheduledFor.ToDateTimeOffset();

    /// <summary>As the recipe sees it.</summary>
    public Value Body => FiringEvent.Of(Schedule, ScheduledFor, Previous);

    private static string HashOf(Schedule schedule) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(schedule.Text)).AsSpan(0, 8));
}
