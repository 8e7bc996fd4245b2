using ConnectorHub.Gateway;
using ConnectorHub.Gateway.Hosting;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Acts;
using ConnectorHub.Runs.Retention;
using ConnectorHub.Runs.Schedules;
using ConnectorHub.Runs.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ConnectorHub.Tests.Gateway.Simulations;

/// <summary>
/// What happens by the clock, with the real store on disk, on virtual time. It can be closed and opened again, as a process that ends and another
/// that starts; as many takers as a test likes fire side by side. Nobody works on runs.
/// </summary>
internal sealed class ClockHouse : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("connectorhub-clock-").FullName;
    private ServiceProvider? _services;

    private ClockHouse()
    {
    }

    public VirtualTime Time { get; } = new();

    public IHubStore Store => Get<IHubStore>();

    public ScheduleList List => Get<ScheduleList>();

    /// <summary>What the process before knew when it ended.</summary>
    public BeforeStart Before { get; private set; } = new(null, new HashSet<string>());

    public static async Task<ClockHouse> OpenAsync(IReadOnlyDictionary<string, string> recipes)
    {
        var house = new ClockHouse();
        Directory.CreateDirectory(Path.Combine(house._folder, "recipes"));
        foreach (var (name, text) in recipes)
        {
            await File.WriteAllTextAsync(Path.Combine(house._folder, "recipes", $"{name}.yaml"), text);
        }

        await house.OpenAsync();
        return house;
    }

    /// <summary>A recipe that fires by a schedule; nothing is sent.</summary>
    public static string Recipe(string schedule) =>
        $$"""
        version: 1
        name: By the clock
        when: { schedule: { {{schedule}} } }
        steps:
          - { id: say, use: slack.post-message, with: { channel: "#ops", text: fired } }

        """;

    public T Get<T>()
        where T : notnull => _services!.GetRequiredService<T>();

    /// <summary>The schedules as a process sees them that starts now.</summary>
    public async Task<Timetable> TimetableAsync()
    {
        var timetable = new Timetable(Get<IRecipes>(), Get<ScheduleIntake>(), Before, Time, Get<ILogger<Timetable>>());
        await timetable.RefreshAsync(CancellationToken.None);
        return timetable;
    }

    /// <summary>Planned replays as a process sees them that starts now.</summary>
    public Plans Plans() => new(Store, Get<RunActs>(), Get<IIdSource>(), Get<RunsOptions>(), Time, Get<ILogger<Plans>>());

    /// <summary>The nights of retention as a process sees them that starts now.</summary>
    public Nights Nights() => new(Get<Forgetting>(), Store, Before, Get<RunsOptions>(), Time);

    /// <summary>Ends the process and starts another, some time later.</summary>
    public async Task RestartAsync(TimeSpan down)
    {
        var hashes = Get<IRecipes>().Book.Entries.Select(entry => entry.Live!.Hash).ToHashSet();
        Before = new BeforeStart(Time.GetUtcNow(), hashes);
        await CloseAsync();
        Time.GoTo(Time.GetUtcNow() + down);
        await OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task CloseAsync() => await _services!.DisposeAsync();

    private async Task OpenAsync()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Hub:DataFolder"] = Path.Combine(_folder, "data"),
            ["Hub:RecipesFolder"] = Path.Combine(_folder, "recipes"),
            ["Hub:Zone"] = "Europe/Paris",
            ["Connections:slack:Connector"] = "slack",
            ["Connections:slack:Secrets:BotToken"] = "xoxb-canary-000111222",
            ["Connections:slack:Mode"] = "Rehearse",
        };
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error));
        services.AddHub(HubSetup.Of(settings, _folder), GatewayRole.Quiet);
        services.AddSingleton<TimeProvider>(Time);
        _services = services.BuildServiceProvider();
        await Get<StoreDoor>().OpenAsync(Time, Get<ILogger<ClockHouse>>(), CancellationToken.None);
        await Get<RecipesDoor>().OpenAsync(CancellationToken.None);
        Assert.All(Get<IRecipes>().Book.Entries, entry => Assert.True(entry.Live is not null, string.Join("\n", entry.Findings)));
    }
}
