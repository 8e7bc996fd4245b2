using ConnectorHub.Gateway.Doctor.Online;
using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Tests.Gateway.Outbound;

namespace ConnectorHub.Tests.Gateway.Doctor;

/// <summary>What <c>doctor --online</c> says, word for word.</summary>
public sealed class OnlineExaminationTests
{
    private static readonly HubTime Clock = new("Europe/Paris", new ManualClock());
    private static readonly DateTimeOffset Now = Clock.Now;

    [Fact]
    public void Hosts_that_are_well_get_a_line_each() => Assert.Equal(
        """
        Ok hosts: api.hubapi.com (hubspot-acme) answers in 210 ms; certificate until 30 May 2026
        Ok hosts: slack.com (slack-acme, slack-two) answers in 120 ms; certificate until 30 May 2026
        Ok clock: within 30 s of all 2 hosts that said the time
        Ok address: Hub:PublicUrl (hub.example.org) leads to this hub; certificate until 30 May 2026
        """,
        Said([Look("api.hubapi.com", 210, "hubspot-acme"), Look("slack.com", 120, "slack-acme", "slack-two") with { ClockAhead = TimeSpan.FromSeconds(-30) }], Home()));

    [Fact]
    public void Without_anything_to_ask_that_is_said() => Assert.Equal("Ok hosts: no connection calls out", Said([], null));

    [Fact]
    public void A_certificate_is_worth_a_look_from_21_days_on_and_to_be_fixed_when_it_has_ended() => Assert.Equal(
        """
        Ok hosts: a.example (a) answers in 100 ms; certificate until 22 Mar 2026
        Look hosts: b.example (b) answers, but its certificate ends on 22 Mar 2026, in 21 days. If nobody renews it, nothing is sent there from then on.
        Look hosts: c.example (c) answers, but its certificate ends on 2 Mar 2026, in 26 h. If nobody renews it, nothing is sent there from then on.
        Fix hosts: d.example (d): its certificate ended on 1 Mar 2026, so nothing is sent there. Whoever runs that host has to renew it; if this machine's clock is wrong, set it.
        """,
        Said(
            [
                Look("a.example", 100, "a") with { CertificateEnds = Now.AddDays(21).AddSeconds(1), ClockAhead = null },
                Look("b.example", 100, "b") with { CertificateEnds = Now.AddDays(21), ClockAhead = null },
                Look("c.example", 100, "c") with { CertificateEnds = Now.AddHours(26), ClockAhead = null },
                Look("d.example", 100, "d") with { CertificateEnds = Now, ClockAhead = null, Problem = "No secure connection to 'd.example': expired" },
            ],
            null,
            "hosts"));

    [Fact]
    public void A_host_that_does_not_answer_is_said_with_the_reason_and_one_without_TLS_is_marked() => Assert.Equal(
        """
        Fix hosts: slack.com (slack-acme) does not answer. The name 'slack.com' was not found (HostNotFound). Runs that need it wait and try again.
        Ok hosts: 127.0.0.1:5055 (crm) answers in 3 ms, without TLS
        Ok clock: within 30 s of 127.0.0.1:5055
        """,
        Said(
            [
                new HostLook("slack.com", ["slack-acme"], null, null, null, "The name 'slack.com' was not found (HostNotFound)."),
                Look("127.0.0.1:5055", 3, "crm") with { CertificateEnds = null },
            ],
            null));

    [Fact]
    public void Mail_servers_are_told_of_with_their_sign_in() => Assert.Equal(
        """
        Ok hosts: mail.example:587 (mail-acme) answers in 40 ms and takes the sign-in; certificate until 30 May 2026
        Ok hosts: localhost:25 (mail-local) answers in 2 ms, without TLS
        Fix hosts: mail.example:587 (mail-two) takes no mail from this hub. The mail server does not accept the sign-in of connection 'mail-two'. Check Username and Password. (The server: No entry) Runs that need it wait until that is mended.
        Fix hosts: mail-three takes no mail from this hub. Connections:mail-three:Settings:Host is not set. Set the mail server's name, such as smtp.example.com. Runs that need it wait until that is mended.
        Fix hosts: mail.example:25 (mail-four) answers, but not as it should. The mail server closes: it is busy or being serviced. Runs that need it wait and try again.
        Fix hosts: mail.example:26 (mail-five) does not answer. No connection to 'mail.example' port 26 (ConnectionRefused). Runs that need it wait and try again.
        Look hosts: mail.example:465 (mail-six) answers, but its certificate ends on 8 Mar 2026, in 7 days. If nobody renews it, nothing is sent there from then on.
        """,
        Said(
            [
                Look("mail.example:587", 40, "mail-acme") with { SignedIn = true },
                Look("localhost:25", 2, "mail-local") with { CertificateEnds = null },
                Look("mail.example:587", 40, "mail-two") with { Refusal = "The mail server does not accept the sign-in of connection 'mail-two'. Check Username and Password. (The server: No entry)" },
                new HostLook("mail-three", ["mail-three"], null, null, null, null) { Refusal = "Connections:mail-three:Settings:Host is not set. Set the mail server's name, such as smtp.example.com." },
                Look("mail.example:25", 40, "mail-four") with { Problem = "The mail server closes: it is busy or being serviced." },
                new HostLook("mail.example:26", ["mail-five"], null, null, null, "No connection to 'mail.example' port 26 (ConnectionRefused)."),
                Look("mail.example:465", 40, "mail-six") with { SignedIn = true, CertificateEnds = Now.AddDays(7) },
            ],
            null,
            "hosts"));

    [Theory]
    [InlineData(-31, "Fix clock: This machine's clock is 31 s ahead of that of slack.com. ")]
    [InlineData(130, "Fix clock: This machine's clock is 2 min behind that of slack.com. ")]
    public void Our_clock_is_to_be_fixed_where_nobody_agrees_with_it(int seconds, string said)
    {
        var text = Said([Look("slack.com", 100, "slack-acme") with { ClockAhead = TimeSpan.FromSeconds(seconds) }], null, "clock");

        Assert.Equal(
            said + "From 5 minutes on, signed webhooks (Slack's and most others) are refused and Google lets nobody sign in; schedules fire at the wrong time at once. "
            + "Set it: sudo timedatectl set-ntp true",
            text);
    }

    [Fact]
    public void All_hosts_together_say_how_far_off_ours_is() => Assert.StartsWith(
        "Fix clock: This machine's clock is 7 min behind that of all 3 hosts that say the time. ",
        Said([.. ((int[])[400, 420, 500]).Select(ahead => Look($"h{ahead}.example", 1, "a") with { ClockAhead = TimeSpan.FromSeconds(ahead) })], null, "clock"),
        StringComparison.Ordinal);

    [Fact]
    public void A_clock_that_alone_is_off_is_not_ours() => Assert.Equal(
        "Look clock: odd.example's clock is 2 h behind this machine's; 2 other hosts agree with this machine, so theirs is wrong.",
        Said([Look("a.example", 1, "a"), Look("b.example", 1, "b"), Look("odd.example", 1, "c") with { ClockAhead = TimeSpan.FromHours(-2) }], null, "clock"));

    [Fact]
    public void A_clock_nobody_spoke_of_was_not_compared() => Assert.Equal(
        "Look clock: No host said what time it is, so this machine's clock was not compared.",
        Said([Look("a.example", 1, "a") with { ClockAhead = null }], null, "clock"));

    [Fact]
    public void The_public_address_is_seen_to_lead_here_or_somewhere_else()
    {
        Assert.Equal(
            "Fix address: Hub:PublicUrl (hub.example.org) answers, but the request did not arrive at this hub: the address leads somewhere else, or the reverse proxy does not hand on /hooks/.",
            Said([], Home() with { CameHome = false }, "address"));
        Assert.Equal(
            "Ok address: Hub:PublicUrl (hub.example.org) answers; no gateway runs here that it could lead to",
            Said([], Home() with { CameHome = false }, "address", serving: false));
        Assert.Equal(
            "Look address: Hub:PublicUrl (hub.example.org) cannot be reached from this machine. No connection. Some networks do not let a machine call its own address outside: try it from another one.",
            Said([], new HostLook("hub.example.org", [], null, null, null, "No connection."), "address"));
        Assert.Equal(
            """
            Look address: Hub:PublicUrl (hub.example.org): the certificate ends on 8 Mar 2026, in 7 days. See that the reverse proxy renews it, or platforms stop delivering.
            Ok address: Hub:PublicUrl (hub.example.org) leads to this hub; certificate until 8 Mar 2026
            """,
            Said([], Home() with { CertificateEnds = Now.AddDays(7) }, "address"));
        Assert.Equal(
            "Fix address: Hub:PublicUrl (hub.example.org): the certificate ended on 28 Feb 2026, so platforms do not deliver. Renew it at the reverse proxy.",
            Said([], Home() with { CertificateEnds = Now.AddDays(-1), CameHome = false, Problem = "No secure connection." }, "address"));
    }

    private static HostLook Look(string host, int milliseconds, params string[] connections) =>
        new(host, connections, TimeSpan.FromMilliseconds(milliseconds), TimeSpan.Zero, Now.AddDays(90), null);

    private static HostLook Home() => Look("hub.example.org", 40) with { CameHome = true };

    private static string Said(IReadOnlyList<HostLook> hosts, HostLook? home, string? part = null, bool serving = true) => string.Join(
        '\n',
        OnlineExamination.Of(new OnlineAnswer(hosts, home), serving, Clock)
            .Where(one => part is null || one.Part == part)
            .Select(one => $"{one.Urgency} {one.Part}: {one.Sentence}"));
}
