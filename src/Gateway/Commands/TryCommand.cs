using System.CommandLine;
using System.Text.Json;
using ConnectorHub.Connectors;
using ConnectorHub.Gateway.Exploring;
using ConnectorHub.Recipes;
using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Recipes.Schedules;
using ConnectorHub.Runs;
using ConnectorHub.Values;
using Path = System.IO.Path;

namespace ConnectorHub.Gateway.Commands;

/// <summary><c>try</c>: what a piece of a recipe comes to on an event.</summary>
internal static class TryCommand
{
    public static Command Build()
    {
        var text = new Argument<string>("text") { Description = "A text with {{ }}, a path with filters, or a line of if: such as \"event.live.status is Live\"." };
        var on = new Option<string?>("--event") { Description = "A stored event (evt_…) or a sample, such as meltingspot/live.updated; schedule for a moment of a schedule." };
        var zone = new Option<string?>("--zone") { Description = "The zone of the recipe, such as Europe/Paris; otherwise that of the settings." };
        var command = new Command("try", "Say what one value or condition comes to on an event, filter by filter.") { text, on, zone, HubCommands.AsJson };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var setup = HubCommands.Setup(parsed, optional: parsed.GetValue(on)?.StartsWith("evt_", StringComparison.Ordinal) != true);
            var known = parsed.GetValue(on) is { } wanted ? await EventAsync(setup, wanted, cancellationToken).ConfigureAwait(false) : null;
            var shared = await SharedAsync(setup, cancellationToken).ConfigureAwait(false);
            var scope = known?.Scope(shared) ?? new Scope().Set("shared", shared);
            var zoneName = parsed.GetValue(zone) ?? setup.Settings.Hub.Zone;
            if (zoneName.Length > 0 && HubZone.Find(zoneName) is null)
            {
                throw new CommandFailedException($"There is no zone '{zoneName}'. A zone is a continent and a city, such as Europe/Paris, or UTC.");
            }

            var trial = Trial.Of(parsed.GetValue(text)!, scope, HubZone.Find(zoneName), known?.ReceivedAt ?? TimeProvider.System.GetUtcNow());
            return Print(trial, parsed.GetValue(HubCommands.AsJson), Console.Out);
        });
        return command;
    }

    private static async Task<KnownEvent> EventAsync(Hosting.HubSetup setup, string wanted, CancellationToken cancellationToken)
    {
        if (EventLookup.IsSchedule(wanted))
        {
            return Firing(setup.Settings.Hub.Zone);
        }

        if (!wanted.StartsWith("evt_", StringComparison.Ordinal))
        {
            var sample = EventLookup.Sample(wanted);
            var body = EventBody.WithoutMissingDates(sample.Body, sample.Source.MissingDates);
            return KnownEvent.Create("evt_sample", null, sample.Source.Name, sample.Event.Name, null, TimeProvider.System.GetUtcNow(), false, sample.Source.Name, body);
        }

        var stored = await EventLookup.StoredAsync(setup, wanted, cancellationToken).ConfigureAwait(false);
        var item = stored.Summary;
        var source = ConnectorCatalog.All.SelectMany(connector => connector.Sources).FirstOrDefault(one => one.Name == item.Source);
        var content = EventBody.WithoutMissingDates(Value.FromJson(stored.Body), source?.MissingDates ?? Abstractions.MissingDates.None);
        return KnownEvent.Create(item.Id, null, item.Source, item.Type, null, item.ReceivedAt, item.Test, item.Hook, content);
    }

    /// <summary>A moment of a schedule, as a recipe sees it.</summary>
    public static KnownEvent Firing(string zone) => KnownEvent.Create(
        "evt_sample", null, ScheduleTrigger.SourceName, ScheduleTrigger.EventName, null, TimeProvider.System.GetUtcNow(), false, ScheduleTrigger.SourceName, FiringEvent.Example(HubZone.Find(zone)));

    // shared.yaml of the recipe folder, where there is one.
    private static async Task<Value> SharedAsync(Hosting.HubSetup setup, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(setup.Settings.Hub.RecipesFolder, "shared.yaml")))
        {
            return Value.Missing;
        }

        var recipes = await RecipeFiles.LoadAsync(setup, [], cancellationToken).ConfigureAwait(false);
        await using (recipes.ConfigureAwait(false))
        {
            return recipes.Folder.Book.Shared;
        }
    }

    /// <summary>Prints what it came to; 0 for a value or a condition that holds, 1 for one that does not hold, 2 for what cannot be read or computed.</summary>
    public static int Print(Trial trial, bool json, TextWriter output)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(TrialView.Of(trial), AdminClient.Readable));
        }
        else
        {
            foreach (var line in Lines(trial))
            {
                output.WriteLine(line);
            }
        }

        return trial switch
        {
            Trial.Made { Problem: null } or Trial.Asked { Answer.Holds: true } => 0,
            Trial.Asked { Answer.Failed: false } => 1,
            _ => 2,
        };
    }

    private static IEnumerable<string> Lines(Trial trial) => trial switch
    {
        Trial.Unreadable unreadable => unreadable.Problems.SelectMany(problem => Pointed(unreadable.Text, problem)),
        Trial.Made made =>
        [
            .. Steps(made.Steps), "",
            made.Problem is null ? $"{TrialView.Kind(made.Value)}: {Shown(made.Value, 2_000)}" : $"It cannot be computed: {Printer.Clean(made.Problem)}",
            .. made.Notes.Select(note => Printer.Clean(note)),
        ],
        Trial.Asked asked =>
        [
            .. Steps(asked.Steps), "",
            asked.Answer.Holds ? $"yes: {Printer.Clean(asked.Answer.Found)}" : $"no: {Printer.Clean(asked.Answer.Found)}",
            .. asked.Answer.Holds ? Array.Empty<string>() : [Printer.Clean(asked.Answer.WouldMatch)],
            .. asked.Notes.Select(note => Printer.Clean(note)),
        ],
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static IEnumerable<string> Steps(IReadOnlyList<TrialStep> steps) => Columns.Of(
        [.. steps.Select(step => new[] { (step.Text.StartsWith('|') || step.Text.StartsWith('?') ? "  " : "") + step.Text, step.Problem is null ? TrialView.Kind(step.Value) : "fails", step.Problem ?? Shown(step.Value, 100) })]);

    // The text, and below it a sign at the place.
    private static IEnumerable<string> Pointed(string text, SyntaxProblem problem) =>
    [
        $"  {Printer.Clean(text)}",
        $"  {new string(' ', Math.Min(problem.Offset, text.Length))}^",
        Printer.Clean(problem.Fix is null ? problem.Message : $"{problem.Message} {problem.Fix}"),
    ];

    private static string Shown(Value value, int most) => value.Kind switch
    {
        ValueKind.Missing or ValueKind.Null => "",
        ValueKind.Text => $"\"{Printer.Clean(Columns.Cut(value.ToText(), most))}\"",
        _ => Printer.Clean(Columns.Cut(value.ToText(), most)),
    };
}

/// <summary>What a trial came to, for programs.</summary>
internal sealed record TrialView(bool? Holds, string Type, JsonElement? Value, string? Problem, IReadOnlyList<TrialStepView> Steps, IReadOnlyList<string> Notes)
{
    public static TrialView Of(Trial trial) => trial switch
    {
        Trial.Unreadable unreadable => new(null, "unreadable", null, string.Join(" ", unreadable.Problems.Select(problem => $"At {problem.Offset + 1}: {problem.Message} {problem.Fix}".TrimEnd())), [], []),
        Trial.Made made => new(null, Kind(made.Value), Json(made.Value), made.Problem, Views(made.Steps), made.Notes),
        Trial.Asked asked => new(asked.Answer.Holds, "condition", null, asked.Answer.Holds ? null : asked.Answer.Found, Views(asked.Steps), asked.Notes),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>A kind in words.</summary>
    public static string Kind(Value value) => value.Kind switch
    {
        ValueKind.Missing => "missing",
        ValueKind.Null => "null",
        ValueKind.Boolean => "true or false",
        ValueKind.Number => "number",
        ValueKind.Text => "text",
        ValueKind.Moment => "moment",
        ValueKind.List => $"list of {value.Count}",
        _ => $"map of {value.Count}",
    };

    private static List<TrialStepView> Views(IReadOnlyList<TrialStep> steps) =>
        [.. steps.Select(step => new TrialStepView(step.Text, Kind(step.Value), Json(step.Value), step.Problem))];

    private static JsonElement? Json(Value value)
    {
        if (value.Kind == ValueKind.Missing)
        {
            return null;
        }

        using var document = JsonDocument.Parse(value.ToUtf8Json());
        return document.RootElement.Clone();
    }
}

/// <summary>One value on the way.</summary>
internal sealed record TrialStepView(string Text, string Kind, JsonElement? Value, string? Problem);
