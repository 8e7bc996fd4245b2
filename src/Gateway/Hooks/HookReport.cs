using ConnectorHub.Abstractions;
using ConnectorHub.Connectors;
using ConnectorHub.Recipes;
using ConnectorHub.Recipes.Telling;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Connections;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Gateway.Hooks;

/// <summary>What an operator sees of each hook: its address, who waits for it, what came, what was refused and what that puts at stake.</summary>
public sealed class HookReport
{
    private readonly HookBook _hooks;
    private readonly HookLedger _ledger;
    private readonly Uptime _uptime;
    private readonly IRecipes _recipes;
    private readonly HubTime _clock;

    internal HookReport(HookBook hooks, HookLedger ledger, Uptime uptime, IRecipes recipes, HubTime clock) =>
        (_hooks, _ledger, _uptime, _recipes, _clock) = (hooks, ledger, uptime, recipes, clock);

    /// <summary>Deliveries that were not taken, since the beginning.</summary>
    public long Refused => _ledger.All.Sum(account => account.Refused);

    /// <summary>Every hook, or those of one connection; null where no such connection receives.</summary>
    public HooksAnswer? Answer(string? connection)
    {
        var receivers = _hooks.Receivers().Where(receiver => connection is null || receiver.Connection.Name == connection).ToArray();
        return connection is not null && receivers.Length == 0
            ? null
            : new HooksAnswer(_clock.Zone, _uptime.DownSince, _uptime.Last, _hooks.Urls.Hint, [.. receivers.Select(Summary)], Others(HookKey.Strangers));
    }

    /// <summary>The last deliveries that made no new event, newest first.</summary>
    /// <param name="hook">A hook, or a connection for all of its hooks; null for all.</param>
    /// <param name="duplicates">True: only duplicates.</param>
    public NotesAnswer Notes(string? hook, bool duplicates, int limit)
    {
        var wanted = _ledger.All.Where(account => hook is null || account.Key.Name == hook || account.Key.Connection == hook).ToArray();
        var counts = wanted.SelectMany(account => account.Counts)
            .Where(count => !duplicates || !count.Key.IsRefusal())
            .GroupBy(count => count.Key)
            .OrderBy(group => group.Key)
            .ToDictionary(group => group.Key, group => group.Sum(count => count.Value));
        var notes = wanted.SelectMany(account => _ledger.Notes(account.Key).Reverse().Select(note => new NoteSummary(account.Key.Name, note)))
            .Where(summary => !duplicates || !summary.Note.Kind.IsRefusal())
            .OrderByDescending(summary => summary.Note.At)
            .Take(limit);
        return new NotesAnswer(counts, [.. notes]);
    }

    /// <summary>The kept notes of deliveries that made no new event and name the text in their hook, reason or sender, or repeat one of the events; newest first.</summary>
    internal IReadOnlyList<NoteSummary> Mentioning(string text, IReadOnlyCollection<string> events) =>
    [
        .. _ledger.All.SelectMany(account => _ledger.Notes(account.Key).Reverse().Select(note => new NoteSummary(account.Key.Name, note)))
            .Where(one => (one.Note.Event is { } id && events.Contains(id))
                || new[] { one.Hook, one.Note.Kind.Words(), one.Note.Text, one.Note.UserAgent }.Any(part => part.Contains(text, StringComparison.OrdinalIgnoreCase)))
            .OrderByDescending(one => one.Note.At),
    ];

    /// <summary>How many notes are kept.</summary>
    internal int NotesKept => _ledger.All.Sum(account => _ledger.Notes(account.Key).Count);

    /// <summary>When something last came to each hook that a recipe waits for or that was heard of.</summary>
    internal IReadOnlyList<HookLast> Lasts() =>
    [
        .. _hooks.Receivers().SelectMany(receiver => Summary(receiver).Sources).SelectMany(source => source.Hooks)
            .Where(hook => hook.Recipes.Count > 0 || hook.Events > 0 || hook.LastRefusal is not null)
            .Select(hook => new HookLast(hook.Name, hook.Last, hook.LastRefusal)),
    ];

    /// <summary>Since when no gateway serves; null while one does.</summary>
    internal DateTimeOffset? DownSince => _uptime.DownSince;

    /// <summary>Every hook that fails now, and what that leads to.</summary>
    internal IEnumerable<FailingHook> Failing(DateTimeOffset now)
    {
        foreach (var account in _ledger.All)
        {
            if (account.Streak is { } streak && _hooks.Find(account.Key.Name) is { } hook)
            {
                yield return new FailingHook(account.Key, streak, StakesOf(hook.Connection, hook.Source).Of(streak, now), hook.Source.Contract);
            }
        }
    }

    /// <summary>Platforms that gave up, or switched their webhooks off, while nobody served; for a day.</summary>
    internal IEnumerable<LostByDowntime> LostByDowntime(DateTimeOffset now)
    {
        if (_uptime.Last is not { } down || now - down.Until > TimeSpan.FromDays(1))
        {
            yield break;
        }

        var heard = _ledger.All.Where(account => account.Arrivals is not null).Select(account => _hooks.Find(account.Key.Name)).OfType<Hook>()
            .DistinctBy(hook => (hook.Connection.Name, hook.Source.Name));
        foreach (var hook in heard.Where(hook => hook.Source.Contract is { Retries.Count: > 0 } or { DisablesAfter: not null }))
        {
            if (StakesOf(hook.Connection, hook.Source).Of(down, now) is { Level: >= StakeLevel.GaveUp } stake)
            {
                yield return new LostByDowntime(hook.Connection.Name, hook.Source.Name, down, stake);
            }
        }
    }

    private ReceiverSummary Summary(Receiver receiver) => new(
        receiver.Connection.Name,
        receiver.Connection.ConnectorName,
        receiver.Connector.Manifest.DisplayName,
        [.. receiver.Sources.Select(source => Summary(receiver, source))],
        Others(HookKey.OthersOf(receiver.Connection.Name)));

    private SourceSummary Summary(Receiver receiver, IEventSource source)
    {
        var stakes = StakesOf(receiver.Connection, source);
        var hooks = EventsOf(receiver, source).Select(hookEvent => Summary(receiver.Connection, source, stakes, hookEvent)).ToArray();
        var eachEvent = source.HookSegment.Length == 0 && source.Naming == EventNaming.Hook;
        var segment = eachEvent ? "{event}" : source.HookSegment;
        var url = _hooks.Urls.Of(receiver.Connection, source, segment);
        return new SourceSummary(
            source.Name,
            eachEvent,
            url,
            [.. source.Setup.Select(step => step.Replace("{url}", url, StringComparison.Ordinal))],
            hooks.Any(hook => hook.Events > 0) ? Down(stakes) : null,
            hooks);
    }

    private HookSummary Summary(Connection connection, IEventSource source, Stakes stakes, string hookEvent)
    {
        var key = new HookKey(HookScope.Hook, connection.Name, hookEvent);
        var seen = _ledger.Look(key);
        return new HookSummary(
            key.Name,
            _hooks.Urls.Of(connection, source, hookEvent),
            [.. _recipes.Book.Entries.Where(entry => WaitsFor(entry, connection, source, hookEvent))
                .Select(entry => new HookRecipe(entry.Id, RecipeTelling.InShort(entry.Live!, ConnectorCatalog.All)))],
            seen.Arrivals?.Events ?? 0,
            seen.Arrivals?.Tests ?? 0,
            seen.Arrivals?.First,
            seen.Arrivals?.Last,
            seen.Duplicates,
            seen.OtherBodies,
            Refusals(seen),
            seen.LastRefusal,
            seen.Streak,
            seen.Streak is { } streak ? stakes.Of(streak, _clock.Now) : null,
            seen.Ended is { } ended ? stakes.Of(ended, _clock.Now) : null);
    }

    private OtherAddresses Others(HookKey key)
    {
        var seen = _ledger.Look(key);
        return new OtherAddresses(Refusals(seen), seen.LastRefusal);
    }

    // The source's own events first and in its order, then those that recipes, settings or deliveries have brought.
    private IEnumerable<string> EventsOf(Receiver receiver, IEventSource source)
    {
        var name = receiver.Connection.Name;
        var waited = source.Naming == EventNaming.Delivery || source.HookSegment.Length > 0 ? []
            : _recipes.Book.Entries.Select(entry => entry.Live).OfType<Recipe>()
                .Where(recipe => recipe.When.Source == source.Name && recipe.Mode != RecipeMode.Off && (recipe.When.Connection ?? name) == name)
                .SelectMany(recipe => recipe.When.Events)
                // An address without an event brings this one already.
                .Where(hookEvent => source.Naming != EventNaming.HookIfNamed || hookEvent != MainEvent(source));
        var seen = _ledger.All.Where(account => account.Key.Scope == HookScope.Hook && account.Key.Connection == name).Select(account => account.Key.Event);
        var more = waited.Concat(_hooks.InSettings(name)).Concat(seen)
            .Where(hookEvent => _hooks.Find(new HookKey(HookScope.Hook, name, hookEvent).Name)?.Source == source)
            .Order(StringComparer.Ordinal);
        return HookBook.Addresses(source).Concat(more).Distinct(StringComparer.Ordinal);
    }

    private static bool WaitsFor(BookEntry entry, Connection connection, IEventSource source, string hookEvent)
    {
        if (entry.Live is not { } recipe
            || recipe.Mode == RecipeMode.Off
            || recipe.When.Source != source.Name
            || (recipe.When.Connection ?? connection.Name) != connection.Name)
        {
            return false;
        }

        var named = source.HookSegment.Length == 0 && source.Naming != EventNaming.Delivery;
        return !named || recipe.When.Events.Contains(hookEvent.Length == 0 ? MainEvent(source) : hookEvent, StringComparer.Ordinal);
    }

    // What an address without an event brings where it may have one.
    private static string MainEvent(IEventSource source) => source.Events is [var first, ..] ? first.Name : source.Name;

    private Stakes StakesOf(Connection connection, IEventSource source) => new(source.Contract, _hooks.Sender(connection, source), _clock);

    private Stake? Down(Stakes stakes) =>
        _uptime.DownSince is { } since ? stakes.Of(new Downtime(since, _clock.Now), _clock.Now)
        : _uptime.Last is { } last ? stakes.Of(last, _clock.Now)
        : null;

    private static Dictionary<HookNoteKind, long> Refusals(HookSnapshot seen) =>
        seen.Counts.Where(count => count.Key.IsRefusal()).ToDictionary(count => count.Key, count => count.Value);
}

/// <summary>A hook that fails now.</summary>
/// <param name="Contract">How its sender behaves.</param>
internal sealed record FailingHook(HookKey Key, Streak Streak, Stake Stake, SenderContract Contract);

/// <summary>What a downtime has cost at one platform.</summary>
internal sealed record LostByDowntime(string Connection, string Source, Downtime Down, Stake Stake);
