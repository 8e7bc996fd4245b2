using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Gateway.Commands.Acts;

/// <summary>Puts pauses on a screen.</summary>
internal sealed class PausePrinter(TextWriter output, HubTime clock)
{
    public void Pauses(IReadOnlyList<PauseView> views)
    {
        if (views.Count == 0)
        {
            output.WriteLine("Nothing is paused.");
        }

        foreach (var view in views)
        {
            output.WriteLine(Line(view, clock));
        }
    }

    /// <summary>One pause in a line: what, since when, until when, who, why, and what waits.</summary>
    public static string Line(PauseView view, HubTime clock)
    {
        var pause = view.Pause;
        var what = pause.Kind == PauseKind.All ? "Everything" : $"{pause.Kind} {Printer.Clean(pause.Name)}";
        var end = pause.Until is { } until ? $" until {clock.Moment(until, clock.Now)}" : string.Empty;
        var waits = view.Waiting switch
        {
            0 => "it holds nothing up yet",
            1 => $"1 run waits since {clock.Moment(view.WaitingSince!.Value, clock.Now)}",
            _ => $"{view.Waiting} runs wait, the first since {clock.Moment(view.WaitingSince!.Value, clock.Now)}",
        };
        return $"{what} is paused since {clock.Moment(pause.Since, clock.Now)}{end} by {Printer.Clean(pause.Who)}: {Printer.Clean(pause.Why)}. Events are taken; {waits}.";
    }
}
