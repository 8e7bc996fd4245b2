using ConnectorHub.Gateway.Hooks;

namespace ConnectorHub.Gateway.Commands;

/// <summary>Puts the hooks on a screen, for people who never saw code: what is wrong takes room, what is well takes a line.</summary>
internal sealed class HookPrinter(TextWriter output, HubTime clock)
{
    /// <param name="inFull">With the steps that set a source up even where it has been heard of.</param>
    public void Hooks(HooksAnswer answer, bool inFull)
    {
        var now = clock.Now;
        if (answer.Connections.Count == 0)
        {
            output.WriteLine("No connection takes events yet. Add one under Connections in the settings, such as:");
            output.WriteLine("""  "meltingspot-main": { "Connector": "meltingspot", "Secrets": { "SigningSecrets": [ "env:MELTINGSPOT_SECRET" ] } }""");
            return;
        }

        if (answer.AddressHint is { } hint)
        {
            output.WriteLine($"Note: {hint}");
            output.WriteLine();
        }

        if (answer.DownSince is { } since)
        {
            output.WriteLine($"No gateway is running. The last one was alive at {Time(since)}, {HubTime.Span(now - since)} ago; nothing is taken until one is started: connectorhub serve");
            output.WriteLine();
        }
        else if (answer.LastDowntime is { } down && now - down.Until < Stakes.Shown)
        {
            output.WriteLine($"The gateway was down for {HubTime.Span(down.Until - down.From)}, from {Time(down.From)} to {Time(down.Until)}.");
            output.WriteLine();
        }

        foreach (var connection in answer.Connections)
        {
            Connection(connection, inFull);
        }

        Others("Addresses that name no connection", answer.Strangers);
    }

    public void Notes(NotesAnswer answer)
    {
        if (answer.Notes.Count == 0)
        {
            output.WriteLine("Nothing was refused, and nothing came twice.");
            return;
        }

        var refused = answer.Counts.Where(count => count.Key.IsRefusal()).ToArray();
        var repeated = answer.Counts.Where(count => !count.Key.IsRefusal()).ToArray();
        if (refused.Length > 0)
        {
            output.WriteLine($"Refused: {Counts(refused)}.");
        }

        if (repeated.Length > 0)
        {
            output.WriteLine($"Taken before: {Counts(repeated)}.");
        }

        output.WriteLine();
        foreach (var (hook, note) in answer.Notes)
        {
            var word = note.Kind.IsRefusal() ? "refused" : "repeat ";
            var size = note.BodyLength is { } length ? $"{length} bytes" : "size unknown";
            var sender = note.UserAgent.Length > 0 ? note.UserAgent : "sender unnamed";
            output.WriteLine($"{Time(note.At)}  {word}  {Printer.Clean(hook)}  {note.Kind.Words()}: {Printer.Clean(note.Text)}  ({Printer.Clean(sender)}, {size})");
        }
    }

    private void Connection(ReceiverSummary connection, bool inFull)
    {
        output.WriteLine($"{connection.Name}  ({connection.DisplayName})");
        foreach (var source in connection.Sources)
        {
            Source(source, connection.Sources.Count > 1, inFull);
        }

        Others("  Other addresses below it", connection.Others);
        output.WriteLine();
    }

    private void Source(SourceSummary source, bool several, bool inFull)
    {
        if (several)
        {
            output.WriteLine($"  {source.Source}");
        }

        // What has been heard of is set up.
        if (source.Setup.Count > 0 && (inFull || source.Hooks.All(hook => hook.Events == 0)))
        {
            output.WriteLine("  To set it up:");
            for (var i = 0; i < source.Setup.Count; i++)
            {
                output.WriteLine($"    {i + 1}. {Plain(source.Setup[i])}");
            }
        }

        if (source.Down is { } down)
        {
            output.WriteLine($"  ! {Printer.Clean(down.Sentence)}");
        }

        var idle = source.Hooks.Where(hook => source.EachEvent && IsIdle(hook)).ToArray();
        foreach (var hook in source.Hooks.Except(idle))
        {
            Hook(hook);
        }

        if (idle.Length > 0)
        {
            output.WriteLine($"  {idle.Length} more event{(idle.Length == 1 ? " has its own address" : "s have addresses of their own")}; no recipe waits for them and nothing came: {source.Url}");
            output.WriteLine($"    {string.Join(", ", idle.Select(hook => hook.Name[(hook.Name.IndexOf('/', StringComparison.Ordinal) + 1)..]))}");
        }
    }

    private static bool IsIdle(HookSummary hook) =>
        hook.Recipes.Count == 0 && hook.Events == 0 && hook.Duplicates == 0 && hook.Refused.Count == 0;

    private void Hook(HookSummary hook)
    {
        output.WriteLine($"  {hook.Url}");
        if (hook.Recipes.Count == 0)
        {
            output.WriteLine("    recipes   none waits for it; events are kept all the same");
        }

        for (var i = 0; i < hook.Recipes.Count; i++)
        {
            output.WriteLine($"    {(i == 0 ? "recipes" : string.Empty),-10}{hook.Recipes[i].Id}: {Printer.Clean(hook.Recipes[i].InShort)}");
        }

        output.WriteLine($"    events    {Events(hook)}");
        if (hook.Duplicates > 0)
        {
            output.WriteLine($"    repeats   {hook.Duplicates}{(hook.OtherBodies > 0 ? $", {hook.OtherBodies} of them with another body" : string.Empty)}; the first one counts");
        }

        if (hook.Refused.Count > 0)
        {
            output.WriteLine($"    refused   {Counts(hook.Refused)}");
        }

        if (hook.LastRefusal is { } note)
        {
            output.WriteLine($"    last      {Time(note.At)} {note.Kind.Words()}: {Printer.Clean(note.Text)}");
        }

        if (hook.Streak is { } streak)
        {
            output.WriteLine($"    failing   since {Time(streak.Since)}: {streak.Failures} {(streak.Failures == 1 ? "delivery" : "deliveries in a row")}");
        }

        foreach (var stake in new[] { hook.AtStake, hook.Lost }.OfType<Stake>())
        {
            output.WriteLine($"    ! {Printer.Clean(stake.Sentence)}");
        }
    }

    private void Others(string what, OtherAddresses others)
    {
        if (others.Refused.Count > 0)
        {
            var last = others.LastRefusal is { } note ? $" The last at {Time(note.At)}: {Printer.Clean(note.Text)}" : string.Empty;
            output.WriteLine($"{what}: {Counts(others.Refused)}.{last}");
        }
    }

    private string Events(HookSummary hook)
    {
        if (hook.Last is not { } last)
        {
            return "none yet";
        }

        var tests = hook.Tests == 0 ? string.Empty : hook.Tests == hook.Events ? ", all of them tests" : $", {hook.Tests} of them tests";
        return $"{hook.Events}{tests}; the last at {Time(last.At)} ({last.EventId})";
    }

    private static string Counts(IEnumerable<KeyValuePair<HookNoteKind, long>> counts) =>
        string.Join(", ", counts.OrderByDescending(count => count.Value).Select(count => $"{count.Value} {count.Key.Words()}"));

    // Setup steps are Markdown in the READMEs.
    private static string Plain(string step) =>
        Printer.Clean(step).Replace("`", string.Empty, StringComparison.Ordinal).Replace("*", string.Empty, StringComparison.Ordinal);

    private string Time(DateTimeOffset at) => clock.Moment(at, clock.Now);
}
