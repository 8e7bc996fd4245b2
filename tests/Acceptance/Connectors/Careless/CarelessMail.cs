using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Acceptance.Connectors.Careless;

/// <summary>Attempts that send a mail: correct, unless a test names a flaw.</summary>
internal static class CarelessMail
{
    /// <summary>How it goes wrong.</summary>
    public enum Flaw
    {
        None,
        TakesBusyForNo,
        SendsTwice,
        ChangesItsName,
        TellsTheKey,
        ChecksWithALetter,
    }

    public static CarelessConnector Connector(Flaw flaw)
    {
        var count = 0;
        var action = new CarelessAction((input, context, token) => SendAsync(input, context, flaw, flaw == Flaw.ChangesItsName ? ++count : 0, token));
        return new CarelessConnector(action, null, context => CheckAsync(context, flaw))
        {
            Answers = [],
            Mail = new MailReply.Answered(MailStage.Letter, 250, "Ok"),
        };
    }

    private static async Task<StepOutcome> SendAsync(CarelessInput input, ActionContext context, Flaw flaw, int count, CancellationToken cancellationToken)
    {
        if (context.FindSecret("ApiKey") is not { } key)
        {
            return StepOutcome.Fail(FailureKind.Unauthorized, "secret_missing", "The connection sets no ApiKey.");
        }

        var text = flaw == Flaw.TellsTheKey ? $"{input.Text} {key.Reveal()}" : input.Text;
        var mail = Mail(key, new MailLetter($"<{context.EffectKey}.{count}@careless.example>", context.StartedAt, "ana@shop.example", "Hello", text));
        var reply = await context.SendMailAsync(mail, cancellationToken);
        if (flaw == Flaw.SendsTwice && reply is MailReply.Answered { Code: 451 })
        {
            reply = await context.SendMailAsync(mail, cancellationToken);
        }

        return reply switch
        {
            MailReply.Answered { IsDone: true } => new StepOutcome.Done(OutputJson.Of(new CarelessOutput("7"))),
            MailReply.Withheld withheld => new StepOutcome.Rehearsed(withheld.Request, OutputJson.Of(new CarelessOutput("sample"))),
            _ => Judge(reply, flaw),
        };
    }

    private static async Task<StepOutcome> CheckAsync(ActionContext context, Flaw flaw)
    {
        var letter = flaw == Flaw.ChecksWithALetter ? new MailLetter("<check@careless.example>", context.StartedAt, "ana@shop.example", "Check", "Check") : null;
        var reply = await context.SendMailAsync(Mail(context.FindSecret("ApiKey")!, letter), CancellationToken.None);
        return reply is MailReply.Answered { IsDone: true } ? new StepOutcome.Done(OutputJson.Of(new CarelessOutput("7"))) : Judge(reply, flaw);
    }

    private static OutboundMail Mail(Secret key, MailLetter? letter) =>
        new(new MailServer("mail.careless.example", 587, MailSecurity.StartTls) { Username = key, Password = key }, "hub@careless.example") { Letter = letter };

    private static StepOutcome Judge(MailReply reply, Flaw flaw) => StepOutcome.Fail(Kind(reply, flaw), "odd", "Odd.");

    private static FailureKind Kind(MailReply reply, Flaw flaw) => reply switch
    {
        MailReply.Answered { Code: < 500 } => flaw == Flaw.TakesBusyForNo ? FailureKind.Rejected : FailureKind.Transient,
        MailReply.Answered { Code: 530 or 534 or 535 } or MailReply.Answered { Stage: <= MailStage.Ready } => FailureKind.Unauthorized,
        MailReply.Answered => FailureKind.Rejected,
        MailReply.NeverSent { Code: "tls_not_offered" } => FailureKind.Unauthorized,
        MailReply.NeverSent { Forbidden: true } => FailureKind.Rejected,
        MailReply.NeverSent => FailureKind.Transient,
        _ => FailureKind.Unconfirmed,
    };
}
