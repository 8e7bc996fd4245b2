using ConnectorHub.Runs.Store;
using ConnectorHub.Values;

namespace ConnectorHub.Runs.Bulletins;

/// <summary>Looks after one thing that a person should be told of. It is asked every few seconds and must be cheap while all is well.</summary>
public interface IWatch
{
    /// <summary>How things stand now.</summary>
    Task<Outlook> LookAsync(WatchMemory memory, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>One of the hub's events.</summary>
    string Type { get; }

    /// <summary>The type of the rows it keeps for itself; null: none.</summary>
    string? KeptType => null;
}

/// <summary>What a watch knows from before.</summary>
/// <param name="Told">What is known of its type, by cause.</param>
/// <param name="Kept">The rows it keeps for itself, by cause.</param>
public sealed record WatchMemory(IReadOnlyDictionary<string, TellingRow> Told, IReadOnlyDictionary<string, TellingRow> Kept);

/// <summary>How things stand.</summary>
/// <param name="Concerns">Everything that is not well; what is not in here is well.</param>
/// <param name="Forgets">True where a thing that was well in between is told again.</param>
public sealed record Outlook(string Type, IReadOnlyList<Concern> Concerns, bool Forgets)
{
    /// <summary>True where each concern is another one and none of them ends, such as dead letters.</summary>
    public bool Counts { get; init; }

    /// <summary>Rows that the watch keeps for itself and that have changed.</summary>
    public IReadOnlyList<TellingRow> Kept { get; init; } = [];

    /// <summary>Between two tellings of the same cause there is at least this.</summary>
    public TimeSpan Apart { get; init; } = BulletinDesk.Apart;
}

/// <summary>Something to be told.</summary>
/// <param name="Cause">What those have in common that are told as one.</param>
/// <param name="Mark">Tells this occasion from the one before: each is told once. Empty where each concern counts.</param>
/// <param name="Since">Since when it is so.</param>
/// <param name="Facts">Of the newest; a map of texts.</param>
public sealed record Concern(string Type, string Cause, string Mark, DateTimeOffset Since, Value Facts)
{
    /// <summary>How many.</summary>
    public long Count { get; init; } = 1;
}
