using ConnectorHub.Abstractions;

namespace ConnectorHub.Gateway.Outbound.Mail;

/// <summary>What is said to a mail server, in order (RFC 5321, 3207, 4954). One command at a time: no outcome is ever guessed.</summary>
internal sealed class SmtpDialogue(SmtpWire wire, OutboundMail mail, HandOver handOver)
{
    private static readonly byte[] LastLine = ".\r\n"u8.ToArray();

    private readonly MailServer _server = mail.Server;

    public async Task<MailReply> RunAsync(CancellationToken limit)
    {
        var reply = await OpenAsync(limit).ConfigureAwait(false) ?? await FinishAsync(limit).ConfigureAwait(false);
        await TakeLeaveAsync(limit).ConfigureAwait(false);
        return reply;
    }

    private Task<MailReply> FinishAsync(CancellationToken limit) => mail.Letter is { } letter ? HandOverAsync(letter, limit) : AskAsync(limit);

    // Null where the server is ready for a mail.
    private async Task<MailReply?> OpenAsync(CancellationToken limit)
    {
        if (_server.Security == MailSecurity.Tls)
        {
            await wire.SecureAsync(limit).ConfigureAwait(false);
        }

        var greeting = await wire.ReadAsync(limit).ConfigureAwait(false);
        if (greeting.Kind != 2)
        {
            return Said(MailStage.Greeting, greeting);
        }

        var hello = await HelloAsync(limit).ConfigureAwait(false);
        if (hello.Kind == 2 && _server.Security == MailSecurity.StartTls)
        {
            if (await StartTlsAsync(hello, limit).ConfigureAwait(false) is { } stopped)
            {
                return stopped;
            }

            // Only what is said inside counts: the list of before may have been shortened by somebody between.
            hello = await HelloAsync(limit).ConfigureAwait(false);
        }

        return hello.Kind == 2 ? await SignInAsync(hello, limit).ConfigureAwait(false) : Said(MailStage.Hello, hello);
    }

    // The sender's domain is the one name of ours that means something to the other side.
    private Task<SmtpAnswer> HelloAsync(CancellationToken limit) => wire.AskAsync($"EHLO {MailAddress.DomainOf(mail.From)}", limit);

    private async Task<MailReply?> StartTlsAsync(SmtpAnswer hello, CancellationToken limit)
    {
        if (Offered(hello, "STARTTLS") is null)
        {
            return new MailReply.NeverSent(
                "tls_not_offered", $"'{_server.Host}' port {_server.Port} does not offer STARTTLS. Port 465 mostly wants Security tls.");
        }

        var answer = await wire.AskAsync("STARTTLS", limit).ConfigureAwait(false);
        if (answer.Kind != 2)
        {
            return Said(MailStage.Tls, answer);
        }

        await wire.SecureAsync(limit).ConfigureAwait(false);
        return null;
    }

    private async Task<MailReply?> SignInAsync(SmtpAnswer hello, CancellationToken limit)
    {
        if (_server is not { Username: { } name, Password: { } password })
        {
            return null;
        }

        var ways = Offered(hello, "AUTH") ?? [];
        if (ways.Contains("PLAIN", StringComparer.OrdinalIgnoreCase))
        {
            return Judge(await wire.AskAsync($"AUTH PLAIN {SignIn.Plain(name, password)}", limit).ConfigureAwait(false));
        }

        if (!ways.Contains("LOGIN", StringComparer.OrdinalIgnoreCase))
        {
            return new MailReply.NeverSent(
                "sign_in_not_offered", $"'{_server.Host}' offers no sign-in with a name and a password (AUTH PLAIN or LOGIN). Leave Username out, or take another port.");
        }

        var answer = await wire.AskAsync("AUTH LOGIN", limit).ConfigureAwait(false);
        foreach (var part in new[] { name, password })
        {
            if (answer.Kind == 3)
            {
                answer = await wire.AskAsync(SignIn.Code(part.Reveal()), limit).ConfigureAwait(false);
            }
        }

        return Judge(answer);

        static MailReply? Judge(SmtpAnswer answer) => answer.Kind == 2 ? null : Said(MailStage.SignIn, answer);
    }

    private async Task<MailReply> AskAsync(CancellationToken limit) => Said(MailStage.Ready, await wire.AskAsync("NOOP", limit).ConfigureAwait(false));

    private async Task<MailReply> HandOverAsync(MailLetter letter, CancellationToken limit)
    {
        var sender = await wire.AskAsync($"MAIL FROM:<{mail.From}>", limit).ConfigureAwait(false);
        if (sender.Kind != 2)
        {
            return Said(MailStage.Sender, sender);
        }

        var recipient = await wire.AskAsync($"RCPT TO:<{letter.To}>", limit).ConfigureAwait(false);
        if (recipient.Kind != 2)
        {
            return Said(MailStage.Recipient, recipient);
        }

        var data = await wire.AskAsync("DATA", limit).ConfigureAwait(false);
        if (data.Code != 354)
        {
            return Said(MailStage.Data, data);
        }

        await wire.WriteAsync(MailWriter.Write(mail.From, letter), limit).ConfigureAwait(false);
        handOver.MayHaveHappened = true;
        await wire.WriteAsync(LastLine, limit).ConfigureAwait(false);
        var answer = await wire.ReadAsync(limit).ConfigureAwait(false);
        return answer.Kind == 3 ? throw new SmtpException("it asks for more after the end of the letter.") : Said(MailStage.Letter, answer);
    }

    // The outcome is known: what becomes of the goodbye changes nothing.
    private async Task TakeLeaveAsync(CancellationToken limit)
    {
        try
        {
            await wire.SayAsync("QUIT", limit).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
        }
    }

    private static MailReply.Answered Said(MailStage stage, SmtpAnswer answer) => new(stage, answer.Code, answer.Text);

    // What a server can do comes after the first line of its answer to EHLO, a word and its parameters each.
    private static string[]? Offered(SmtpAnswer hello, string word) => hello.Lines
        .Skip(1)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .FirstOrDefault(words => words.Length > 0 && words[0].Equals(word, StringComparison.OrdinalIgnoreCase))?[1..];
}
