using System.Globalization;

namespace ConnectorHub.Tests.Benchmarks.Forgeries;

/// <summary>What came of one source with one proof.</summary>
/// <param name="Forgeries">Deliveries with a forged proof, all of which had to be refused.</param>
/// <param name="Bodies">Deliveries with another body than was signed, all of which had to be refused.</param>
/// <param name="Nonsense">Bodies that were changed and signed: events, a handshake or not JSON.</param>
/// <param name="Alike">Left out of these counts: by chance they were as good as genuine.</param>
/// <param name="Faults">What should not have happened; the first few.</param>
internal sealed record SourceReport(string Source, int Forgeries, int Bodies, int Nonsense, int Alike, TimeSpan Slowest, IReadOnlyList<string> Faults)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Forgeries,9} forgeries {Bodies,9} bodies {Nonsense,8} signed {Alike,7} left out  slowest {Slowest.TotalMilliseconds,6:f2} ms  {Source}");
}

/// <summary>The account of a run.</summary>
internal sealed record ForgeryReport(int Seed, IReadOnlyList<SourceReport> Sources, TimeSpan Took)
{
    public bool Held => Sources.All(source => source.Faults.Count == 0);

    public IEnumerable<string> Faults => Sources.SelectMany(source => source.Faults.Select(fault => $"{source.Source}: {fault}"));

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Sources.Sum(source => (long)source.Forgeries)} forgeries and {Sources.Sum(source => (long)source.Bodies)} changed bodies against {Sources.Count} sources and proofs, {Sources.Sum(source => (long)source.Nonsense)} changed bodies signed, in {Took.TotalSeconds:f0} s, seed {Seed}, slowest {Sources.Max(source => source.Slowest).TotalMilliseconds:f1} ms: {(Held ? "none accepted, no exception, none slow" : "FAULTS")}");
}
