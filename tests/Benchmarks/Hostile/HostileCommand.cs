using System.Diagnostics;
using System.Text;
using ConnectorHub.Scripting;
using ConnectorHub.Tests.Unit.Scripting.Hostile;
using Microsoft.Extensions.Logging.Abstractions;

namespace ConnectorHub.Tests.Benchmarks.Hostile;

/// <summary><c>hostile</c>: the whole corpus of hostile scripts with the gateway's own limits, each followed by one that must not notice.</summary>
internal static class HostileCommand
{
    // What a script may take in the gateway, and a half on top.
    private static readonly TimeSpan Late = new ScriptPoolOptions().Wall * 1.5;

    public static async Task<int> ExecuteAsync(Options options, CancellationToken cancellationToken)
    {
        var rounds = options.Number("rounds", 1);
        await using var pool = new ScriptPool(new ScriptPoolOptions { Hosts = 1 }, TimeProvider.System, NullLogger<ScriptPool>.Instance);
        var wrong = new List<string>();
        var trials = new List<(string Name, TimeSpan Took, string Outcome)>();
        var refills = new List<TimeSpan>();
        for (var round = 0; round < rounds; round++)
        {
            foreach (var script in HostileCorpus.Categories.SelectMany(HostileCorpus.Read))
            {
                var start = Stopwatch.GetTimestamp();
                var answer = await pool.RunAsync(Call(script.Code), cancellationToken);
                trials.Add(($"{script.Category}/{script.Name}", Stopwatch.GetElapsedTime(start), answer.GetType().Name));
                if (HostileCorpus.Wrong(script, answer) is { } problem)
                    wrong.Add(problem);
                start = Stopwatch.GetTimestamp();
                var next = HostileCorpus.Text(await pool.RunAsync(Call(HostileCorpus.Probe), cancellationToken));
                if (answer is ScriptAnswer.OverBudget { EndedHost: true } or ScriptAnswer.HostDied)
                    refills.Add(Stopwatch.GetElapsedTime(start));
                if (next != HostileCorpus.ProbeAnswer)
                    wrong.Add($"after {script.Category}/{script.Name} the next script came to {next}");
            }
        }

        Console.WriteLine($"{trials.Count} scripts: {string.Join(", ", trials.GroupBy(trial => trial.Outcome).OrderByDescending(group => group.Count()).Select(group => $"{group.Count()} {group.Key}"))}");
        foreach (var (name, took, outcome) in trials.OrderByDescending(trial => trial.Took).Take(5))
            Console.WriteLine($"  {took.TotalMilliseconds,8:0} ms  {name}: {outcome}");
        refills.Sort();
        Console.WriteLine($"after a host ended, the next answer came in {refills[refills.Count / 2].TotalMilliseconds:0} ms (middle), {refills[refills.Count * 95 / 100].TotalMilliseconds:0} ms (95 %), {refills[^1].TotalMilliseconds:0} ms (most)");
        foreach (var (name, took, _) in trials.Where(trial => trial.Outcome == nameof(ScriptAnswer.HostDied)))
            Console.WriteLine($"  {took.TotalMilliseconds,8:0} ms  {name}: its host died");
        Console.WriteLine($"{trials.Count(trial => trial.Took > Late)} took longer than {Late.TotalSeconds:0.#} s; {wrong.Count} wrong");
        wrong.ForEach(Console.WriteLine);
        return wrong.Count == 0 ? 0 : 1;
    }

    private static ScriptCall Call(string code) => new(code, code, Encoding.UTF8.GetBytes("{\"names\":{\"a\":1}}"), HostileCorpus.Now, "Europe/Paris");
}
