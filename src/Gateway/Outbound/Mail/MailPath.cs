using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using ConnectorHub.Abstractions;
using ConnectorHub.Runs.Connections;

namespace ConnectorHub.Gateway.Outbound.Mail;

/// <summary>
/// The way out for mail: one connection for each, one letter, one recipient. Until the letter's last line leaves nothing has happened at the
/// server (RFC 5321, 4.1.1.4), so whatever breaks before it is <see cref="MailReply.NeverSent"/>; what breaks between it and the answer is
/// <see cref="MailReply.Lost"/>.
/// </summary>
/// <param name="policy">What the operator opens.</param>
/// <param name="dialer">Opens connections to judged addresses only.</param>
/// <param name="time">The clock of deadlines.</param>
/// <param name="trust">Judges certificates in the hub's stead; null, as always outside of tests, leaves it to the system.</param>
internal sealed class MailPath(OutboundPolicy policy, Dialer dialer, TimeProvider time, RemoteCertificateValidationCallback? trust = null)
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromHours(1); // a timer has a largest wait, a deadline has none

    /// <summary>What would be handed over, as a person may see it.</summary>
    public static RecordedRequest Record(Connection connection, OutboundMail mail)
    {
        var secrets = new MailSecrets(connection, mail);
        var record = MailRecord.Of(mail);
        return record with
        {
            Headers = [.. record.Headers.Select(header => KeyValuePair.Create(header.Key, secrets.Hide(header.Value)))],
            Body = secrets.Hide(record.Body),
        };
    }

    public async Task<MailReply> SendAsync(Connection connection, OutboundMail mail, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        if (MailFlaws.Find(mail, policy) is { } flaw)
        {
            return flaw;
        }

        if (connection.Mode == ConnectionMode.Rehearse && mail.Letter is not null)
        {
            return new MailReply.Withheld(Record(connection, mail));
        }

        var remaining = deadline - time.GetUtcNow();
        if (remaining <= TimeSpan.Zero)
        {
            return new MailReply.NeverSent("deadline_passed", "The attempt's time was over before the mail could start.");
        }

        using var timer = new CancellationTokenSource(remaining < LongestTimer ? remaining : LongestTimer, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        var reply = await SendAsync(mail, limit.Token).ConfigureAwait(false);
        return reply is MailReply.Answered answered
            ? answered with { Text = ServerText.OneLine(new MailSecrets(connection, mail).Hide(answered.Text)) }
            : reply;
    }

    private async Task<MailReply> SendAsync(OutboundMail mail, CancellationToken limit)
    {
        var server = mail.Server;
        var handOver = new HandOver();
        try
        {
            using var stream = await dialer.DialAsync(EndPoint(server), server.Security == MailSecurity.None, limit).ConfigureAwait(false);
            using var wire = new SmtpWire(stream, server.Host, trust);
            return await new SmtpDialogue(wire, mail, handOver).RunAsync(limit).ConfigureAwait(false);
        }
        catch (DialException e)
        {
            return new MailReply.NeverSent(e.Code, e.Forbidden ? MailFlaws.Forbidden(server.Host) : e.Message, e.Forbidden);
        }
        catch (AuthenticationException e)
        {
            return new MailReply.NeverSent("tls_failed", $"No secure connection to '{server.Host}': {ServerText.OneLine((e.InnerException ?? e).Message)}");
        }
        catch (SmtpException e)
        {
            return handOver.MayHaveHappened
                ? new MailReply.Lost("answer_unreadable", $"The mail went to '{server.Host}', and its answer is not one of a mail server: {e.Message}")
                : new MailReply.NeverSent("no_mail_server", $"'{server.Host}' does not speak as a mail server does: {e.Message}");
        }
        catch (OperationCanceledException)
        {
            return handOver.MayHaveHappened
                ? new MailReply.Lost("no_answer", $"The mail went to '{server.Host}', and no answer came in time.")
                : new MailReply.NeverSent("server_slow", $"'{server.Host}' took too long before the mail was handed over.");
        }
        catch (IOException)
        {
            return handOver.MayHaveHappened
                ? new MailReply.Lost("connection_lost", $"The mail went to '{server.Host}', and the connection broke before the answer.")
                : new MailReply.NeverSent("connection_lost", $"The connection to '{server.Host}' broke before the mail was handed over.");
        }
    }

    // 'localhost' is not looked up: a name server could have it point elsewhere.
    private static DnsEndPoint EndPoint(MailServer server) => new(
        server.Security == MailSecurity.None && !IPAddress.TryParse(server.Host, out _) ? IPAddress.Loopback.ToString() : server.Host,
        server.Port);
}

/// <summary>Whether the last line of a letter may have reached the server.</summary>
internal sealed class HandOver
{
    public bool MayHaveHappened { get; set; }
}
