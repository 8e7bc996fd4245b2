using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ConnectorHub.Connectors;
using ConnectorHub.Gateway.Admin;
using ConnectorHub.Recipes;
using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Runs;
using ConnectorHub.Runs.RecipeTests;
using ConnectorHub.Values;
using Path = System.IO.Path;

namespace ConnectorHub.Gateway.Commands;

/// <summary><c>diff</c>: what a change of a recipe would have done to the events that came.</summary>
internal static class DiffCommand
{
    private const int MostEvents = 10_000;
    private const int Page = 200;

    private static readonly Argument<string> Old = new("old") { Description = "A file, the name of a recipe as the gateway runs it, or name@hash for an earlier version of it." };
    private static readonly Argument<string> New = new("new") { Description = "The same." };
    private static readonly Option<string> Since = new("--events") { Description = $"Events of so long, at most the newest {MostEvents}.", DefaultValueFactory = _ => "7d" };

    public static Command Build()
    {
        var command = new Command("diff", "Play stored events through two versions of a recipe and say what they send differently. Nothing is sent.") { Old, New, Since, HubCommands.AsJson };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (!DurationText.TryParse(parsed.GetValue(Since)!, out var span))
            {
                throw new CommandFailedException($"'--events' is '{parsed.GetValue(Since)}'. Write a time such as 12h, 7d or 2w.");
            }

            var setup = HubCommands.Setup(parsed, optional: false);
            var client = await AdminClient.OpenAsync(setup, cancellationToken).ConfigureAwait(false);
            await using (client.ConfigureAwait(false))
            {
                var recipes = await RecipeFiles.LoadAsync(setup, [], cancellationToken).ConfigureAwait(false);
                await using (recipes.ConfigureAwait(false))
                {
                    var old = await VersionAsync(client, recipes, parsed.GetValue(Old)!, cancellationToken).ConfigureAwait(false);
                    var fresh = await VersionAsync(client, recipes, parsed.GetValue(New)!, cancellationToken).ConfigureAwait(false);
                    var report = await CompareAsync(client, recipes, old, fresh, TimeProvider.System.GetUtcNow() - span.ToTimeSpan(), cancellationToken).ConfigureAwait(false);
                    return Print(report, parsed.GetValue(HubCommands.AsJson), Console.Out);
                }
            }
        });
        return command;
    }

    private static async Task<Recipe> VersionAsync(AdminClient client, RecipeFiles recipes, string wanted, CancellationToken cancellationToken)
    {
        if (File.Exists(wanted))
        {
            return Good(await recipes.CompileAsync(wanted, Path.GetFileNameWithoutExtension(wanted), await File.ReadAllTextAsync(wanted, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false), wanted);
        }

        var parts = wanted.Split('@', 2);
        var hash = parts.Length > 1 ? $"&hash={Uri.EscapeDataString(parts[1])}" : string.Empty;
        var kept = await client.GetAsync<RecipeVersionText>($"api/recipes/text?id={Uri.EscapeDataString(parts[0])}{hash}", cancellationToken).ConfigureAwait(false)
            ?? throw new CommandFailedException(parts.Length > 1
                ? $"No run was made by a version of '{parts[0]}' whose hash begins with '{parts[1]}'. connectorhub why <event> shows hashes."
                : $"There is no file '{wanted}', and the gateway runs no recipe of that name.");
        return Good(await recipes.CompileAsync(wanted, kept.Id, kept.Text, cancellationToken).ConfigureAwait(false), wanted);
    }

    private static Recipe Good(LoadedRecipe loaded, string wanted) => loaded.Recipe
        ?? throw new CommandFailedException($"'{wanted}' has errors, so it cannot be played:\n{string.Join('\n', loaded.Findings.Where(finding => finding.Severity == Severity.Error))}");

    private static async Task<DiffReport> CompareAsync(AdminClient client, RecipeFiles recipes, Recipe old, Recipe fresh, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var player = new OfflineRun(new ConnectorBook(ConnectorCatalog.All), recipes.Scripts, recipes.Folder.Book.Shared);
        var (looked, takenOld, takenNew) = (0, 0, 0);
        var differences = new List<EventDifference>();
        await foreach (var content in EventsAsync(client, old.When, fresh.When, since, cancellationToken).ConfigureAwait(false))
        {
            var known = Known(content);
            var before = await player.PlayAsync(old, known, content.Connection, cancellationToken).ConfigureAwait(false);
            var after = await player.PlayAsync(fresh, known, content.Connection, cancellationToken).ConfigureAwait(false);
            looked++;
            takenOld += before.Taken ? 1 : 0;
            takenNew += after.Taken ? 1 : 0;
            if (VersionDifference.Of(before, after) is { } difference)
            {
                differences.Add(new EventDifference(content.Id, content.Type, content.ReceivedAt, difference.Old, difference.New, difference.Steps));
            }
        }

        return new DiffReport(since, looked, looked == MostEvents, takenOld, takenNew, differences);
    }

    private static KnownEvent Known(EventContent content)
    {
        var source = ConnectorCatalog.All.SelectMany(connector => connector.Sources).FirstOrDefault(one => one.Name == content.Source);
        var body = EventBody.WithoutMissingDates(Value.FromJson(content.Body), source?.MissingDates ?? Abstractions.MissingDates.None);
        return KnownEvent.Create(content.Id, content.DedupeKey, content.Source, content.Type, content.Time, content.ReceivedAt, content.Test, content.Hook, body);
    }

    // Newest first, over all types that one of the two waits for.
    private static async IAsyncEnumerable<EventContent> EventsAsync(
        AdminClient client, Trigger old, Trigger fresh, DateTimeOffset since, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var left = MostEvents;
        var before = string.Empty;
        while (left > 0)
        {
            var path = $"api/events/content?limit={Page}&since={Uri.EscapeDataString(since.ToString("O", CultureInfo.InvariantCulture))}{before}";
            var page = await client.GetAsync<EventContents>(path, cancellationToken).ConfigureAwait(false);
            foreach (var content in page!.Events.Where(item => Wants(old, item) || Wants(fresh, item)).Take(left))
            {
                left--;
                yield return content;
            }

            if (page.Next is null)
            {
                yield break;
            }

            before = $"&before={Uri.EscapeDataString(page.Next)}";
        }
    }

    private static bool Wants(Trigger trigger, EventContent content) => trigger.Source == content.Source && trigger.Events.Contains(content.Type);

    /// <summary>Prints it; 0 where nothing differs, 1 where something does.</summary>
    public static int Print(DiffReport report, bool json, TextWriter output)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(report, AdminClient.Readable));
            return report.Differences.Count == 0 ? 0 : 1;
        }

        var most = report.Cut ? $" (the newest {MostEvents}; there are more)" : string.Empty;
        output.WriteLine($"{report.Events} event(s) since {report.Since.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture)}{most}: the old version takes {report.TakenByOld}, the new one {report.TakenByNew}.");
        output.WriteLine(report.Differences.Count == 0 ? "Both send the same for each of them." : $"{report.Differences.Count} of them come to something else:");
        foreach (var difference in report.Differences)
        {
            output.WriteLine();
            output.WriteLine($"{difference.Event}  {Printer.Clean(difference.Type)}  {difference.ReceivedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)}");
            if (difference.Old != difference.New)
            {
                output.WriteLine($"  old  {Printer.Clean(difference.Old)}");
                output.WriteLine($"  new  {Printer.Clean(difference.New)}");
            }

            foreach (var step in difference.Steps)
            {
                output.WriteLine($"  {step.Step}");
                foreach (var line in step.Lines)
                {
                    output.WriteLine($"    {Printer.Clean(line)}");
                }
            }
        }

        output.WriteLine();
        output.WriteLine("Played without network: what a step looks up is its action's sample; recall finds nothing; once_per, order_by and too_late_after are not asked.");
        return report.Differences.Count == 0 ? 0 : 1;
    }
}

/// <summary>What a change would have done.</summary>
/// <param name="Cut">There were more events than are looked at.</param>
internal sealed record DiffReport(DateTimeOffset Since, int Events, bool Cut, int TakenByOld, int TakenByNew, IReadOnlyList<EventDifference> Differences);

/// <summary>One event that comes to something else.</summary>
/// <param name="Old">taken, or why not.</param>
/// <param name="New">taken, or why not.</param>
internal sealed record EventDifference(string Event, string Type, DateTimeOffset ReceivedAt, string Old, string New, IReadOnlyList<StepDifference> Steps);
