using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Gateway.Settings;
using ConnectorHub.Recipes.HubEvents;
using ConnectorHub.Runs.Bulletins;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Gateway.Watching;

/// <summary>
/// Tells of hooks to which nothing comes any more: by the rhythm that was learned, or after a time the settings name. The time a gateway was down does not
/// count, and by the rhythm nobody is told at hours at which nothing used to come.
/// </summary>
internal sealed class SilenceWatch(HookLedger ledger, Uptime uptime, RhythmBook rhythms, SilenceRules rules) : IWatch
{
    private bool _loaded;

    public string Type => HubEventNames.SourceSilent;

    public string? KeptType => RhythmBook.RowType;

    public Task<Outlook> LookAsync(WatchMemory memory, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!_loaded)
        {
            rhythms.Load(memory.Kept.Values);
            _loaded = true;
        }

        var hooks = ledger.All.Where(account => account.Key.Scope == HookScope.Hook && account.Arrivals is not null).ToList();
        var kept = rules.Learns ? rhythms.Look(hooks.ToDictionary(hook => hook.Key.Name, hook => hook.Arrivals!.Events, StringComparer.Ordinal), now) : [];
        return Task.FromResult(new Outlook(Type, [.. hooks.Select(hook => Concern(hook, now)).OfType<Concern>()], Forgets: false) { Kept = kept });
    }

    private Concern? Concern(HookSnapshot hook, DateTimeOffset now)
    {
        var last = hook.Arrivals!.Last;
        return Silence(hook.Key, last.At, now) is not { } expected ? null : new Concern(
            Type,
            BulletinFact.Cause(hook.Key.Name),
            last.EventId,
            last.At,
            BulletinFact.Map(("hook", hook.Key.Name), ("connection", hook.Key.Connection), ("expected", expected), ("lastEvent", last.EventId)));
    }

    // The sentence that says why it is silent; null where it is not.
    private string? Silence(HookKey key, DateTimeOffset last, DateTimeOffset now)
    {
        var since = uptime.Last is { } down && down.Until > last ? down.Until : last;
        if (rules.SilentAfter(key) is { } limit)
        {
            return now - since >= limit ? $"That is longer than {Durations.Format(limit)}, which the settings name for it." : null;
        }

        return rules.Learns ? rhythms.SilenceOf(key.Name, since, now) : null;
    }
}

/// <summary>What the settings say of silence.</summary>
/// <param name="Learns">Whether rhythms are learned.</param>
/// <param name="SilentAfter">The time that the settings name for a hook; null: none.</param>
internal sealed record SilenceRules(bool Learns, Func<HookKey, TimeSpan?> SilentAfter);
