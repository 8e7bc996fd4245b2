using System.CommandLine;
using System.Text.Json;
using ConnectorHub.Gateway.Exploring;
using ConnectorHub.Values;

namespace ConnectorHub.Gateway.Commands;

/// <summary><c>filters</c>: what may stand behind a <c>|</c>.</summary>
internal static class FiltersCommand
{
    public static Command Build()
    {
        var word = new Argument<string?>("word") { Description = "Only filters with this word in their name or description.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("filters", "List what may stand behind a | in {{ }}, each with an example.") { word, HubCommands.AsJson };
        command.SetAction(parsed => Run(parsed.GetValue(word), parsed.GetValue(HubCommands.AsJson), Console.Out));
        return command;
    }

    /// <summary>Prints them, chapter by chapter.</summary>
    public static int Run(string? word, bool json, TextWriter output)
    {
        var found = FilterCatalog.All.Where(filter => word is null || $"{filter.Name} {filter.Group} {filter.About}".Contains(word, StringComparison.OrdinalIgnoreCase)).ToList();
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(found.Select(filter => new { filter.Name, filter.Signature, filter.Group, filter.About, Example = filter.Example.Template, filter.Example.Event, filter.Example.Result }), AdminClient.Readable));
            return found.Count > 0 ? 0 : 1;
        }

        if (found.Count == 0)
        {
            output.WriteLine($"No filter has '{word}' in its name or description. All of them: connectorhub filters");
            return 1;
        }

        foreach (var chapter in found.GroupBy(filter => filter.Group))
        {
            output.WriteLine(chapter.Key);
            foreach (var line in Columns.Of([.. chapter.SelectMany(Lines)], "  "))
            {
                output.WriteLine(line);
            }

            output.WriteLine();
        }

        output.WriteLine("Try one: connectorhub try \"{{ event.occurredAt | from_unix }}\" --event meltingspot/live.updated");
        return 0;
    }

    private static IEnumerable<string[]> Lines(Filter filter)
    {
        yield return [filter.Signature, filter.About];
        var sees = filter.Example.Event.Length == 0 ? string.Empty : $"   where event is {filter.Example.Event}";
        yield return [string.Empty, $"{filter.Example.Template}  →  {filter.Example.Result}{sees}"];
    }
}
