using ConnectorHub.Abstractions;

namespace ConnectorHub.Runs.Connections;

/// <summary>Port: the one way out of the hub.</summary>
public interface IOutbound
{
    /// <summary>
    /// Sends one request once and tells whether it certainly did not leave, was answered, or is unknown.
    /// Never throws for what the network does; a cancelled <paramref name="cancellationToken"/> gives the same answers as the deadline.
    /// </summary>
    Task<SendReply> SendAsync(
        Connection connection, ConnectorManifest manifest, OutboundRequest request, DateTimeOffset deadline, CancellationToken cancellationToken);

    /// <summary>What <see cref="SendAsync"/> would send, as a person may see it. Opens nothing.</summary>
    RecordedRequest Record(Connection connection, ConnectorManifest manifest, OutboundRequest request);

    /// <summary>
    /// Hands one mail over once and tells whether it certainly was not handed over, was answered, or is unknown. Never throws for what the
    /// network does, as <see cref="SendAsync"/>.
    /// </summary>
    Task<MailReply> SendMailAsync(Connection connection, OutboundMail mail, DateTimeOffset deadline, CancellationToken cancellationToken);

    /// <summary>What <see cref="SendMailAsync"/> would hand over, as a person may see it. Opens nothing.</summary>
    RecordedRequest Record(Connection connection, OutboundMail mail);
}
