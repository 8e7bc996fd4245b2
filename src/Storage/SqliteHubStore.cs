using ConnectorHub.Runs.Store;
using ConnectorHub.Storage.Sqlite;
using ConnectorHub.Storage.Sqlite.Forgetting;
using ConnectorHub.Storage.Sqlite.Search;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace ConnectorHub.Storage;

/// <summary>The store in one SQLite file: the embedded default, for one gateway at a time.</summary>
public sealed class SqliteHubStore : IHubStore
{
    private readonly DataFolder _folder;
    private readonly Writer _writer;
    private readonly ReaderPool _readers;
    private readonly SearchIndex _index;
    private readonly int _searchDepth;

    private SqliteHubStore(DataFolder folder, Session session, SqliteStoreOptions options, ILogger logger)
    {
        _folder = folder;
        _writer = new Writer(folder.Database, session, options, logger);
        _readers = new ReaderPool(folder.Database, options.Readers);
        _index = new SearchIndex(_readers, _writer, options, logger);
        _searchDepth = options.SearchDepth;
    }

    public bool CanCommit => _writer.CanCommit;

    /// <summary>Writes that wait in line for the writer: a figure to watch, and the first to grow under overload.</summary>
    public int WaitingWrites => _writer.Waiting;

    /// <summary>
    /// Takes the data folder for this process, brings the schema up to date and voids all leases: whoever held them is gone, so
    /// their runs are due at once.
    /// </summary>
    /// <exception cref="DataFolderInUseException">Another process holds the folder.</exception>
    /// <exception cref="StoreVersionException">A newer version of the program wrote the store.</exception>
    /// <exception cref="StoreUnavailableException">The file cannot be opened or written.</exception>
    public static Task<SqliteHubStore> OpenAsync(
        SqliteStoreOptions options,
        TimeProvider time,
        ILogger logger,
        CancellationToken cancellationToken) =>
        Task.Run(() => Open(options, time, logger), cancellationToken);

    public Task<IReadOnlyList<AcceptedEvent>> AcceptAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var prepared = AcceptWrite.Prepare(delivery);
        return _writer.WriteAsync(prepared, AcceptWrite.Do, cancellationToken, prepared.Weight);
    }

    public Task<RunRow?> ClaimAsync(RunClaim claim, CancellationToken cancellationToken) =>
        _writer.WriteAsync(claim, RunWrites.Claim, cancellationToken);

    public Task<bool> BeginAttemptAsync(AttemptIntent intent, CancellationToken cancellationToken) =>
        _writer.WriteAsync(intent, RunWrites.Begin, cancellationToken, intent.Input.Length);

    public Task<bool> EndAttemptAsync(AttemptResult result, RunChange change, CancellationToken cancellationToken) =>
        _writer.WriteAsync((result, change), RunWrites.End, cancellationToken, result.Output.Length + result.Request.Length);

    public Task<bool> ChangeRunAsync(RunChange change, CancellationToken cancellationToken) =>
        _writer.WriteAsync(change, RunWrites.Change, cancellationToken);

    public Task BlockConnectionAsync(ConnectionBlock block, CancellationToken cancellationToken) =>
        _writer.WriteAsync(block, AdminWrites.Block, cancellationToken);

    public Task<int> ReleaseConnectionAsync(string connection, DateTimeOffset now, CancellationToken cancellationToken) =>
        _writer.WriteAsync((connection, now), AdminWrites.Release, cancellationToken);

    public Task KeepRecipeAsync(KeptRecipe recipe, CancellationToken cancellationToken) =>
        _writer.WriteAsync(recipe, RecipeWrites.Keep, cancellationToken);

    public Task ForgetRecipeAsync(string recipeId, CancellationToken cancellationToken) =>
        _writer.WriteAsync(recipeId, RecipeWrites.Forget, cancellationToken);

    public Task AddTokenAsync(TokenRow token, CancellationToken cancellationToken) =>
        _writer.WriteAsync(token, AdminWrites.AddToken, cancellationToken);

    public Task ReleaseLeasesAsync(string owner, DateTimeOffset now, CancellationToken cancellationToken) =>
        _writer.WriteAsync((owner, now), RunWrites.ReleaseLeases, cancellationToken);

    public Task<IReadOnlyList<string>> DueRunsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        _readers.ReadAsync((now, limit), DueReads.Due, cancellationToken);

    public Task<string?> NextInLineAsync(string orderKey, DateTimeOffset now, CancellationToken cancellationToken) =>
        _readers.ReadAsync((orderKey, now), Lines.Next, cancellationToken);

    public Task<long> CountDeadLettersAsync(string recipeId, RunError error, DateTimeOffset since, CancellationToken cancellationToken) =>
        _readers.ReadAsync((recipeId, error, since), Notices.Count, cancellationToken);

    public Task<ReadOnlyMemory<byte>?> FindMadeAsync(string connection, string kind, string key, DateTimeOffset now, CancellationToken cancellationToken) =>
        _readers.ReadAsync((connection, kind, key, now), MadeTable.Find, cancellationToken);

    public Task<ReadOnlyMemory<byte>?> RecallAsync(string key, DateTimeOffset now, CancellationToken cancellationToken) =>
        _readers.ReadAsync((key, now), MadeTable.Recall, cancellationToken);

    public Task<EventRow?> FindEventAsync(string id, CancellationToken cancellationToken) =>
        _readers.ReadAsync(id, EventReads.Find, cancellationToken);

    public Task<IReadOnlyList<EventRow>> ListEventsAsync(EventQuery query, CancellationToken cancellationToken) =>
        _readers.ReadAsync((query, _searchDepth), EventReads.List, cancellationToken);

    public Task<EventPage> SearchEventsAsync(EventQuery query, int most, CancellationToken cancellationToken) =>
        _readers.ReadAsync((query, most), SearchPages.Find, cancellationToken);

    public Task<RunRow?> FindRunAsync(string id, CancellationToken cancellationToken) =>
        _readers.ReadAsync(id, RunReads.Find, cancellationToken);

    public Task<IReadOnlyList<RunRow>> ListRunsAsync(RunQuery query, CancellationToken cancellationToken) =>
        _readers.ReadAsync(query, RunReads.List, cancellationToken);

    public Task<IReadOnlyList<RunRow>> WaitingRunsAsync(string connection, int limit, CancellationToken cancellationToken) =>
        _readers.ReadAsync((connection, limit), RunReads.Waiting, cancellationToken);

    public Task<IReadOnlyList<AttemptRow>> AttemptsAsync(string runId, CancellationToken cancellationToken) =>
        _readers.ReadAsync(runId, RunReads.Attempts, cancellationToken);

    public Task<string?> RecipeTextAsync(string hash, CancellationToken cancellationToken) =>
        _readers.ReadAsync(hash, AdminReads.RecipeText, cancellationToken);

    public Task<IReadOnlyList<KeptRecipe>> KeptRecipesAsync(CancellationToken cancellationToken) =>
        _readers.ReadAsync<object?, IReadOnlyList<KeptRecipe>>(null, AdminReads.KeptRecipes, cancellationToken);

    public Task<IReadOnlyList<ConnectionBlock>> BlockedConnectionsAsync(CancellationToken cancellationToken) =>
        _readers.ReadAsync<object?, IReadOnlyList<ConnectionBlock>>(null, AdminReads.Blocks, cancellationToken);

    public Task<IReadOnlyList<TokenRow>> TokensAsync(CancellationToken cancellationToken) =>
        _readers.ReadAsync<object?, IReadOnlyList<TokenRow>>(null, AdminReads.Tokens, cancellationToken);

    public IAsyncEnumerable<Forgotten> ForgetAsync(KeptSince kept, DateTimeOffset now, CancellationToken cancellationToken) =>
        new ForgetWalk(_readers, _writer).WalkAsync(kept, now, cancellationToken);

    public Task<StoreCounts> CountsAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        _readers.ReadAsync(now, DueReads.Counts, cancellationToken);

    public Task<ActResult> ActAsync(RunAct act, CancellationToken cancellationToken) =>
        _writer.WriteAsync(act, ActWrites.Do, cancellationToken);

    public Task NoteAsync(AuditEntry entry, CancellationToken cancellationToken) =>
        _writer.WriteAsync(entry, AuditTable.Add, cancellationToken);

    public Task PauseAsync(Pause pause, AuditEntry entry, CancellationToken cancellationToken) =>
        _writer.WriteAsync((pause, entry), Pauses.Begin, cancellationToken);

    public Task<bool> ResumeAsync(PauseKind kind, string name, AuditEntry entry, CancellationToken cancellationToken) =>
        _writer.WriteAsync((kind, name, entry), Pauses.End, cancellationToken);

    public Task<IReadOnlyList<Pause>> PausesAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        _readers.ReadAsync(now, Pauses.All, cancellationToken);

    public Task<IReadOnlyList<PauseView>> PauseViewsAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        _readers.ReadAsync(now, Pauses.Views, cancellationToken);

    public Task<bool> HoldScheduleAsync(string id, ScheduleHold hold, AuditEntry entry, CancellationToken cancellationToken) =>
        _writer.WriteAsync((id, hold, entry), ScheduleTable.Hold, cancellationToken);

    public Task<bool> LetScheduleGoAsync(string id, AuditEntry entry, CancellationToken cancellationToken) =>
        _writer.WriteAsync((id, entry), ScheduleTable.LetGo, cancellationToken);

    public Task CountMissedAsync(string id, MissedCount count, CancellationToken cancellationToken) =>
        _writer.WriteAsync((id, count), ScheduleTable.CountMissed, cancellationToken);

    public Task<bool> KeepDoneAsync(string id, DateTimeOffset at, MissedCount? missed, CancellationToken cancellationToken) =>
        _writer.WriteAsync((id, at, missed), ScheduleTable.Done, cancellationToken);

    public Task<IReadOnlyList<ScheduleRow>> SchedulesAsync(CancellationToken cancellationToken) =>
        _readers.ReadAsync<object?, IReadOnlyList<ScheduleRow>>(null, ScheduleTable.All, cancellationToken);

    public Task<EventWalkPage> WalkEventsAsync(EventWalk walk, string afterId, CancellationToken cancellationToken) =>
        _readers.ReadAsync((walk, afterId), EventWalks.Page, cancellationToken);

    public Task<IReadOnlyList<OpenResult>> OpenRunsAsync(IReadOnlyList<RunOpening> openings, CancellationToken cancellationToken) =>
        _writer.WriteAsync(openings, RunOpenings.Do, cancellationToken);

    public Task KeepPlanAsync(PlanRow plan, AuditEntry entry, CancellationToken cancellationToken) =>
        _writer.WriteAsync((plan, entry), PlanTable.Keep, cancellationToken);

    public Task<bool> DropPlanAsync(string id, AuditEntry entry, CancellationToken cancellationToken) =>
        _writer.WriteAsync((id, entry), PlanTable.Drop, cancellationToken);

    public Task<IReadOnlyList<PlanRow>> PlansAsync(CancellationToken cancellationToken) =>
        _readers.ReadAsync<object?, IReadOnlyList<PlanRow>>(null, PlanTable.All, cancellationToken);

    public Task<bool> BeginFiringAsync(string id, DateTimeOffset due, DateTimeOffset? next, CancellationToken cancellationToken) =>
        _writer.WriteAsync((id, due, next), PlanTable.Begin, cancellationToken);

    public Task<bool> EndFiringAsync(string id, DateTimeOffset due, string result, AuditEntry entry, CancellationToken cancellationToken) =>
        _writer.WriteAsync((id, due, result, entry), PlanTable.End, cancellationToken);

    public Task<IReadOnlyList<CauseGroup>> CausesAsync(RunFilter filter, CancellationToken cancellationToken) =>
        _readers.ReadAsync(filter, RunFilters.Causes, cancellationToken);

    public Task<IReadOnlyList<string>> FindRunsAsync(RunFilter filter, CancellationToken cancellationToken) =>
        _readers.ReadAsync(filter, RunFilters.Find, cancellationToken);

    public Task<IReadOnlyList<AuditEntry>> AuditAsync(string? target, string? beforeId, int limit, CancellationToken cancellationToken) =>
        _readers.ReadAsync((target, beforeId, limit), AuditTable.List, cancellationToken);

    public Task KeepHooksAsync(IReadOnlyList<HookRow> changed, Liveness liveness, CancellationToken cancellationToken) =>
        _writer.WriteAsync((changed, liveness), HookTables.Keep, cancellationToken);

    public Task<IReadOnlyList<HookRow>> HooksAsync(CancellationToken cancellationToken) =>
        _readers.ReadAsync<object?, IReadOnlyList<HookRow>>(null, HookTables.All, cancellationToken);

    public Task<Liveness?> LivenessAsync(CancellationToken cancellationToken) =>
        _readers.ReadAsync<object?, Liveness?>(null, HookTables.Liveness, cancellationToken);

    public Task<RunRow?> OldestUnfinishedAsync(CancellationToken cancellationToken) =>
        _readers.ReadAsync<object?, RunRow?>(null, VitalReads.OldestUnfinished, cancellationToken);

    public Task<IReadOnlyList<LeaseHolder>> LeasesAsync(DateTimeOffset lapsedBefore, CancellationToken cancellationToken) =>
        _readers.ReadAsync(lapsedBefore, VitalReads.Leases, cancellationToken);

    public Task<IReadOnlyList<TellingRow>> TellingsAsync(CancellationToken cancellationToken) =>
        _readers.ReadAsync<object?, IReadOnlyList<TellingRow>>(null, TellingTable.All, cancellationToken);

    public Task<UntoldDeadLetters> UntoldAsync(int most, CancellationToken cancellationToken) =>
        _readers.ReadAsync(most, TellingTable.Untold, cancellationToken);

    public Task<long> CountWaitingAsync(string connection, CancellationToken cancellationToken) =>
        _readers.ReadAsync(connection, RunReads.CountWaiting, cancellationToken);

    public Task<IReadOnlyList<AcceptedEvent>> TellAsync(Telling telling, CancellationToken cancellationToken)
    {
        var prepared = new PreparedTelling(telling, [.. telling.Deliveries.Select(AcceptWrite.Prepare)]);
        return _writer.WriteAsync(prepared, TellingTable.Tell, cancellationToken, prepared.Deliveries.Sum(delivery => delivery.Weight));
    }

    /// <summary>Does the writes that are in line, then gives the folder back.</summary>
    public async ValueTask DisposeAsync()
    {
        await _index.DisposeAsync();
        await _readers.DisposeAsync();
        await _writer.DisposeAsync();
        _folder.Dispose();
    }

    private static SqliteHubStore Open(SqliteStoreOptions options, TimeProvider time, ILogger logger)
    {
        DataFolder? folder = null;
        Session? session = null;
        try
        {
            folder = DataFolder.Open(options.DataFolder, logger);
            session = Session.OpenWriter(folder.Database, options);
            Log.Opened(logger, folder.Database, SqliteLibrary.Version, SqliteLibrary.Name);
            Schema.Apply(session, folder.Database, time.GetUtcNow());
            VoidLeases(session, time, logger);
            var store = new SqliteHubStore(folder, session, options, logger);
            (folder, session) = (null, null);
            return store;
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw StoreFailure.From(exception);
        }
        finally
        {
            session?.Dispose();
            folder?.Dispose();
        }
    }

    private static void VoidLeases(Session session, TimeProvider time, ILogger logger)
    {
        session.Begin();
        var runs = RunWrites.VoidLeases(session, time.GetUtcNow());
        session.Commit();
        if (runs > 0)
        {
            Log.LeasesVoided(logger, runs);
        }
    }
}
