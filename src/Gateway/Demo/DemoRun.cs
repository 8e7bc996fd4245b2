using System.Security.Cryptography;
using ConnectorHub.Connectors;
using ConnectorHub.Gateway.Admin;
using ConnectorHub.Gateway.Commands;
using ConnectorHub.Gateway.Hosting;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Connections;
using ConnectorHub.Runs.RecipeTests;
using ConnectorHub.Runs.Store;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ConnectorHub.Gateway.Demo;

/// <summary>One evening of events against a real gateway: real HTTP, real signatures, real store; Slack is rehearsed.</summary>
internal sealed class DemoRun(WebApplication app, TextWriter output)
{
    private const string Platform = "meltingspot-main";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly IHubStore _store = app.Services.GetRequiredService<IHubStore>();
    private readonly Printer _printer = new(output);

    /// <summary>Plays the demo; 0 where everything went as told.</summary>
    public static async Task<int> PlayAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("connectorhub-demo-").FullName;
        try
        {
            var setup = Setup(folder);
            var app = await GatewayHost.BuildAsync(setup, GatewayRole.Serve, logging => logging.SetMinimumLevel(LogLevel.None), cancellationToken).ConfigureAwait(false);
            await using (app.ConfigureAwait(false))
            {
                await app.StartAsync(cancellationToken).ConfigureAwait(false);
                var went = await new DemoRun(app, output).PlayAsync(cancellationToken).ConfigureAwait(false);
                await app.StopAsync(CancellationToken.None).ConfigureAwait(false);
                return went ? 0 : 1;
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static HubSetup Setup(string folder) => HubSetup.Of(
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Hub:Listen"] = "http://127.0.0.1:0",
            ["Hub:AdminListen"] = "http://127.0.0.1:0",
            ["Hub:DataFolder"] = Path.Combine(folder, "data"),
            ["Hub:RecipesFolder"] = Path.Combine(AppContext.BaseDirectory, "recipes"),
            ["Hub:Zone"] = "Europe/Paris",
            [$"Connections:{Platform}:Connector"] = "meltingspot",
            [$"Connections:{Platform}:Secrets:SigningSecrets:0"] = "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(24)),
            ["Connections:slack-acme:Connector"] = "slack",
            ["Connections:slack-acme:Secrets:BotToken"] = "xoxb-demo-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
            ["Connections:slack-acme:Mode"] = "Rehearse",
        },
        folder);

    private async Task<bool> PlayAsync(CancellationToken cancellationToken)
    {
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        var connection = app.Services.GetRequiredService<IConnections>().Current.Find(Platform)!;
        using var sender = new HookSender(new Uri(address), publicUrl: null);
        await output.WriteLineAsync($"A throw-away gateway listens on {address}. Slack is rehearsed: nothing leaves this machine.").ConfigureAwait(false);

        var went = true;
        string? unmatched = null;
        foreach (var scene in DemoScene.All)
        {
            var sample = Sample.Find(ConnectorCatalog.All, scene.Sample)!;
            var body = SendCommand.Body(sample.Body, scene.Changes);
            var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
            await output.WriteLineAsync().ConfigureAwait(false);
            await output.WriteLineAsync($"--- {scene.Title}").ConfigureAwait(false);
            await output.WriteLineAsync($"    POST /hooks/{Platform}/{sample.Event.Name}   {scene.Told}").ConfigureAwait(false);
            var answer = await sender.SendAsync(connection, sample.Source, sample.Event.Name, body, scene.MessageId, now, scene.Spoil, cancellationToken).ConfigureAwait(false);
            await output.WriteLineAsync($"    {(int)answer.Status} {answer.Body}").ConfigureAwait(false);
            var expected = scene.Spoil ? 401 : 200;
            went &= (int)answer.Status == expected && answer.Duplicate == scene.Repeats;
            if (answer.EventId is { } eventId && !answer.Duplicate)
            {
                var taken = await TellAsync(eventId, cancellationToken).ConfigureAwait(false);
                went &= taken == scene.Taken;
                unmatched ??= taken ? null : eventId;
            }
        }

        return went & await WhyAsync(unmatched, cancellationToken).ConfigureAwait(false);
    }

    // What became of the event: the exact request of each step, or nothing. True where a recipe took it.
    private async Task<bool> TellAsync(string eventId, CancellationToken cancellationToken)
    {
        var runs = await SettledAsync(eventId, cancellationToken).ConfigureAwait(false);
        foreach (var run in runs)
        {
            var word = run.State == RunState.Succeeded && run.Rehearsal ? "Succeeded (rehearsed)" : run.State.ToString();
            await output.WriteLineAsync($"    taken by {run.RecipeId}.yaml: {word}{(run.Error is { } error ? $" {error.Message}" : string.Empty)}. Slack would have received:").ConfigureAwait(false);
            foreach (var attempt in await _store.AttemptsAsync(run.Id, cancellationToken).ConfigureAwait(false))
            {
                if (AttemptRecords.Request(attempt.Request) is { } request)
                {
                    _printer.Request(request, "      ");
                }
            }
        }

        if (runs.Count == 0)
        {
            await output.WriteLineAsync("    kept; no recipe took it.").ConfigureAwait(false);
        }

        return runs.Count > 0;
    }

    private async Task<IReadOnlyList<RunRow>> SettledAsync(string eventId, CancellationToken cancellationToken)
    {
        var time = app.Services.GetRequiredService<TimeProvider>();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20), time);
        var start = time.GetTimestamp();
        while (true)
        {
            var runs = await _store.ListRunsAsync(new RunQuery(EventId: eventId), cancellationToken).ConfigureAwait(false);
            if (runs.All(run => run.FinishedAt is not null || run.State is RunState.DeadLettered) || time.GetElapsedTime(start) > Patience)
            {
                return runs;
            }

            await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> WhyAsync(string? eventId, CancellationToken cancellationToken)
    {
        if (eventId is null || await _store.FindEventAsync(eventId, cancellationToken).ConfigureAwait(false) is not { } row)
        {
            return false;
        }

        await output.WriteLineAsync().ConfigureAwait(false);
        await output.WriteLineAsync("--- Why did the first event lead to nothing?   connectorhub why <event>").ConfigureAwait(false);
        var reason = await app.Services.GetRequiredService<Why>().ExplainAsync(row, null, cancellationToken).ConfigureAwait(false);
        _printer.Why(AdminViews.Why(reason));
        return true;
    }
}
