using ConnectorHub.Runs.Acts;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Gateway.Admin.Acts;

/// <summary>Which runs; everything that is set must fit.</summary>
/// <param name="State">Dead letters and those in doubt where nothing is said.</param>
public sealed record FilterBody(
    RunState? State = null,
    string? Recipe = null,
    string? Source = null,
    string? Connection = null,
    string? Step = null,
    string? Code = null,
    string? Text = null,
    DateTimeOffset? Since = null,
    DateTimeOffset? Until = null,
    bool? Rehearsal = null)
{
    /// <summary>True where it would fit every run there is.</summary>
    internal bool FitsAll => this == new FilterBody { Rehearsal = Rehearsal };

    internal RunFilter ToFilter(int limit) =>
        new(State is { } state ? [state] : null, Recipe, Source, Connection, Step, Code, Text, Since, Until, limit) { Rehearsal = Rehearsal };
}

/// <summary>A replay that is asked for.</summary>
/// <param name="At">When; null: now.</param>
public sealed record ReplayBody(bool FromStart = false, bool AsItIs = false, bool Again = false, bool Live = false, DateTimeOffset? At = null, string? Why = null)
{
    internal ReplayWish ToWish() => new(FromStart, AsItIs, Again, Live);
}

/// <summary>A replay of all that fit.</summary>
/// <param name="PerSecond">At most so many begin in a second; null: as fast as their connections allow.</param>
/// <param name="Only">A look first: says how many would be replayed and does nothing.</param>
public sealed record ReplaysBody(FilterBody Filter, ReplayBody How, double? PerSecond = null, bool Only = false);

/// <summary>What is given up, and why.</summary>
public sealed record CancelBody(string Why);

/// <summary>All that fit are given up.</summary>
public sealed record CancelsBody(FilterBody Filter, string Why);

/// <summary>A doubt that is settled.</summary>
/// <param name="Happened">False: it is sent again. It has to be said.</param>
public sealed record DecideBody(bool? Happened = null, string? Why = null);

/// <summary>An act that was done.</summary>
/// <param name="Run">The run that goes on.</param>
/// <param name="Note">What else is to be known; may be empty.</param>
public sealed record ActDone(string Run, string Note);
