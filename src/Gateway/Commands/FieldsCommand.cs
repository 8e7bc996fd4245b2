using System.CommandLine;
using System.Text.Json;
using ConnectorHub.Connectors;
using ConnectorHub.Gateway.Admin;
using ConnectorHub.Gateway.Exploring;
using ConnectorHub.Recipes;
using ConnectorHub.Recipes.Schedules;
using ConnectorHub.Runs;
using ConnectorHub.Runs.RecipeTests;
using ConnectorHub.Values;

namespace ConnectorHub.Gateway.Commands;

/// <summary><c>fields</c>: what is in an event.</summary>
internal static class FieldsCommand
{
    private const int MostReceived = 20;

    public static Command Build()
    {
        var what = new Argument<string?>("event") { Description = "source/event, such as meltingspot/live.updated, schedule for a recipe with a schedule, or a stored event (evt_…). Without it: all events there are.", Arity = ArgumentArity.ZeroOrOne };
        var word = new Argument<string?>("word") { Description = "Only fields with this word in their path, type or value.", Arity = ArgumentArity.ZeroOrOne };
        var hook = new Option<string?>("--hook") { Description = $"Look at the last {MostReceived} of these events on this connection (or connection/event) as well, and tell them from the samples." };
        var command = new Command("fields", "Say what is in an event: each field with its type, a value and what to paste.") { what, word, hook, HubCommands.AsJson };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var answer = parsed.GetValue(what) is { } wanted
                ? await FindAsync(parsed, wanted, parsed.GetValue(hook), cancellationToken).ConfigureAwait(false)
                : null;
            if (answer is null)
            {
                Events(Console.Out, parsed.GetValue(HubCommands.AsJson));
                return 0;
            }

            var rows = FieldList.Filter(answer.Rows, parsed.GetValue(word));
            Print(Console.Out, answer with { Rows = rows }, parsed.GetValue(word), parsed.GetValue(HubCommands.AsJson));
            if (rows.Count == 0 && Nearest.Of(parsed.GetValue(word)!, answer.Rows.Select(row => row.Path[(row.Path.LastIndexOf('.') + 1)..])) is { } near && !parsed.GetValue(HubCommands.AsJson))
            {
                Console.Out.WriteLine($"Did you mean '{near}'?");
            }

            return rows.Count > 0 ? 0 : 1;
        });
        return command;
    }

    private static async Task<FieldsAnswer> FindAsync(ParseResult parsed, string wanted, string? hook, CancellationToken cancellationToken)
    {
        var setup = HubCommands.Setup(parsed, optional: hook is null && !wanted.StartsWith("evt_", StringComparison.Ordinal));
        var zoned = setup.Settings.Hub.Zone.Length > 0;
        if (wanted.StartsWith("evt_", StringComparison.Ordinal))
        {
            var stored = await EventLookup.StoredAsync(setup, wanted, cancellationToken).ConfigureAwait(false);
            return new FieldsAnswer($"{stored.Summary.Source}/{stored.Summary.Type}", "", $"As received in {stored.Summary.Id}.", [.. FieldList.Of([stored.Body], zoned), .. FieldList.Meta(stored.Summary.Source, stored.Summary.Type)]);
        }

        if (EventLookup.IsSchedule(wanted))
        {
            return Firing(setup.Settings.Hub.Zone);
        }

        var sample = EventLookup.Sample(wanted);
        var origin = sample.Event.Inferred
            ? "Inferred: the platform's documents do not show this body; it was put together from its relatives. Compare with --hook once some have come."
            : "Documented: from the platform's own documents.";
        var bodies = sample.Event.Bodies.ToList();
        if (hook is null)
        {
            return new FieldsAnswer(wanted, sample.Event.About, origin, [.. FieldList.Of(bodies, zoned), .. FieldList.Meta(sample.Source.Name, sample.Event.Name)]);
        }

        var received = await ReceivedAsync(setup, sample, hook, cancellationToken).ConfigureAwait(false);
        return new FieldsAnswer(wanted, sample.Event.About, $"{origin} Beside it: the last {received.Count} received on {hook}.", [.. FieldList.Compare(bodies, received, zoned), .. FieldList.Meta(sample.Source.Name, sample.Event.Name)]);
    }

    /// <summary>What a scheduled recipe sees.</summary>
    public static FieldsAnswer Firing(string zone)
    {
        using var body = JsonDocument.Parse(FiringEvent.Example(HubZone.Find(zone)).ToUtf8Json());
        var rows = FieldList.Of([body.RootElement], zoneIsSet: true).Select(row => row with
        {
            Note = row.Path == "event.previous" ? "the moment before it; missing the first time" : "the moment that was due, however late it is",
        });
        return new FieldsAnswer(
            ScheduleTrigger.SourceName,
            "A moment of the recipe's schedule has come.",
            "Made by the hub, by the clock of the recipe's zone. The values are those of a schedule that fires each day at nine.",
            [.. rows, .. FieldList.Meta(ScheduleTrigger.SourceName, ScheduleTrigger.EventName).Where(row => row.Path is not "meta.test")]);
    }

    private static async Task<IReadOnlyList<JsonElement>> ReceivedAsync(Hosting.HubSetup setup, Sample sample, string hook, CancellationToken cancellationToken)
    {
        var client = await AdminClient.OpenAsync(setup, cancellationToken).ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
        {
            var path = $"api/events?limit={MostReceived}&connection={Uri.EscapeDataString(hook.Split('/')[0])}&type={Uri.EscapeDataString(sample.Event.Name)}";
            var bodies = new List<JsonElement>();
            foreach (var item in (await client.GetAsync<List<EventSummary>>(path, cancellationToken).ConfigureAwait(false))!)
            {
                if (await client.GetAsync<EventDetail>($"api/events/{Uri.EscapeDataString(item.Id)}", cancellationToken).ConfigureAwait(false) is { } detail)
                {
                    bodies.Add(detail.Body);
                }
            }

            return bodies.Count > 0
                ? bodies
                : throw new CommandFailedException($"No {sample.Event.Name} has come on '{hook}' yet. See what came with: connectorhub events");
        }
    }

    private static void Events(TextWriter output, bool json)
    {
        var all = Sample.All(ConnectorCatalog.All).OrderBy(sample => sample.ToString(), StringComparer.Ordinal).ToList();
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(all.Select(sample => new { Event = sample.ToString(), sample.Event.About, sample.Event.Inferred }), AdminClient.Readable));
            return;
        }

        foreach (var line in Columns.Of([.. all.Select(sample => new[] { sample.ToString(), sample.Event.About })]))
        {
            output.WriteLine(line);
        }

        output.WriteLine();
        output.WriteLine("The fields of one: connectorhub fields meltingspot/live.updated. Those of a recipe with a schedule: connectorhub fields schedule");
    }

    /// <summary>Prints the fields; <paramref name="word"/> is what they were looked for by.</summary>
    public static void Print(TextWriter output, FieldsAnswer answer, string? word, bool json)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(answer, AdminClient.Readable));
            return;
        }

        output.WriteLine($"{answer.Event}  {answer.About}".TrimEnd());
        output.WriteLine(answer.Origin);
        output.WriteLine();
        if (answer.Rows.Count == 0)
        {
            output.WriteLine($"No field has '{word}' in its path, type or value. All of them: connectorhub fields {answer.Event}");
        }

        foreach (var line in Columns.Of([.. answer.Rows.Select(row => new[] { row.Path, row.Type, Columns.Cut(row.Sample, 36), row.Paste, row.Note })]))
        {
            output.WriteLine(line);
        }

        if (answer.Rows.Any(row => row.Path.Contains("[*]", StringComparison.Ordinal)))
        {
            output.WriteLine();
            output.WriteLine("[*] stands for every item of a list; [0] is the first one.");
        }
    }
}

/// <summary>The fields of an event.</summary>
/// <param name="Event">source/event.</param>
/// <param name="About">When the platform sends it.</param>
/// <param name="Origin">Where the values come from.</param>
internal sealed record FieldsAnswer(string Event, string About, string Origin, IReadOnlyList<FieldRow> Rows);
