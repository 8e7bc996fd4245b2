using System.Buffers;
using System.Net;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Gateway.Outbound;

/// <summary>Reads an answer up to the cap, in bytes.</summary>
internal sealed class AnswerReader(int cap)
{
    private const int FirstBuffer = 8 * 1024;

    public async Task<SendReply> ReadAsync(HttpResponseMessage response, CancellationToken limit)
    {
        // After a switch of protocols there is no body, only a foreign stream without an end.
        var (body, cut) = response.StatusCode == HttpStatusCode.SwitchingProtocols
            ? (ReadOnlyMemory<byte>.Empty, false)
            : await ReadBodyAsync(response.Content, limit).ConfigureAwait(false);
        return new SendReply.Answered((int)response.StatusCode, Headers(response), body, cut);
    }

    private async Task<(ReadOnlyMemory<byte> Body, bool Cut)> ReadBodyAsync(HttpContent content, CancellationToken limit)
    {
        var length = content.Headers.ContentLength;
        if (length == 0)
        {
            return (ReadOnlyMemory<byte>.Empty, false);
        }

        var source = await content.ReadAsStreamAsync(limit).ConfigureAwait(false);
        await using var _ = source.ConfigureAwait(false);

        // One byte more than the cap tells a body that just fits from one that does not.
        var most = cap + 1;
        var first = length is { } known ? (int)Math.Min(known + 1, most) : Math.Min(FirstBuffer, most);
        var buffer = ArrayPool<byte>.Shared.Rent(first);
        var filled = 0;
        try
        {
            while (filled < most)
            {
                if (filled == buffer.Length)
                {
                    buffer = Grow(buffer, filled);
                }

                var room = Math.Min(buffer.Length, most) - filled;
                var read = await source.ReadAsync(buffer.AsMemory(filled, room), limit).ConfigureAwait(false);
                if (read == 0)
                {
                    break;
                }

                filled += read;
            }

            return (buffer.AsSpan(0, Math.Min(filled, cap)).ToArray(), filled > cap);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] buffer, int filled)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private static List<KeyValuePair<string, string>> Headers(HttpResponseMessage response)
    {
        var headers = new List<KeyValuePair<string, string>>(16);
        foreach (var header in response.Headers.NonValidated)
        {
            foreach (var value in header.Value)
            {
                headers.Add(new(header.Key, value));
            }
        }

        foreach (var header in response.Content.Headers.NonValidated)
        {
            foreach (var value in header.Value)
            {
                headers.Add(new(header.Key, value));
            }
        }

        return headers;
    }
}
