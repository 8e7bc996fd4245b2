using System.Text;
using ConnectorHub.Abstractions;
using ConnectorHub.Gateway;
using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Gateway.Hosting;
using ConnectorHub.Recipes;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Bulletins;
using ConnectorHub.Runs.Connections;
using ConnectorHub.Runs.RecipeTests;
using ConnectorHub.Runs.Schedules;
using ConnectorHub.Runs.Store;
using ConnectorHub.Runs.Work;
using ConnectorHub.Tests.StandIns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ConnectorHub.Tests.Gateway.Simulations;

/// <summary>
/// The whole engine with its real store on disk, on virtual time: events come in as the hook endpoint hands them on, runs are worked on as the
/// program does, requests end at stand-ins. Only Kestrel, Quartz and the network are missing.
/// </summary>
internal sealed class SimulatedHub : IAsyncDisposable
{
    public const string UrlToken = "canary-url-token-333444";
    // No longer do rows of one call wait for each other.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(250);

    // The program sweeps each second; what is due soon is known to the queue without it.
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(5);

    private readonly ServiceProvider _services;
    private readonly string _folder;
    private readonly CancellationTokenSource _stop = new();
    private readonly WorkQueue _work;
    private readonly EventPath _path;
    private readonly Sweep _sweep;
    private Task _working = Task.CompletedTask;
    private DateTimeOffset _nextSweep;

    private SimulatedHub(ServiceProvider services, string folder, VirtualTime time, StandInOutbound outbound)
    {
        (_services, _folder, Time, Outbound) = (services, folder, time, outbound);
        _work = services.GetRequiredService<WorkQueue>();
        _path = services.GetRequiredService<EventPath>();
        _sweep = services.GetRequiredService<Sweep>();
    }

    public VirtualTime Time { get; }

    public StandInOutbound Outbound { get; }

    /// <summary>Whether the hub tells what people should know.</summary>
    public bool Tells { get; init; }

    public Why Why => _services.GetRequiredService<Why>();

    public Recipe Recipe => _services.GetRequiredService<IRecipes>().Book.Entries[0].Live!;

    public IHubStore Store => _services.GetRequiredService<IHubStore>();

    /// <summary>Opens store and recipes and begins to work.</summary>
    /// <param name="time">Its clock, the stand-ins' as well.</param>
    /// <param name="standIns">By connection.</param>
    /// <param name="recipe">The one recipe.</param>
    /// <param name="settings">Connections and what else the settings file would say.</param>
    public static Task<SimulatedHub> StartAsync(
        VirtualTime time, IReadOnlyDictionary<string, StandIn> standIns, string recipe, params (string Key, string Value)[] settings) =>
        StartAsync(time, standIns, new Dictionary<string, string> { ["simulated"] = recipe }, settings);

    /// <summary>Opens store and recipes and begins to work.</summary>
    /// <param name="recipes">By id.</param>
    public static async Task<SimulatedHub> StartAsync(
        VirtualTime time, IReadOnlyDictionary<string, StandIn> standIns, IReadOnlyDictionary<string, string> recipes, params (string Key, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("connectorhub-simulation-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "recipes"));
        foreach (var (id, recipe) in recipes)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "recipes", $"{id}.yaml"), recipe);
        }

        var all = new Dictionary<string, string?>(settings.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)))
        {
            ["Hub:DataFolder"] = Path.Combine(folder, "data"),
            ["Hub:RecipesFolder"] = Path.Combine(folder, "recipes"),
            ["Hub:Zone"] = "Europe/Paris",
            ["Connections:inbox:Connector"] = "webhook",
            ["Connections:inbox:Secrets:UrlToken"] = UrlToken,
        };
        var outbound = new StandInOutbound(time, standIns);
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error));
        services.AddHub(HubSetup.Of(all, folder), GatewayRole.Quiet);
        services.AddSingleton<TimeProvider>(time);
        services.AddSingleton<IOutbound>(outbound);
        var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<StoreDoor>().OpenAsync(time, provider.GetRequiredService<ILogger<SimulatedHub>>(), CancellationToken.None);
        await provider.GetRequiredService<RecipesDoor>().OpenAsync(CancellationToken.None);
        Assert.All(provider.GetRequiredService<IRecipes>().Book.Entries, entry => Assert.True(entry.Live is not null, string.Join("\n", entry.Findings)));
        var hub = new SimulatedHub(provider, folder, time, outbound) { Tells = recipes.Values.Any(recipe => recipe.Contains("source: hub", StringComparison.Ordinal)) };
        hub._working = hub._work.WorkAsync(hint => hub._path.AdvanceAsync(hint, CancellationToken.None), hub._stop.Token);
        return hub;
    }

    /// <summary>The schedules as a process sees them that starts now.</summary>
    public Timetable Timetable(BeforeStart before) => new(
        _services.GetRequiredService<IRecipes>(), _services.GetRequiredService<ScheduleIntake>(), before, Time, _services.GetRequiredService<ILogger<Timetable>>());

    /// <summary>Runs the tests inside the recipe.</summary>
    public Task<IReadOnlyList<RecipeTestResult>> TestAsync() =>
        new RecipeTester(_services.GetRequiredService<ConnectorBook>(), _services.GetRequiredService<RunScripts>(), Values.Value.Map([]), Time).RunAsync(Recipe, CancellationToken.None);

    /// <summary>Changes the recipe, and looks at the folder.</summary>
    public async Task RewriteAsync(string recipe)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "recipes", "simulated.yaml"), recipe);
        Assert.True(await _services.GetRequiredService<HubRecipes>().Folder.RefreshAsync(CancellationToken.None));
    }

    /// <summary>Posts an event to the generic webhook; it must be accepted.</summary>
    public async Task PostAsync(string body, string type = "booked")
    {
        var hook = _services.GetRequiredService<HookBook>().Find($"inbox/{type}") ?? throw new InvalidOperationException("There is no hook 'inbox'.");
        var request = new WebhookRequest(new Dictionary<string, string>(), UrlToken, type, Encoding.UTF8.GetBytes(body));
        var answer = await _path.ReceiveAsync(hook, request, Time.GetTimestamp(), CancellationToken.None);
        Assert.IsType<ReceiveAnswer.Accepted>(answer);
    }

    /// <summary>Lets time pass until a moment is reached, or, unless told otherwise, nothing is left to do.</summary>
    /// <param name="idle">Go on also where no run can.</param>
    public async Task RunUntilAsync(DateTimeOffset moment, bool idle = false)
    {
        await SettleAsync();
        while (Time.GetUtcNow() is var now && now < moment)
        {
            var next = Time.Next is { } timer && timer < _nextSweep ? timer : _nextSweep;
            Time.GoTo(next < moment ? next : moment);
            if (Time.GetUtcNow() >= _nextSweep)
            {
                _nextSweep = Time.GetUtcNow() + SweepEvery;
                _services.GetRequiredService<StoreDoor>().Connections.Refresh();
                await _sweep.RunAsync(CancellationToken.None);
                if (Tells)
                {
                    await _services.GetRequiredService<HubBulletins>().LookAsync(CancellationToken.None);
                }

                if (!idle && !await HasWorkAsync())
                {
                    return;
                }
            }

            await SettleAsync();
        }
    }

    /// <summary>How many runs are in each state.</summary>
    public async Task<IReadOnlyDictionary<RunState, long>> StatesAsync() =>
        (await Store.CountsAsync(Time.GetUtcNow(), CancellationToken.None)).Runs.ToDictionary(count => count.Key, count => (long)count.Value);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _working;
        await _work.DrainAsync(CancellationToken.None);
        await _services.DisposeAsync();
        _stop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> HasWorkAsync()
    {
        var counts = await Store.CountsAsync(Time.GetUtcNow(), CancellationToken.None);
        return counts.Runs.Any(count => count.Key is RunState.Queued or RunState.Running or RunState.Waiting && count.Value > 0);
    }

    // Nothing more happens without time passing: all workers are free, or those that are not wait for a timer (a batch gathers).
    private async Task SettleAsync()
    {
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        var quiet = 0;
        var seen = (-1, -1, -1);
        while (_work.Held > 0)
        {
            var now = (_work.Held, _work.Busy, Outbound.Calls);
            quiet = now == seen ? quiet + 1 : 0;
            seen = now;
            if (quiet > 10 && Time.Next is { } timer && timer - Time.GetUtcNow() <= Gathering)
            {
                Time.GoTo(timer);
                quiet = 0;
            }

            await look.WaitForNextTickAsync();
        }
    }
}
