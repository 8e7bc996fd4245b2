using ConnectorHub.Abstractions;
using ConnectorHub.Runs.Connections;

namespace ConnectorHub.Gateway.Doctor.Online;

/// <summary>A way out on which a mail server can be asked and nothing else leaves: no request, no letter. It remembers whom it asked.</summary>
internal sealed class MailOnly(IOutbound way, TimeProvider time) : IOutbound
{
    /// <summary>The server that was asked; null while none was.</summary>
    public MailServer? Server { get; private set; }

    /// <summary>Until the server's last word; null where it said none.</summary>
    public TimeSpan? Took { get; private set; }

    public async Task<MailReply> SendMailAsync(Connection connection, OutboundMail mail, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        if (mail.Letter is not null)
        {
            return new MailReply.Withheld(Record(connection, mail));
        }

        Server = mail.Server;
        var began = time.GetTimestamp();
        var reply = await way.SendMailAsync(connection, mail, deadline, cancellationToken).ConfigureAwait(false);
        Took = reply is MailReply.Answered ? time.GetElapsedTime(began) : null;
        return reply;
    }

    public Task<SendReply> SendAsync(Connection connection, ConnectorManifest manifest, OutboundRequest request, DateTimeOffset deadline, CancellationToken cancellationToken) =>
        Task.FromResult<SendReply>(new SendReply.Withheld(Record(connection, manifest, request)));

    public RecordedRequest Record(Connection connection, ConnectorManifest manifest, OutboundRequest request) => way.Record(connection, manifest, request);

    public RecordedRequest Record(Connection connection, OutboundMail mail) => way.Record(connection, mail);
}
