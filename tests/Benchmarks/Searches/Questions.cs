namespace ConnectorHub.Tests.Benchmarks.Searches;

/// <summary>What an operator asks a hub that holds many events, as addresses of the admin API.</summary>
internal static class Questions
{
    public static IEnumerable<(string What, string Address)> All(Deliveries deliveries, string newestId)
    {
        var last = deliveries.Count - 1;
        yield return ("`events`: the newest 50", "/api/events?limit=50");
        yield return ("`events` of a hook", "/api/events?limit=50&connection=spir-main");
        yield return ("`events` of a type", "/api/events?limit=50&type=people.registered");
        yield return ("`events` of a hook and a type it never sends", "/api/events?limit=50&connection=spir-main&type=people.registered");
        yield return ("`show` by id", $"/api/events/{newestId}");
        yield return Search("an address, in the newest events", deliveries.Address(last - 200));
        yield return Search("an address, in the middle", deliveries.Address((last / 2) + 7));
        yield return Search("an address, among the oldest", deliveries.Address(last / 100));
        yield return Search("an address that occurs three times", Deliveries.Thrice);
        yield return Search("an address that never occurs", "nobody.at.all@nowhere.example");
        yield return Search("an address like many, that never occurs", "ada.lovelace71@company12.example");
        yield return Search("an address that never occurs, made of pieces that all do", "nora.keller4@company");
        yield return Search("the end of an id of the platform", $"{last / 3:x8}");
        yield return Search("a common word", "customer success");
        yield return Search("a name of one in 50", "lovelace");
        yield return Search("é and quotes, written as escapes", Deliveries.Quoted);
        yield return Search("four letters that never occur", "wqxz");
        yield return Search("three letters that never occur", "wqx");
        yield return Search("two letters that never occur", "ẅq");
        yield return ("`why` an address, in the newest events", Why(deliveries.Address(last - 300)));
        yield return ("`why` an address, among the oldest", Why(deliveries.Address((last / 100) + 1)));
        yield return ("`why` an address that never occurs", Why("nobody.else@nowhere.example"));
        yield return ("`runs`: the newest 50", "/api/runs?limit=50");
        yield return ("`runs` that succeeded", "/api/runs?limit=50&state=Succeeded");
        yield return ("`runs` that are dead letters", "/api/runs?limit=50&state=DeadLettered");
        yield return ("`runs` that wait (none)", "/api/runs?limit=50&state=Waiting");
        yield return ("`runs` of a recipe", $"/api/runs?limit=50&recipe={Deliveries.Recipe}");
        yield return ("`runs` of an event", $"/api/runs?eventId={newestId}");
        yield return ("`dead-letters`, grouped", "/api/dead-letters");
        yield return ("`status`", "/api/status");
        yield return ("`/metrics`", "/metrics");
    }

    private static (string What, string Address) Search(string what, string text) => ($"`events <text>`: {what}", $"/api/events/search?text={Uri.EscapeDataString(text)}");

    private static string Why(string text) => $"/api/why?text={Uri.EscapeDataString(text)}";
}
