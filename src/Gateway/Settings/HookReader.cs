using ConnectorHub.Abstractions;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Connections;

namespace ConnectorHub.Gateway.Settings;

/// <summary>What happens to events that the platform marks as tests.</summary>
internal enum TestEvents
{
    /// <summary>They are rehearsed.</summary>
    Rehearse,

    /// <summary>They are treated like any other.</summary>
    Live,
}

/// <summary>Reads section <c>Hooks</c>: keys are <c>connection</c> or <c>connection/event</c>.</summary>
internal sealed class HookReader(IReadOnlyDictionary<string, ConnectionOptions> connections)
{
    public static HookSettings Default(string connection, string hookEvent) => new(connection, hookEvent, RehearseTests: true, ByteSizes.MB);

    public IReadOnlyList<HookSettings> Read(SectionReader root)
    {
        var hooks = new List<HookSettings>();
        var section = root.Section("Hooks");
        foreach (var key in section.Children.Select(child => child.Key))
        {
            var slash = key.IndexOf('/', StringComparison.Ordinal);
            var (connection, hookEvent) = slash < 0 ? (key, string.Empty) : (key[..slash], key[(slash + 1)..]);
            Judge(section, key, connection, hookEvent);
            hooks.Add(ReadOne(section.Section(key), connection, hookEvent));
        }

        return hooks;
    }

    private static HookSettings ReadOne(SectionReader section, string connection, string hookEvent)
    {
        var absent = Default(connection, hookEvent);
        var hook = absent with
        {
            RehearseTests = section.Choice("Tests", TestEvents.Rehearse) == TestEvents.Rehearse,
            Dedupe = section.Optional<DedupeRule?>("Dedupe", null, DedupeText.TryParse, DedupeText.Allowed),
            SilentAfter = section.Optional<TimeSpan?>("SilentAfter", null, TrySilence, $"{Durations.Allowed}, from 5m to 90d"),
            MaxBody = section.ByteSize("MaxBody", (int)absent.MaxBody, ByteSizes.KB, 64 * ByteSizes.MB),
        };
        section.Finish();
        return hook;
    }

    private static bool TrySilence(string text, out TimeSpan? silence)
    {
        var read = Durations.TryParse(text, out var span) && span >= TimeSpan.FromMinutes(5) && span <= TimeSpan.FromDays(90);
        silence = span;
        return read;
    }

    private void Judge(SectionReader section, string key, string name, string hookEvent)
    {
        if (!connections.TryGetValue(name, out var connection))
        {
            var names = connections.Values.Where(one => one.Connector.Sources.Count > 0).Select(one => one.Name).Order(StringComparer.Ordinal);
            section.Add(key, SettingsCodes.UnknownHook, $"There is no connection '{name}' that takes events. {SectionReader.Suggest(name, [.. names])}");
            return;
        }

        var sources = connection.Connector.Sources;
        if (sources.Count == 0)
        {
            section.Add(
                key,
                SettingsCodes.UnknownHook,
                $"Connection '{name}' has no hook: connector '{connection.Connector.Manifest.Name}' takes no events. Remove this entry.");
            return;
        }

        if (hookEvent.Length == 0 || sources.Any(source => source.HookSegment == hookEvent))
        {
            return;
        }

        if (sources.Any(source => source.Naming == EventNaming.HookIfNamed))
        {
            return;
        }

        if (!sources.Any(source => source.Naming == EventNaming.Hook))
        {
            section.Add(key, SettingsCodes.UnknownHook, $"The platform of '{name}' names the event in its body, so its hook has none. Write '{name}'.");
            return;
        }

        var events = sources.SelectMany(source => source.Events).Select(type => type.Name).ToArray();
        if (!events.Contains(hookEvent, StringComparer.Ordinal))
        {
            section.Add(
                key,
                SettingsCodes.UnknownHookEvent,
                $"Connector '{connection.Connector.Manifest.Name}' knows no event '{hookEvent}'. {SectionReader.Suggest(hookEvent, events)}");
        }
    }
}
