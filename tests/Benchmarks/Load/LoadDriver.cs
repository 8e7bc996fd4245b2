using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ConnectorHub.Tests.Benchmarks.Load;

/// <summary>What to post.</summary>
/// <param name="First">The number of the first event; they count up from there.</param>
/// <param name="Window">How many events may be posted whose effect has not been reported yet; 0: as many as the answers allow.</param>
internal sealed record LoadPlan(Uri Hook, string Secret, string Series, string Status, int First, int Count, int Connections, int Window, TimeSpan Limit);

/// <summary>What came of it.</summary>
/// <param name="Refused">Answers other than 200, and connections lost.</param>
internal sealed record LoadResult(int Accepted, int Refused, TimeSpan Elapsed, Latencies Answers)
{
    public double Rate => Accepted / Elapsed.TotalSeconds;
}

/// <summary>Posts a plan's events over kept-alive connections, each connection one after the other.</summary>
internal sealed class LoadDriver(LoadPlan plan, TimeProvider clock) : IDisposable
{
    private readonly byte[][] _requests = Prepare(plan, clock);
    private readonly SemaphoreSlim _window = new(plan.Window == 0 ? int.MaxValue : plan.Window);
    private readonly Latencies _answers = new(plan.First, plan.Count);
    private int _next = -1;
    private int _accepted;
    private int _refused;

    /// <summary>Time from the post of an event to the report of its effect.</summary>
    public Latencies Effects { get; } = new(plan.First, plan.Count);

    /// <summary>Tells the driver that an event's effect has arrived; makes room in its window.</summary>
    public void ReportEffect(int number)
    {
        Effects.End(number);
        if (plan.Window > 0)
        {
            _window.Release();
        }
    }

    public async Task<LoadResult> RunAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(plan.Limit);
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, plan.Connections).Select(_ => Task.Run(() => PostAllAsync(limit.Token), limit.Token)));
        return new LoadResult(_accepted, _refused, clock.Elapsed, _answers);
    }

    public void Dispose() => _window.Dispose();

    // Signing happens before the clock starts: the sender's work is not the gateway's.
    private static byte[][] Prepare(LoadPlan plan, TimeProvider clock)
    {
        var events = new SignedEvents(plan.Hook, plan.Secret, plan.Series, plan.Status, clock);
        var requests = new byte[plan.Count][];
        Parallel.For(0, plan.Count, index => requests[index] = events.Request(plan.First + index));
        return requests;
    }

    private async Task PostAllAsync(CancellationToken cancellationToken)
    {
        using var connection = new RawConnection(new IPEndPoint(IPAddress.Loopback, plan.Hook.Port));
        try
        {
            while (Interlocked.Increment(ref _next) is var index && index < plan.Count)
            {
                if (plan.Window > 0)
                {
                    await _window.WaitAsync(cancellationToken);
                }

                await PostAsync(connection, index, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The time is up: what was not posted shows in the count.
        }
    }

    private async ValueTask PostAsync(RawConnection connection, int index, CancellationToken cancellationToken)
    {
        try
        {
            _answers.Start(plan.First + index);
            Effects.Start(plan.First + index);
            if (await connection.SendAsync(_requests[index], cancellationToken) == 200)
            {
                _answers.End(plan.First + index);
                Interlocked.Increment(ref _accepted);
                return;
            }
        }
        catch (SocketException)
        {
            // Counted below.
        }

        Interlocked.Increment(ref _refused);
    }
}
