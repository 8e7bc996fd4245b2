using ConnectorHub.Runs;
using ConnectorHub.Scripting;
using ConnectorHub.Tests.Unit.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace ConnectorHub.Tests.Unit.Runs;

public class MissingHostTests
{
    [Fact]
    public async Task A_gateway_takes_a_recipe_whose_script_it_cannot_read_yet_and_a_check_says_why()
    {
        var options = new ScriptPoolOptions { Hosts = 1, HostPath = Path.Combine(Path.GetTempPath(), "no-such-host.dll") };
        await using var pool = new ScriptPool(options, TimeProvider.System, NullLogger<ScriptPool>.Instance);
        var gateway = new RunScripts(pool, new ScriptQuarantine(new HandClock(), NullLogger<ScriptQuarantine>.Instance));

        Assert.Null(await gateway.CheckAsync("return 1", TestContext.Current.CancellationToken));
        Assert.Contains("no-such-host.dll' does not exist", (await new RunScripts(pool).CheckAsync("return 1", TestContext.Current.CancellationToken))!.Message, StringComparison.Ordinal);
        Assert.Contains("no-such-host.dll' does not exist", pool.Status.Problem, StringComparison.Ordinal);
    }
}
