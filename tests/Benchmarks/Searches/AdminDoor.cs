using System.Net.Http.Headers;
using System.Text.Json;
using ConnectorHub.Tests.Benchmarks.Gateways;

namespace ConnectorHub.Tests.Benchmarks.Searches;

/// <summary>Asks a started gateway by its admin API.</summary>
internal sealed class AdminDoor : IDisposable
{
    private readonly HttpClient _client;
    private readonly TimeProvider _time;

    private AdminDoor(HttpClient client, TimeProvider time)
    {
        _client = client;
        _time = time;
    }

    /// <summary>Waits until the gateway answers.</summary>
    public static async Task<AdminDoor> OpenAsync(GatewayFolder gateway, StartedProgram program, TimeProvider time, CancellationToken cancellationToken)
    {
        var client = new HttpClient(new SocketsHttpHandler(), disposeHandler: true) { BaseAddress = gateway.Admin, Timeout = TimeSpan.FromMinutes(1) };
        while (!program.HasExited)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri("/healthz", UriKind.Relative), cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    var token = await File.ReadAllTextAsync(Path.Combine(gateway.Data, "admin-token"), cancellationToken);
                    client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Trim());
                    return new AdminDoor(client, time);
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancellationToken);
        }

        client.Dispose();
        throw new InvalidOperationException($"The gateway ended; its log is {gateway.Log}.");
    }

    public void Dispose() => _client.Dispose();

    public async Task<(double Milliseconds, int Bytes)> AskAsync(string address, CancellationToken cancellationToken)
    {
        var began = _time.GetTimestamp();
        var answer = await _client.GetByteArrayAsync(new Uri(address, UriKind.Relative), cancellationToken);
        return (_time.GetElapsedTime(began).TotalMilliseconds, answer.Length);
    }

    /// <summary>What it answers, as text.</summary>
    public Task<string> ReadAsync(string address, CancellationToken cancellationToken) => _client.GetStringAsync(new Uri(address, UriKind.Relative), cancellationToken);

    public async Task<string> NewestIdAsync(CancellationToken cancellationToken)
    {
        using var events = JsonDocument.Parse(await _client.GetByteArrayAsync(new Uri("/api/events?limit=1", UriKind.Relative), cancellationToken));
        return events.RootElement[0].GetProperty("id").GetString()!;
    }
}
