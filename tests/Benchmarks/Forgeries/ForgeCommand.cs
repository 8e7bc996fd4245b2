namespace ConnectorHub.Tests.Benchmarks.Forgeries;

/// <summary><c>forge</c>: the long form of the forgeries in <c>tests/Acceptance</c>.</summary>
internal static class ForgeCommand
{
    public static async Task<int> ExecuteAsync(Options options)
    {
        var count = options.Number("count", 200_000);
        var seed = options.Number("seed", (int)(TimeProvider.System.GetTimestamp() & 0xFFFFFF));
        var plan = new ForgeryPlan(count, count, options.Number("signed", 20_000), seed);
        Console.WriteLine($"seed {seed}; each source with each proof: {count} forgeries, {count} changed bodies, {plan.Nonsense} changed bodies signed");
        var report = await new ForgeryBattery(plan).RunAsync(ProvenSource.All(), Console.WriteLine);
        foreach (var fault in report.Faults)
        {
            await Console.Error.WriteLineAsync(fault);
        }

        Console.WriteLine(report);
        return report.Held ? 0 : 1;
    }
}
