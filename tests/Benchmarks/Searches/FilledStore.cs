using ConnectorHub.Runs;
using ConnectorHub.Runs.Store;
using ConnectorHub.Storage;
using ConnectorHub.Tests.Benchmarks.Gateways;
using Microsoft.Extensions.Logging.Abstractions;

namespace ConnectorHub.Tests.Benchmarks.Searches;

/// <summary>A data folder full of events, filled through the store's own way in.</summary>
internal sealed class FilledStore(string data, TimeProvider time)
{
    private string File => Path.Combine(data, "hub.db");

    /// <summary>Bytes of the database.</summary>
    public long Size => new FileInfo(File).Length;

    /// <summary>Stores the events, and brings most of their runs to an end, without a search index.</summary>
    public async Task FillAsync(Deliveries deliveries, CancellationToken cancellationToken)
    {
        const int AtOnce = 128;
        await using var store = await OpenAsync(0, cancellationToken);
        foreach (var few in deliveries.All().Chunk(AtOnce))
        {
            var accepted = await Task.WhenAll(few.Select(delivery => store.AcceptAsync(delivery, cancellationToken)));
            await Task.WhenAll(accepted.SelectMany(one => one).SelectMany(one => one.Runs).Select(run => SucceedAsync(store, run, cancellationToken)));
        }
    }

    /// <summary>The first events that hold a text, read from the events themselves: how long it takes without an index.</summary>
    public async Task<TimeSpan> PlainAsync(string text, CancellationToken cancellationToken)
    {
        await using var store = await OpenAsync(0, cancellationToken);
        var began = time.GetTimestamp();
        _ = await new EventSearch(store, time).FindAsync(text, 20, cancellationToken);
        return time.GetElapsedTime(began);
    }

    /// <summary>Makes the search index with a whole core; answers the processor time it took.</summary>
    public async Task<TimeSpan> IndexAsync(int events, CancellationToken cancellationToken)
    {
        const int NotYet = 1024 + 128;
        var began = Environment.CpuUsage.TotalTime;
        await using var store = await OpenAsync(1, cancellationToken);
        while (SqliteFile.Count(File, "select coalesce(sum(events), 0) from search_blocks") < events - NotYet)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancellationToken);
        }

        return Environment.CpuUsage.TotalTime - began;
    }

    private Task<SqliteHubStore> OpenAsync(double indexShare, CancellationToken cancellationToken) =>
        SqliteHubStore.OpenAsync(new SqliteStoreOptions { DataFolder = data, IndexShare = indexShare }, time, NullLogger.Instance, cancellationToken);

    private async Task SucceedAsync(SqliteHubStore store, string id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await store.ClaimAsync(new RunClaim(id, "bench", now, now.AddMinutes(1)), cancellationToken) is { } run)
        {
            await store.ChangeRunAsync(new RunChange(id, run.Epoch, RunState.Succeeded, 1, 0, now), cancellationToken);
        }
    }
}
