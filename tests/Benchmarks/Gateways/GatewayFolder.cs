using System.Text.Json;
using ConnectorHub.Tests.Benchmarks.Load;

namespace ConnectorHub.Tests.Benchmarks.Gateways;

/// <summary>A folder a gateway is run from: settings, one recipe, and later its data and its log.</summary>
internal sealed class GatewayFolder
{
    private readonly string _folder;

    /// <param name="slack">The stand-in that takes Slack's place.</param>
    /// <param name="callTimeout">How long an attempt may take; short where kills must be reconciled soon.</param>
    /// <param name="settle">How long after its deadline an attempt without outcome is looked for.</param>
    public GatewayFolder(string folder, string recipe, Uri slack, TimeSpan callTimeout, TimeSpan settle)
    {
        _folder = folder;
        var recipes = Directory.CreateDirectory(Path.Combine(folder, "recipes")).FullName;
        File.WriteAllText(Path.Combine(recipes, "bench.yaml"), recipe);
        File.WriteAllText(Settings, JsonSerializer.Serialize(Content(slack, callTimeout, settle)));
    }

    public Uri Listen { get; } = new($"http://127.0.0.1:{Programs.FreePort()}");

    public Uri Admin { get; } = new($"http://127.0.0.1:{Programs.FreePort()}");

    public Uri Hook => new(Listen, "/hooks/meltingspot-main/live.updated");

    public string Settings => Path.Combine(_folder, "appsettings.json");

    public string Data => Path.Combine(_folder, "data");

    public string Log => Path.Combine(_folder, "gateway.log");

    public StartedProgram Start(string? program) => StartedProgram.Start(Programs.Gateway(program), ["serve", "--settings", Settings], Log);

    private Dictionary<string, object> Content(Uri slack, TimeSpan callTimeout, TimeSpan settle) => new()
    {
        ["Hub"] = new
        {
            Listen = Listen.GetLeftPart(UriPartial.Authority),
            AdminListen = Admin.GetLeftPart(UriPartial.Authority),
            DataFolder = "data",
            RecipesFolder = "recipes",
            Zone = "Europe/Paris",
        },
        ["Connections"] = new Dictionary<string, object>
        {
            ["meltingspot-main"] = new { Connector = "meltingspot", Secrets = new { SigningSecrets = new[] { SignedEvents.Secret } } },
            ["slack-acme"] = new
            {
                Connector = "slack",
                BaseUrl = slack.GetLeftPart(UriPartial.Authority),
                Secrets = new { BotToken = "xoxb-bench" },
            },
        },
        ["Runs"] = new { CallTimeout = $"{callTimeout.TotalSeconds}s", Settle = $"{settle.TotalSeconds}s" },
    };
}
