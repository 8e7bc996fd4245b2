namespace ConnectorHub.Tests.Benchmarks.StandIns;

/// <summary><c>slack</c>: the stand-in as a process of its own, which a killed gateway cannot take along.</summary>
internal static class SlackCommand
{
    /// <summary>Printed with the address once the stand-in serves; whoever started it reads it.</summary>
    public const string Ready = "listening ";

    public static async Task<int> ExecuteAsync(Options options, CancellationToken cancellationToken)
    {
        var health = new SlackHealth(
            TimeSpan.FromMilliseconds(options.Number("latency", 0)), options.Rate("fail"), options.Rate("lose"), options.Number("seed", 1));
        await using var slack = new SlackStandIn(options.Number("port", 0), options.Find("ledger"), keepHistory: true, health, _ => { });
        await slack.StartAsync(cancellationToken);
        Console.WriteLine(Ready + slack.Address);
        await WaitForTheEndAsync(cancellationToken);
        return 0;
    }

    // Ends with the input as well: a stand-in must not outlive a starter that was killed itself.
    private static async Task WaitForTheEndAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Console.In.ReadToEndAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Stopped from outside.
        }
    }
}
