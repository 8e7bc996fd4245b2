using NodaTime;

namespace ConnectorHub.Runs;

/// <summary>Time zones by their IANA name.</summary>
public static class HubZone
{
    /// <summary>The zone, or null where the name is empty or unknown.</summary>
    public static DateTimeZone? Find(string name) => name.Length == 0 ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(name);
}
