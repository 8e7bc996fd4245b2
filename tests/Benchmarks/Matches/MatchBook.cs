using System.Globalization;
using ConnectorHub.Connectors;
using ConnectorHub.Recipes;
using ConnectorHub.Tests.Benchmarks.Gateways;
using ConnectorHub.Tests.Benchmarks.Measuring;
using ConnectorHub.Values;
using NodaTime;

namespace ConnectorHub.Tests.Benchmarks.Matches;

/// <summary>Books of many recipes, made as the gateway makes them: from their text.</summary>
internal static class MatchBook
{
    private static readonly RecipeLoader Loader =
        new(ConnectorCatalog.All, null, DateTimeZone.Utc, (_, _) => ValueTask.FromResult<ScriptProblem?>(null), Value.Missing);

    /// <summary>The event every book is asked with.</summary>
    public const string Source = "meltingspot";

    public const string Type = "live.updated";

    /// <summary>A book.</summary>
    /// <param name="others">How many recipes want another event.</param>
    /// <param name="asked">How many recipes want this event and say no to it at their last condition.</param>
    /// <param name="conditions">How many conditions each of those has.</param>
    public static async Task<RecipeBook> OfAsync(int others, int asked, int conditions, CancellationToken cancellationToken)
    {
        var types = ConnectorCatalog.All.SelectMany(connector => connector.Sources)
            .SelectMany(source => source.Events.Select(type => (Source: source.Name, Type: type.Name)))
            .Where(known => known != (Source, Type))
            .ToList();
        var entries = new List<BookEntry>();
        for (var i = 0; i < others; i++)
        {
            var (source, type) = types[i % types.Count];
            entries.Add(await EntryAsync($"other-{i}", Text(source, type, $"if: meta.type is {type}"), cancellationToken));
        }

        for (var i = 0; i < asked; i++)
        {
            var lines = Enumerable.Range(1, conditions).Select(at => at == conditions ? $"  - event.live.status is Ended{i}" : "  - event.live.name starts with Live");
            entries.Add(await EntryAsync($"asked-{i}", Text(Source, Type, "if:\n" + string.Join('\n', lines)), cancellationToken));
        }

        return new RecipeBook(entries, Value.Map([]), []);
    }

    /// <summary>The recipe that the gateway is measured with.</summary>
    public static async Task<Recipe> PlainAsync(CancellationToken cancellationToken) => (await EntryAsync("plain", BenchRecipes.Plain, cancellationToken)).Live!;

    private static async Task<BookEntry> EntryAsync(string id, string text, CancellationToken cancellationToken)
    {
        var loaded = await Loader.LoadAsync($"{id}.yaml", id, text, cancellationToken);
        return loaded.Recipe is { } recipe
            ? new BookEntry(id, $"{id}.yaml", recipe, false, [], recipe.When)
            : throw new BenchException($"{id}: {string.Join(Environment.NewLine, loaded.Findings)}");
    }

    private static string Text(string source, string type, string conditions) => string.Create(CultureInfo.InvariantCulture, $$"""
        version: 1
        name: One of many
        owner: bench@example.org
        when: { source: {{source}}, event: {{type}} }
        {{conditions}}
        steps:
          - id: tell
            use: slack.post-message
            with: { channel: "#many", text: "one of many" }

        """);
}
