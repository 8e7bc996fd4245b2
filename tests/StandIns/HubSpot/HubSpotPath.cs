namespace ConnectorHub.Tests.StandIns.HubSpot;

/// <summary>An address of HubSpot's API without its version: dates stand behind the name of the API, the old versions before it.</summary>
internal static class HubSpotPath
{
    private static readonly string[] Dates = ["2026-03", "2026-09"];

    /// <summary>The parts without the version, such as <c>objects contacts 501</c>; null where it is no version that HubSpot has.</summary>
    public static IReadOnlyList<string>? Read(IReadOnlyList<string> segments) => segments switch
    {
        ["crm", "v4", "objects", _, _, "associations", ..] => [.. segments.Skip(2)],
        ["crm", "v3", "objects" or "lists", ..] => [.. segments.Skip(2)],
        ["crm", "objects" or "lists", var version, ..] when Dates.Contains(version) => [segments[1], .. segments.Skip(3)],
        ["account-info", var version, "details"] when version == "v3" || Dates.Contains(version) => ["details"],
        _ => null,
    };
}
