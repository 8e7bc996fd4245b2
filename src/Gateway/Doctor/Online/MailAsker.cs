using System.Globalization;
using System.Net.Security;
using ConnectorHub.Abstractions;
using ConnectorHub.Gateway.Outbound;
using ConnectorHub.Runs.Connections;

namespace ConnectorHub.Gateway.Doctor.Online;

/// <summary>
/// Asks a mail server as the connection's own mails would: by its host, port, security and sign-in, and by the hub's own way out. Whether mails can
/// go out shows at the sign-in only, so that is tried, too; nothing is handed over. How its settings are read only the connector knows, so it is the
/// connector that asks.
/// </summary>
/// <param name="policy">What the operator opens.</param>
/// <param name="trust">Judges certificates in the hub's stead; null, as always outside of tests, leaves it to the system.</param>
internal sealed class MailAsker(OutboundPolicy policy, ConnectionCheck check, TimeProvider time, RemoteCertificateValidationCallback? trust = null)
{
    /// <summary>Asks; null where the connection sends no mail.</summary>
    public async Task<HostLook?> AskAsync(IConnector connector, Connection connection, CancellationToken cancellationToken)
    {
        var certificate = new SeenCertificate(trust);
        using var path = new OutboundPath(policy, new Dialer(policy), time, certificate.Judge);
        var way = new MailOnly(path, time);
        var outcome = await check.LookAsync(connector, Usable(connection), way, time.GetUtcNow() + HostAsker.Patience, cancellationToken).ConfigureAwait(false);
        var look = new HostLook(Name(way.Server) ?? connection.Name, [connection.Name], way.Took, null, certificate.Ends, null);
        return outcome switch
        {
            StepOutcome.Failed { Kind: FailureKind.Unauthorized } failed => look with { Refusal = failed.Message },
            StepOutcome.Failed failed => look with { Problem = failed.Message },
            _ when way.Server is { } server => look with { SignedIn = server.Username is not null },
            _ => null,
        };
    }

    // What is missing of its secrets the doctor says elsewhere; whether the server is there shows without them.
    private static Connection Usable(Connection connection) =>
        connection.Problem is null ? connection : connection with { Problem = null, Secrets = new Dictionary<string, IReadOnlyList<Secret>>() };

    private static string? Name(MailServer? server) => server is null ? null : $"{server.Host}:{server.Port.ToString(CultureInfo.InvariantCulture)}";
}
