using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ConnectorHub.Tests.Gateway.Doctor;

/// <summary>A certificate authority of the test's own, and the judge that trusts it and nobody else.</summary>
internal sealed class CertificateHouse : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _root;

    public CertificateHouse()
    {
        var request = new CertificateRequest("CN=House of the test", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _root = request.CreateSelfSigned(Now.AddYears(-1), Now.AddYears(1));
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>One for 127.0.0.1.</summary>
    public X509Certificate2 Issue(DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(_root, Now.AddDays(-30), until, [1, 2, 3, 4]);
        return issued.CopyWithPrivateKey(key);
    }

    public RemoteCertificateValidationCallback Judge => (_, certificate, _, errors) =>
    {
        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.Add(_root);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return certificate is X509Certificate2 leaf && own.Build(leaf) && !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch);
    };

    public void Dispose()
    {
        _root.Dispose();
        _key.Dispose();
    }
}
