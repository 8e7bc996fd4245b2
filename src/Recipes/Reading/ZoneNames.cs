using ConnectorHub.Recipes.Yaml;
using ConnectorHub.Values;
using NodaTime;

namespace ConnectorHub.Recipes.Reading;

/// <summary>Reads <c>zone</c>.</summary>
internal static class ZoneNames
{
    /// <summary>The zone; null where there is none or it is unknown, and that has been said.</summary>
    public static DateTimeZone? Read(YamlMap map, FindingList findings)
    {
        if (Scalars.Text(map, "zone", findings) is not { } name)
        {
            return null;
        }

        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(name);
        if (zone is null)
        {
            var near = name[0] is '+' or '-' ? " An offset knows no summer time." : NearZone.Of(name) is { } meant ? $" Did you mean '{meant}'?" : "";
            findings.Error(map.Find("zone")!.Value.Start, FindingCodes.UnknownZone, $"there is no zone '{name}'.{near} A zone is a continent and a city, such as Europe/Paris, or UTC.");
        }

        return zone;
    }
}
