using System.Text.Json;
using ConnectorHub.Gateway.Admin;
using ConnectorHub.Runs;

namespace ConnectorHub.Gateway.Commands;

/// <summary>Shows a lesson while it lasts: as text, or as one JSON object a line, each with one member that says what it is.</summary>
internal sealed class LessonScreen(TextWriter output, bool json)
{
    private readonly Printer _printer = new(output);

    public void Begun(Lesson lesson) => Say(new { Begun = lesson }, () => _printer.Lesson(lesson));

    public void Learned(LearnedEvent learned) => Say(new { Event = learned }, () => _printer.Learned(learned));

    /// <summary>Nobody watches any more.</summary>
    /// <param name="open">The lesson itself goes on.</param>
    public void Left(string hook, int events, bool open) => Say(new { Ended = new { Hook = hook, Events = events, Learning = open } }, () => output.WriteLine(open
        ? $"{hook} goes on learning until its time is over. End it with: connectorhub learn {hook} --end"
        : $"The lesson is over: {(events == 1 ? "1 event" : $"{events} events")}. Recipes are asked again."));

    private void Say<T>(T line, Action text)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(line, AdminClient.Lines));
        }
        else
        {
            text();
        }
    }
}
