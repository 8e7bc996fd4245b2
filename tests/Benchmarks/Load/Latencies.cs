using System.Diagnostics;

namespace ConnectorHub.Tests.Benchmarks.Load;

/// <summary>How long each event took, by its number; safe for many writers as each writes its own numbers.</summary>
internal sealed class Latencies(int first, int count)
{
    private readonly long[] _starts = new long[count];
    private readonly long[] _durations = new long[count];

    public void Start(int number) => Volatile.Write(ref _starts[number - first], Stopwatch.GetTimestamp());

    public void End(int number)
    {
        var index = number - first;
        if ((uint)index < (uint)count)
        {
            _durations[index] = Stopwatch.GetTimestamp() - Volatile.Read(ref _starts[index]);
        }
    }

    /// <summary>The duration below which that share of the ended events lies, in milliseconds; 0 where none ended.</summary>
    public double Percentile(double share)
    {
        var ended = _durations.Where(duration => duration > 0).Order().ToArray();
        return ended.Length == 0 ? 0 : ended[(int)(share * (ended.Length - 1))] * 1000.0 / Stopwatch.Frequency;
    }
}
