using System.Collections.Concurrent;
using System.Text.Json;
using ConnectorHub.Gateway.Telemetry;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Gateway.Hooks;

/// <summary>
/// What was seen of each hook, in memory; <see cref="LedgerKeeper"/> keeps it in the store. A hook has an account of its own only where its name
/// is known: what strangers type is pooled, so that they fill neither memory nor disk.
/// </summary>
internal sealed class HookLedger(HookBook hooks, StrangerText strangers, TimeProvider time, ILogger<HookLedger> logger)
{
    // Events prove who sent them, but a sender may put anything into an address that takes any event.
    private const int MostHooksOfAConnection = 1000;
    private const int LongestText = 400;

    private readonly ConcurrentDictionary<HookKey, HookAccount> _accounts = new();

    /// <summary>Every account at this moment.</summary>
    public IEnumerable<HookSnapshot> All => _accounts.Values.Select(account => account.Look());

    /// <summary>One account at this moment; empty where nothing was seen.</summary>
    public HookSnapshot Look(HookKey key) => (_accounts.GetValueOrDefault(key) ?? new HookAccount(key)).Look();

    /// <summary>The notes of an account, oldest first.</summary>
    public IReadOnlyList<HookNote> Notes(HookKey key) => _accounts.GetValueOrDefault(key)?.Notes() ?? [];

    /// <summary>Begins with what was kept.</summary>
    public void Load(IEnumerable<HookRow> rows)
    {
        foreach (var row in rows)
        {
            var key = HookKey.Of(row);
            try
            {
                _accounts[key] = new HookAccount(key, row, HookState.Read(row.State), HookState.ReadNotes(row.Notes));
            }
            catch (JsonException exception)
            {
                Log.LedgerUnreadable(logger, key.Name, exception);
                _accounts[key] = new HookAccount(key, row, HookState.Empty, []);
            }
        }
    }

    /// <summary>A delivery was taken.</summary>
    public void Accepted(Hook hook, IReadOnlyList<AcceptedEvent> events, HookVisit visit)
    {
        var account = Of(HookKey.Of(hook));
        var duplicates = events.Count(accepted => accepted.DuplicateOf is not null);
        var repeats = duplicates > 0;
        HookInstruments.Accepted(account.Label, events.Count - duplicates, duplicates);
        var fit = visit with { UserAgent = repeats ? strangers.UserAgent(visit.UserAgent) : string.Empty };
        if (account.Take(events, hook.Source.Contract, fit, time.GetUtcNow()))
        {
            var other = events.First(accepted => !accepted.SameBody);
            Log.OtherBody(logger, hook.Name, other.DuplicateOf!);
        }
    }

    /// <summary>A delivery to a hook was not taken.</summary>
    public void Refused(Hook hook, HookNoteKind kind, string text, HookVisit visit) =>
        Refused(KnownOrPool(hook.Connection.Name, hook.Event), hook.Name, kind, text, visit);

    /// <summary>A delivery to an address that is no hook was not taken.</summary>
    public void Refused(string address, HookVisit visit)
    {
        var missing = hooks.Missing(address);
        var account = missing.Connection is null ? Of(HookKey.Strangers) : KnownOrPool(missing.Connection, missing.Event);
        Refused(account, address, missing.Kind, missing.Text, visit);
    }

    /// <summary>The rows that changed since the last call.</summary>
    public IReadOnlyList<HookRow> TakeChanges() => [.. _accounts.Values.Select(account => account.TakeChange()).OfType<HookRow>()];

    /// <summary>Rows that could not be kept; they come again with the next changes.</summary>
    public void GiveBack(IEnumerable<HookRow> rows)
    {
        foreach (var row in rows)
        {
            Of(HookKey.Of(row)).GiveBack(row);
        }
    }

    private void Refused(HookAccount account, string address, HookNoteKind kind, string text, HookVisit visit)
    {
        // A pool's notes say which address was meant, so that a typing error can be found.
        var told = account.Key.Scope == HookScope.Hook ? text : $"{text} It was sent to /hooks/{strangers.Address(address)}.";
        var cut = told.Length > LongestText ? told[..LongestText] : told;
        int? body = visit.Body.IsEmpty ? null : Hash(visit.Body.Span);
        HookInstruments.Refused(account.Label, kind);
        account.Refuse(new HookNote(time.GetUtcNow(), kind, cut, strangers.UserAgent(visit.UserAgent), visit.Length), body);
    }

    private HookAccount KnownOrPool(string connection, string hookEvent)
    {
        var key = new HookKey(HookScope.Hook, connection, hookEvent);
        return _accounts.TryGetValue(key, out var account) ? account
            : hooks.IsNamed(connection, hookEvent) ? Of(key)
            : Of(HookKey.OthersOf(connection));
    }

    private HookAccount Of(HookKey key)
    {
        if (_accounts.TryGetValue(key, out var account))
        {
            return account;
        }

        // Counted only when a new one comes; two at once may pass the limit by one.
        var full = key.Scope == HookScope.Hook && _accounts.Keys.Count(known => known.Scope == HookScope.Hook && known.Connection == key.Connection) >= MostHooksOfAConnection;
        return _accounts.GetOrAdd(full ? HookKey.OthersOf(key.Connection) : key, static own => new HookAccount(own));
    }

    private static int Hash(ReadOnlySpan<byte> body)
    {
        var hash = default(HashCode);
        hash.AddBytes(body);
        return hash.ToHashCode();
    }
}
