using System.Globalization;

namespace ConnectorHub.Tests.Benchmarks.StandIns;

/// <summary>
/// Everything that arrived at the stand-in, in order, one line each: <c>delivery id, event number, channel, ts</c>. It is only ever
/// appended to, by a process that nobody kills, so that it can bear witness against the gateway.
/// </summary>
internal sealed class EffectLedger(string? file) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly StreamWriter? _writer = file is null ? null : new StreamWriter(file, append: true);
    private readonly HashSet<string> _deliveries = [];
    private long _lastTs;

    /// <summary>All messages, doubles included.</summary>
    public int Count { get; private set; }

    /// <summary>How many delivery ids they carried between them.</summary>
    public int Distinct => _deliveries.Count;

    /// <summary>Writes a message down and answers its <c>ts</c>, unique and rising as Slack's are.</summary>
    public string Add(SlackMessage message, DateTimeOffset now)
    {
        lock (_lock)
        {
            _lastTs = Math.Max(_lastTs + 1, (now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
            var ts = string.Create(CultureInfo.InvariantCulture, $"{_lastTs / 1_000_000}.{_lastTs % 1_000_000:d6}");
            Count++;
            _deliveries.Add(message.DeliveryId);
            _writer?.WriteLine($"{message.DeliveryId}\t{message.Number.ToString(CultureInfo.InvariantCulture)}\t{message.Channel}\t{ts}");
            return ts;
        }
    }

    /// <summary>Brings the file up to date.</summary>
    public (int Count, int Distinct) Flush()
    {
        lock (_lock)
        {
            _writer?.Flush();
            return (Count, Distinct);
        }
    }

    /// <summary>Reads a ledger back: delivery id and event number of each line.</summary>
    public static IReadOnlyList<(string DeliveryId, int Number)> Read(string file) =>
    [
        .. from line in File.ReadLines(file)
           let parts = line.Split('\t')
           select (parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture)),
    ];

    public void Dispose() => _writer?.Dispose();
}
