namespace ConnectorHub.Tests.Benchmarks.Floor;

/// <summary><c>floor</c>: the floor as a process of its own, measured as the gateway is.</summary>
internal static class FloorCommand
{
    public static async Task<int> ExecuteAsync(Options options, CancellationToken cancellationToken)
    {
        await using var floor = new FloorProgram(
            options.Number("port", 8080), options.Text("data"), new Uri(options.Text("slack")), options.Text("secret"));
        await floor.RunAsync(cancellationToken);
        return 0;
    }
}
