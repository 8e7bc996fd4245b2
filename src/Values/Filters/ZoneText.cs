using NodaTime;

namespace ConnectorHub.Values.Filters;

/// <summary>Zones by name.</summary>
internal static class ZoneText
{
    public static Preparation Prepare(IReadOnlyList<Value?> arguments, int at)
    {
        if (at >= arguments.Count || arguments[at] is not { IsMissingOrNull: false } name)
        {
            return default;
        }

        return Find(name.ToText()) is { } zone ? Preparation.Of(zone) : Preparation.Fail(Unknown(name.ToText()));
    }

    public static DateTimeZone? Find(string name) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(name.Trim());

    public static string Unknown(string name)
    {
        var near = NearZone.Of(name);
        return $"'{Messages.Cut(name)}' is not a zone." + (near is null ? " Zones are named like Europe/Paris, America/New_York or UTC." : $" Did you mean '{near}'?");
    }
}
