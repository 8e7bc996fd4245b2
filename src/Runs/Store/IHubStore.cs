namespace ConnectorHub.Runs.Store;

/// <summary>
/// The store port. A write is durable when its task completes; a write whose cancellation comes before it has begun is not done
/// and throws <see cref="OperationCanceledException"/>, one that has begun runs to its end.
/// </summary>
/// <exception cref="StoreUnavailableException">The store cannot commit (I/O error, full disk, corruption). Every member may throw it.</exception>
public interface IHubStore : IHookStore, IActStore, IPlanStore, IReplayStore, IVitalStore, ITellingStore, IRetentionStore, IScheduleStore, IAsyncDisposable
{
    /// <summary>False from the first failed commit until a probe write commits again.</summary>
    bool CanCommit { get; }

    /// <summary>
    /// Stores a delivery in one transaction: keys first, then events, decisions and runs that follow from what conflicted.
    /// Answers one entry for each event, in order.
    /// </summary>
    Task<IReadOnlyList<AcceptedEvent>> AcceptAsync(Delivery delivery, CancellationToken cancellationToken);

    /// <summary>
    /// Takes a run: Queued, Waiting and due, or Running with a lease that ended. Raises its epoch. Null where it cannot be taken now.
    /// </summary>
    Task<RunRow?> ClaimAsync(RunClaim claim, CancellationToken cancellationToken);

    /// <summary>Writes the intent of an attempt and moves the lease; false where the epoch is no longer ours: then nothing may be sent.</summary>
    Task<bool> BeginAttemptAsync(AttemptIntent intent, CancellationToken cancellationToken);

    /// <summary>Writes the outcome of an attempt and what follows for its run; false where the epoch is no longer ours: the result is discarded.</summary>
    Task<bool> EndAttemptAsync(AttemptResult result, RunChange change, CancellationToken cancellationToken);

    /// <summary>Changes a run without an attempt; false where the epoch is no longer ours.</summary>
    Task<bool> ChangeRunAsync(RunChange change, CancellationToken cancellationToken);

    /// <summary>Blocks a connection for the credentials of that version; a block that is already there stays as it is.</summary>
    Task BlockConnectionAsync(ConnectionBlock block, CancellationToken cancellationToken);

    /// <summary>Lifts a block; its Blocked runs become Queued and due at <paramref name="now"/>. Answers how many.</summary>
    Task<int> ReleaseConnectionAsync(string connection, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Keeps a recipe as the last good version of its id.</summary>
    Task KeepRecipeAsync(KeptRecipe recipe, CancellationToken cancellationToken);

    /// <summary>Forgets the last good version of a recipe whose file is gone; texts that runs are pinned to stay.</summary>
    Task ForgetRecipeAsync(string recipeId, CancellationToken cancellationToken);

    /// <summary>Adds the hash of an admin token.</summary>
    Task AddTokenAsync(TokenRow token, CancellationToken cancellationToken);

    /// <summary>Gives up all leases of this process, so that another may claim at once. Called after the last attempt has ended.</summary>
    Task ReleaseLeasesAsync(string owner, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Ids of runs that may be claimed now, oldest due first, blocked connections left out.</summary>
    Task<IReadOnlyList<string>> DueRunsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>The run of a line that may be claimed now; null where none may.</summary>
    Task<string?> NextInLineAsync(string orderKey, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>How many runs of a recipe died like this since then.</summary>
    Task<long> CountDeadLettersAsync(string recipeId, RunError error, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>What was made under a key by steps of that connection and kind: the output; null where nothing was or it is forgotten.</summary>
    Task<ReadOnlyMemory<byte>?> FindMadeAsync(string connection, string kind, string key, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>What was made last under a key, whoever made it; null where nothing was.</summary>
    Task<ReadOnlyMemory<byte>?> RecallAsync(string key, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>An event by id.</summary>
    Task<EventRow?> FindEventAsync(string id, CancellationToken cancellationToken);

    /// <summary>Events, newest first.</summary>
    Task<IReadOnlyList<EventRow>> ListEventsAsync(EventQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Looks through the events, newest first, for those that hold the query's text: also where JSON writes it with escapes.
    /// A page reads at most so many, besides those it can rule out unread, and is short; a caller goes on with the next.
    /// </summary>
    Task<EventPage> SearchEventsAsync(EventQuery query, int most, CancellationToken cancellationToken);

    /// <summary>A run by id.</summary>
    Task<RunRow?> FindRunAsync(string id, CancellationToken cancellationToken);

    /// <summary>Runs, newest first.</summary>
    Task<IReadOnlyList<RunRow>> ListRunsAsync(RunQuery query, CancellationToken cancellationToken);

    /// <summary>Runs that wait for a connection: those that are due first before the others, then those it blocks, oldest first.</summary>
    Task<IReadOnlyList<RunRow>> WaitingRunsAsync(string connection, int limit, CancellationToken cancellationToken);

    /// <summary>All attempts of a run in the order they were made.</summary>
    Task<IReadOnlyList<AttemptRow>> AttemptsAsync(string runId, CancellationToken cancellationToken);

    /// <summary>The text of a recipe version by its hash.</summary>
    Task<string?> RecipeTextAsync(string hash, CancellationToken cancellationToken);

    /// <summary>The last good version of every recipe.</summary>
    Task<IReadOnlyList<KeptRecipe>> KeptRecipesAsync(CancellationToken cancellationToken);

    /// <summary>Connections that wait for a person.</summary>
    Task<IReadOnlyList<ConnectionBlock>> BlockedConnectionsAsync(CancellationToken cancellationToken);

    /// <summary>Hashes of the admin tokens.</summary>
    Task<IReadOnlyList<TokenRow>> TokensAsync(CancellationToken cancellationToken);

    /// <summary>How many runs are in each state, and when the oldest due one was due.</summary>
    Task<StoreCounts> CountsAsync(DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>The store cannot commit now; nothing of the call was kept.</summary>
public sealed class StoreUnavailableException : Exception
{
    public StoreUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
