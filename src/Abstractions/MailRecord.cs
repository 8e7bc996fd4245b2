using System.Globalization;

namespace ConnectorHub.Abstractions;

/// <summary>A mail as a person may see it: what it says, before it is coded for the wire.</summary>
public static class MailRecord
{
    private const int BodyCap = 64 * 1024;

    /// <summary>The record of a mail. Credentials are in none of its parts.</summary>
    public static RecordedRequest Of(OutboundMail mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        var address = string.Create(CultureInfo.InvariantCulture, $"smtp://{mail.Server.Host}:{mail.Server.Port}");
        return mail.Letter is { } letter
            ? new RecordedRequest("MAIL", address, [.. Headers(mail.From, letter)], Cut(Body(letter)))
            : new RecordedRequest("NOOP", address, [], string.Empty);
    }

    /// <summary>The sender as the From header says it.</summary>
    public static string Sender(string from, string? name) => string.IsNullOrEmpty(name) ? from : $"{name} <{from}>";

    /// <summary>A date as mails carry it (RFC 5322, 3.3), in UTC.</summary>
    public static string Date(DateTimeOffset date) =>
        date.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

    private static IEnumerable<KeyValuePair<string, string>> Headers(string from, MailLetter letter)
    {
        yield return new("From", Sender(from, letter.FromName));
        yield return new("To", letter.To);
        if (letter.ReplyTo is { } replyTo)
        {
            yield return new("Reply-To", replyTo);
        }

        yield return new("Subject", letter.Subject);
        yield return new("Date", Date(letter.Date));
        yield return new("Message-ID", letter.MessageId);
        yield return new("Content-Type", letter.Html is null ? "text/plain; charset=utf-8" : "multipart/alternative");
    }

    private static string Body(MailLetter letter) => letter.Html is null ? letter.Text : $"{letter.Text}\n\n--- text/html ---\n{letter.Html}";

    private static string Cut(string text) =>
        text.Length <= BodyCap ? text : text[..(char.IsHighSurrogate(text[BodyCap - 1]) ? BodyCap - 1 : BodyCap)];
}
