using System.Globalization;
using ConnectorHub.Runs;
using ConnectorHub.Tests.Benchmarks.Gateways;

namespace ConnectorHub.Tests.Benchmarks.Searches;

/// <summary><c>search</c>: a store full of events, and how long the built gateway takes to list and to search them by its admin API.</summary>
internal static class SearchCommand
{
    public static async Task<int> ExecuteAsync(Options options, CancellationToken cancellationToken)
    {
        var count = options.Number("events", 1_000_000);
        var rounds = options.Number("rounds", 7);
        var time = TimeProvider.System;
        var folder = Programs.NewFolder("search");
        try
        {
            var gateway = new GatewayFolder(folder, BenchRecipes.Plain, new Uri("http://127.0.0.1:9"), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1));
            var deliveries = new Deliveries(count, new IdSource(time), time.GetUtcNow().AddDays(-7));
            var store = new FilledStore(gateway.Data, time);
            await PrepareAsync(store, deliveries, time, cancellationToken);

            await using var program = gateway.Start(options.Find("gateway"));
            using var door = await AdminDoor.OpenAsync(gateway, program, time, cancellationToken);
            Say($"\n| asked | answer | first | middle of {rounds} | worst of {rounds} |\n|---|---|---|---|---|");
            foreach (var (what, address) in Questions.All(deliveries, await door.NewestIdAsync(cancellationToken)))
            {
                var first = await door.AskAsync(address, cancellationToken);
                var times = new List<double>();
                for (var round = 0; round < rounds; round++)
                {
                    times.Add((await door.AskAsync(address, cancellationToken)).Milliseconds);
                }

                times.Sort();
                Say($"| {what} | {first.Bytes:n0} B | {first.Milliseconds:f0} ms | {times[rounds / 2]:f0} ms | {times[^1]:f0} ms |");
            }

            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task PrepareAsync(FilledStore store, Deliveries deliveries, TimeProvider time, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        await store.FillAsync(deliveries, cancellationToken);
        var size = store.Size;
        Say($"{deliveries.Count:n0} events stored in {time.GetElapsedTime(began).TotalSeconds:f1} s: {(double)size / deliveries.Count:n0} bytes an event");
        Say($"Without the index, a text that never occurred: {(await store.PlainAsync("nobody.at.all@nowhere.example", cancellationToken)).TotalMilliseconds:n0} ms");
        began = time.GetTimestamp();
        var took = await store.IndexAsync(deliveries.Count, cancellationToken);
        Say($"Index made in {time.GetElapsedTime(began).TotalSeconds:f1} s: {took.TotalMicroseconds / deliveries.Count:f1} µs of processor time an event, {(double)(store.Size - size) / deliveries.Count:f0} bytes an event ({100.0 * (store.Size - size) / size:f1} % of the stored size)");
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
