using System.Diagnostics;
using System.Globalization;
using System.Text;
using ConnectorHub.Scripting;
using ConnectorHub.Tests.Benchmarks.Gateways;
using ConnectorHub.Tests.Benchmarks.Load;
using Microsoft.Extensions.Logging.Abstractions;

namespace ConnectorHub.Tests.Benchmarks.Snippets;

/// <summary><c>snippets</c>: what a warm script of five lines costs on an event of 1 KB, through the pool, all processes together.</summary>
internal static class SnippetsCommand
{
    private const string Code = """
        var live = event.live, names = live.name.split(' ');
        var seats = (live.seats || 0) > 100 ? 'large' : 'small';
        var title = names.map(function (n) { return n.charAt(0).toUpperCase() + n.slice(1); }).join(' ');
        var day = new Date(live.start * 1000).toISOString().slice(0, 10);
        return { title: title.replace(/\s+/g, ' '), seats: seats, day: day, mails: event.members.map(function (m) { return m.email; }) };
        """;

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static async Task<int> ExecuteAsync(Options options, CancellationToken cancellationToken)
    {
        var count = options.Number("count", 100_000);
        var hosts = options.Number("hosts", 2);
        await using var pool = new ScriptPool(new ScriptPoolOptions { Hosts = hosts, Wall = TimeSpan.FromSeconds(30) }, TimeProvider.System, NullLogger<ScriptPool>.Instance);
        var call = new ScriptCall(Code, "bench", Encoding.UTF8.GetBytes($"{{\"event\":{Event()}}}"), Now, "Europe/Paris");
        Console.WriteLine(Invariant($"A script of five lines, names of {call.Names.Length} bytes, {hosts} hosts"));
        await CallsAsync(pool, call, 5_000, hosts, null, cancellationToken);
        await FullSpeedAsync(pool, call, count, hosts, cancellationToken);
        await PacedAsync(pool, call, options.Number("rate", 500), options.Number("seconds", 10), cancellationToken);
        return 0;
    }

    private static async Task FullSpeedAsync(ScriptPool pool, ScriptCall call, int count, int hosts, CancellationToken cancellationToken)
    {
        var before = ProcessMeter.Read(Environment.ProcessId).Cpu;
        var clock = Stopwatch.StartNew();
        await CallsAsync(pool, call, count, hosts, Memory, cancellationToken);
        var cpu = ProcessMeter.Read(Environment.ProcessId).Cpu - before;
        Console.WriteLine(Invariant($"{count / clock.Elapsed.TotalSeconds:f0} calls/s, {cpu.TotalMilliseconds / count:f3} ms of CPU a call, all processes together"));
    }

    // Twice as many callers as hosts: none stands idle, and no queue grows.
    private static async Task CallsAsync(ScriptPool pool, ScriptCall call, int count, int hosts, Action<int>? sample, CancellationToken cancellationToken)
    {
        var begun = 0;
        var step = Math.Max(1, count / 10);
        await Task.WhenAll(Enumerable.Range(0, hosts * 2).Select(async _ =>
        {
            while (Interlocked.Increment(ref begun) is var number && number <= count)
            {
                if (await pool.RunAsync(call, cancellationToken) is not ScriptAnswer.Returned)
                {
                    throw new UnreachableException("It returns a value.");
                }

                if (number % step == 0)
                {
                    sample?.Invoke(number);
                }
            }
        }));
    }

    private static void Memory(int number)
    {
        var tree = ProcessMeter.Residents(Environment.ProcessId);
        Console.WriteLine(Invariant($"after {number}: this process {tree[0]:f0} MB, hosts {string.Join(", ", tree.Skip(1).Select(megabytes => Invariant($"{megabytes:f0}")))} MB"));
    }

    private static async Task PacedAsync(ScriptPool pool, ScriptCall call, int rate, int seconds, CancellationToken cancellationToken)
    {
        var latencies = new Latencies(0, rate * seconds);
        var clock = Stopwatch.StartNew();
        var calls = new List<Task>(rate * seconds);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (calls.Count < rate * seconds && await tick.WaitForNextTickAsync(cancellationToken))
        {
            while (calls.Count < rate * seconds && calls.Count < clock.Elapsed.TotalSeconds * rate)
            {
                calls.Add(TimedAsync(calls.Count));
            }
        }

        await Task.WhenAll(calls);
        Console.WriteLine(Invariant($"at {rate}/s for {seconds} s: p50 {latencies.Percentile(0.5):f2} ms, p99 {latencies.Percentile(0.99):f2} ms"));

        async Task TimedAsync(int number)
        {
            latencies.Start(number);
            _ = await pool.RunAsync(call, cancellationToken);
            latencies.End(number);
        }
    }

    private static string Event()
    {
        var members = string.Join(',', Enumerable.Range(1, 9).Select(n => $$"""{"id":{{n}},"name":"Member number {{n}}","email":"member{{n}}@acme.example","role":"guest"}"""));
        return $$$"""{"type":"live.updated","live":{"id":42,"name":"quarterly review of the spring season","seats":120,"start":1715095714,"state":"Live","link":"https://live.example/42"},"members":[{{{members}}}]}""";
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
