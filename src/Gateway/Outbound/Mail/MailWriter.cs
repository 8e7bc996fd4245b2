using System.Text;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Gateway.Outbound.Mail;

/// <summary>
/// A letter as DATA carries it (RFC 5322, 2045, 2046): ASCII only, lines of at most 76 characters ended by CRLF, a dot at the start of a line
/// doubled. The line with the single dot that ends it is not part of it.
/// </summary>
internal static class MailWriter
{
    public static byte[] Write(string from, MailLetter letter)
    {
        var text = new StringBuilder(letter.Text.Length + (letter.Html?.Length ?? 0) + 1024);
        Header("From", letter.FromName is { Length: > 0 } name ? $"{HeaderText.Phrase(name)}\r\n <{from}>" : from);
        Header("To", letter.To);
        if (letter.ReplyTo is { } replyTo)
        {
            Header("Reply-To", replyTo);
        }

        Header("Subject", HeaderText.Encode(letter.Subject));
        Header("Date", MailRecord.Date(letter.Date));
        Header("Message-ID", letter.MessageId);
        Header("MIME-Version", "1.0");
        Header("Auto-Submitted", "auto-generated"); // RFC 3834: nobody's absence answers it
        if (letter.Html is { } html)
        {
            // Neither coding of a body can have this in it: "=_" is no quoted-printable, and base64 has no "_".
            const string Boundary = "=_connectorhub_alternative";
            Header("Content-Type", $"multipart/alternative;\r\n boundary=\"{Boundary}\"");
            text.Append("\r\n--").Append(Boundary).Append("\r\n");
            Part("text/plain", letter.Text);
            text.Append("\r\n--").Append(Boundary).Append("\r\n");
            Part("text/html", html);
            text.Append("\r\n--").Append(Boundary).Append("--\r\n");
        }
        else
        {
            Part("text/plain", letter.Text);
        }

        return Encoding.ASCII.GetBytes(Stuffed(text.ToString()));

        void Header(string header, string value) => text.Append(header).Append(": ").Append(value).Append("\r\n");

        void Part(string type, string content)
        {
            var (coding, coded) = BodyCoding.Code(content);
            Header("Content-Type", $"{type}; charset=utf-8");
            Header("Content-Transfer-Encoding", coding);
            text.Append("\r\n").Append(coded);
        }
    }

    private static string Stuffed(string text)
    {
        var ended = text.EndsWith("\r\n", StringComparison.Ordinal) ? text : text + "\r\n";
        return ended.Replace("\r\n.", "\r\n..", StringComparison.Ordinal);
    }
}
