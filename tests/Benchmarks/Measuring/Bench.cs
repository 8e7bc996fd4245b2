using System.Diagnostics;
using System.Globalization;
using ConnectorHub.Tests.Benchmarks.Gateways;
using ConnectorHub.Tests.Benchmarks.Load;
using ConnectorHub.Tests.Benchmarks.StandIns;

namespace ConnectorHub.Tests.Benchmarks.Measuring;

/// <summary>How much to measure with.</summary>
/// <param name="Warmup">
/// Events posted before anything is measured. A program compiles itself while it runs: 15,000 events after its start the gateway
/// still spends a third of its time on that.
/// </param>
/// <param name="Window">Events that may be on their way at once in a scenario with effects.</param>
internal sealed record BenchSize(int Events, int Warmup, int Connections, int Window);

/// <summary>Measures one program in one scenario: warm-up, load, wait until the last outcome is stored.</summary>
internal sealed class Bench(Scenario scenario, BenchSize size, SlackStandIn slack, EffectRelay relay)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public async Task<Measurement> MeasureAsync(Subject subject, CancellationToken cancellationToken)
    {
        await using var program = subject.Start();
        await UntilItAnswersAsync(program, subject, cancellationToken);
        _ = await LoadAsync(subject, 0, size.Warmup, expectedOutcomes: size.Warmup, cancellationToken);
        var before = ProcessMeter.Read(program.Id);
        var (load, effects, elapsed) = await LoadAsync(subject, size.Warmup, size.Events, size.Warmup + size.Events, cancellationToken);
        var after = ProcessMeter.Read(program.Id);
        _ = await program.TerminateAsync(TimeSpan.FromSeconds(30));
        return new Measurement(
            subject.Name,
            size.Events / elapsed.TotalSeconds,
            Spread.Of(load.Answers),
            Spread.Of(effects),
            (after.Cpu - before.Cpu).TotalMilliseconds / size.Events,
            after.PeakMegabytes,
            after.ChildrenPeakMegabytes);
    }

    private async Task<(LoadResult Load, Latencies Effects, TimeSpan Elapsed)> LoadAsync(
        Subject subject, int first, int count, long expectedOutcomes, CancellationToken cancellationToken)
    {
        var window = scenario.HasEffects ? size.Window : 0;
        var plan = new LoadPlan(subject.Hook, SignedEvents.Secret, "b", scenario.Status, first, count, size.Connections, window, Limit);
        using var driver = new LoadDriver(plan, TimeProvider.System);
        var arrivedBefore = slack.Ledger.Count;
        relay.Target = driver.ReportEffect;
        var clock = Stopwatch.StartNew();
        var result = await driver.RunAsync(cancellationToken);
        if (result.Accepted != count)
        {
            throw new BenchException($"{subject.Name} accepted {result.Accepted} of {count} events and refused {result.Refused}.");
        }

        if (scenario.HasEffects)
        {
            await UntilAsync(
                () => slack.Ledger.Count - arrivedBefore >= count, () => $"{subject.Name}: {slack.Ledger.Count - arrivedBefore} of {count} effects arrived", cancellationToken);
            await UntilAsync(
                () => subject.StoredOutcomes() >= expectedOutcomes, () => $"{subject.Name}: {subject.StoredOutcomes()} of {expectedOutcomes} outcomes are stored", cancellationToken);
        }

        return (result, driver.Effects, clock.Elapsed);
    }

    private static async Task UntilAsync(Func<bool> holds, Func<string> found, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        while (!holds())
        {
            if (clock.Elapsed > Limit)
            {
                throw new BenchException(string.Create(CultureInfo.InvariantCulture, $"{found()} after {clock.Elapsed.TotalSeconds:f0} s."));
            }

            await Task.Delay(10, cancellationToken);
        }
    }

    private static async Task UntilItAnswersAsync(StartedProgram program, Subject subject, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < TimeSpan.FromSeconds(30) && !program.HasExited)
        {
            if (await Knock.AnswersAsync(subject.Hook, cancellationToken))
            {
                return;
            }

            await Task.Delay(50, cancellationToken);
        }

        throw new BenchException($"{subject.Name} does not answer at {subject.Hook}; see the log beside its data.");
    }
}

/// <summary>Hands what arrives at the stand-in to the driver of the moment.</summary>
internal sealed class EffectRelay
{
    public Action<int> Target { get; set; } = _ => { };
}

/// <summary>A measurement that could not be made.</summary>
internal sealed class BenchException(string message) : Exception(message);
