using System.Globalization;
using ConnectorHub.Tests.Benchmarks.Load;

namespace ConnectorHub.Tests.Benchmarks.Measuring;

/// <summary>What a scenario measures.</summary>
/// <param name="Status">The status of the lives posted: only Live leads to a message.</param>
internal sealed record Scenario(string Name, string Status, bool HasEffects, string Recipe);

/// <summary>One program in one scenario.</summary>
/// <param name="Answer">From the post to its answer.</param>
/// <param name="Effect">From the post to the arrival of its effect.</param>
internal sealed record Measurement(
    string Program, double Rate, Spread Answer, Spread Effect, double CpuMillisecondsPerEvent, double PeakMegabytes, double ChildrenPeakMegabytes);

/// <summary>Half of all took no longer than P50, all but one in a hundred no longer than P99; milliseconds. 0 where there were none.</summary>
internal readonly record struct Spread(double P50, double P99)
{
    public static Spread Of(Latencies latencies) => new(latencies.Percentile(0.5), latencies.Percentile(0.99));

    public override string ToString() => P99 == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{P50:f1} / {P99:f1}");
}
