using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ConnectorHub.Abstractions;
using ConnectorHub.Gateway.Outbound;

namespace ConnectorHub.Tests.Gateway.Outbound;

public sealed class TlsTests
{
    [Fact]
    public async Task A_certificate_nobody_vouches_for_is_never_sent()
    {
        using var certificate = SelfSigned();
        await using var platform = new RawPlatform(async stream =>
        {
            var secure = new SslStream(stream);
            await secure.AuthenticateAsServerAsync(certificate);
            return await secure.ReadAsync(new byte[1]);
        });
        using var path = Given.Path();

        var reply = await path.SendAsync(Given.Connection(platform.SecureAddress), Given.Slack, Given.Post());

        Assert.Equal("tls_failed", Assert.IsType<SendReply.NeverSent>(reply).Code);
        Assert.False(await platform.GotPlainBytesAsync());
    }

    [Fact]
    public async Task A_server_that_does_not_speak_tls_is_never_sent()
    {
        await using var platform = new RawPlatform(async stream =>
        {
            await stream.WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
            return 0;
        });
        using var path = Given.Path();

        var reply = await path.SendAsync(Given.Connection(platform.SecureAddress), Given.Slack, Given.Post());

        Assert.Equal("tls_failed", Assert.IsType<SendReply.NeverSent>(reply).Code);
    }

    [Fact]
    public async Task A_handshake_that_never_ends_is_never_sent()
    {
        await using var platform = new RawPlatform(async stream =>
        {
            while (await stream.ReadAsync(new byte[4096]) > 0)
            {
            }

            return 0;
        });
        using var path = Given.Path(new OutboundPolicy([], []) { ConnectTimeout = TimeSpan.FromMilliseconds(100) });

        var reply = await path.SendAsync(Given.Connection(platform.SecureAddress), Given.Slack, Given.Post());

        Assert.Equal("connect_timeout", Assert.IsType<SendReply.NeverSent>(reply).Code);
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
    }
}
