using System.Diagnostics;
using ConnectorHub.Scripting;

namespace ConnectorHub.Tests.Benchmarks.Hostile;

/// <summary>What came of reading many broken sources in one script host after the other.</summary>
internal sealed record ParseFuzzReport(int Sources, int Read, int Newer, int Refused, int OverBudget, int Deaths, IReadOnlyList<string> Wrong, TimeSpan Slowest);

/// <summary>
/// Throws sources at a host as the gateway does before a recipe is live: read, not run; every other one as if it came from the lowering, which
/// is read to its end. Each must be answered in time by a frame that fits,
/// and a source that is known to be good, put in between, must still be read.
/// </summary>
internal static class ParseFuzz
{
    private const string Good = "return [1, 2].map(function (x) { return x * 2 })";
    private const int BetweenGood = 50;
    private static readonly ScriptPoolOptions Limits = new();

    public static ParseFuzzReport Run(IReadOnlyList<string> seeds, int count, int seed, CancellationToken cancellationToken)
    {
        var mutator = new SourceMutator(seeds, seed);
        var (read, newer, refused, over, deaths, slowest) = (0, 0, 0, 0, 0, TimeSpan.Zero);
        var wrong = new List<string>();
        var host = Started();
        for (var i = 0; i < count && !cancellationToken.IsCancellationRequested; i++)
        {
            var source = mutator.Next();
            var start = Stopwatch.GetTimestamp();
            var exchange = host.Ask(Check(source, isLowered: i % 2 == 1));
            var took = Stopwatch.GetElapsedTime(start);
            slowest = took > slowest ? took : slowest;
            switch (exchange)
            {
                case HostExchange.Replied { Reply.Kind: ReplyKind.Returned }:
                    read++;
                    break;
                // Not read as it stands: the gateway would have it lowered.
                case HostExchange.Replied { Reply.Kind: ReplyKind.NotRead }:
                    newer++;
                    break;
                case HostExchange.Replied { Reply: { Kind: ReplyKind.SyntaxError, Message.Length: > 0, Line: > 0, Column: > 0 } }:
                    refused++;
                    break;
                case HostExchange.Replied { Reply.EndsHost: true } or HostExchange.Overdue:
                    over++;
                    host = Next(host);
                    break;
                case HostExchange.Ended ended:
                    deaths++;
                    wrong.Add($"source {i} of seed {seed} ended its host: {ended.Why}");
                    host = Next(host);
                    break;
                default:
                    wrong.Add($"source {i} of seed {seed} came to {exchange}");
                    host = Next(host);
                    break;
            }

            if (i % BetweenGood == 0 && host.Ask(Check(Good, isLowered: false)) is not HostExchange.Replied { Reply.Kind: ReplyKind.Returned })
            {
                wrong.Add($"good source was not read after source {i} of seed {seed}");
                host = Next(host);
            }
        }

        host.Dispose();
        return new ParseFuzzReport(count, read, newer, refused, over, deaths, wrong, slowest);
    }

    private static ScriptAsk Check(string source, bool isLowered) =>
        new(true, isLowered, source, "", ReadOnlyMemory<byte>.Empty, 0, "", (int)Limits.Cpu.TotalMilliseconds, (int)Limits.Wall.TotalMilliseconds, Limits.MaxOutputBytes);

    private static HostProcess Next(HostProcess host)
    {
        host.Dispose();
        return Started();
    }

    private static HostProcess Started()
    {
        var (host, problem) = HostProcess.Start(Limits, TimeProvider.System);
        problem ??= host!.AwaitReady();
        return problem is null ? host! : throw new InvalidOperationException(problem);
    }
}
