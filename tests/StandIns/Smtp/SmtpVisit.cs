using System.Globalization;
using System.Net.Security;
using System.Text;

namespace ConnectorHub.Tests.StandIns.Smtp;

/// <summary>One connection to a stand-in.</summary>
internal sealed class SmtpVisit(Stream plain, SmtpHouse house, SmtpStandIn server) : IAsyncDisposable
{
    private readonly byte[] _one = new byte[1];
    private readonly List<string> _recipients = [];
    private Stream _stream = plain;
    private bool _isSecure;
    private bool _isIn;
    private string? _sender;

    public async Task RunAsync(CancellationToken stop)
    {
        if (house.Security == SmtpSecurity.Tls)
        {
            await SecureAsync(stop);
        }

        if (!await AnswerAsync("CONNECT", "220 stand-in ESMTP\r\n", stop))
        {
            return;
        }

        while (await ReadLineAsync(stop) is { } line)
        {
            server.Hear(line);
            if (!await TakeAsync(line, stop))
            {
                return;
            }
        }
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task<bool> TakeAsync(string line, CancellationToken stop)
    {
        var verb = line.Split(' ')[0].ToUpperInvariant();
        switch (verb)
        {
            case "EHLO":
                return await AnswerAsync(verb, Hello(), stop);
            case "STARTTLS" when house.Security == SmtpSecurity.StartTls && !_isSecure:
                if (!await AnswerAsync(verb, "220 2.0.0 Go on\r\n", stop))
                {
                    return false;
                }

                if (house.Instead(verb) is null)
                {
                    await SecureAsync(stop);
                }

                return true;
            case "AUTH" when house.Username is not null && line.Split(' ') is [_, "LOGIN"] or [_, "PLAIN", _]:
                return await SignInAsync(line.Split(' '), stop);
            case "MAIL" when house.Username is not null && !_isIn:
                return await AnswerAsync(verb, "530 5.7.0 Sign in first\r\n", stop);
            case "MAIL":
                _sender = Inside(line);
                _recipients.Clear();
                return await AnswerAsync(verb, "250 2.1.0 Ok\r\n", stop);
            case "RCPT" when _sender is not null:
                _recipients.Add(Inside(line));
                return await AnswerAsync(verb, "250 2.1.5 Ok\r\n", stop);
            case "DATA" when _recipients.Count > 0:
                return await AnswerAsync(verb, "354 End with a dot\r\n", stop) && (house.Instead(verb) is not null || await TakeLetterAsync(stop));
            case "NOOP":
                return await AnswerAsync(verb, "250 2.0.0 Ok\r\n", stop);
            case "QUIT":
                await SayAsync("221 2.0.0 Bye\r\n", stop);
                return false;
            default:
                return await AnswerAsync(verb, "503 5.5.1 Not now\r\n", stop);
        }
    }

    private string Hello()
    {
        var lines = new List<string> { "stand-in", "SIZE 10485760", "8BITMIME" };
        if (house.Security == SmtpSecurity.StartTls && !_isSecure)
        {
            lines.Add("STARTTLS");
        }
        else if (house.Username is not null)
        {
            lines.Add($"AUTH {house.Ways}");
        }

        return string.Concat(lines.Select((line, index) => $"250{(index == lines.Count - 1 ? ' ' : '-')}{line}\r\n"));
    }

    private async Task<bool> SignInAsync(string[] words, CancellationToken stop)
    {
        if (house.Instead("AUTH") is not null)
        {
            return await AnswerAsync("AUTH", string.Empty, stop);
        }

        string[] parts;
        if (words[1] == "PLAIN")
        {
            parts = Decode(words[2]).Split('\0')[1..];
        }
        else
        {
            await SayAsync("334 VXNlcm5hbWU6\r\n", stop);
            var name = await ReadLineAsync(stop);
            await SayAsync("334 UGFzc3dvcmQ6\r\n", stop);
            parts = [Decode(name ?? string.Empty), Decode(await ReadLineAsync(stop) ?? string.Empty)];
        }

        _isIn = parts.SequenceEqual([house.Username!, house.Password!]);
        await SayAsync(_isIn ? "235 2.7.0 Welcome\r\n" : $"535 5.7.8 No entry for {words[^1]}\r\n", stop);
        return true;
    }

    private async Task<bool> TakeLetterAsync(CancellationToken stop)
    {
        var letter = new StringBuilder();
        while (await ReadLineAsync(stop) is { } line)
        {
            if (line == ".")
            {
                server.Keep(new SmtpMail(_sender!, [.. _recipients], letter.ToString(), _isIn, _isSecure));
                _sender = null;
                return await AnswerAsync(".", $"250 2.0.0 Ok: queued as {server.Mails.Count.ToString(CultureInfo.InvariantCulture)}\r\n", stop);
            }

            letter.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        return false;
    }

    private async Task<bool> AnswerAsync(string verb, string usual, CancellationToken stop)
    {
        switch (house.Instead(verb))
        {
            case SmtpTurn.Close:
                return false;
            case SmtpTurn.Silence:
                await Task.Delay(Timeout.InfiniteTimeSpan, stop);
                return false;
            case SmtpTurn.Say say:
                await SayAsync(say.Text, stop);
                return true;
            default:
                await SayAsync(usual, stop);
                return true;
        }
    }

    private async Task SayAsync(string text, CancellationToken stop) => await _stream.WriteAsync(Encoding.UTF8.GetBytes(text), stop);

    private async Task SecureAsync(CancellationToken stop)
    {
        var secure = new SslStream(_stream);
        _stream = secure;
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = server.Certificate }, stop);
        _isSecure = true;
    }

    // Byte by byte: what follows STARTTLS belongs to TLS. A line without its CR is kept as it is, so that a test would see it.
    private async Task<string?> ReadLineAsync(CancellationToken stop)
    {
        var line = new List<byte>();
        while (await _stream.ReadAsync(_one, stop) == 1)
        {
            line.Add(_one[0]);
            if (line is [.., (byte)'\r', (byte)'\n'])
            {
                return Encoding.UTF8.GetString([.. line[..^2]]);
            }
        }

        return null;
    }

    private static string Inside(string line)
    {
        var (start, end) = (line.IndexOf('<', StringComparison.Ordinal), line.LastIndexOf('>'));
        return start >= 0 && end > start ? line[(start + 1)..end] : line;
    }

    private static string Decode(string text) => Encoding.UTF8.GetString(Convert.FromBase64String(text));
}
