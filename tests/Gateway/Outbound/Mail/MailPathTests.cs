using ConnectorHub.Abstractions;
using ConnectorHub.Gateway.Outbound;
using ConnectorHub.Gateway.Outbound.Mail;
using ConnectorHub.Runs.Connections;
using ConnectorHub.Tests.StandIns.Smtp;

namespace ConnectorHub.Tests.Gateway.Outbound.Mail;

public sealed class MailPathTests
{
    private static readonly string[] BeforeTheEnd = ["CONNECT", "EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA"];

    public static TheoryData<string> StagesBeforeTheEnd => [.. BeforeTheEnd];

    [Fact]
    public async Task A_connection_that_breaks_after_the_last_line_leaves_the_mail_in_doubt()
    {
        await using var server = Standing(new SmtpTurn.Close(), ".");

        var lost = Assert.IsType<MailReply.Lost>(await MailGiven.Path(server).SendAsync(Secured(server)));

        Assert.Equal("connection_lost", lost.Code);
        Assert.Single(server.Mails); // it was taken: saying "not sent" would have sent it twice
    }

    [Fact]
    public async Task A_server_that_goes_silent_after_the_last_line_leaves_the_mail_in_doubt()
    {
        await using var server = Standing(new SmtpTurn.Silence(), ".");
        using var patience = new CancellationTokenSource();
        var sending = MailGiven.Path(server).SendAsync(
            MailGiven.Connection(), Secured(server), DateTimeOffset.MaxValue, patience.Token);
        await UntilAsync(() => server.Mails.Count == 1);
        await patience.CancelAsync();

        Assert.Equal("no_answer", Assert.IsType<MailReply.Lost>(await sending).Code);
    }

    [Theory]
    [InlineData("hello\r\n")]
    [InlineData("25\r\n")]
    [InlineData("250-Ok\r\n550 no\r\n")]
    [InlineData("354 more\r\n")]
    [InlineData("999 what\r\n")]
    public async Task An_answer_after_the_last_line_that_is_none_leaves_the_mail_in_doubt(string answer)
    {
        await using var server = Standing(new SmtpTurn.Say(answer), ".");

        Assert.Equal("answer_unreadable", Assert.IsType<MailReply.Lost>(await MailGiven.Path(server).SendAsync(Secured(server))).Code);
    }

    [Theory]
    [MemberData(nameof(StagesBeforeTheEnd))]
    public async Task A_connection_that_breaks_before_the_last_line_certainly_sent_nothing(string stage)
    {
        await using var server = Standing(new SmtpTurn.Close(), stage);

        Assert.IsType<MailReply.NeverSent>(await MailGiven.Path(server).SendAsync(Secured(server)));
        Assert.Empty(server.Mails);
    }

    [Theory]
    [MemberData(nameof(StagesBeforeTheEnd))]
    public async Task A_server_that_goes_silent_before_the_last_line_certainly_took_nothing(string stage)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = SmtpStandIn.Start(House(found =>
        {
            if (found != stage)
            {
                return null;
            }

            asked.TrySetResult();
            return new SmtpTurn.Silence();
        }));
        using var patience = new CancellationTokenSource();
        var sending = MailGiven.Path(server).SendAsync(MailGiven.Connection(), Secured(server), DateTimeOffset.MaxValue, patience.Token);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        await patience.CancelAsync();

        // Silence at the very first may come before the hub has noticed that it is connected.
        var code = Assert.IsType<MailReply.NeverSent>(await sending).Code;
        Assert.True(code == "server_slow" || (stage == "CONNECT" && code == "connect_timeout"), code);
        Assert.Empty(server.Mails);
    }

    [Theory]
    [MemberData(nameof(StagesBeforeTheEnd))]
    public async Task A_server_that_speaks_another_language_certainly_took_nothing(string stage)
    {
        foreach (var text in new[] { "HTTP/1.1 400 Bad Request\r\n\r\n", new string('2', 5000) + "\r\n", string.Concat(Enumerable.Repeat("250-a\r\n", 200)), "250\tOk\r\n" })
        {
            await using var server = Standing(new SmtpTurn.Say(text), stage);

            Assert.Equal("no_mail_server", Assert.IsType<MailReply.NeverSent>(await MailGiven.Path(server).SendAsync(Secured(server))).Code);
            Assert.Empty(server.Mails);
        }
    }

    [Theory]
    [InlineData("CONNECT", MailStage.Greeting)]
    [InlineData("EHLO", MailStage.Hello)]
    [InlineData("STARTTLS", MailStage.Tls)]
    [InlineData("AUTH", MailStage.SignIn)]
    [InlineData("MAIL", MailStage.Sender)]
    [InlineData("RCPT", MailStage.Recipient)]
    [InlineData("DATA", MailStage.Data)]
    [InlineData(".", MailStage.Letter)]
    public async Task A_refusal_says_where_it_came(string stage, MailStage expected)
    {
        await using var server = Standing(new SmtpTurn.Say("451-4.7.1 Come\r\n451 4.7.1 back\r\n"), stage);

        var answer = Assert.IsType<MailReply.Answered>(await MailGiven.Path(server).SendAsync(Secured(server)));

        Assert.Equal((expected, 451, "4.7.1 Come 4.7.1 back", false), (answer.Stage, answer.Code, answer.Text, answer.IsDone));
    }

    [Theory]
    [InlineData("PLAIN LOGIN")]
    [InlineData("LOGIN CRAM-MD5")]
    [InlineData("plain")]
    public async Task A_mail_goes_out_signed_in_over_STARTTLS(string ways)
    {
        await using var server = SmtpStandIn.Start(House(_ => null) with { Ways = ways });

        var answer = Assert.IsType<MailReply.Answered>(await MailGiven.Path(server).SendAsync(Secured(server)));

        Assert.Equal((true, "2.0.0 Ok: queued as 1"), (answer.IsDone, answer.Text));
        var mail = Assert.Single(server.Mails);
        Assert.Equal(("hub@acme.example", "ana@shop.example", true, true), (mail.Sender, Assert.Single(mail.Recipients), mail.SignedIn, mail.Secure));
        Assert.Equal("<0123abcd@acme.example>", mail.Header("Message-ID"));
        Assert.EndsWith("\r\n\r\nHello Ana\r\n", mail.Letter, StringComparison.Ordinal);
        Assert.Equal(2, server.Commands.Count(command => command == "EHLO acme.example"));
    }

    [Fact]
    public async Task A_mail_goes_out_with_TLS_from_the_first_byte()
    {
        await using var server = SmtpStandIn.Start(new SmtpHouse { Security = SmtpSecurity.Tls });

        Assert.True(Assert.IsType<MailReply.Answered>(await MailGiven.Path(server).SendAsync(MailGiven.Mail(server, MailSecurity.Tls))).IsDone);
        Assert.True(Assert.Single(server.Mails).Secure);
    }

    [Theory]
    [InlineData(MailSecurity.StartTls)]
    [InlineData(MailSecurity.Tls)]
    public async Task A_certificate_that_nobody_vouches_for_gets_no_password_and_no_mail(MailSecurity ours)
    {
        await using var server = SmtpStandIn.Start(
            House(_ => null) with { Security = ours == MailSecurity.Tls ? SmtpSecurity.Tls : SmtpSecurity.StartTls });

        var never = Assert.IsType<MailReply.NeverSent>(await MailGiven.Path().SendAsync(MailGiven.Mail(server, ours, signsIn: true)));

        Assert.Equal("tls_failed", never.Code);
        Assert.DoesNotContain(server.Commands, command => command.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_without_STARTTLS_gets_no_password_and_no_mail()
    {
        await using var server = SmtpStandIn.Start(House(_ => null) with { Security = SmtpSecurity.Plain });

        Assert.Equal("tls_not_offered", Assert.IsType<MailReply.NeverSent>(await MailGiven.Path(server).SendAsync(Secured(server))).Code);
        Assert.Equal(["EHLO acme.example"], server.Commands.Where(command => command != "QUIT"));
    }

    [Fact]
    public async Task What_was_said_before_the_connection_was_secure_is_not_believed()
    {
        // Somebody between adds an answer of their own behind the server's.
        await using var server = Standing(new SmtpTurn.Say("220 Go on\r\n250-stand-in\r\n250 AUTH PLAIN\r\n"), "STARTTLS");

        Assert.Equal("no_mail_server", Assert.IsType<MailReply.NeverSent>(await MailGiven.Path(server).SendAsync(Secured(server))).Code);
    }

    [Fact]
    public async Task A_server_that_repeats_the_password_does_not_get_it_into_a_message()
    {
        await using var server = SmtpStandIn.Start(House(_ => null) with { Password = "another" });

        var answer = Assert.IsType<MailReply.Answered>(await MailGiven.Path(server).SendAsync(Secured(server)));

        Assert.Equal((MailStage.SignIn, 535, "5.7.8 No entry for ***"), (answer.Stage, answer.Code, answer.Text));
    }

    [Fact]
    public async Task Without_a_letter_the_hub_signs_in_and_hands_nothing_over()
    {
        await using var server = SmtpStandIn.Start(House(_ => null));

        var answer = Assert.IsType<MailReply.Answered>(await MailGiven.Path(server).SendAsync(Secured(server) with { Letter = null }));

        Assert.Equal((MailStage.Ready, true), (answer.Stage, answer.IsDone));
        Assert.DoesNotContain(server.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_rehearsed_connection_opens_nothing_and_shows_the_mail()
    {
        await using var server = SmtpStandIn.Start();
        var mail = MailGiven.Mail(server) with { Letter = MailGiven.Letter with { Text = $"Our password is {MailGiven.Password}" } };

        var reply = await MailGiven.Path().SendAsync(
            MailGiven.Connection(ConnectionMode.Rehearse), mail, DateTimeOffset.MaxValue, TestContext.Current.CancellationToken);

        var record = Assert.IsType<MailReply.Withheld>(reply).Request;
        Assert.Equal(("MAIL", $"smtp://localhost:{server.Port}", "Our password is ***"), (record.Method, record.Url, record.Body));
        Assert.Contains(KeyValuePair.Create("Message-ID", MailGiven.Letter.MessageId), record.Headers);
        Assert.Empty(server.Commands);
    }

    [Fact]
    public async Task A_deadline_that_has_passed_opens_nothing()
    {
        await using var server = SmtpStandIn.Start();

        var reply = await MailGiven.Path().SendAsync(
            MailGiven.Connection(), MailGiven.Mail(server), DateTimeOffset.UnixEpoch, TestContext.Current.CancellationToken);

        Assert.Equal("deadline_passed", Assert.IsType<MailReply.NeverSent>(reply).Code);
        Assert.Empty(server.Commands);
    }

    [Theory]
    [InlineData("127.0.0.1", MailSecurity.StartTls, "address_forbidden")]
    [InlineData("10.1.2.3", MailSecurity.Tls, "address_forbidden")]
    [InlineData("169.254.169.254", MailSecurity.StartTls, "address_forbidden")]
    [InlineData("mail.internal", MailSecurity.StartTls, "address_forbidden")]
    [InlineData("rebound.example", MailSecurity.StartTls, "address_forbidden")]
    [InlineData("relay", MailSecurity.StartTls, "address_forbidden")]
    [InlineData("0x7f.1", MailSecurity.StartTls, "address_forbidden")]
    [InlineData("mail.0x7f", MailSecurity.StartTls, "server_invalid")]
    [InlineData("mail.example.", MailSecurity.StartTls, "server_invalid")]
    [InlineData("mail.example\r\nQUIT", MailSecurity.StartTls, "server_invalid")]
    [InlineData("mail.example", MailSecurity.None, "tls_required")]
    [InlineData("10.1.2.3", MailSecurity.None, "tls_required")]
    public async Task A_server_that_the_operator_has_not_opened_is_never_called(string host, MailSecurity security, string code)
    {
        var isOpened = false;
        var policy = new OutboundPolicy([], []);
        var dialer = new Dialer(
            policy,
            (name, _) => Task.FromResult(name == "rebound.example" ? Given.Addresses("93.184.216.34", "127.0.0.1") : Given.Addresses("93.184.216.34")),
            (_, _) =>
            {
                isOpened = true;
                return ValueTask.FromResult(Stream.Null);
            });

        var reply = await new MailPath(policy, dialer, TimeProvider.System).SendAsync(MailGiven.Mail(host, 587, security));

        var never = Assert.IsType<MailReply.NeverSent>(reply);
        Assert.Equal((code, true, false), (never.Code, never.Forbidden, isOpened));
    }

    [Fact]
    public async Task A_private_server_that_the_operator_names_is_called_at_the_address_that_was_judged()
    {
        System.Net.IPEndPoint? called = null;
        var policy = new OutboundPolicy(["relay"], []);
        var dialer = new Dialer(policy, (_, _) => Task.FromResult(Given.Addresses("10.1.2.3")), (address, _) =>
        {
            called = address;
            return ValueTask.FromResult(Stream.Null);
        });

        await new MailPath(policy, dialer, TimeProvider.System).SendAsync(MailGiven.Mail("relay", 25, MailSecurity.StartTls));

        Assert.Equal("10.1.2.3:25", called?.ToString());
    }

    private static OutboundMail Secured(SmtpStandIn server) => MailGiven.Mail(server, MailSecurity.StartTls, signsIn: true);

    private static SmtpStandIn Standing(SmtpTurn turn, string stage) => SmtpStandIn.Start(House(found => found == stage ? turn : null));

    private static SmtpHouse House(Func<string, SmtpTurn?> instead) => new()
    {
        Security = SmtpSecurity.StartTls,
        Username = MailGiven.Name,
        Password = MailGiven.Password,
        Instead = instead,
    };

    private static async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
