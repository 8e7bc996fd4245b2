using ConnectorHub.Tests.Benchmarks.Gateways;
using ConnectorHub.Tests.Benchmarks.StandIns;

namespace ConnectorHub.Tests.Benchmarks.Measuring;

/// <summary><c>run</c>: measures floor and gateway in one scenario, in turn, on the same machine in the same minutes.</summary>
internal static class RunCommand
{
    public static async Task<int> ExecuteAsync(string name, Options options, CancellationToken cancellationToken)
    {
        var scenario = Find(name);
        var events = options.Number("events", 40_000);
        var size = new BenchSize(
            events, options.Number("warmup", 60_000), options.Number("connections", 64), options.Number("window", 1024));
        var folder = Programs.NewFolder("bench");
        try
        {
            await MeasureAsync(scenario, size, options, folder, cancellationToken);
            Directory.Delete(folder, recursive: true);
            return 0;
        }
        catch (BenchException fault)
        {
            Console.Error.WriteLine($"{fault.Message} Kept: {folder}");
            return 1;
        }
    }

    private static Scenario Find(string name) => name switch
    {
        "accept" => new Scenario(name, "Planned", HasEffects: false, BenchRecipes.Plain),
        "full" => new Scenario(name, "Live", HasEffects: true, BenchRecipes.Plain),
        "script" => new Scenario(name, "Live", HasEffects: true, BenchRecipes.Script),
        _ => throw new OptionException($"'{name}' is not a scenario; it must be accept, full or script."),
    };

    private static async Task MeasureAsync(Scenario scenario, BenchSize size, Options options, string folder, CancellationToken cancellationToken)
    {
        var relay = new EffectRelay();
        await using var slack = new SlackStandIn(
            port: 0, ledgerFile: null, keepHistory: false, new SlackHealth(), message => relay.Target(message.Number));
        await slack.StartAsync(cancellationToken);
        var rounds = new List<Measurement>();
        for (var round = 0; round < options.Number("rounds", 1); round++)
        {
            var here = Directory.CreateDirectory(Path.Combine(folder, $"round-{round}")).FullName;
            foreach (var subject in Subjects(scenario, options, slack.Address, here))
            {
                rounds.Add(await new Bench(scenario, size, slack, relay).MeasureAsync(subject, cancellationToken));
            }
        }

        Console.WriteLine(Report.Table(scenario, size, rounds));
    }

    private static IEnumerable<Subject> Subjects(Scenario scenario, Options options, Uri slack, string folder)
    {
        if (options.Text("floor", "yes") != "no")
        {
            yield return Subject.Floor(Directory.CreateDirectory(Path.Combine(folder, "floor")).FullName, slack);
        }

        if (options.Text("gateway", "yes") != "no")
        {
            var gateway = Directory.CreateDirectory(Path.Combine(folder, "gateway")).FullName;
            yield return Subject.Gateway(gateway, scenario.Recipe, slack, options.Find("gateway"));
        }
    }
}
