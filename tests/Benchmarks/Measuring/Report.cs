using System.Globalization;
using System.Text;

namespace ConnectorHub.Tests.Benchmarks.Measuring;

/// <summary>The table a measurement ends in; of several rounds the middle one by rate.</summary>
internal static class Report
{
    public static string Table(Scenario scenario, BenchSize size, IReadOnlyList<Measurement> rounds)
    {
        var middle = rounds.GroupBy(row => row.Program).Select(Middle).ToList();
        var text = new StringBuilder();
        text.AppendLine(Invariant($"{scenario.Name}: {size.Events} events of about 1 KB after {size.Warmup} to warm up, over {size.Connections} connections{(scenario.HasEffects ? Invariant($", at most {size.Window} on their way") : "")}; {Environment.ProcessorCount} processors"));
        text.AppendLine();
        text.AppendLine("| program | events/s | answer p50 / p99 ms | effect p50 / p99 ms | CPU ms/event | peak MB | script hosts MB |");
        text.AppendLine("|---|---|---|---|---|---|---|");
        foreach (var row in middle)
        {
            text.AppendLine(Invariant($"| {row.Program} | {row.Rate:f0} | {row.Answer} | {row.Effect} | {row.CpuMillisecondsPerEvent:f3} | {row.PeakMegabytes:f0} | {row.ChildrenPeakMegabytes:f0} |"));
        }

        if (middle is [var floor, var gateway])
        {
            text.AppendLine();
            text.AppendLine(Invariant($"The gateway reaches {100 * gateway.Rate / floor.Rate:f0} % of the floor's rate."));
        }

        return text.ToString();
    }

    private static Measurement Middle(IEnumerable<Measurement> rounds)
    {
        var byRate = rounds.OrderBy(row => row.Rate).ToList();
        return byRate[byRate.Count / 2];
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
