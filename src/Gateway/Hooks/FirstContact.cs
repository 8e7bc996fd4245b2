namespace ConnectorHub.Gateway.Hooks;

/// <summary>What the log says of the hooks when the gateway starts: addresses, whether anything ever came, and what a downtime has cost.</summary>
internal sealed class FirstContact(HookReport report, Uptime uptime, HubTime clock, ILogger<FirstContact> logger)
{
    public void Say()
    {
        var answer = report.Answer(null)!;
        if (answer.AddressHint is { } hint && answer.Connections.Count > 0)
        {
            Log.AddressHint(logger, hint);
        }

        foreach (var connection in answer.Connections)
        {
            foreach (var source in connection.Sources)
            {
                Say(source);
            }
        }

        if (uptime is { JustEnded: true, Last: { } down })
        {
            Say(answer, HubTime.Span(down.Until - down.From));
        }
    }

    private void Say(SourceSummary source)
    {
        if (source.EachEvent)
        {
            Log.HookPattern(logger, source.Source, source.Url);
        }

        foreach (var hook in source.Hooks.Where(hook => !source.EachEvent || hook.Recipes.Count > 0 || hook.Events > 0))
        {
            var last = hook.Last is { } seen ? clock.Moment(seen.At, clock.Now) : "nothing yet";
            var refusal = hook.LastRefusal is { } note ? $"{clock.Moment(note.At, clock.Now)} {note.Kind.Words()}: {note.Text}" : "nothing";
            Log.HookUrl(logger, hook.Name, hook.Url, hook.Events, last, refusal);
        }
    }

    private void Say(HooksAnswer answer, string span)
    {
        foreach (var connection in answer.Connections)
        {
            var sentences = connection.Sources.Select(source => source.Down?.Sentence).OfType<string>().Distinct().ToArray();
            if (sentences.Length > 0)
            {
                Log.WasDown(logger, connection.Name, span, string.Join(' ', sentences));
            }
        }
    }
}
