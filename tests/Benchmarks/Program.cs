using ConnectorHub.Tests.Benchmarks;
using ConnectorHub.Tests.Benchmarks.Checks;
using ConnectorHub.Tests.Benchmarks.Floor;
using ConnectorHub.Tests.Benchmarks.Forgeries;
using ConnectorHub.Tests.Benchmarks.Hostile;
using ConnectorHub.Tests.Benchmarks.Kills;
using ConnectorHub.Tests.Benchmarks.Load;
using ConnectorHub.Tests.Benchmarks.Matches;
using ConnectorHub.Tests.Benchmarks.Measuring;
using ConnectorHub.Tests.Benchmarks.Metrics;
using ConnectorHub.Tests.Benchmarks.Searches;
using ConnectorHub.Tests.Benchmarks.Snippets;
using ConnectorHub.Tests.Benchmarks.StandIns;

const string Usage = """
    connectorhub-bench run accept|full|script [--events 40000] [--warmup 60000] [--connections 64] [--window 1024] [--rounds 1] [--floor no] [--gateway PATH|no]
                       measures the built gateway beside the floor and prints a table
    connectorhub-bench kills [--count 100] [--clients 32] [--seed N] [--report results/kills.json] [--gateway PATH]
                       kills the gateway under load and accounts for every acknowledged event
    connectorhub-bench forge [--count 200000] [--signed 20000] [--seed N]
                       throws forged deliveries at every source with every proof; none may be taken, throw or take 50 ms
    connectorhub-bench check [--recipes 1000] [--rounds 3] [--gateway PATH]
                       times the check of a folder of many recipes
    connectorhub-bench metrics [--events 20000] [--warmup 60000] [--rounds 12] [--starts 3] [--gateway PATH]
                       what it costs an accepted event that it is counted, timed and traced: with nobody listening, as shipped, with a collector
    connectorhub-bench match [--milliseconds 500] [--rounds 5]
                       what recipes cost in memory: those that want other events, each condition asked, the values of a step
    connectorhub-bench hostile [--rounds 1]
                       runs every script of the hostile corpus under the gateway's limits, and after each one that must not notice
    connectorhub-bench parse [--count 200000] [--seed N]
                       reads broken sources in a script host; each must be answered in time
    connectorhub-bench snippets [--count 100000] [--hosts 2] [--rate 500] [--seconds 10]
                       what a warm script of five lines costs: calls a second, CPU of all processes, memory on the way, waits at a steady rate
    connectorhub-bench search [--events 1000000] [--rounds 7] [--gateway PATH]
                       fills a store, makes its search index and times what the gateway answers to operators
    connectorhub-bench drive --hook URL --secret whsec_… [--events 10000] [--connections 64] [--seconds 60]
                       posts signed events to a hook
    connectorhub-bench slack [--port 0] [--ledger FILE] [--latency MS] [--fail RATE] [--lose RATE]
                       the stand-in for Slack
    connectorhub-bench floor --port N --data FOLDER --slack URL --secret whsec_…
                       the hand-written program the gateway is measured against
    """;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

try
{
    return args switch
    {
        ["run", var scenario, .. var rest] => await RunCommand.ExecuteAsync(scenario, new Options(rest), stop.Token),
        ["kills", .. var rest] => await KillsCommand.ExecuteAsync(new Options(rest), stop.Token),
        ["forge", .. var rest] => await ForgeCommand.ExecuteAsync(new Options(rest)),
        ["check", .. var rest] => await CheckCommand.ExecuteAsync(new Options(rest), stop.Token),
        ["metrics", .. var rest] => await MetricsCommand.ExecuteAsync(new Options(rest), stop.Token),
        ["match", .. var rest] => await MatchCommand.ExecuteAsync(new Options(rest), stop.Token),
        ["hostile", .. var rest] => await HostileCommand.ExecuteAsync(new Options(rest), stop.Token),
        ["parse", .. var rest] => ParseCommand.Execute(new Options(rest), stop.Token),
        ["snippets", .. var rest] => await SnippetsCommand.ExecuteAsync(new Options(rest), stop.Token),
        ["search", .. var rest] => await SearchCommand.ExecuteAsync(new Options(rest), stop.Token),
        ["drive", .. var rest] => await DriveCommand.ExecuteAsync(new Options(rest), stop.Token),
        ["slack", .. var rest] => await SlackCommand.ExecuteAsync(new Options(rest), stop.Token),
        ["floor", .. var rest] => await FloorCommand.ExecuteAsync(new Options(rest), stop.Token),
        _ => Fail(Usage),
    };
}
catch (OptionException wrong)
{
    return Fail(wrong.Message);
}

static int Fail(string message)
{
    Console.Error.WriteLine(message);
    return 2;
}
