using NodaTime;

namespace ConnectorHub.Values;

/// <summary>Names of the tz database.</summary>
public static class NearZone
{
    /// <summary>The zone that a city alone, or a slip of the keyboard, stands for; null where none is near.</summary>
    public static string? Of(string name)
    {
        var ids = DateTimeZoneProviders.Tzdb.Ids;
        var city = name.Trim().Replace(' ', '_');
        return ids.FirstOrDefault(id => id.EndsWith($"/{city}", StringComparison.OrdinalIgnoreCase)) ?? Nearest.Of(city, ids);
    }
}
