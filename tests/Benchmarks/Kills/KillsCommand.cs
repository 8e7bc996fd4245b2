using ConnectorHub.Tests.Benchmarks.Gateways;

namespace ConnectorHub.Tests.Benchmarks.Kills;

/// <summary><c>kills</c>: the long form of the kill test of <c>tests/EndToEnd</c>.</summary>
internal static class KillsCommand
{
    public static async Task<int> ExecuteAsync(Options options, CancellationToken cancellationToken)
    {
        var seed = options.Number("seed", (int)(TimeProvider.System.GetTimestamp() & 0xFFFFFF));
        var plan = new KillPlan(options.Number("count", 100), options.Number("clients", 32), seed, options.Find("gateway"));
        var folder = Programs.NewFolder("kills");
        Console.WriteLine($"seed {plan.Seed}, {plan.Kills} kills, ledgers in {folder}");
        KillReport report;
        try
        {
            report = await new KillHarness(plan, folder, Console.WriteLine).RunAsync(cancellationToken);
        }
        catch (KillHarnessException fault)
        {
            Console.Error.WriteLine($"{fault.Message}\nKept: {folder}");
            return 1;
        }

        if (options.Find("report") is { } file)
        {
            report.Write(file);
        }

        Console.WriteLine(report);
        if (report.Held)
        {
            Directory.Delete(folder, recursive: true);
        }

        return report.Held ? 0 : 1;
    }
}
