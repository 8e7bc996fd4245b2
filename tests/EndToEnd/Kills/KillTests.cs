using ConnectorHub.Tests.Benchmarks.Gateways;
using ConnectorHub.Tests.Benchmarks.Kills;

namespace ConnectorHub.Tests.EndToEnd.Kills;

/// <summary>The short form; <c>connectorhub-bench kills</c> is the long one.</summary>
public sealed class KillTests
{
    private const int Kills = 10;
    private const int Clients = 32;

    [Fact(Timeout = 300_000)]
    public async Task A_gateway_killed_under_load_loses_and_doubles_nothing()
    {
        var output = TestContext.Current.TestOutputHelper!;
        var seed = (int)(TimeProvider.System.GetTimestamp() & 0xFFFFFF);
        var folder = Programs.NewFolder("kills");
        output.WriteLine($"seed {seed}; repeat with: connectorhub-bench kills --count {Kills} --seed {seed}");
        var harness = new KillHarness(new KillPlan(Kills, Clients, seed, Gateway: null), folder, output.WriteLine);
        var report = await harness.RunAsync(TestContext.Current.CancellationToken);
        output.WriteLine(report.ToString());
        Assert.Empty(report.Faults);
        Directory.Delete(folder, recursive: true);
    }
}
