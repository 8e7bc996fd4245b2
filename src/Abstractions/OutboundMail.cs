namespace ConnectorHub.Abstractions;

/// <summary>One mail an action asks the hub to hand to a mail server; without a letter only the way there and the sign-in are tried.</summary>
/// <param name="Server">Where to.</param>
/// <param name="From">The sender's address, alone; bounces go there.</param>
public sealed record OutboundMail(MailServer Server, string From)
{
    /// <summary>What is handed over; null for a check, which hands nothing over.</summary>
    public MailLetter? Letter { get; init; }
}

/// <summary>A mail server, and how the hub signs in.</summary>
/// <param name="Host">A name or an address.</param>
/// <param name="Port">Mostly 587, or 465 with TLS from the start.</param>
/// <param name="Security">How the connection is secured.</param>
public sealed record MailServer(string Host, int Port, MailSecurity Security)
{
    /// <summary>The name to sign in with; null signs in nowhere.</summary>
    public Secret? Username { get; init; }

    /// <summary>The password; set where <see cref="Username"/> is.</summary>
    public Secret? Password { get; init; }
}

/// <summary>How the connection to a mail server is secured.</summary>
public enum MailSecurity
{
    /// <summary>Plain at first, TLS before anything is said that matters. A server that does not offer it is not used.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,

    /// <summary>None. Only to this machine.</summary>
    None,
}

/// <summary>A letter to one recipient. One, because a server that takes a mail for some and refuses it for others leaves no clear outcome.</summary>
/// <param name="MessageId">With its angle brackets; the same for every attempt of the same effect.</param>
/// <param name="Date">When it was written.</param>
/// <param name="To">The recipient's address, alone.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">The text; lines may end in any way.</param>
public sealed record MailLetter(string MessageId, DateTimeOffset Date, string To, string Subject, string Text)
{
    /// <summary>The same as HTML, or null.</summary>
    public string? Html { get; init; }

    /// <summary>The sender's name as people see it, or null.</summary>
    public string? FromName { get; init; }

    /// <summary>Where answers go, or null for the sender.</summary>
    public string? ReplyTo { get; init; }
}

/// <summary>How far a conversation with a mail server came. In order.</summary>
public enum MailStage
{
    /// <summary>The server's first line.</summary>
    Greeting,

    /// <summary>EHLO.</summary>
    Hello,

    /// <summary>STARTTLS.</summary>
    Tls,

    /// <summary>AUTH.</summary>
    SignIn,

    /// <summary>NOOP, where there is no letter.</summary>
    Ready,

    /// <summary>MAIL FROM.</summary>
    Sender,

    /// <summary>RCPT TO.</summary>
    Recipient,

    /// <summary>DATA.</summary>
    Data,

    /// <summary>The whole letter.</summary>
    Letter,
}

/// <summary>What became of a mail. Closed; the hub decides which, never the connector.</summary>
public abstract record MailReply
{
    private MailReply()
    {
    }

    /// <summary>The server's last word. Whatever it is not <see cref="IsDone"/> with certainly did not happen.</summary>
    /// <param name="Stage">What it answered to.</param>
    /// <param name="Code">Three digits: 2yz yes, 4yz not now, 5yz no.</param>
    /// <param name="Text">One line without control characters and credentials, at most 300 characters.</param>
    public sealed record Answered(MailStage Stage, int Code, string Text) : MailReply
    {
        /// <summary>The server took the letter, or, without one, lets the hub in.</summary>
        public bool IsDone => Stage is MailStage.Letter or MailStage.Ready && Code is >= 200 and < 300;
    }

    /// <summary>The letter was not handed over: its last line never left. The effect certainly did not happen.</summary>
    /// <param name="Code">Short stable code, such as <c>connect_failed</c>, <c>tls_not_offered</c> or <c>sign_in_not_offered</c>.</param>
    /// <param name="Reason">One sentence for a person.</param>
    /// <param name="Forbidden">True where the hub's own guard refused: trying again will not help.</param>
    public sealed record NeverSent(string Code, string Reason, bool Forbidden = false) : MailReply;

    /// <summary>The letter's last line left and no answer came to it: the server may have taken it.</summary>
    public sealed record Lost(string Code, string Reason) : MailReply;

    /// <summary>A rehearsal: the mail was recorded and not sent.</summary>
    public sealed record Withheld(RecordedRequest Request) : MailReply;
}
