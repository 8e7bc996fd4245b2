using ConnectorHub.Recipes.HubEvents;

namespace ConnectorHub.Runs.Bulletins;

/// <summary>What a bulletin says that stands for different causes.</summary>
internal static class BulletinSum
{
    private const int MostNamed = 8;

    public static string Link(string type) => type switch
    {
        HubEventNames.RunDeadLettered => "/api/dead-letters",
        HubEventNames.ConnectionBlocked or HubEventNames.ConnectionDown => "/api/connections",
        HubEventNames.RecipeRejected => "/api/recipes",
        HubEventNames.DiskLow => "/api/status",
        _ => "/api/hooks",
    };

    /// <param name="facts">The largest first.</param>
    /// <param name="since">When the first of them was, as people write it.</param>
    public static BulletinText Of(string type, List<BulletinFacts> facts, string since)
    {
        if (type == HubEventNames.RunDeadLettered)
        {
            return DeadLetters(facts, since);
        }

        var name = type is HubEventNames.ConnectionBlocked or HubEventNames.ConnectionDown ? "connection" : type == HubEventNames.RecipeRejected ? "file" : "hook";
        var names = facts.Select(one => one[name]).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        var rest = names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : string.Empty;
        var (what, fix) = type switch
        {
            HubEventNames.ConnectionBlocked => ("connections are blocked", "See each of them: connectorhub connections"),
            HubEventNames.ConnectionDown => ("connections do not answer", "See each of them: connectorhub connections"),
            HubEventNames.RecipeRejected => ("recipe files were not taken", "See all mistakes: connectorhub check"),
            HubEventNames.SourceSilent => ("hooks are silent", "See each of them: connectorhub hooks"),
            HubEventNames.SourceRefusing => ("hooks refuse what comes", "See each of them: connectorhub hooks"),
            _ => ("hooks are at risk at their platforms", "See each of them: connectorhub doctor"),
        };
        return new BulletinText(
            $"{facts.Count} more {what}",
            $"Beside what was told one by one, {facts.Count} more {what} since {since}: {string.Join(", ", names.Take(MostNamed))}{rest}.",
            fix,
            string.Empty);
    }

    private static BulletinText DeadLetters(List<BulletinFacts> facts, string since)
    {
        var (runs, most) = (BulletinWords.Number(facts.Sum(one => one.Count)), facts[0]);
        return new BulletinText(
            $"{runs} more runs failed, for {BulletinWords.Number(facts.Count)} reasons",
            $"Beside what was told one by one, {runs} runs failed for good for {BulletinWords.Number(facts.Count)} reasons since {since} and wait for you. "
            + $"The most: {most["recipe"]} at {most["step"]} ({most["code"]}), {BulletinWords.Number(most.Count)} times.",
            "See them by cause: connectorhub dead-letters",
            string.Empty);
    }
}
