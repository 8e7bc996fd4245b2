using ConnectorHub.Runs;
using ConnectorHub.Runs.Store;
using ConnectorHub.Runs.Work;

namespace ConnectorHub.Gateway.Hosting;

/// <summary>Works on runs while the gateway is up; at the end lets what is under way finish.</summary>
internal sealed class Engine(EventPath path, WorkQueue work, IHubStore store, EngineOwner owner, TimeProvider time) : BackgroundService
{
    /// <summary>How long calls under way may take after SIGTERM.</summary>
    public static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _drainOver = new();

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        using var deadline = new CancellationTokenSource(DrainTime, time);
        await work.DrainAsync(deadline.Token).ConfigureAwait(false);
        await _drainOver.CancelAsync().ConfigureAwait(false);
        await store.ReleaseLeasesAsync(owner.Name, time.GetUtcNow(), CancellationToken.None).ConfigureAwait(false);
    }

    public override void Dispose()
    {
        _drainOver.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
        => work.WorkAsync(hint => path.AdvanceAsync(hint, _drainOver.Token), stoppingToken);
}

/// <summary>This process's name in leases.</summary>
internal sealed record EngineOwner(string Name);
