using ConnectorHub.Tests.Unit.Scripting.Hostile;

namespace ConnectorHub.Tests.Benchmarks.Hostile;

/// <summary><c>parse</c>: broken sources through a script host.</summary>
internal static class ParseCommand
{
    public static int Execute(Options options, CancellationToken cancellationToken)
    {
        var seed = options.Number("seed", 20261121);
        var seeds = HostileCorpus.Categories.SelectMany(HostileCorpus.Read).Select(script => script.Code).Append(HostileCorpus.Probe).ToList();
        var report = ParseFuzz.Run(seeds, options.Number("count", 200_000), seed, cancellationToken);
        Console.WriteLine(
            $"{report.Sources} sources of seed {seed}: {report.Read} read, {report.Newer} not read as they stand, {report.Refused} refused with a place, {report.OverBudget} over budget (host replaced), "
            + $"{report.Deaths} hosts died unasked, slowest {report.Slowest.TotalMilliseconds:0} ms; {report.Wrong.Count} wrong");
        foreach (var problem in report.Wrong.Take(20))
            Console.WriteLine(problem);
        return report.Wrong.Count == 0 ? 0 : 1;
    }
}
