namespace ConnectorHub.Tests.StandIns.Smtp;

/// <summary>How a stand-in's connections are secured.</summary>
internal enum SmtpSecurity
{
    /// <summary>Not at all.</summary>
    Plain,

    /// <summary>On STARTTLS, which is offered.</summary>
    StartTls,

    /// <summary>From the first byte.</summary>
    Tls,
}

/// <summary>What a stand-in does instead of its usual answer. Closed.</summary>
internal abstract record SmtpTurn
{
    private SmtpTurn()
    {
    }

    /// <summary>Says this, line ends included, and goes on.</summary>
    public sealed record Say(string Text) : SmtpTurn;

    /// <summary>Closes the connection without a word.</summary>
    public sealed record Close : SmtpTurn;

    /// <summary>Says nothing any more and keeps the connection.</summary>
    public sealed record Silence : SmtpTurn;
}

/// <summary>How a stand-in behaves.</summary>
internal sealed record SmtpHouse
{
    /// <summary>How connections are secured.</summary>
    public SmtpSecurity Security { get; init; }

    /// <summary>The port; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Whom it lets in, or null where nobody signs in.</summary>
    public string? Username { get; init; }

    /// <summary>With which password.</summary>
    public string? Password { get; init; }

    /// <summary>The ways to sign in that it offers.</summary>
    public string Ways { get; init; } = "PLAIN LOGIN";

    /// <summary>Gets every mail that it takes.</summary>
    public Action<SmtpMail> Tell { get; init; } = _ => { };

    /// <summary>
    /// What it does instead of its usual answer to a command: <c>CONNECT</c>, <c>EHLO</c>, <c>STARTTLS</c>, <c>AUTH</c>, <c>NOOP</c>, <c>MAIL</c>,
    /// <c>RCPT</c>, <c>DATA</c> or <c>.</c>, the end of a letter (which it has then taken). Null is the usual.
    /// </summary>
    public Func<string, SmtpTurn?> Instead { get; init; } = _ => null;
}

/// <summary>A mail that a stand-in took.</summary>
/// <param name="Sender">MAIL FROM, without its angle brackets.</param>
/// <param name="Recipients">RCPT TO, each.</param>
/// <param name="Letter">The letter, dots as they were before they travelled.</param>
/// <param name="SignedIn">Whether its sender had signed in.</param>
/// <param name="Secure">Whether it came over TLS.</param>
internal sealed record SmtpMail(string Sender, IReadOnlyList<string> Recipients, string Letter, bool SignedIn, bool Secure)
{
    /// <summary>A header as it came, its lines joined; null where there is none.</summary>
    public string? Header(string name)
    {
        var head = Letter.Split("\r\n\r\n", 2)[0].Replace("\r\n ", " ", StringComparison.Ordinal);
        return head.Split("\r\n").FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
    }
}
