namespace ConnectorHub.Runs.Store;

/// <summary>What is kept of hooks beside their events, and since when nobody served them. A part of the store port and durable like it.</summary>
public interface IHookStore
{
    /// <summary>Replaces the rows of hooks that changed and says when this gateway was last alive, in one transaction.</summary>
    Task KeepHooksAsync(IReadOnlyList<HookRow> changed, Liveness liveness, CancellationToken cancellationToken);

    /// <summary>Every row, by connection and event.</summary>
    Task<IReadOnlyList<HookRow>> HooksAsync(CancellationToken cancellationToken);

    /// <summary>What was kept last; null where no gateway ever served from this store.</summary>
    Task<Liveness?> LivenessAsync(CancellationToken cancellationToken);
}

/// <summary>Which addresses a row stands for: strangers choose addresses, so only known hooks have a row of their own.</summary>
public enum HookScope
{
    /// <summary>One hook.</summary>
    Hook,

    /// <summary>All other addresses below a connection.</summary>
    OtherAddresses,

    /// <summary>All addresses that name no connection.</summary>
    OtherConnections,
}

/// <summary>What was seen of a hook. It outlives the events it counts.</summary>
/// <param name="Connection">Empty for <see cref="HookScope.OtherConnections"/>.</param>
/// <param name="HookEvent">The event segment of the hook's address; empty where it has none.</param>
/// <param name="Arrivals">Null where no event ever arrived.</param>
/// <param name="Duplicates">Deliveries of an event that was there already.</param>
/// <param name="OtherBodies">How many of those had another body.</param>
/// <param name="State">Refusals by kind and streaks, a JSON object.</param>
/// <param name="Notes">The last deliveries that made no event, a JSON array; when written, null leaves what is there.</param>
public sealed record HookRow(
    HookScope Scope,
    string Connection,
    string HookEvent,
    HookArrivals? Arrivals,
    long Duplicates,
    long OtherBodies,
    ReadOnlyMemory<byte> State,
    ReadOnlyMemory<byte>? Notes);

/// <summary>The events a hook took.</summary>
/// <param name="Tests">How many of them the platform marked as tests.</param>
public sealed record HookArrivals(long Events, long Tests, Sighting First, Sighting Last);

/// <summary>One event, and when it came.</summary>
public sealed record Sighting(string EventId, DateTimeOffset At);

/// <summary>When a gateway last served from this store.</summary>
/// <param name="LastDowntime">The last time that nobody served for more than a moment; null where that never happened.</param>
public sealed record Liveness(DateTimeOffset AliveAt, Downtime? LastDowntime);

/// <summary>Nobody served from one moment to the other.</summary>
public sealed record Downtime(DateTimeOffset From, DateTimeOffset Until);
