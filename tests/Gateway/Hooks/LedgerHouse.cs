using System.Collections.Concurrent;
using System.Threading.Channels;
using ConnectorHub.Connectors;
using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Gateway.Settings;
using ConnectorHub.Recipes;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.Gateway.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Value = ConnectorHub.Values.Value;

namespace ConnectorHub.Tests.Gateway.Hooks;

/// <summary>A ledger with everything around it but a gateway: the clock stands until it is moved, the store is in memory.</summary>
internal sealed class LedgerHouse : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("connectorhub-ledger-");
    private readonly HubSettings _settings;
    private readonly LoggerFactory _loggers;

    public LedgerHouse()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Hub:PublicUrl"] = "https://hub.example.org/",
            ["Hub:Zone"] = "Europe/Paris",
            ["Connections:spot:Connector"] = "meltingspot",
            ["Connections:spot:Secrets:SigningSecrets:0"] = RunningGateway.SigningSecret,
            ["Connections:inbox:Connector"] = "webhook",
            ["Connections:inbox:Secrets:UrlToken"] = RunningGateway.UrlToken,
        }).Build();
        _settings = HubSettings.Load(configuration, _folder.FullName, ConnectorCatalog.All).Settings!;
        _loggers = new LoggerFactory([Log]);
        Restart();
    }

    public LogLines Log { get; } = new();

    public StepClock Clock { get; } = new();

    public MemoryHookStore Store { get; } = new();

    public HookBook Book { get; private set; } = null!;

    public HookLedger Ledger { get; private set; } = null!;

    public HookReport Report { get; private set; } = null!;

    public Uptime Uptime { get; private set; } = null!;

    public StakeWatch Watch { get; private set; } = null!;

    public LedgerKeeper Keeper { get; private set; } = null!;

    public HubTime Time { get; private set; } = null!;

    public ILogger<T> Logger<T>() => new Logger<T>(_loggers);

    /// <summary>A new process on the same store; what the old one had not kept is gone.</summary>
    public void Restart()
    {
        var connections = new SettingsConnections(_settings, SecretStore.OfThisProcess(), CredentialKey.Passing());
        Time = new HubTime(_settings.Hub.Zone, Clock);
        Book = new HookBook(connections, new ConnectorBook(ConnectorCatalog.All), _settings);
        Ledger = new HookLedger(Book, new StrangerText(connections), Clock, Logger<HookLedger>());
        Uptime = new Uptime(Clock);
        Report = new HookReport(Book, Ledger, Uptime, new NoRecipes(), Time);
        Watch = new StakeWatch(Report, Time, Logger<StakeWatch>());
        Keeper = new LedgerKeeper(Ledger, Uptime, Watch, Store, Clock);
    }

    public Hook Hook(string address) => Book.Find(address)!;

    /// <summary>A delivery that is refused.</summary>
    public void Refuse(string address, HookNoteKind kind, string text = "Refused.", string body = "{}", string userAgent = "Svix/1") =>
        Ledger.Refused(Hook(address), kind, text, Visit(body, userAgent));

    /// <summary>A delivery that is taken: a new event, or a duplicate of one.</summary>
    public void Take(string address, string id, string? duplicateOf = null, bool sameBody = true, bool test = false) =>
        Ledger.Accepted(Hook(address), [new AcceptedEvent(id, duplicateOf, sameBody, [], test)], Visit("{}", "Svix/1"));

    public HookSnapshot Look(string connection, string hookEvent = "") => Ledger.Look(new HookKey(HookScope.Hook, connection, hookEvent));

    public static HookVisit Visit(string body, string userAgent) => new(userAgent, body.Length, System.Text.Encoding.UTF8.GetBytes(body));

    public void Dispose()
    {
        Keeper.Dispose();
        _loggers.Dispose();
        _folder.Delete(recursive: true);
    }

    private sealed class NoRecipes : IRecipes
    {
        public RecipeBook Book => RecipeBook.Empty;

        public Value Shared => Value.Missing;

        public ValueTask<LoadedRecipe> CompileAsync(string id, string text, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}

/// <summary>Keeps rows in memory and counts the writes; can be told that it cannot commit.</summary>
internal sealed class MemoryHookStore : IHookStore
{
    private readonly Dictionary<HookKey, HookRow> _rows = [];
    private Liveness? _liveness;

    public ConcurrentQueue<(DateTimeOffset At, int Rows)> Writes { get; } = new();

    /// <summary>What the next writes fail with; null: they succeed.</summary>
    public Exception? Failure { get; set; }

    public Task KeepHooksAsync(IReadOnlyList<HookRow> changed, Liveness liveness, CancellationToken cancellationToken)
    {
        if (Failure is not null)
        {
            return Task.FromException(Failure);
        }

        foreach (var row in changed)
        {
            var key = HookKey.Of(row);
            _rows[key] = row with { Notes = row.Notes ?? _rows.GetValueOrDefault(key)?.Notes };
        }

        _liveness = liveness;
        Writes.Enqueue((liveness.AliveAt, changed.Count));
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<HookRow>> HooksAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<HookRow>>([.. _rows.Values]);

    public Task<Liveness?> LivenessAsync(CancellationToken cancellationToken) => Task.FromResult(_liveness);
}

/// <summary>A clock that moves from one waiting timer to the next, and only when whoever waited is waiting again.</summary>
internal sealed class StepClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly Channel<StepTimer> _timers = Channel.CreateUnbounded<StepTimer>();
    private DateTimeOffset _now = new(2026, 3, 10, 13, 3, 5, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public void Move(TimeSpan span)
    {
        lock (_gate)
        {
            _now += span;
        }
    }

    /// <summary>Waits until a timer is set; answers how long it is to wait.</summary>
    public async Task<TimeSpan> WaitingAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        await _timers.Reader.WaitToReadAsync(patience.Token);
        return _timers.Reader.TryPeek(out var timer) ? timer.Due : throw new InvalidOperationException("No timer is set.");
    }

    /// <summary>Lets the timer fire that was waited for.</summary>
    public void Fire()
    {
        Assert.True(_timers.Reader.TryRead(out var timer));
        Move(timer.Due);
        timer.Fire();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new StepTimer(callback, state, dueTime);
        Assert.True(_timers.Writer.TryWrite(timer));
        return timer;
    }

    private sealed class StepTimer(TimerCallback callback, object? state, TimeSpan due) : ITimer
    {
        public TimeSpan Due => due;

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
