using System.Diagnostics;
using System.Globalization;
using ConnectorHub.Tests.Benchmarks.Gateways;
using ConnectorHub.Tests.Benchmarks.Load;
using ConnectorHub.Tests.Benchmarks.StandIns;

namespace ConnectorHub.Tests.Benchmarks.Kills;

/// <summary>
/// Kills the built gateway (kill -9) at random moments while senders post to it, starts it again each time, and accounts afterwards
/// for every event that was acknowledged. The stand-in for Slack runs in a process of its own and outlives every kill.
/// </summary>
internal sealed class KillHarness(KillPlan plan, string folder, Action<string> say)
{
    // Short, so that a call cut off by a kill is looked for soon after it.
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(1);

    private readonly Random _chance = new(plan.Seed);
    private int _killsDuringStart;

    private string EffectsFile => Path.Combine(folder, "effects.tsv");

    public async Task<KillReport> RunAsync(CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        await using var slack = StartedProgram.Start(
            Programs.Bench, ["slack", "--ledger", EffectsFile], Path.Combine(folder, "slack.log"), SlackCommand.Ready);
        var address = new Uri(await slack.AnnouncedAsync(cancellationToken));
        var gateway = new GatewayFolder(folder, BenchRecipes.Plain, address, CallTimeout, Settle);
        using var ledger = new SenderLedger(Path.Combine(folder, "acknowledged.txt"));
        var (beforeTail, exitCode) = await PostAndKillAsync(gateway, ledger, cancellationToken);
        var account = await Ledgers.FlushAsync(address, cancellationToken);
        var evidence = new KillEvidence(
            plan.Fewest,
            ledger.Drawn,
            ledger.Acknowledged(),
            beforeTail,
            GatewayStore.Events(gateway.Data, Series),
            EffectLedger.Read(EffectsFile),
            GatewayStore.Integrity(gateway.Data),
            exitCode);
        return Report(evidence, ledger, account, clock.Elapsed);
    }

    private string Series => plan.Seed.ToString("x8", CultureInfo.InvariantCulture);

    private async Task<(int BeforeTail, int? ExitCode)> PostAndKillAsync(GatewayFolder gateway, SenderLedger ledger, CancellationToken cancellationToken)
    {
        using var stopDrawing = new CancellationTokenSource();
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var events = new SignedEvents(gateway.Hook, SignedEvents.Secret, Series, "Live", TimeProvider.System);
        var senders = Enumerable.Range(0, plan.Clients)
            .Select(_ => Task.Run(() => new Sender(events, gateway.Hook, ledger).SendAsync(stopDrawing.Token, giveUp.Token), CancellationToken.None))
            .ToArray();
        try
        {
            for (var kill = 1; kill <= plan.Kills; kill++)
            {
                await StartAndKillAsync(gateway, ledger, kill, giveUp.Token);
            }

            return await TailAsync(gateway, ledger, senders, stopDrawing, giveUp);
        }
        finally
        {
            await giveUp.CancelAsync();
            await stopDrawing.CancelAsync();
            await Task.WhenAll(senders);
        }
    }

    private async Task StartAndKillAsync(GatewayFolder gateway, SenderLedger ledger, int kill, CancellationToken cancellationToken)
    {
        var before = ledger.AcknowledgedCount;
        ledger.Allow(plan.MostPerKill);
        await using var program = gateway.Start(plan.Gateway);
        if (kill % plan.StartKillEach == 0)
        {
            _killsDuringStart++;
            await Task.Delay(_chance.Next(5, 1500), cancellationToken);
        }
        else
        {
            await FirstAcknowledgementAsync(gateway, program, ledger, cancellationToken);
            await Task.Delay(_chance.Next(5, 401), cancellationToken);
        }

        await program.KillAsync();
        say(string.Create(CultureInfo.InvariantCulture, $"kill {kill}: {ledger.AcknowledgedCount - before} acknowledged"));
    }

    private async Task FirstAcknowledgementAsync(GatewayFolder gateway, StartedProgram program, SenderLedger ledger, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        over.CancelAfter(plan.StartLimit);
        var acknowledged = ledger.NextAsync(over.Token);
        var first = await Task.WhenAny(acknowledged, program.EndAsync(over.Token));
        if (first != acknowledged || first.IsCanceled)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var state = program.HasExited ? "has ended by itself" : "still runs";
            var log = string.Join('\n', File.ReadLines(gateway.Log).TakeLast(20));
            throw new KillHarnessException(
                $"No event was acknowledged within {plan.StartLimit.TotalSeconds} s of a start; the gateway {state}. Its log ends:\n{log}");
        }

        await over.CancelAsync();
    }

    // After the last kill the gateway is left alone: the senders bring their events home, every run comes to rest, and it is asked to end.
    private async Task<(int BeforeTail, int? ExitCode)> TailAsync(
        GatewayFolder gateway, SenderLedger ledger, Task[] senders, CancellationTokenSource stopDrawing, CancellationTokenSource giveUp)
    {
        var before = ledger.AcknowledgedCount;
        ledger.Allow(plan.MostPerKill);
        await using var program = gateway.Start(plan.Gateway);
        await FirstAcknowledgementAsync(gateway, program, ledger, giveUp.Token);
        await Task.Delay(plan.Tail, giveUp.Token);
        await UntilPlannedAsync(program, ledger, giveUp.Token);
        await stopDrawing.CancelAsync();
        giveUp.CancelAfter(plan.StartLimit);
        await Task.WhenAll(senders);
        await UntilAtRestAsync(gateway);
        return (before, await program.TerminateAsync(TimeSpan.FromSeconds(30)));
    }

    // On a busy machine the kills may leave too little time for the plan; what is missing is posted now.
    private async Task UntilPlannedAsync(StartedProgram program, SenderLedger ledger, CancellationToken cancellationToken)
    {
        ledger.Allow(plan.Fewest);
        var clock = Stopwatch.StartNew();
        while (ledger.AcknowledgedCount < plan.Fewest && clock.Elapsed < plan.StartLimit && !program.HasExited)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }
    }

    private async Task UntilAtRestAsync(GatewayFolder gateway)
    {
        var clock = Stopwatch.StartNew();
        long open;
        while ((open = GatewayStore.CountOpen(gateway.Data)) > 0 && clock.Elapsed < plan.SettleLimit)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(250));
        }

        say(string.Create(CultureInfo.InvariantCulture, $"{open} runs open {clock.Elapsed.TotalSeconds:f0} s after the last event"));
    }

    private KillReport Report(KillEvidence evidence, SenderLedger ledger, SlackAccount account, TimeSpan elapsed) => new(
        plan.Seed,
        plan.Kills,
        _killsDuringStart,
        plan.Clients,
        elapsed.TotalSeconds,
        evidence.Drawn,
        evidence.Acknowledged.Count,
        ledger.Refused,
        evidence.Stored.Count,
        evidence.Effects.Count,
        KillJudge.Doubled(evidence).Count,
        account.Searches,
        KillJudge.Asking(evidence).Count,
        evidence.Acknowledged.Count - evidence.AcknowledgedBeforeTail,
        KillJudge.Faults(evidence),
        folder);
}

/// <summary>The harness could not do its work; says nothing about the promise.</summary>
internal sealed class KillHarnessException(string message) : Exception(message);
