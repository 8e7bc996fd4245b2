using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ConnectorHub.Tests.Benchmarks.Load;

/// <summary>
/// One kept-alive HTTP/1.1 connection on a bare socket: the driver shares two cores with what it measures, so it must cost little.
/// </summary>
internal sealed class RawConnection(IPEndPoint target) : IDisposable
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private Socket? _socket;

    /// <summary>Sends a whole request and answers the status.</summary>
    /// <exception cref="SocketException">The other side refused or cut the connection; the next call makes a new one.</exception>
    public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        try
        {
            var socket = _socket ??= await ConnectAsync(cancellationToken);
            for (var sent = 0; sent < request.Length;)
            {
                sent += await socket.SendAsync(request[sent..], SocketFlags.None, cancellationToken);
            }

            return await ReadAnswerAsync(socket, cancellationToken);
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException)
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private async Task<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(target, cancellationToken);
            return socket;
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }

    private async ValueTask<int> ReadAnswerAsync(Socket socket, CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(_buffer.AsMemory(length), SocketFlags.None, cancellationToken);
            if (read == 0)
            {
                throw new SocketException((int)SocketError.ConnectionReset);
            }

            length += read;
            if (Answer.Read(_buffer.AsSpan(0, length)) is { } answer)
            {
                if (answer.Closes)
                {
                    Dispose();
                }

                return answer.Status;
            }

            if (length == _buffer.Length)
            {
                throw new SocketException((int)SocketError.MessageSize);
            }
        }
    }

    /// <summary>What the driver needs of an answer: nothing but its status and its end.</summary>
    private readonly record struct Answer(int Status, bool Closes)
    {
        public static Answer? Read(ReadOnlySpan<byte> bytes)
        {
            var end = bytes.IndexOf("\r\n\r\n"u8);
            if (end < 0)
            {
                return null;
            }

            var head = Encoding.ASCII.GetString(bytes[..end]);
            var body = bytes[(end + 4)..];
            var whole = Header(head, "Transfer-Encoding") is not null
                ? body.EndsWith("0\r\n\r\n"u8)
                : body.Length >= int.Parse(Header(head, "Content-Length") ?? "0", CultureInfo.InvariantCulture);
            var status = int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture);
            return whole ? new Answer(status, Header(head, "Connection") is "close") : null;
        }

        private static string? Header(string head, string name)
        {
            var start = head.IndexOf($"\r\n{name}:", StringComparison.OrdinalIgnoreCase);
            if (start < 0)
            {
                return null;
            }

            var value = start + name.Length + 3;
            var end = head.IndexOf("\r\n", value, StringComparison.Ordinal);
            return head[value..(end < 0 ? head.Length : end)].Trim();
        }
    }
}
