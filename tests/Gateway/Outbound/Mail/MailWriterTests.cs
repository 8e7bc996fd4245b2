using System.Text;
using ConnectorHub.Abstractions;
using ConnectorHub.Gateway.Outbound.Mail;
using ConnectorHub.Tests.StandIns.Smtp;

namespace ConnectorHub.Tests.Gateway.Outbound.Mail;

public sealed class MailWriterTests
{
    private const string Injection = "a@b.example>\r\nRCPT TO:<evil@elsewhere.example";

    [Fact]
    public async Task A_text_that_looks_like_the_end_and_more_commands_arrives_as_text()
    {
        const string Text = "first\n.\nMAIL FROM:<evil@elsewhere.example>\n..two\n.\r\n.\r\nQUIT\r\n.";
        await using var server = SmtpStandIn.Start();

        var reply = await MailGiven.Path().SendAsync(MailGiven.Mail(server) with { Letter = MailGiven.Letter with { Text = Text } });

        Assert.True(Assert.IsType<MailReply.Answered>(reply).IsDone);
        var mail = Assert.Single(server.Mails);
        Assert.Equal("hub@acme.example", mail.Sender);
        Assert.EndsWith("\r\n\r\nfirst\r\n.\r\nMAIL FROM:<evil@elsewhere.example>\r\n..two\r\n.\r\n.\r\nQUIT\r\n.\r\n", mail.Letter, StringComparison.Ordinal);
        Assert.Single(server.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    public static TheoryData<OutboundMail> Injections =>
    [
        Mail(letter => letter, from: Injection),
        Mail(letter => letter with { To = Injection }),
        Mail(letter => letter with { To = "a@b.example, c@d.example" }),
        Mail(letter => letter with { ReplyTo = Injection }),
        Mail(letter => letter with { Subject = "Hello\r\nBcc: evil@elsewhere.example" }),
        Mail(letter => letter with { Subject = "Hello\nBcc: evil@elsewhere.example" }),
        Mail(letter => letter with { Subject = "Hello\rBcc: evil@elsewhere.example" }),
        Mail(letter => letter with { FromName = "Acme\r\nBcc: evil@elsewhere.example" }),
        Mail(letter => letter with { MessageId = "<a@b>\r\nBcc: evil@elsewhere.example" }),
    ];

    [Theory]
    [MemberData(nameof(Injections), DisableDiscoveryEnumeration = true)]
    public async Task What_could_end_a_line_is_refused_before_anything_is_opened(OutboundMail mail)
    {
        await using var server = SmtpStandIn.Start();

        var never = Assert.IsType<MailReply.NeverSent>(
            await MailGiven.Path().SendAsync(mail with { Server = new MailServer("localhost", server.Port, MailSecurity.None) }));

        Assert.Equal(("mail_invalid", true), (never.Code, never.Forbidden));
        Assert.Empty(server.Commands);
    }

    [Fact]
    public void A_plain_letter_is_written_in_plain_headers() => Assert.Equal(
        """
        From: "Acme \"Events\""
         <hub@acme.example>
        To: ana@shop.example
        Reply-To: team@acme.example
        Subject: Welcome
        Date: Mon, 02 Mar 2026 09:30:00 +0000
        Message-ID: <0123abcd@acme.example>
        MIME-Version: 1.0
        Auto-Submitted: auto-generated
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        Hello Ana

        """.ReplaceLineEndings("\r\n"),
        Write(MailGiven.Letter with { FromName = "Acme \"Events\"", ReplyTo = "team@acme.example" }));

    [Theory]
    [InlineData("Été à Zürich")]
    [InlineData("ウェビナーへようこそ、皆さま。本日はご参加いただきありがとうございます。またお会いできるのを楽しみにしております 🎉🎉🎉")]
    [InlineData("=?utf-8?B?QQ==?=")]
    [InlineData(" spaces at the ends ")]
    public void A_subject_that_is_not_plain_comes_back_from_its_encoded_words(string subject)
    {
        var lines = Write(MailGiven.Letter with { Subject = subject }).Split("\r\n");
        var first = Array.FindIndex(lines, line => line.StartsWith("Subject:", StringComparison.Ordinal));
        var words = lines.Skip(first).TakeWhile((line, index) => index == 0 || line.StartsWith(' ')).Select(line => line.Replace("Subject:", string.Empty, StringComparison.Ordinal).Trim()).ToList();

        Assert.All(words, word => Assert.InRange(word.Length, 1, 75));
        Assert.All(words, word => Assert.Matches(@"^=\?utf-8\?B\?[A-Za-z0-9+/=]+\?=$", word));
        Assert.Equal(subject, string.Concat(words.Select(word => Encoding.UTF8.GetString(Convert.FromBase64String(word[10..^2])))));
    }

    [Theory]
    [InlineData("quoted-printable", "Né à Nîmes = 100 %, and then a line that goes on and on until it has to be folded somewhere, since 76 is the most.")]
    [InlineData("quoted-printable", "a trailing space \nand a tab\t\n\n\nend")]
    [InlineData("base64", "ウェビナーへようこそ、皆さま。本日はご参加いただきありがとうございます。またお会いできるのを楽しみにしております")]
    public void A_body_comes_back_from_its_coding_and_has_no_long_line(string coding, string text)
    {
        var letter = Write(MailGiven.Letter with { Text = text });
        var body = letter.Split("\r\n\r\n", 2)[1];

        Assert.Contains($"Content-Transfer-Encoding: {coding}\r\n", letter, StringComparison.Ordinal);
        Assert.All(letter.Split("\r\n"), line => Assert.InRange(line.Length, 0, 76));
        Assert.All(letter, character => Assert.True(char.IsAscii(character)));
        Assert.Equal(text.ReplaceLineEndings("\r\n"), Decode(coding, body));
    }

    [Fact]
    public void HTML_comes_beside_the_text_and_after_it()
    {
        var letter = Write(MailGiven.Letter with { Html = "<p>Hello <b>Ana</b></p>" });

        Assert.Contains("Content-Type: multipart/alternative;\r\n boundary=\"=_connectorhub_alternative\"\r\n", letter, StringComparison.Ordinal);
        Assert.Equal(
            ["text/plain", "text/html"],
            letter.Split("--=_connectorhub_alternative\r\n").Skip(1).Select(part => part.Split("Content-Type: ")[1].Split(';')[0]));
        Assert.EndsWith("<p>Hello <b>Ana</b></p>\r\n\r\n--=_connectorhub_alternative--\r\n", letter, StringComparison.Ordinal);
    }

    private static OutboundMail Mail(Func<MailLetter, MailLetter> change, string from = "hub@acme.example") =>
        new(new MailServer("localhost", 1, MailSecurity.None), from) { Letter = change(MailGiven.Letter) };

    private static string Write(MailLetter letter) => Encoding.ASCII.GetString(MailWriter.Write("hub@acme.example", letter));

    private static string Decode(string coding, string body)
    {
        if (coding == "base64")
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(body));
        }

        var text = body[..^2].Replace("=\r\n", string.Empty, StringComparison.Ordinal);
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=')
            {
                bytes.Add(Convert.FromHexString(text.AsSpan(i + 1, 2))[0]);
                i += 2;
            }
            else
            {
                bytes.Add((byte)text[i]);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
