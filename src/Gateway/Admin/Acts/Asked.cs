namespace ConnectorHub.Gateway.Admin.Acts;

/// <summary>What is wrong with what was asked for, in words; null where nothing is.</summary>
internal static class Asked
{
    // Clocks differ, and what was meant for just now may be on its way for a while.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    public static string? Rate(double? perSecond) =>
        perSecond is <= 0 or > 1000 ? FormattableString.Invariant($"'perSecond' is {perSecond}. Write a number above 0 and up to 1000.") : null;

    /// <summary>A time that is over is a slip: what it is for would begin at once.</summary>
    public static string? Past(DateTimeOffset? at, TimeProvider time) =>
        at < time.GetUtcNow() - Grace ? $"'at' is {at:yyyy-MM-dd HH:mm:sszzz}, which is past. Write a time to come, or none for now." : null;

    /// <summary>A filter without a member is a slip, too.</summary>
    public static string? Everything(FilterBody filter) =>
        filter.FitsAll ? "The filter is empty, and would fit every run. Name a recipe, source, connection, step, code, text or time, or the state where all of that state are meant." : null;
}
