using ConnectorHub.Runs.Store;

namespace ConnectorHub.Gateway.Hooks;

/// <summary>
/// Keeps the ledger in the store: at most once a second and only when something changed, so that a flood costs one small write a second. A
/// crash loses what the last second counted, never an event.
/// </summary>
internal sealed class LedgerKeeper(HookLedger ledger, Uptime uptime, StakeWatch watch, IHookStore store, TimeProvider time) : BackgroundService
{
    /// <summary>Between two writes there is at least this.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Without changes, the moment that this gateway was last alive is kept so often.</summary>
    public static readonly TimeSpan AliveInterval = TimeSpan.FromSeconds(30);

    private DateTimeOffset _keptAt = DateTimeOffset.MinValue;

    /// <summary>Begins with what was kept.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        ledger.Load(await store.HooksAsync(cancellationToken).ConfigureAwait(false));
        uptime.Load(await store.LivenessAsync(cancellationToken).ConfigureAwait(false));
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        uptime.Begin();
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await KeepAsync(ledger.TakeChanges(), CancellationToken.None).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // A delay and not a timer's tick: after a slow write the next must not follow at once.
            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
            {
                break;
            }

            watch.Look();
            var changed = ledger.TakeChanges();
            if (changed.Count > 0 || time.GetUtcNow() - _keptAt >= AliveInterval)
            {
                await KeepAsync(changed, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private async Task KeepAsync(IReadOnlyList<HookRow> changed, CancellationToken cancellationToken)
    {
        try
        {
            var now = uptime.Now;
            await store.KeepHooksAsync(changed, now, cancellationToken).ConfigureAwait(false);
            _keptAt = now.AliveAt;
        }
        catch (Exception exception) when (exception is StoreUnavailableException or InvalidOperationException)
        {
            // The store has said so itself. Figures that wait for the next second must not end a gateway that takes events.
            ledger.GiveBack(changed);
        }
    }
}
