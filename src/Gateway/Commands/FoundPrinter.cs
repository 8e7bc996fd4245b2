using System.Globalization;
using ConnectorHub.Gateway.Admin;

namespace ConnectorHub.Gateway.Commands;

/// <summary>Puts on a screen what was found among events and among deliveries that made none.</summary>
internal sealed class FoundPrinter(TextWriter output, Printer printer)
{
    public void Events(string text, EventsFound found)
    {
        if (found.Events.Count > 0)
        {
            printer.Events(found.Events);
        }

        Deliveries(found.Deliveries, found.MoreDeliveries, found.Events.Count > 0);
        if (found.Events.Count == 0 && found.Deliveries.Count == 0)
        {
            Nothing(text, found.Searched);
        }
        else if (found.More)
        {
            output.WriteLine($"There are more. The newest {found.Events.Count} are shown; --limit shows more.");
        }
        else
        {
            Unfinished(found.Searched);
        }
    }

    public void Runs(string text, RunsFound found)
    {
        if (found.Runs.Count > 0)
        {
            printer.Runs(found.Runs);
            if (found.More)
            {
                output.WriteLine($"There may be more. The newest {found.Runs.Count} are shown; --limit shows more.");
            }

            return;
        }

        if (found.Held.Events.Count == 0)
        {
            Events(text, found.Held);
            return;
        }

        var events = found.Held.Events.Count == 1 ? "1 event holds" : $"{found.Held.Events.Count} events hold";
        output.WriteLine($"{events} '{Printer.Clean(text)}', and there is no such run of {(found.Held.Events.Count == 1 ? "it" : "them")}. To see why: connectorhub why \"{Printer.Clean(text)}\"");
    }

    /// <exception cref="CommandFailedException">There is no such recipe.</exception>
    public void Why(string text, WhyFound found)
    {
        if (found.Problem is { } problem)
        {
            throw new CommandFailedException(problem);
        }

        for (var i = 0; i < found.Events.Count; i++)
        {
            if (i > 0)
            {
                output.WriteLine();
            }

            Repeats(found.Events[i].Event, found.Deliveries);
            printer.Why(found.Events[i]);
        }

        var apart = found.Deliveries.Where(delivery => found.Events.All(answer => answer.Event.Id != delivery.DuplicateOf)).ToList();
        Deliveries(apart, found.MoreDeliveries, found.Events.Count > 0);
        if (found.Events.Count == 0 && found.Deliveries.Count == 0)
        {
            Nothing(text, found.Searched);
        }
        else if (found.More)
        {
            output.WriteLine();
            output.WriteLine($"There are more. The newest {found.Events.Count} are explained; list the others with: connectorhub events \"{Printer.Clean(text)}\"");
        }

        if (found.Silence is { } silence)
        {
            Silence(silence);
        }
    }

    private void Repeats(EventSummary item, IReadOnlyList<TurnedAway> deliveries)
    {
        var noted = deliveries.Where(delivery => delivery.DuplicateOf == item.Id).ToList();
        foreach (var delivery in noted)
        {
            output.WriteLine($"{Printer.Time(delivery.At)}  {Printer.Clean(delivery.Hook)}  is a {delivery.Reason} of {item.Id} received {Printer.Time(item.ReceivedAt)}; the first one counts:");
        }

        if (noted.Count == 0 && item.Duplicates > 0)
        {
            output.WriteLine($"The platform sent it {(item.Duplicates == 1 ? "once more" : $"{item.Duplicates} more times")}; each is a duplicate of {item.Id} received {Printer.Time(item.ReceivedAt)}, and the first one counts:");
        }
    }

    private void Deliveries(IReadOnlyList<TurnedAway> deliveries, int more, bool apart)
    {
        if (deliveries.Count == 0)
        {
            return;
        }

        if (apart)
        {
            output.WriteLine();
        }

        foreach (var delivery in deliveries)
        {
            var hook = Printer.Clean(delivery.Hook);
            if (delivery.DuplicateOf is { } original)
            {
                var received = delivery.OriginalAt is { } at ? $"received {Printer.Time(at)}" : "that is not kept any more";
                output.WriteLine($"{Printer.Time(delivery.At)}  {hook}  is a {delivery.Reason} of {original} {received}");
            }
            else
            {
                output.WriteLine($"{Printer.Time(delivery.At)}  {hook}  refused, {delivery.Reason}: {Printer.Clean(delivery.Text)}");
                output.WriteLine($"  What you can do: {delivery.Fix}");
            }
        }

        if (more > 0)
        {
            output.WriteLine($"{more} more made no new event: connectorhub events --refused");
        }
    }

    private void Nothing(string text, SearchedThrough searched)
    {
        var events = searched.Events == 0 ? "no event has ever come"
            : searched.Everything ? $"{Count(searched.Events, "event")} since {Printer.Time(searched.Since!.Value)}, all there are"
            : $"the newest {Count(searched.Events, "event")}, back to {Printer.Time(searched.Since!.Value)}; older ones were not looked at, for want of time";
        output.WriteLine(searched.Gone is { } gone ? Printer.Clean(gone) : $"Nothing that came holds '{Printer.Clean(text)}'.");
        output.WriteLine($"Searched: {events}; and {Count(searched.Deliveries, "refused or repeated delivery", "refused or repeated deliveries")} (the last 100 of each hook are kept, without their bodies).");
    }

    private void Silence(Silence silence)
    {
        output.WriteLine();
        if (silence.DownSince is { } since)
        {
            output.WriteLine($"No gateway is running since {Printer.Time(since)}: nothing is taken until one is started: connectorhub serve");
        }

        foreach (var line in Exploring.Columns.Of([.. silence.Hooks.Select(hook => new[] { Printer.Clean(hook.Hook), Last(hook), Refusal(hook) })]))
        {
            output.WriteLine(line.TrimEnd());
        }

        if (silence.Hooks.Count == 0)
        {
            output.WriteLine("No recipe waits for anything, and nothing has ever come. Set a hook up with: connectorhub hooks");
        }

        output.WriteLine();
        output.WriteLine("What you can do:");
        output.WriteLine("  - Look at the platform's own list of deliveries: did it send this, to which address, and what was it answered?");
        foreach (var connection in silence.Hooks.Where(hook => hook.Last is null).Select(hook => hook.Hook.Split('/')[0]).Distinct())
        {
            output.WriteLine($"  - Give the platform its address: connectorhub hooks {connection}");
        }

        if (silence.Hooks.Any(hook => hook.LastRefusal is not null))
        {
            output.WriteLine("  - See what was refused, and why: connectorhub events --refused");
        }

        output.WriteLine("  - Try a shorter text: the platform may write it another way.");
    }

    private void Unfinished(SearchedThrough searched)
    {
        // An id is found without a search.
        if (!searched.Everything && searched.Events > 1)
        {
            output.WriteLine($"Searched back to {Printer.Time(searched.Since!.Value)}; older events were not looked at, for want of time.");
        }
    }

    private static string Last(Hooks.HookLast hook) => hook.Last is { } last ? $"last event {Printer.Time(last.At)} ({last.EventId})" : "no event has ever come";

    private static string Refusal(Hooks.HookLast hook) =>
        hook.LastRefusal is { } note ? $"last refused {Printer.Time(note.At)}: {Hooks.HookNoteKinds.Words(note.Kind)}" : string.Empty;

    private static string Count(long number, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:N0} {(number == 1 ? one : many ?? one + "s")}");
}
