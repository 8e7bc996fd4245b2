using System.CommandLine;
using ConnectorHub.Gateway.Admin;
using ConnectorHub.Gateway.Hosting;
using ConnectorHub.Gateway.Samples;

namespace ConnectorHub.Gateway.Commands;

/// <summary><c>sample</c>: a file that can be shared, made of a real event.</summary>
internal static class SampleCommand
{
    public static Command Build()
    {
        var id = new Argument<string>("event") { Description = "The event's id (evt_…)." };
        var file = new Argument<string?>("file") { Description = "Where to write; otherwise below the recipes: samples/source/event.json.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("sample", "Save an event as a sample file, with people, addresses, ids and keys replaced by look-alikes.") { id, file, HubCommands.AsJson };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var setup = HubCommands.Setup(parsed, optional: false);
            var client = await AdminClient.OpenAsync(setup, cancellationToken).ConfigureAwait(false);
            await using (client.ConfigureAwait(false))
            {
                var wanted = parsed.GetValue(id)!;
                var detail = await client.GetAsync<EventDetail>($"api/events/{Uri.EscapeDataString(wanted)}", cancellationToken).ConfigureAwait(false)
                    ?? throw new CommandFailedException($"There is no event '{wanted}'. List them with: connectorhub events");
                var place = parsed.GetValue(file) ?? Place(setup, detail.Summary);
                var kept = await SaveAsync(detail, place, cancellationToken).ConfigureAwait(false);
                Print(parsed, detail.Summary, place, kept);
            }

            return 0;
        });
        return command;
    }

    /// <returns>The texts that were kept as they are.</returns>
    private static async Task<IReadOnlyList<string>> SaveAsync(EventDetail detail, string file, CancellationToken cancellationToken)
    {
        var (json, kept) = LookAlikes.Of(detail.Body);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        try
        {
            var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            await using (stream.ConfigureAwait(false))
            {
                await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(json + "\n"), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (IOException) when (File.Exists(file))
        {
            throw new CommandFailedException($"'{file}' is there already. Name another file: connectorhub sample {detail.Summary.Id} other.json");
        }

        return kept;
    }

    private static void Print(ParseResult parsed, EventSummary summary, string file, IReadOnlyList<string> kept)
    {
        if (parsed.GetValue(HubCommands.AsJson))
        {
            new Printer(Console.Out).Json(new { File = file, Event = summary.Id, summary.Source, summary.Type, Kept = kept });
            return;
        }

        Console.Out.WriteLine($"Written: {file}");
        if (kept.Count > 0)
        {
            Console.Out.WriteLine($"These texts were kept as they are; look at them before you share the file: {Printer.Clean(string.Join(", ", kept))}");
        }

        Console.Out.WriteLine($"Send it with: connectorhub send {summary.Source} {Printer.Clean(summary.Type)} --file {file}");
    }

    // A sender chooses the event's name; it becomes one file name and nothing else.
    private static string Place(HubSetup setup, EventSummary summary)
    {
        var name = string.Concat(summary.Type.Take(80).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '-')).Trim('.');
        return Path.Combine(setup.Settings.Hub.RecipesFolder, "samples", summary.Source, $"{(name.Length == 0 ? "event" : name)}.json");
    }
}
