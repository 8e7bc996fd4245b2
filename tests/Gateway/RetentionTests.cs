using System.Net;
using System.Text.Json;
using ConnectorHub.Gateway.Admin;
using ConnectorHub.Gateway.Commands;
using ConnectorHub.Runs;
using ConnectorHub.Runs.Retention;
using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.Gateway.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectorHub.Tests.Gateway;

/// <summary>Events that are kept no longer: how they go, and what is said of them afterwards.</summary>
public sealed class RetentionTests
{
    [Theory]
    [InlineData("evt_", "/api/events/")]
    [InlineData("run_", "/api/runs/")]
    public async Task Show_says_that_what_an_old_id_names_is_no_longer_kept(string prefix, string path)
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live, null, ("Retention:Events", "30d"), ("Retention:Unmatched", "30d"));
        _ = await gateway.GetAsync("/api/status");
        var old = Id(prefix, daysAgo: 31);

        using var gone = await gateway.Admin.GetAsync(path + old);
        using var never = await gateway.Admin.GetAsync(path + Id(prefix, daysAgo: 1));

        Assert.Equal((HttpStatusCode.Gone, HttpStatusCode.NotFound), (gone.StatusCode, never.StatusCode));
        Assert.Contains($"{old} is no longer kept: events are kept 30 days.", await gone.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_says_it_too_and_not_that_nothing_ever_came()
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live);
        var old = Id("evt_", daysAgo: 91);

        var told = await WhyAsync(gateway, old);

        Assert.StartsWith($"{old} is no longer kept: events are kept 90 days.\nSearched: ", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_old_event_goes_by_night_and_a_repetition_of_it_is_still_one()
    {
        var folder = Directory.CreateTempSubdirectory("connectorhub-test-").FullName;
        try
        {
            await using (var before = await RunningGateway.StartAsync(null, Bodies.Live, folder))
            {
                using var first = await before.PostAsync("live.updated", Bodies.LivePlanned, "msg_first");
                using var second = await before.PostAsync("live.updated", Bodies.LivePlanned, "msg_second");
            }

            Age(folder);
            await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live, folder);
            var result = await gateway.Services.GetRequiredService<Forgetting>().RunAsync(CancellationToken.None);
            using var again = await gateway.PostAsync("live.updated", Bodies.LivePlanned, "msg_first");

            Assert.Equal(new Forgotten(1, 0, 0, 0), result.Gone);
            var kept = Assert.Single(await gateway.Store.ListEventsAsync(new EventQuery(), CancellationToken.None));
            Assert.Equal("msg_second", kept.DedupeKey);
            Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // A hundred days go by.
    private static void Age(string folder)
    {
        using var store = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(folder, "data", "hub.db")};Pooling=False");
        store.Open();
        using var command = store.CreateCommand();
        command.CommandText = "UPDATE events SET received_at = received_at - 8640000000000";
        command.ExecuteNonQuery();
    }

    private static async Task<string> WhyAsync(RunningGateway gateway, string text)
    {
        var found = JsonSerializer.Deserialize<WhyFound>(await gateway.GetAsync($"/api/why?text={text}"), AdminClient.Readable)!;
        using var page = new StringWriter { NewLine = "\n" };
        new FoundPrinter(page, new Printer(page)).Why(text, found);
        return page.ToString();
    }

    private static string Id(string prefix, int daysAgo) => new IdSource(new StoppedClock(TimeProvider.System.GetUtcNow().AddDays(-daysAgo))).Next(prefix);

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
