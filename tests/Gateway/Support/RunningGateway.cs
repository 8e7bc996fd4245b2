using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using ConnectorHub.Gateway.Hosting;
using ConnectorHub.Runs.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ConnectorHub.Tests.Gateway.Support;

/// <summary>A whole gateway in this process: real Kestrel, real store, real script hosts, a folder of its own.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    public const string SigningSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    public const string BotToken = "xoxb-canary-000111222";
    public const string UrlToken = "canary-url-token-333444";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly WebApplication _app;
    private readonly bool _keepFolder;
    private readonly long _started = TimeProvider.System.GetTimestamp();
    private int _messages;

    private RunningGateway(WebApplication app, string folder, LogLines log, bool keepFolder)
    {
        (_app, Folder, Log, _keepFolder) = (app, folder, log, keepFolder);
        Http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(Address(0)) };
        Admin = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(Address(1)) };
    }

    public string Folder { get; }

    public string Data => Path.Combine(Folder, "data");

    public LogLines Log { get; }

    public HttpClient Http { get; }

    public HttpClient Admin { get; }

    public IServiceProvider Services => _app.Services;

    public IHubStore Store => Services.GetRequiredService<IHubStore>();

    /// <summary>Starts one with these recipes; Slack goes to <paramref name="slack"/>.</summary>
    public static async Task<RunningGateway> StartAsync(string? slack, IReadOnlyDictionary<string, string> recipes, string? folder = null, params (string Key, string Value)[] settings)
    {
        var keep = folder is not null;
        folder ??= Directory.CreateTempSubdirectory("connectorhub-test-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "recipes"));
        foreach (var (name, text) in recipes)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "recipes", $"{name}.yaml"), text);
        }

        var log = new LogLines();
        var app = await GatewayHost.BuildAsync(HubSetup.Of(Settings(folder, slack, settings), folder), GatewayRole.Serve, logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(log), CancellationToken.None);
        await app.StartAsync();
        return new RunningGateway(app, folder, log, keep);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Admin.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (!_keepFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    /// <summary>Posts a body as MeltingSpot would, signed.</summary>
    public async Task<HttpResponseMessage> PostAsync(string type, string body, string? messageId = null, string contentType = "application/json")
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/hooks/spot/{type}") { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        var id = messageId ?? $"msg_{_started}_{Interlocked.Increment(ref _messages)}";
        var at = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var key = Convert.FromBase64String(SigningSecret["whsec_".Length..]);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{at}."), .. bytes];
        request.Headers.Add("svix-id", id);
        request.Headers.Add("svix-timestamp", $"{at}");
        request.Headers.Add("svix-signature", $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}");
        return await Http.SendAsync(request);
    }

    /// <summary>Asks the admin API, with the first token.</summary>
    public async Task<string> GetAsync(string path)
    {
        Admin.DefaultRequestHeaders.Authorization = new("Bearer", (await File.ReadAllTextAsync(Path.Combine(Data, "admin-token"))).Trim());
        return await Admin.GetStringAsync(path);
    }

    /// <summary>Waits until the newest run of a recipe satisfies the test.</summary>
    public Task<RunRow> RunAsync(string recipe, Func<RunRow, bool> wanted) => EventuallyAsync(
        async () => (await Store.ListRunsAsync(new RunQuery(RecipeId: recipe), CancellationToken.None)).FirstOrDefault(wanted),
        $"a run of {recipe}");

    /// <summary>Waits for something that is not there yet.</summary>
    public static async Task<T> EventuallyAsync<T>(Func<Task<T?>> look, string what)
        where T : class
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < Patience)
        {
            if (await look() is { } found)
            {
                return found;
            }

            await timer.WaitForNextTickAsync();
        }

        throw new TimeoutException($"There was not {what} within {Patience}.");
    }

    /// <summary>The settings such a gateway runs with.</summary>
    public static Dictionary<string, string?> Settings(string folder, string? slack, (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Hub:Listen"] = "http://127.0.0.1:0",
            ["Hub:AdminListen"] = "http://127.0.0.1:0",
            ["Hub:DataFolder"] = Path.Combine(folder, "data"),
            ["Hub:RecipesFolder"] = Path.Combine(folder, "recipes"),
            ["Hub:Zone"] = "Europe/Paris",
            ["Runs:Settle"] = "1s",
            ["Runs:CallTimeout"] = "2s",
            ["Connections:spot:Connector"] = "meltingspot",
            ["Connections:spot:Secrets:SigningSecrets:0"] = SigningSecret,
            ["Connections:inbox:Connector"] = "webhook",
            ["Connections:inbox:Secrets:UrlToken"] = UrlToken,
            ["Connections:slack:Connector"] = "slack",
            ["Connections:slack:Secrets:BotToken"] = BotToken,
        };
        if (slack is not null)
        {
            all["Connections:slack:BaseUrl"] = slack;
        }

        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        return all;
    }

    private string Address(int listener) => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ElementAt(listener);
}

/// <summary>Everything that was logged.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        => Lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}
