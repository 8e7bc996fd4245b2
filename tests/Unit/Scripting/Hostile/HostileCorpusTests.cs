using System.Diagnostics;
using System.Text;
using ConnectorHub.Scripting;
using ConnectorHub.Tests.Benchmarks.Hostile;
using Microsoft.Extensions.Logging.Abstractions;

namespace ConnectorHub.Tests.Unit.Scripting.Hostile;

/// <summary>Each script of the corpus, on a pool of one host, and after each a script that must not notice.</summary>
public sealed class HostileCorpusTests(ITestOutputHelper output)
{
    // A deadline in CPU time; by the clock a loaded machine takes many times as long, and lowering comes on top.
    private static readonly TimeSpan Cpu = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Categories => [.. HostileCorpus.Categories];

    [Theory]
    [MemberData(nameof(Categories))]
    public async Task Whatever_a_script_does_is_contained_and_the_next_one_does_not_notice(string category)
    {
        var options = new ScriptPoolOptions { Hosts = 1, Cpu = Cpu, Wall = Patience, CompileCpu = TimeSpan.FromSeconds(1) };
        await using var pool = new ScriptPool(options, TimeProvider.System, NullLogger<ScriptPool>.Instance);
        var wrong = new List<string>();
        (TimeSpan Took, string Name) slowest = default;

        foreach (var script in HostileCorpus.Read(category))
        {
            var start = Stopwatch.GetTimestamp();
            var answer = await pool.RunAsync(Call(script.Code), Ct);
            var took = Stopwatch.GetElapsedTime(start);
            slowest = took > slowest.Took ? (took, script.Name) : slowest;
            if (HostileCorpus.Wrong(script, answer) is { } problem)
                wrong.Add(problem);
            if (took > Patience)
                wrong.Add($"{script.Name} took {took}");
            var next = HostileCorpus.Text(await pool.RunAsync(Call(HostileCorpus.Probe), Ct));
            if (next != HostileCorpus.ProbeAnswer)
                wrong.Add($"the script after {script.Name} came to {next}");
        }

        output.WriteLine($"slowest: {slowest.Name}, {slowest.Took.TotalMilliseconds:0} ms");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void The_corpus_has_all_its_scripts()
    {
        var scripts = HostileCorpus.Categories.SelectMany(HostileCorpus.Read).ToList();

        Assert.True(scripts.Count >= 400, $"{scripts.Count} scripts");
        Assert.Equal(scripts.Count, scripts.DistinctBy(script => (script.Category, script.Name)).Count());
        Assert.Contains(scripts, script => script.Code.Length == 60_001 && script.Name == "only quotes");
        Assert.Contains(scripts, script => script.Code.Contains('\u202e', StringComparison.Ordinal));
        Assert.DoesNotContain(scripts, script => script.Code.Contains("%%", StringComparison.Ordinal));
    }

    [Fact]
    public void A_thousand_broken_sources_are_each_answered_in_time_by_a_host_that_goes_on()
    {
        var seeds = HostileCorpus.Categories.SelectMany(HostileCorpus.Read).Select(script => script.Code).Append(HostileCorpus.Probe).ToList();

        var report = ParseFuzz.Run(seeds, 1000, 7, Ct);

        Assert.Empty(report.Wrong);
        Assert.True(report.Read > 50 && report.Refused > 50, $"{report}");
    }

    private static ScriptCall Call(string code) => new(code, code, Encoding.UTF8.GetBytes("{\"names\":{\"a\":1}}"), HostileCorpus.Now, "Europe/Paris");
}
