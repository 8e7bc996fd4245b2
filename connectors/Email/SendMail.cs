using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Reading;

namespace ConnectorHub.Connectors.Email;

/// <summary>What <c>email.send</c> takes.</summary>
internal sealed record SendMailInput(
    [About("The address of the one recipient, alone, such as ana@shop.example. For several people write a step for each")] string To,
    [About("The subject, one line")][Text(TextKind.Header)] string Subject,
    [About("The text of the mail")] string Text,
    [About("The same text as HTML; mail programs that can show it show it instead")][Text(TextKind.Html)] string? Html = null,
    [About("The address that answers go to, where it is not the sender's")] string? ReplyTo = null,
    [About("The sender's name as people see it, such as Acme Events")][Text(TextKind.Header)] string? FromName = null);

/// <summary>What <c>email.send</c> gives.</summary>
internal sealed record SentMail(
    [About("The mail's Message-ID: by it a mail is found in a server's log")] string MessageId,
    [About("Whom the mail server took the mail for")] string To,
    [About("What the mail server said when it took the mail, mostly its number in the queue")] string Answer);

/// <summary>
/// One mail to one recipient. Its Message-ID is made from the effect key: some receivers show a second mail with it only once, but none has to.
/// </summary>
internal sealed class SendMail : ConnectorAction<SendMailInput, SentMail>
{
    private const int LongestLine = 500;
    private const int LongestText = 1024 * 1024;

    public override string Name => "send";

    public override string About => "Sends a mail to one person.";

    public override Repeat Repeat => Repeat.Unsafe;

    protected override SentMail Sample => new("<0123456789abcdef@acme.example>", "ana@shop.example", "2.0.0 Ok: queued");

    protected override async Task<StepOutcome> ExecuteAsync(SendMailInput input, ActionContext context, CancellationToken cancellationToken)
    {
        if (FindFlaw(input) is { } flaw)
        {
            return StepOutcome.Fail(FailureKind.Rejected, "invalid_input", $"{Name}: {flaw}");
        }

        if (!MailAccount.TryRead(context, out var account, out var problem))
        {
            return problem;
        }

        var letter = Write(input, account, context);
        return await context.SendMailAsync(account.ToMail(letter), cancellationToken) switch
        {
            MailReply.Answered { IsDone: true } answer => Done(new SentMail(letter.MessageId, letter.To, answer.Text)),
            MailReply.Withheld withheld => new StepOutcome.Rehearsed(withheld.Request, OutputJson.Of(Sample with { MessageId = letter.MessageId, To = letter.To })),
            var reply => MailOutcome.Of(reply, context.Connection),
        };
    }

    protected override Task<Probe> FindAsync(SendMailInput input, ActionContext context, CancellationToken cancellationToken) =>
        Task.FromResult<Probe>(new Probe.Unknown(
            "A mail server does not tell afterwards whether it took a mail. Ask the recipient, or look for the Message-ID in the server's log; "
            + "if a second mail is no harm, set repeat: again on the step."));

    private static MailLetter Write(SendMailInput input, MailAccount account, ActionContext context) =>
        new($"<{context.EffectKey}@{MailAddress.DomainOf(account.From)}>", context.StartedAt, input.To.Trim(), input.Subject, input.Text)
        {
            Html = input.Html is { Length: > 0 } html ? html : null,
            ReplyTo = input.ReplyTo is { Length: > 0 } replyTo ? replyTo.Trim() : null,
            FromName = input.FromName is { Length: > 0 } name ? name : null,
        };

    private static string? FindFlaw(SendMailInput input) =>
        FindAddressFlaw("to", input.To)
        ?? (input.ReplyTo is { Length: > 0 } replyTo ? FindAddressFlaw("reply_to", replyTo) : null)
        ?? FindLineFlaw("subject", input.Subject)
        ?? FindLineFlaw("from_name", input.FromName ?? string.Empty)
        ?? (input.Text.Length == 0 ? "'text' is empty. Mail programs that show no HTML show the text: write it in both." : null)
        ?? (input.Text.Length + (input.Html?.Length ?? 0) > LongestText ? $"'text' and 'html' together are longer than {LongestText} characters." : null);

    private static string? FindAddressFlaw(string field, string text)
    {
        if (MailAddress.IsOne(text.Trim()))
        {
            return null;
        }

        var shown = Shown.Value(text);
        return text.AsSpan().IndexOfAny(",;") >= 0 && text.Contains('@', StringComparison.Ordinal)
            ? $"'{field}' is \"{shown}\", which is more than one address. A mail goes to one: write a step for each recipient, or use the address of a group."
            : $"'{field}' is \"{shown}\"; it must be one e-mail address alone, such as ana@shop.example, in plain letters (a domain with others is written xn--…).";
    }

    private static string? FindLineFlaw(string field, string text) => text switch
    {
        _ when text.Any(char.IsControl) => $"'{field}' has a line break or another control character; it is one line.",
        { Length: > LongestLine } => $"'{field}' has {text.Length} characters; at most {LongestLine} are sent.",
        _ => null,
    };
}
