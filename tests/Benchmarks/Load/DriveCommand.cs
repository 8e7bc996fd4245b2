using System.Globalization;

namespace ConnectorHub.Tests.Benchmarks.Load;

/// <summary><c>drive</c>: posts events to any hook and says how fast they were taken.</summary>
internal static class DriveCommand
{
    public static async Task<int> ExecuteAsync(Options options, CancellationToken cancellationToken)
    {
        var series = options.Text("series", TimeProvider.System.GetTimestamp().ToString("x", CultureInfo.InvariantCulture));
        var plan = new LoadPlan(
            new Uri(options.Text("hook")),
            options.Text("secret", SignedEvents.Secret),
            series,
            options.Text("status", "Live"),
            options.Number("first", 0),
            options.Number("events", 10_000),
            options.Number("connections", 64),
            Window: 0,
            TimeSpan.FromSeconds(options.Number("seconds", 60)));
        using var driver = new LoadDriver(plan, TimeProvider.System);
        var result = await driver.RunAsync(cancellationToken);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Accepted} accepted, {result.Refused} refused in {result.Elapsed.TotalSeconds:f2} s: {result.Rate:f0}/s, p50 {result.Answers.Percentile(0.5):f1} ms, p99 {result.Answers.Percentile(0.99):f1} ms"));
        return result.Accepted == plan.Count ? 0 : 1;
    }
}
