using System.Net.Security;
using ConnectorHub.Abstractions;
using ConnectorHub.Gateway.Outbound;
using ConnectorHub.Gateway.Outbound.Mail;
using ConnectorHub.Runs.Connections;
using ConnectorHub.Tests.StandIns.Smtp;

namespace ConnectorHub.Tests.Gateway.Outbound.Mail;

/// <summary>The things a mail needs.</summary>
internal static class MailGiven
{
    public const string Name = "canary-username";

    public const string Password = "canary-password";

    public static readonly MailLetter Letter =
        new("<0123abcd@acme.example>", new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.Zero), "ana@shop.example", "Welcome", "Hello Ana");

    public static Connection Connection(ConnectionMode mode = ConnectionMode.Live) => new(
        "mail-acme",
        "email",
        mode,
        null,
        new Dictionary<string, IReadOnlyList<Secret>> { ["Username"] = [new Secret(Name)], ["Password"] = [new Secret(Password)] },
        new Dictionary<string, string>(),
        "0123456789abcdef",
        null);

    public static OutboundMail Mail(SmtpStandIn server, MailSecurity security = MailSecurity.None, bool signsIn = false) =>
        Mail(security == MailSecurity.None ? "localhost" : "127.0.0.1", server.Port, security, signsIn);

    public static OutboundMail Mail(string host, int port, MailSecurity security, bool signsIn = false) =>
        new(new MailServer(host, port, security)
        {
            Username = signsIn ? new Secret(Name) : null,
            Password = signsIn ? new Secret(Password) : null,
        }, "hub@acme.example")
        {
            Letter = Letter,
        };

    /// <summary>A path that may call this machine with TLS, and trusts one stand-in's certificate where it is told to.</summary>
    public static MailPath Path(SmtpStandIn? trusted = null, TimeProvider? clock = null)
    {
        var policy = new OutboundPolicy(["127.0.0.1"], []);
        RemoteCertificateValidationCallback? trust = trusted is null
            ? null
            : (_, certificate, _, _) => certificate is not null && certificate.GetRawCertData().AsSpan().SequenceEqual(trusted.Certificate.RawData);
        return new MailPath(policy, new Dialer(policy), clock ?? TimeProvider.System, trust);
    }

    public static Task<MailReply> SendAsync(this MailPath path, OutboundMail mail, TimeProvider? clock = null) => path.SendAsync(
        Connection(), mail, (clock ?? TimeProvider.System).GetUtcNow() + TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
}
