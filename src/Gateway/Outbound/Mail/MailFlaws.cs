using System.Net;
using System.Text.RegularExpressions;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Gateway.Outbound.Mail;

/// <summary>What no mail may be and no mail server may be called, found before any socket. What a name resolves to is judged by <see cref="Dialer"/>.</summary>
internal static partial class MailFlaws
{
    public static MailReply.NeverSent? Find(OutboundMail mail, OutboundPolicy policy) =>
        FindServer(mail.Server, policy) ?? FindAddress("sender", mail.From) ?? (mail.Letter is { } letter ? Find(letter) : null);

    /// <summary>Why a private server is not called.</summary>
    public static string Forbidden(string host) =>
        $"'{host}' is inside a private or special network. To allow it as a mail server, add it to Outbound:AllowPrivate.";

    private static MailReply.NeverSent? FindServer(MailServer server, OutboundPolicy policy)
    {
        var host = server.Host;
        var isAddress = IPAddress.TryParse(host, out var address);
        if (server.Port is < 1 or > 65535 || host.EndsWith('.') || (!isAddress && (Uri.CheckHostName(host) != UriHostNameType.Dns || TargetGuard.EndsInNumber(host))))
        {
            return new("server_invalid", "The mail server is not a host name or an address with a port from 1 to 65535.", Forbidden: true);
        }

        if (server.Security == MailSecurity.None)
        {
            return host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (address is not null && IPAddress.IsLoopback(address))
                ? null
                : new("tls_required", $"Without TLS mail only goes to this machine (localhost), not to '{host}'.", Forbidden: true);
        }

        var isAllowed = address is not null ? policy.MayDial(host, address, trusted: false) : !TargetGuard.IsLocalName(host) || policy.NamesPrivate(host);
        return isAllowed ? null : new("address_forbidden", Forbidden(host), Forbidden: true);
    }

    // The connector refuses all of this before; a line break that got by would let a value speak to the server.
    private static MailReply.NeverSent? Find(MailLetter letter) =>
        FindAddress("recipient", letter.To)
        ?? (letter.ReplyTo is { } replyTo ? FindAddress("address for answers", replyTo) : null)
        ?? (MessageId().IsMatch(letter.MessageId) ? null : Invalid("The Message-ID is not one."))
        ?? FindLine("subject", letter.Subject)
        ?? FindLine("sender's name", letter.FromName ?? string.Empty);

    private static MailReply.NeverSent? FindAddress(string what, string address) =>
        MailAddress.IsOne(address) ? null : Invalid($"The {what} is not one e-mail address.");

    private static MailReply.NeverSent? FindLine(string what, string text) =>
        text.Any(char.IsControl) ? Invalid($"The {what} holds a line break or another control character.") : null;

    private static MailReply.NeverSent Invalid(string reason) => new("mail_invalid", reason, Forbidden: true);

    [GeneratedRegex(@"\A<[A-Za-z0-9._-]{1,128}@[A-Za-z0-9.-]{1,255}>\z", RegexOptions.CultureInvariant)]
    private static partial Regex MessageId();
}
