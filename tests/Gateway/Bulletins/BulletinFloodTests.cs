using System.Diagnostics;
using ConnectorHub.Runs.Bulletins;
using ConnectorHub.Values;

namespace ConnectorHub.Tests.Gateway.Bulletins;

/// <summary>Five thousand dead letters within a minute, for twenty reasons.</summary>
public class BulletinFloodTests
{
    private const int Runs = 5_000;

    [Fact]
    public async Task A_flood_makes_a_few_messages_that_count_every_run_and_costs_little()
    {
        // Without a channel a run fails before anything is sent: one cause for each of twenty recipes.
        var recipes = Enumerable.Range(0, 20).Select(i => ($"work{i}", BulletinRecipes.Work.Replace("steps:", $"if: event.recipe is {i}\nsteps:", StringComparison.Ordinal)));
        await using var house = await BulletinHouse.StartAsync([.. recipes, ("tells", BulletinRecipes.Tells())]);
        var looking = TimeSpan.Zero;
        for (var batch = 0; batch < 6; batch++)
        {
            await Task.WhenAll(Enumerable.Range(batch * Runs / 6, ((batch + 1) * Runs / 6) - (batch * Runs / 6))
                .Select(i => house.PostAsync($$"""{"number":{{i}},"recipe":{{i % 20}}}""")));
            await house.PassAsync(TimeSpan.Zero);
            house.Time.GoTo(house.Time.GetUtcNow() + TimeSpan.FromSeconds(10));
            var start = Stopwatch.GetTimestamp();
            await house.Get<HubBulletins>().LookAsync(CancellationToken.None);
            looking += Stopwatch.GetElapsedTime(start);
        }

        await house.PassAsync(TimeSpan.FromMinutes(25));

        var counts = (await house.EventsAsync()).Select(row => Value.Parse(row.Body).Member("count").ToText()).Select(int.Parse).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine($"{counts.Count} messages for {counts.Sum()} runs: {string.Join(", ", counts)}; looking took {looking.TotalMilliseconds:0} ms in all");
        Assert.Equal(Runs, counts.Sum());
        Assert.InRange(counts.Count, 6, 2 * BulletinLimit);
        Assert.Equal(counts.Count, house.Told.Count);
        Assert.Empty((await house.Store.UntoldAsync(10, CancellationToken.None)).Groups);
    }

    // A handful at the beginning, a handful after ten minutes.
    private const int BulletinLimit = 5;
}
