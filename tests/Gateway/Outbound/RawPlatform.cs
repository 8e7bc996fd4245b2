using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace ConnectorHub.Tests.Gateway.Outbound;

/// <summary>A server on loopback that takes one connection and does with it what the test says. The result counts the request's bytes it saw.</summary>
internal sealed class RawPlatform : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task<int> _serving;

    public RawPlatform(Func<NetworkStream, Task<int>> serve)
    {
        _listener.Start();
        _serving = ServeAsync(serve);
    }

    public Uri SecureAddress => new($"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public async Task<bool> GotPlainBytesAsync() => await _serving > 0;

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
    }

    private async Task<int> ServeAsync(Func<NetworkStream, Task<int>> serve)
    {
        try
        {
            using var client = await _listener.AcceptTcpClientAsync();
            return await serve(client.GetStream());
        }
        catch (Exception e) when (e is IOException or SocketException or AuthenticationException)
        {
            return 0; // the hub hung up
        }
    }
}
