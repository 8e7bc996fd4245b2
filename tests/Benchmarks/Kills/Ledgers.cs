using ConnectorHub.Tests.Benchmarks.StandIns;

namespace ConnectorHub.Tests.Benchmarks.Kills;

/// <summary>Asks the stand-in to bring its ledger file up to date, and what it has seen.</summary>
internal static class Ledgers
{
    public static async Task<SlackAccount> FlushAsync(Uri slack, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler();
        using var client = new HttpClient(handler);
        return await client.GetFromJsonAsync<SlackAccount>(new Uri(slack, "/ledger"), cancellationToken)
            ?? throw new KillHarnessException("The stand-in gave no account of itself.");
    }
}
