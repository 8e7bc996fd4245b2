using System.Text.Json.Nodes;
using ConnectorHub.Gateway.Commands;
using ConnectorHub.Tests.Gateway.Support;

namespace ConnectorHub.Tests.Gateway.Commands;

/// <summary>A gateway that runs, a Slack for it, and a settings file by which commands find it.</summary>
internal sealed class CommandHouse : IAsyncDisposable
{
    private RunningGateway? _gateway;

    private CommandHouse(RunningGateway gateway, FakeSlack slack) => (_gateway, Slack, Folder) = (gateway, slack, gateway.Folder);

    public RunningGateway Gateway => _gateway ?? throw new InvalidOperationException("The gateway has been stopped.");

    public FakeSlack Slack { get; }

    public string Folder { get; }

    /// <summary>Where a setting wants Slack's address.</summary>
    public const string SlackAddress = "<slack>";

    public static async Task<CommandHouse> StartAsync(IReadOnlyDictionary<string, string> recipes, params (string Key, string Value)[] settings)
    {
        var slack = await FakeSlack.StartAsync();
        var folder = Directory.CreateTempSubdirectory("connectorhub-test-").FullName;
        settings = [.. settings.Select(setting => (setting.Key, setting.Value.Replace(SlackAddress, slack.Address, StringComparison.Ordinal)))];
        var gateway = await RunningGateway.StartAsync(slack.Address, recipes, folder, settings);
        var house = new CommandHouse(gateway, slack);
        var all = RunningGateway.Settings(folder, slack.Address, settings);
        // The port it got, for commands that knock at its door.
        all["Hub:Listen"] = gateway.Http.BaseAddress!.AbsoluteUri.TrimEnd('/');
        await File.WriteAllTextAsync(Path.Combine(folder, "appsettings.json"), Json(all).ToJsonString());
        return house;
    }

    /// <summary>A transcript of this house, held under a name.</summary>
    public Transcript Transcript(string name) => new(
        name,
        Path.Combine(Folder, "appsettings.json"),
        // A folder outside of the working folder is also named by the way there.
        new Masks([(Folder, "<folder>"), (Path.GetRelativePath(Environment.CurrentDirectory, Folder), "<folder>"), (Path.GetFileName(Folder), "<folder>"), (Caller.Name(), "<user>"), (Environment.MachineName + "/" + Environment.ProcessId, "<process>")]));

    /// <summary>From here on commands find no gateway.</summary>
    public async Task StopAsync()
    {
        await Gateway.DisposeAsync();
        _gateway = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null)
        {
            await StopAsync();
        }

        await Slack.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static JsonObject Json(Dictionary<string, string?> settings)
    {
        var root = new JsonObject();
        foreach (var (key, value) in settings)
        {
            var parts = key.Split(':');
            var place = root;
            foreach (var part in parts[..^1])
            {
                place = (JsonObject)(place[part] ??= new JsonObject());
            }

            place[parts[^1]] = value;
        }

        return root;
    }
}
