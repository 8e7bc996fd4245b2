using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors;
using ConnectorHub.Gateway.Doctor.Online;
using ConnectorHub.Gateway.Outbound;
using ConnectorHub.Runs.Connections;
using ConnectorHub.Tests.Gateway.Outbound;
using ConnectorHub.Tests.Gateway.Support;
using ConnectorHub.Tests.StandIns.Smtp;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectorHub.Tests.Gateway.Doctor;

/// <summary>What a mail server is asked and what is made of its answers, against a server of our own.</summary>
public sealed class MailAskerTests(MailAskerTests.House house) : IClassFixture<MailAskerTests.House>
{
    private static readonly OutboundPolicy ThisMachine = new(["127.0.0.1"], []);

    private static readonly SmtpHouse Closed = new() { Security = SmtpSecurity.StartTls, Username = "hub@acme.example", Password = "canary-password" };

    [Fact]
    public async Task The_sign_in_is_tried_over_tls_and_nothing_is_sent()
    {
        await using var server = SmtpStandIn.Start(Closed);

        var look = await AskAsync(server, "canary-password");

        Assert.Equal(($"127.0.0.1:{server.Port}", true, null, null), (look!.Host, look.SignedIn, look.Problem, look.Refusal));
        Assert.Equal(["mail-acme"], look.Connections);
        Assert.NotNull(look.Took);
        Assert.Equal(new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero), look.CertificateEnds);
        // Its goodbye is not waited for.
        Assert.Equal(["EHLO", "STARTTLS", "EHLO", "AUTH", "NOOP"], server.Commands.Select(line => line.Split(' ')[0]).Where(verb => verb != "QUIT"));
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task A_password_that_is_wrong_is_told_and_not_shown()
    {
        await using var server = SmtpStandIn.Start(Closed);

        var look = await AskAsync(server, "canary-wrong");

        Assert.Equal("The mail server does not accept the sign-in of connection 'mail-acme'. Check Username and Password. (The server: 5.7.8 No entry for ***)", look!.Refusal);
        Assert.False(look.SignedIn);
        Assert.NotNull(look.Took);
        Assert.NotNull(look.CertificateEnds);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_with_its_port()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var look = await AskAsync(Connection("127.0.0.1", port, "starttls", "canary-password"));

        Assert.Equal($"No connection to '127.0.0.1' port {port} (ConnectionRefused).", look!.Problem);
        Assert.Equal((null, null, null), (look.Took, look.Refusal, look.CertificateEnds));
    }

    [Fact]
    public async Task Without_STARTTLS_the_sign_in_is_kept_back()
    {
        await using var server = SmtpStandIn.Start(Closed with { Security = SmtpSecurity.Plain });

        var look = await AskAsync(server, "canary-password");

        Assert.Equal($"'127.0.0.1' port {server.Port} does not offer STARTTLS. Port 465 mostly wants Security tls. See Connections:mail-acme:Settings.", look!.Refusal);
        Assert.DoesNotContain(server.Commands, line => line.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_certificate_nobody_vouches_for_is_refused_and_its_end_is_seen()
    {
        await using var server = SmtpStandIn.Start(Closed with { Security = SmtpSecurity.Tls });

        var look = await AskAsync(Connection("127.0.0.1", server.Port, "tls", "canary-password"));

        Assert.StartsWith("No secure connection to '127.0.0.1'", look!.Problem, StringComparison.Ordinal);
        Assert.Equal(2099, look.CertificateEnds!.Value.Year);
        Assert.Empty(server.Commands);
    }

    [Fact]
    public async Task A_busy_server_answers_all_the_same()
    {
        await using var server = SmtpStandIn.Start(new SmtpHouse { Instead = verb => verb == "CONNECT" ? new SmtpTurn.Say("421 4.3.2 Come back later\r\n") : null });

        var look = await AskAsync(Connection("localhost", server.Port, "none"));

        Assert.Equal("The mail server closes: it is busy or being serviced. (The server: 4.3.2 Come back later)", look!.Problem);
        Assert.NotNull(look.Took);
    }

    [Fact]
    public async Task A_server_that_says_nothing_costs_five_seconds()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = SmtpStandIn.Start(new SmtpHouse
        {
            // Not at its greeting: its side of a connection stands before ours does.
            Instead = verb => verb == "EHLO" && asked.TrySetResult() ? new SmtpTurn.Silence() : null,
        });
        var clock = new ManualClock();

        var asking = AskAsync(Connection("localhost", server.Port, "none"), clock: clock);
        await asked.Task;
        clock.Advance(HostAsker.Patience);

        Assert.Equal("'localhost' took too long before the mail was handed over.", (await asking)!.Problem);
    }

    [Fact]
    public async Task The_rules_for_addresses_hold_for_the_question_too()
    {
        await using var server = SmtpStandIn.Start(Closed);

        var look = await AskAsync(Connection("127.0.0.1", server.Port, "starttls", "canary-password"), policy: new OutboundPolicy([], []));

        Assert.Contains("add it to Outbound:AllowPrivate", look!.Refusal, StringComparison.Ordinal);
        Assert.Empty(server.Commands);
    }

    [Fact]
    public async Task With_a_secret_that_cannot_be_read_the_server_is_asked_without_a_sign_in()
    {
        await using var server = SmtpStandIn.Start(Closed);

        var look = await AskAsync(Connection("127.0.0.1", server.Port, "starttls", "canary-password") with { Problem = "secret Password: it is not there" }, server);

        Assert.Equal((false, null, null), (look!.SignedIn, look.Problem, look.Refusal));
        Assert.DoesNotContain(server.Commands, line => line.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_connection_without_a_server_says_which_setting_is_missing_and_one_that_sends_no_mail_says_nothing()
    {
        var look = await AskAsync(Connection("", 587, "starttls"));

        Assert.Equal("mail-acme", look!.Host);
        Assert.StartsWith("Connections:mail-acme:Settings:Host is not set.", look.Refusal, StringComparison.Ordinal);
        Assert.Null(await AskAsync(Connection("", 587, "starttls") with { ConnectorName = "http" }));
    }

    [Fact]
    public async Task The_doctor_asks_every_mail_server_but_those_that_nobody_may_ask()
    {
        await using var server = SmtpStandIn.Start(new SmtpHouse { Username = "hub@acme.example", Password = "canary-password" });
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live, null, [.. Mail("mail-acme", server), .. Mail("mail-silent", server, ("Mode", "Rehearse"), ("RehearseReads", "false"))]);

        var answer = await gateway.Services.GetRequiredService<HostRound>().AskAsync(TestContext.Current.CancellationToken);

        var look = Assert.Single(answer.Hosts, look => look.Host.StartsWith("localhost:", StringComparison.Ordinal));
        Assert.Equal("mail-acme", Assert.Single(look.Connections));
        Assert.Equal((true, null), (look.SignedIn, look.CertificateEnds));
        Assert.Empty(server.Mails);
    }

    private static IEnumerable<(string Key, string Value)> Mail(string name, SmtpStandIn server, params (string Key, string Value)[] more) =>
        new[]
        {
            ("Connector", "email"), ("Settings:Host", "localhost"), ("Settings:Port", $"{server.Port}"), ("Settings:Security", "none"), ("Settings:From", "hub@acme.example"),
            ("Secrets:Username", "hub@acme.example"), ("Secrets:Password", "canary-password"),
        }.Concat(more).Select(setting => ($"Connections:{name}:{setting.Item1}", setting.Item2));

    private Task<HostLook?> AskAsync(SmtpStandIn server, string password) => AskAsync(Connection("127.0.0.1", server.Port, "starttls", password), server);

    private Task<HostLook?> AskAsync(Connection connection, SmtpStandIn? trusted = null, OutboundPolicy? policy = null, TimeProvider? clock = null)
    {
        RemoteCertificateValidationCallback trust = (_, certificate, _, _) => trusted is not null && certificate!.GetRawCertData().AsSpan().SequenceEqual(trusted.Certificate.RawData);
        var asker = new MailAsker(policy ?? ThisMachine, house.Check, clock ?? TimeProvider.System, trust);
        return asker.AskAsync(ConnectorCatalog.All.Single(one => one.Manifest.Name == connection.ConnectorName), connection, TestContext.Current.CancellationToken);
    }

    private static Connection Connection(string host, int port, string security, string? password = null) => new(
        "mail-acme",
        "email",
        ConnectionMode.Live,
        null,
        password is null ? [] : new Dictionary<string, IReadOnlyList<Secret>> { ["Username"] = [new Secret("hub@acme.example")], ["Password"] = [new Secret(password)] },
        new Dictionary<string, string> { ["Host"] = host, ["Port"] = $"{port}", ["Security"] = security, ["From"] = "hub@acme.example" },
        "0123456789abcdef",
        null);

    /// <summary>A gateway for what asks connections.</summary>
    public sealed class House : IAsyncLifetime
    {
        private RunningGateway? _gateway;

        public ConnectionCheck Check => _gateway!.Services.GetRequiredService<ConnectionCheck>();

        public async ValueTask InitializeAsync() => _gateway = await RunningGateway.StartAsync(null, Bodies.Live);

        public ValueTask DisposeAsync() => _gateway!.DisposeAsync();
    }
}
