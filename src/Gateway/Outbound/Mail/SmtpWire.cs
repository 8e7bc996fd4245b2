using System.Net.Security;
using System.Security.Authentication;
using System.Text;

namespace ConnectorHub.Gateway.Outbound.Mail;

/// <summary>The other side does not speak SMTP, or says more than anybody needs to.</summary>
internal sealed class SmtpException(string message) : IOException(message);

/// <summary>A server's answer: its code and the texts of its lines.</summary>
internal sealed record SmtpAnswer(int Code, IReadOnlyList<string> Lines)
{
    /// <summary>The kind of answer: 2 yes, 3 go on, 4 not now, 5 no.</summary>
    public int Kind => Code / 100;

    /// <summary>All lines as one text.</summary>
    public string Text => string.Join(' ', Lines);
}

/// <summary>A connection to a mail server: lines out, answers in, and TLS put underneath where the dialogue asks for it.</summary>
internal sealed class SmtpWire(Stream plain, string host, RemoteCertificateValidationCallback? trust) : IDisposable
{
    private const int LongestLine = 2048; // RFC 5321 says 512
    private const int MostLines = 100;

    private readonly byte[] _buffer = new byte[4096];
    private Stream _stream = plain;
    private int _start;
    private int _end;

    /// <summary>Secures the connection. Whatever came before is forgotten: somebody between could have said it.</summary>
    public async Task SecureAsync(CancellationToken limit)
    {
        if (_start < _end)
        {
            throw new SmtpException("it spoke out of turn, before the connection was secure.");
        }

        var secure = new SslStream(_stream, leaveInnerStreamOpen: false);
        _stream = secure;
        var options = new SslClientAuthenticationOptions { TargetHost = host, RemoteCertificateValidationCallback = trust };
        try
        {
            await secure.AuthenticateAsClientAsync(options, limit).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new AuthenticationException("the connection broke while it was being secured.", e);
        }
    }

    /// <summary>Sends one line and waits for the answer to it.</summary>
    public async Task<SmtpAnswer> AskAsync(string line, CancellationToken limit)
    {
        await SayAsync(line, limit).ConfigureAwait(false);
        return await ReadAsync(limit).ConfigureAwait(false);
    }

    /// <summary>Sends one line.</summary>
    /// <exception cref="InvalidOperationException">The text would be more than one line: what could do that has been refused long before.</exception>
    public Task SayAsync(string line, CancellationToken limit) => line.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0
        ? WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), limit)
        : throw new InvalidOperationException("A command to a mail server is one line of ASCII.");

    /// <summary>Sends bytes as they are.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken limit)
    {
        await _stream.WriteAsync(bytes, limit).ConfigureAwait(false);
        await _stream.FlushAsync(limit).ConfigureAwait(false);
    }

    /// <summary>Waits for an answer of one line or several.</summary>
    public async Task<SmtpAnswer> ReadAsync(CancellationToken limit)
    {
        var lines = new List<string>();
        for (int? code = null; lines.Count < MostLines;)
        {
            var line = await ReadLineAsync(limit).ConfigureAwait(false);
            var found = CodeOf(line);
            if (found is null || (code is not null && found != code))
            {
                throw new SmtpException("a line of its answer has no code, or another than the line before.");
            }

            code = found;
            lines.Add(line.Length > 4 ? line[4..] : string.Empty);
            if (line.Length == 3 || line[3] == ' ')
            {
                return new SmtpAnswer(code.Value, lines);
            }
        }

        throw new SmtpException($"its answer has more than {MostLines} lines.");
    }

    public void Dispose() => _stream.Dispose();

    private static int? CodeOf(string line) =>
        line.Length >= 3
        && line[0] is >= '2' and <= '5'
        && char.IsAsciiDigit(line[1])
        && char.IsAsciiDigit(line[2])
        && (line.Length == 3 || line[3] is ' ' or '-')
            ? ((line[0] - '0') * 100) + ((line[1] - '0') * 10) + (line[2] - '0')
            : null;

    private async Task<string> ReadLineAsync(CancellationToken limit)
    {
        var line = new List<byte>();
        while (true)
        {
            if (_start == _end)
            {
                _start = 0;
                _end = await _stream.ReadAsync(_buffer, limit).ConfigureAwait(false);
                if (_end == 0)
                {
                    throw new IOException("The server closed the connection.");
                }
            }

            var rest = _buffer.AsMemory(_start, _end - _start);
            var newLine = rest.Span.IndexOf((byte)'\n');
            var taken = newLine < 0 ? rest.Length : newLine + 1;
            line.AddRange(rest.Span[..taken]);
            _start += taken;
            if (line.Count > LongestLine)
            {
                throw new SmtpException($"a line of its answer is longer than {LongestLine} bytes.");
            }

            if (newLine >= 0)
            {
                return Encoding.UTF8.GetString([.. line]).TrimEnd('\r', '\n');
            }
        }
    }
}
