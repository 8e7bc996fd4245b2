using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Recipes.HubEvents;
using ConnectorHub.Recipes.Schedules;
using ConnectorHub.Recipes.Yaml;

namespace ConnectorHub.Recipes.Reading;

/// <summary>Reads <c>when</c>: which events of which source, or a schedule.</summary>
internal sealed class WhenReader(RecipeFile file)
{
    private readonly FindingList _findings = file.Findings;

    public Trigger? Read(YamlMap recipe)
    {
        if (recipe.Find("when") is not { } entry)
        {
            return null;
        }

        if (entry.Value is not YamlMap when)
        {
            Scalars.Wrong(entry.Value, "when", "a map: { source: meltingspot, event: live.updated }", _findings);
            return null;
        }

        if (when.Find("schedule") is { } schedule)
        {
            return Clock(when, entry, schedule);
        }

        Keys.When.Check(when, entry.Key.Start, _findings);
        var source = Source(when);
        var events = Events(when);
        var connection = Scalars.Text(when, "connection", _findings);
        if (source is null || events.Count == 0)
        {
            return null;
        }

        if (file.Catalog.Source(source) is { } known)
        {
            CheckEvents(known, events);
            CheckConnection(when, source);
        }

        return new EventTrigger(source, [.. events.Select(item => item.Text).Distinct(StringComparer.Ordinal)], connection, entry.Key.Start.Line);
    }

    private void CheckConnection(YamlMap when, string source)
    {
        if (source != HubSource.SourceName)
        {
            new ConnectionCheck(file).Check(when, file.Catalog.ConnectorOfSource(source), $"source '{source}'", when.Find("source")!, needed: false);
        }
        else if (when.Find("connection") is { } named)
        {
            _findings.Error(
                named.Key.Start,
                FindingCodes.WhichConnection,
                "the hub's own events come by no connection. Remove this line; to hear of one connection only, ask for it: if: event.connection is slack-acme");
        }
    }

    private ScheduleTrigger? Clock(YamlMap when, YamlEntry entry, YamlEntry schedule)
    {
        foreach (var other in when.Entries.Where(other => other != schedule && Keys.When.Allowed.Contains(other.Key.Text)))
        {
            _findings.Error(other.Key.Start, FindingCodes.BadSchedule, $"'{other.Key.Text}' stands beside 'schedule'. A recipe waits for events or goes by the clock: keep one of the two.");
        }

        foreach (var other in when.Entries.Where(other => !Keys.When.Allowed.Contains(other.Key.Text)))
        {
            Keys.WhenSchedule.Check(new YamlMap([other], true, other.Key.Start, other.Key.Index), entry.Key.Start, _findings);
        }

        file.GoesByClock = true;
        if (new ScheduleReader(file).Read(schedule) is not { } read)
        {
            return null;
        }

        file.Firing = FiringSample(read);
        return new ScheduleTrigger(read, entry.Key.Start.Line);
    }

    private static EventSample FiringSample(Schedule schedule)
    {
        var body = FiringEvent.Sample(schedule);
        using var json = JsonDocument.Parse(body.ToUtf8Json());
        var type = new EventType(ScheduleTrigger.EventName, "A moment of the recipe's schedule has come.", json.RootElement.Clone(), Inferred: false, []);
        return new EventSample(ScheduleTrigger.SourceName, type, body);
    }

    private string? Source(YamlMap when)
    {
        var source = Scalars.Text(when, "source", _findings);
        if (source is not null && file.Catalog.Source(source) is null)
        {
            _findings.Error(
                when.Find("source")!.Value.Start,
                FindingCodes.UnknownEvent,
                $"there is no source '{source}'.{Keys.DidYouMean(source, file.Catalog.SourceNames)} There are: {Words.OrNone(file.Catalog.SourceNames, "none")}.");
        }

        return source;
    }

    private List<YamlScalar> Events(YamlMap when)
    {
        var events = new List<YamlScalar>();
        if (when.Find("event") is not { } entry)
        {
            return events;
        }

        foreach (var item in entry.Value is YamlList list ? list.Items : [entry.Value])
        {
            if (item is YamlScalar { IsNull: false, Text.Length: > 0 } scalar)
            {
                events.Add(scalar);
            }
            else
            {
                Scalars.Wrong(item, "event", "the name of an event, or a list of names", _findings);
            }
        }

        if (entry.Value is YamlList { Items.Count: 0 })
        {
            Scalars.Wrong(entry.Value, "event", "the name of an event, or a list of names", _findings);
        }

        return events;
    }

    /// <summary>The sample <c>meltingspot/member.created</c> is the event <c>member.created</c>.</summary>
    private static string Bare(string name, string source) =>
        name.StartsWith(source, StringComparison.Ordinal) && name.Length > source.Length && name[source.Length] is '/' or '.' ? name[(source.Length + 1)..] : name;

    /// <summary>Platforms add events; hooks store them by whatever name they come. So an unknown one is only worth a look.</summary>
    private void CheckEvents(IEventSource source, List<YamlScalar> events)
    {
        var names = source.Events.Select(type => type.Name).ToList();
        foreach (var name in events)
        {
            if (names.Count == 0 || names.Contains(name.Text))
            {
                continue;
            }

            if (source.Name == HubSource.SourceName)
            {
                // Nobody else sends these, so a name that is not there never comes.
                var full = name.Text.StartsWith("hub.", StringComparison.Ordinal) ? name.Text : $"hub.{name.Text}";
                _findings.Error(name.Start, FindingCodes.UnknownEvent, $"the hub has no event '{name.Text}'.{Keys.DidYouMean(full, names)} It has: {Words.List(names)}.");
            }
            else
            {
                _findings.Warning(
                    name.Start,
                    FindingCodes.UnknownEvent,
                    $"'{name.Text}' is not a known event of {source.Name}.{Keys.DidYouMean(Bare(name.Text, source.Name), names)} Known: {Words.List(names)}. A new one of the platform works, but no path of it is checked.");
            }
        }
    }
}
