using System.Globalization;
using ConnectorHub.Tests.Benchmarks.Gateways;
using ConnectorHub.Tests.Benchmarks.Measuring;
using ConnectorHub.Tests.Benchmarks.StandIns;

namespace ConnectorHub.Tests.Benchmarks.Metrics;

/// <summary>
/// <c>metrics</c>: what it costs an accepted event that it is counted, timed and traced. Three gateways run beside each other and are posted to in
/// turn, window by window, so that what the machine does besides hits all of them; several starts, for no two compile themselves alike.
/// </summary>
internal static class MetricsCommand
{
    private const int Events = 20_000;
    private const int Starts = 3;

    private const string Nobody = "nobody listens";
    private const string Page = "metrics, as shipped";
    private const string Collected = "metrics and traces to a collector";

    public static async Task<int> ExecuteAsync(Options options, CancellationToken cancellationToken)
    {
        var windows = new List<Window>();
        var folder = Programs.NewFolder("metrics");
        try
        {
            await using var sink = await TelemetrySink.StartAsync(cancellationToken);
            for (var start = 0; start < options.Number("starts", Starts); start++)
            {
                windows.AddRange(await MeasureAsync(Path.Combine(folder, $"start-{start}"), sink, options, cancellationToken));
            }

            Console.WriteLine(Table(windows, options));
            Console.WriteLine(Said($"{Environment.NewLine}The collector took {sink.Taken.Traces / 1e6:f1} MB of traces and {sink.Taken.Metrics / 1e6:f1} MB of metrics."));
            Directory.Delete(folder, recursive: true);
            return 0;
        }
        catch (BenchException fault)
        {
            Console.Error.WriteLine($"{fault.Message} Kept: {folder}");
            return 1;
        }
    }

    private static async Task<IReadOnlyList<Window>> MeasureAsync(string folder, TelemetrySink sink, Options options, CancellationToken cancellationToken)
    {
        var program = options.Find("gateway");
        await using var nobody = await WatchedGateway.StartUnwatchedAsync(Nobody, Path.Combine(folder, "nobody"), program, cancellationToken);
        await using var page = await WatchedGateway.StartAsync(Page, Path.Combine(folder, "page"), program, null, cancellationToken);
        await using var collected = await WatchedGateway.StartAsync(Collected, Path.Combine(folder, "collected"), program, sink.Address, cancellationToken);
        WatchedGateway[] all = [nobody, page, collected];
        foreach (var gateway in all)
        {
            await gateway.PostAsync(options.Number("warmup", 60_000), cancellationToken);
        }

        var windows = new List<Window>();
        for (var round = 0; round < options.Number("rounds", 12); round++)
        {
            var taken = new (double Cpu, double Rate)[all.Length];
            for (var turn = 0; turn < all.Length; turn++)
            {
                // None is always the first of its round.
                var at = (round + turn) % all.Length;
                taken[at] = await all[at].PostAsync(options.Number("events", Events), cancellationToken);
            }

            windows.Add(new Window(taken));
        }

        await ProveAsync(nobody, page, collected, sink, cancellationToken);
        return windows;
    }

    // A measurement of what was not switched would say that it costs nothing.
    private static async Task ProveAsync(WatchedGateway nobody, WatchedGateway page, WatchedGateway collected, TelemetrySink sink, CancellationToken cancellationToken)
    {
        var counts = (await nobody.CountsAsync(cancellationToken), await page.CountsAsync(cancellationToken), await collected.CountsAsync(cancellationToken));
        if (counts is not (false, true, true) || sink.Taken.Traces == 0)
        {
            throw new BenchException($"The gateways were not watched as they should be: events are counted {counts}, {sink.Taken.Traces} bytes of traces came.");
        }
    }

    private static string Table(IReadOnlyList<Window> windows, Options options)
    {
        string[] names = [Nobody, Page, Collected];
        var lines = names.Select((name, at) => Row(name, [.. windows.Select(window => window.Taken[at].Cpu)], [.. windows.Select(window => window.Taken[at].Rate)], [.. windows.Select(window => window.Taken[at].Cpu - window.Taken[0].Cpu)]));
        return string.Join(
            Environment.NewLine,
            [
                Said($"{windows.Count} windows of {options.Number("events", Events)} events each, over {options.Number("starts", Starts)} starts; {Environment.ProcessorCount} processors"),
                "",
                "| gateway | CPU µs/event, middle (quarter to three quarters) | more than nobody, in the same round | events/s |",
                "|---|---|---|---|",
                .. lines,
            ]);
    }

    private static string Row(string name, double[] cpu, double[] rate, double[] more) =>
        Said($"| {name} | {Middle(cpu)} | {(name == Nobody ? "–" : Middle(more))} | {Quantile(rate, 0.5):f0} |");

    private static string Middle(double[] values) => Said($"{Quantile(values, 0.5):f1} ({Quantile(values, 0.25):f1} to {Quantile(values, 0.75):f1})");

    private static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted[(int)Math.Round(share * (sorted.Count - 1))];
    }

    private static string Said(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>One round: each gateway in turn.</summary>
    private sealed record Window(IReadOnlyList<(double Cpu, double Rate)> Taken);
}
