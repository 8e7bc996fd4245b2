using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ConnectorHub.Tests.Gateway.Outbound;

/// <summary>A server on loopback that answers each request the way the test says, down to the bytes.</summary>
internal sealed class FakePlatform : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<Call, Task> _answer;
    private readonly Task _accepting;

    public FakePlatform(Func<Call, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Address => new($"http://127.0.0.1:{Port}/");

    /// <summary>Every request that arrived whole, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public int Connections { get; private set; }

    public static FakePlatform Answering(string answer) => new(call => call.WriteAsync(answer));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                Connections++;
                open.Add(ServeAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            var number = 0;
            while (await ReadRequestAsync(client.GetStream()) is { } request)
            {
                Requests.Enqueue(request);
                await _answer(new Call(client, request, ++number, _end.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The test or the hub hung up.
        }
    }

    private async Task<string?> ReadRequestAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _end.Token) == 0)
            {
                return null;
            }

            text.Append((char)one[0]);
        }

        var length = text.ToString().Split("\r\n")
            .Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            .Select(line => int.Parse(line[15..], System.Globalization.CultureInfo.InvariantCulture))
            .FirstOrDefault();
        var body = new byte[length];
        await stream.ReadExactlyAsync(body, _end.Token);
        return text + Encoding.UTF8.GetString(body);
    }

    internal sealed record Call(TcpClient Client, string Request, int NumberOnConnection, CancellationToken End)
    {
        public Task WriteAsync(string bytes) => Client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(bytes), End).AsTask();

        public void HangUp() => Client.Close();

        public Task NeverAsync() => Task.Delay(Timeout.Infinite, End);
    }
}
