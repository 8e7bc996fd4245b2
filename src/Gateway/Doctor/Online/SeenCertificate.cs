using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace ConnectorHub.Gateway.Doctor.Online;

/// <summary>Remembers when the certificate ends, also of one that is refused.</summary>
internal sealed class SeenCertificate(RemoteCertificateValidationCallback? trust)
{
    public DateTimeOffset? Ends { get; private set; }

    public bool Judge(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        Ends = certificate is X509Certificate2 seen ? new DateTimeOffset(seen.NotAfter).ToUniversalTime() : null;
        return trust?.Invoke(sender, certificate, chain, errors) ?? errors == SslPolicyErrors.None;
    }
}
