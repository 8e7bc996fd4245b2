using System.Globalization;
using ConnectorHub.Tests.Benchmarks.Gateways;
using ConnectorHub.Tests.Benchmarks.Load;

namespace ConnectorHub.Tests.Benchmarks.Measuring;

/// <summary>A program to measure: how it is started, where it listens, and how it counts the outcomes it has stored.</summary>
internal sealed record Subject(string Name, Uri Hook, Func<StartedProgram> Start, Func<long> StoredOutcomes)
{
    public static Subject Gateway(string folder, string recipe, Uri slack, string? program)
    {
        var gateway = new GatewayFolder(folder, recipe, slack, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(10));
        return new Subject("gateway", gateway.Hook, () => gateway.Start(program), () => GatewayStore.CountSucceeded(gateway.Data));
    }

    public static Subject Floor(string folder, Uri slack)
    {
        var port = Programs.FreePort();
        string[] arguments =
        [
            "floor", "--port", port.ToString(CultureInfo.InvariantCulture), "--data", folder, "--slack", slack.ToString(),
            "--secret", SignedEvents.Secret,
        ];
        return new Subject(
            "floor",
            new Uri($"http://127.0.0.1:{port}/hook"),
            () => StartedProgram.Start(Programs.Bench, arguments, Path.Combine(folder, "floor.log")),
            () => SqliteFile.Count(Path.Combine(folder, "floor.db"), "select count(*) from outcome"));
    }
}
