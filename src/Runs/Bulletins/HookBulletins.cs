namespace ConnectorHub.Runs.Bulletins;

/// <summary>What bulletins say about hooks.</summary>
internal static class HookBulletins
{
    public static BulletinText Silent(BulletinFacts facts, string since) => new(
        $"{facts["hook"]} is silent",
        $"No event has come to {facts["hook"]} since {since}. {facts["expected"]}",
        $"See whether the platform still sends: its webhook may be switched off, or its address changed. Then: connectorhub hooks {BulletinWords.Argument(facts["connection"])}",
        "/api/hooks");

    public static BulletinText Refusing(BulletinFacts facts, string since) => new(
        $"{facts["hook"]} refuses what comes",
        $"{facts["refused"]} to {facts["hook"]} were refused one after the other since {since}. The last one: {facts["message"]}",
        facts["advice"],
        "/api/hooks");

    public static BulletinText AtRisk(BulletinFacts facts, string since) => new(
        $"{facts["hook"]} is at risk at its platform",
        $"Deliveries to {facts["hook"]} have not been taken since {since}. {facts["stake"]}",
        facts["advice"],
        "/api/hooks");
}
