using System.Text;
using ConnectorHub.Abstractions;
using ConnectorHub.Gateway;
using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Gateway.Hosting;
using ConnectorHub.Recipes.HubEvents;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Bulletins;
using ConnectorHub.Runs.Connections;
using ConnectorHub.Runs.Store;
using ConnectorHub.Runs.Work;
using ConnectorHub.Tests.Gateway.Simulations;
using ConnectorHub.Tests.Gateway.Support;
using ConnectorHub.Tests.StandIns.Slack;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ConnectorHub.Tests.Gateway.Bulletins;

/// <summary>A whole hub with its store on disk, on virtual time, that posts to two workspaces: one for its work, one for what it has to tell.</summary>
internal sealed class BulletinHouse : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(10);

    private readonly string _folder = Directory.CreateTempSubdirectory("connectorhub-bulletins-").FullName;
    private readonly StandInOutbound _outbound;
    private ServiceProvider _services = null!;
    private CancellationTokenSource _stop = new();
    private Task _working = Task.CompletedTask;

    private BulletinHouse()
    {
        (Slack, Ops) = (new SlackStandIn(Time, perChannel: int.MaxValue), new SlackStandIn(Time, perChannel: int.MaxValue));
        _outbound = new StandInOutbound(Time, new Dictionary<string, StandIns.StandIn> { ["slack"] = Slack, ["slack-ops"] = Ops });
        Directory.CreateDirectory(Path.Combine(_folder, "recipes"));
    }

    public VirtualTime Time { get; } = new();

    public SlackStandIn Slack { get; }

    public SlackStandIn Ops { get; }

    public IHubStore Store => Get<IHubStore>();

    /// <summary>What was told in the channel for it, oldest first.</summary>
    public IReadOnlyList<string> Told => Ops.Look(() => Ops.Workspace.Channels[0].Messages.Select(message => message.Text).ToList());

    /// <summary>Starts one with these recipes.</summary>
    public static async Task<BulletinHouse> StartAsync(params (string Id, string Text)[] recipes)
    {
        var house = new BulletinHouse();
        foreach (var (id, text) in recipes)
        {
            await house.WriteAsync(id, text);
        }

        await house.OpenAsync();
        return house;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Task WriteAsync(string id, string text) => File.WriteAllTextAsync(Path.Combine(_folder, "recipes", $"{id}.yaml"), text);

    /// <summary>Looks at the recipes again, as the program does each second.</summary>
    public async Task ReloadAsync() => Assert.True(await Get<HubRecipes>().Folder.RefreshAsync(CancellationToken.None));

    /// <summary>A process ends in good order and the next one starts.</summary>
    public async Task RestartAsync()
    {
        await CloseAsync();
        await OpenAsync();
    }

    /// <summary>An event comes in that every work recipe of these tests wants.</summary>
    public async Task PostAsync(string body)
    {
        var request = new WebhookRequest(new Dictionary<string, string>(), RunningGateway.UrlToken, "booked", Encoding.UTF8.GetBytes(body));
        Assert.IsType<ReceiveAnswer.Accepted>(await Get<EventPath>().ReceiveAsync(Get<HookBook>().Find("inbox/booked")!, request, Time.GetTimestamp(), CancellationToken.None));
    }

    /// <summary>Lets time pass; every ten seconds the hub sweeps and looks what is to be told.</summary>
    public async Task PassAsync(TimeSpan span)
    {
        await SettleAsync();
        for (var end = Time.GetUtcNow() + span; Time.GetUtcNow() < end;)
        {
            Time.GoTo(Time.GetUtcNow() + Tick);
            await Get<Sweep>().RunAsync(CancellationToken.None);
            await SettleAsync();
            await LookAsync();
        }
    }

    /// <summary>Looks once, and lets what follows be done.</summary>
    public async Task<IReadOnlyList<Bulletin>> LookAsync()
    {
        var bulletins = await Get<HubBulletins>().LookAsync(CancellationToken.None);
        await SettleAsync();
        return bulletins;
    }

    /// <summary>The events of the hub's own that are stored, oldest first.</summary>
    public async Task<IReadOnlyList<EventRow>> EventsAsync() =>
        [.. (await Store.ListEventsAsync(new EventQuery(Connection: HubSource.SourceName, Limit: 1000), CancellationToken.None)).Reverse()];

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _stop.Dispose();
        Slack.Faults.Plan = new();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task OpenAsync()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Hub:DataFolder"] = Path.Combine(_folder, "data"),
            ["Hub:RecipesFolder"] = Path.Combine(_folder, "recipes"),
            ["Hub:Zone"] = "Europe/Paris",
            ["Connections:inbox:Connector"] = "webhook",
            ["Connections:inbox:Secrets:UrlToken"] = RunningGateway.UrlToken,
            ["Connections:slack:Connector"] = "slack",
            ["Connections:slack:Secrets:BotToken"] = SlackStandIn.Token,
            ["Connections:slack-ops:Connector"] = "slack",
            ["Connections:slack-ops:Secrets:BotToken"] = SlackStandIn.Token,
        };
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Critical));
        services.AddHub(HubSetup.Of(settings, _folder), GatewayRole.Quiet);
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<IOutbound>(_outbound);
        _services = services.BuildServiceProvider();
        await Get<StoreDoor>().OpenAsync(Time, Get<ILogger<BulletinHouse>>(), CancellationToken.None);
        await Get<RecipesDoor>().OpenAsync(CancellationToken.None);
        await RecipeWatch.KeepAsync(Store, Get<HubRecipes>().Folder, Get<ILogger<BulletinHouse>>(), CancellationToken.None);
        _stop.Dispose();
        _stop = new CancellationTokenSource();
        _working = Get<WorkQueue>().WorkAsync(hint => Get<EventPath>().AdvanceAsync(hint, CancellationToken.None), _stop.Token);
    }

    private async Task CloseAsync()
    {
        await _stop.CancelAsync();
        await _working;
        await Get<WorkQueue>().DrainAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }

    private async Task SettleAsync()
    {
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (Get<WorkQueue>().Held > 0)
        {
            await look.WaitForNextTickAsync();
        }
    }
}
