using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Email;

/// <summary>What the hub does about a mail that a server did not take (RFC 5321, 4.2.1; RFC 4954).</summary>
internal static class MailOutcome
{
    // A server that lacks what the settings ask for lacks it for every mail.
    private static readonly string[] WrongServer = ["tls_not_offered", "sign_in_not_offered", "tls_required", "server_invalid", "address_forbidden"];

    public static StepOutcome Of(MailReply reply, string connection) => reply switch
    {
        MailReply.Answered answer => Judge(answer, connection),
        MailReply.NeverSent never when WrongServer.Contains(never.Code, StringComparer.Ordinal) =>
            StepOutcome.Fail(FailureKind.Unauthorized, never.Code, $"{never.Reason} See Connections:{connection}:Settings."),
        MailReply.NeverSent { Forbidden: true } refused => StepOutcome.Fail(FailureKind.Rejected, refused.Code, refused.Reason),
        MailReply.NeverSent never => StepOutcome.Fail(FailureKind.Transient, never.Code, never.Reason),
        MailReply.Lost lost => StepOutcome.Fail(FailureKind.Unconfirmed, lost.Code, lost.Reason),
        MailReply.Withheld => StepOutcome.Fail(FailureKind.Transient, "withheld", "The mail server was not asked: this is a rehearsal."),
        _ => throw new InvalidOperationException($"{reply.GetType().Name} is not a reply of the outbound path."),
    };

    private static StepOutcome.Failed Judge(MailReply.Answered answer, string connection)
    {
        var code = $"smtp_{answer.Code}";
        var said = answer.Text.Length == 0 ? string.Empty : $" (The server: {answer.Text.TrimEnd('.')})";
        return answer switch
        {
            { Code: 421 } => new(FailureKind.Transient, code, $"The mail server closes: it is busy or being serviced.{said}"),
            { Code: >= 400 and < 500 } => new(FailureKind.Transient, code, $"The mail server does not take the mail now ({Place(answer.Stage)}).{said}"),
            { Code: 530 or 534 or 535 or 538 } or { Stage: MailStage.SignIn, Code: >= 500 } => new(
                FailureKind.Unauthorized, code, $"The mail server does not accept the sign-in of connection '{connection}'. Check Username and Password.{said}"),
            { Stage: <= MailStage.Ready, Code: >= 500 } => new(
                FailureKind.Unauthorized, code, $"The mail server takes no mail at all from the hub ({Place(answer.Stage)}). Check Host, Port and Security.{said}"),
            { Stage: MailStage.Recipient, Code: >= 500 } => new(FailureKind.Rejected, code, $"The mail server refuses the recipient. Check the address.{said}"),
            { Code: >= 500 } => new(FailureKind.Rejected, code, $"The mail server refuses the mail ({Place(answer.Stage)}).{said}"),
            _ => new(FailureKind.Transient, code, $"The mail server gave an answer that does not fit ({Place(answer.Stage)}).{said}"),
        };
    }

    private static string Place(MailStage stage) => stage switch
    {
        MailStage.Greeting => "at its greeting",
        MailStage.Hello => "at EHLO",
        MailStage.Tls => "at STARTTLS",
        MailStage.SignIn => "at the sign-in",
        MailStage.Ready => "after the sign-in",
        MailStage.Sender => "at the sender's address",
        MailStage.Recipient => "at the recipient's address",
        MailStage.Data => "before the text",
        _ => "after the text",
    };
}
