using ConnectorHub.Connectors;
using ConnectorHub.Tests.Benchmarks.Forgeries;

namespace ConnectorHub.Tests.Acceptance.Connectors.Signatures;

/// <summary>The short form of <c>connectorhub-bench forge</c>, with another seed each time; a failure names it.</summary>
public sealed class ForgeryTests
{
    [Fact]
    public async Task No_forgery_is_taken_and_none_is_slow_or_throws()
    {
        var seed = (int)(TimeProvider.System.GetTimestamp() & 0xFFFFFF);

        var report = await new ForgeryBattery(new ForgeryPlan(400, 400, 200, seed)).RunAsync(ProvenSource.All(), _ => { });

        Assert.True(report.Held, $"{report}{Environment.NewLine}{string.Join(Environment.NewLine, report.Faults)}");
        Assert.All(report.Sources, source => Assert.Equal((400, 400, 200), (source.Forgeries, source.Bodies, source.Nonsense)));
    }

    [Fact]
    public void Every_source_is_tried_with_every_proof() => Assert.Equal(
        ConnectorCatalog.All.SelectMany(connector => connector.Sources).SelectMany(source => source.Proofs.Select(proof => $"{source.Name} {proof}")).Order(),
        ProvenSource.All().Select(proven => $"{proven.Source.Name} {proven.Proof}").Distinct().Order());

    [Fact]
    public async Task The_battery_sees_a_source_that_can_be_fooled()
    {
        var careless = new Careless.CarelessSource(Careless.CarelessSource.Flaw.IgnoresCase);
        var secrets = Deliveries.Of("ApiKey", "canary-careless-api-key");

        var report = await new ForgeryBattery(new ForgeryPlan(2000, 100, 0, 7)).RunAsync([new ProvenSource(careless, "ApiKey", secrets)], _ => { });

        Assert.Contains("is taken", Assert.Single(report.Sources).Faults[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_battery_survives_a_source_that_throws_and_says_so()
    {
        var careless = new Careless.CarelessSource(Careless.CarelessSource.Flaw.Chokes);
        var secrets = Deliveries.Of("ApiKey", "canary-careless-api-key");

        var report = await new ForgeryBattery(new ForgeryPlan(2000, 100, 100, 7)).RunAsync([new ProvenSource(careless, "ApiKey", secrets)], _ => { });

        Assert.Contains("an exception at forgery", Assert.Single(report.Sources).Faults[^1], StringComparison.Ordinal);
    }
}
