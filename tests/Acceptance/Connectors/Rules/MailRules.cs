using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Acceptance.Connectors.Rules;

/// <summary>What every action that sends a mail must keep. An action that sends none keeps them all.</summary>
internal static class MailRules
{
    private static readonly RecordedRequest Recorded = new("MAIL", "smtp://mail.example:587", [], "recorded");

    public static Task<IReadOnlyList<string>> Answers(ConnectorCase tested) => ForEachMailAsync(tested, async (call, wrong) =>
    {
        foreach (var (reply, expected) in Failures())
        {
            var (outcome, _) = await RunAsync(tested, call, _ => reply);
            if (Outcomes.Kind(outcome) is not { } kind || !expected.Contains(kind))
            {
                wrong($"{reply} is {Outcomes.Show(outcome)}, expected {string.Join(" or ", expected)}");
            }
        }

        var (rehearsed, _) = await RunAsync(tested, call, _ => new MailReply.Withheld(Recorded));
        if (rehearsed is not StepOutcome.Rehearsed { Request: var request } || request != Recorded)
        {
            wrong($"a withheld mail is {Outcomes.Show(rehearsed)}, expected Rehearsed with the record");
        }
    });

    public static Task<IReadOnlyList<string>> OneMail(ConnectorCase tested) => ForEachMailAsync(tested, async (call, wrong) =>
    {
        foreach (var reply in Failures().Select(failure => failure.Reply).Append(call.Mail!))
        {
            var (outcome, context) = await RunAsync(tested, call, _ => reply);
            if (context.Mails.Count != 1 || context.Mails[0].Letter is null)
            {
                wrong($"one attempt sent {context.Mails.Count} mails before {Outcomes.Show(outcome)}");
            }
        }
    });

    public static Task<IReadOnlyList<string>> SameMail(ConnectorCase tested) => ForEachMailAsync(tested, async (call, wrong) =>
    {
        var (_, first) = await AnswerRules.RunAsync(tested, call);
        var (_, second) = await AnswerRules.RunAsync(tested, call);
        if (first.Mails[0] != second.Mails[0])
        {
            wrong("a second attempt of the same effect sends another mail");
        }

        if (first.Mails[0].Letter is not { } letter || !letter.MessageId.Contains(ScriptedContext.Key, StringComparison.Ordinal))
        {
            wrong("the effect key is not in the Message-ID");
        }
        else if (!MailAddress.IsOne(letter.To) || !MailAddress.IsOne(first.Mails[0].From) || letter.Subject.Any(char.IsControl))
        {
            wrong("the sender or the recipient is not one address, or the subject not one line");
        }
    });

    public static Task<IReadOnlyList<string>> Credentials(ConnectorCase tested) => ForEachMailAsync(tested, async (call, wrong) =>
    {
        var other = tested with
        {
            Secrets = tested.Secrets.ToDictionary(secret => secret.Key, secret => (IReadOnlyList<Secret>)[new Secret(secret.Value[0].Reveal() + "0")]),
        };
        foreach (var one in new[] { tested, other, tested })
        {
            var (outcome, context) = await AnswerRules.RunAsync(one, call);
            var mail = context.Mails[0];
            if (new[] { mail.Server.Username, mail.Server.Password }.OfType<Secret>().FirstOrDefault(secret => !one.Canaries.Contains(secret.Reveal())) is { } foreign)
            {
                wrong($"a mail carries '{foreign.Reveal()}', which is not a secret of its connection");
            }

            var seen = $"{Outcomes.Show(outcome)} {mail} {MailRecord.Of(mail)} {string.Join(' ', MailRecord.Of(mail).Headers)}";
            foreach (var canary in one.Canaries.Where(canary => seen.Contains(canary, StringComparison.Ordinal)))
            {
                wrong($"'{canary}' shows in {seen}");
            }
        }
    });

    public static async Task<IReadOnlyList<string>> Check(ConnectorCase tested)
    {
        var wrong = new List<string>();
        foreach (var (reply, expected) in Failures().Where(failure => failure.Reply is not MailReply.Lost))
        {
            var context = tested.Attempt(_ => ScriptedContext.Answer(500), _ => reply);
            var outcome = await tested.Connector.CheckAsync(context, CancellationToken.None);
            if (context.Mails.Any(mail => mail.Letter is not null))
            {
                wrong.Add("the check sends a mail");
            }

            if (context.Mails.Count > 0 && (Outcomes.Kind(outcome) is not { } kind || !expected.Contains(kind)))
            {
                wrong.Add($"with {reply} the check is {Outcomes.Show(outcome)}");
            }
        }

        return wrong;
    }

    /// <summary>Every stage refused for now and for good, and each way that a mail does not get an answer.</summary>
    private static IEnumerable<(MailReply Reply, FailureKind[] Expected)> Failures()
    {
        foreach (var stage in Enum.GetValues<MailStage>())
        {
            foreach (var code in new[] { 421, 450, 451, 452, 454 })
            {
                yield return (new MailReply.Answered(stage, code, "4.3.0 Later"), [FailureKind.Transient, FailureKind.RateLimited]);
            }

            foreach (var code in new[] { 500, 550, 552, 553, 554 })
            {
                yield return (
                    new MailReply.Answered(stage, code, "5.7.1 No"),
                    stage <= MailStage.Ready ? [FailureKind.Unauthorized] : [FailureKind.Rejected]);
            }

            foreach (var code in new[] { 530, 534, 535 })
            {
                yield return (new MailReply.Answered(stage, code, "5.7.8 Who are you"), [FailureKind.Unauthorized]);
            }
        }

        yield return (new MailReply.NeverSent("connect_failed", "Refused."), [FailureKind.Transient]);
        yield return (new MailReply.NeverSent("server_slow", "Too slow."), [FailureKind.Transient]);
        yield return (new MailReply.NeverSent("tls_failed", "No."), [FailureKind.Transient]);
        yield return (new MailReply.NeverSent("tls_not_offered", "No."), [FailureKind.Unauthorized]);
        yield return (new MailReply.NeverSent("mail_invalid", "No.", Forbidden: true), [FailureKind.Rejected]);
        yield return (new MailReply.Lost("no_answer", "No answer."), [FailureKind.Unconfirmed]);
    }

    private static Task<IReadOnlyList<string>> ForEachMailAsync(ConnectorCase tested, Func<ActionCase, Action<string>, Task> check) =>
        AnswerRules.ForEachCallAsync(tested, (call, wrong) => call.Mail is null ? Task.CompletedTask : check(call, wrong));

    private static async Task<(StepOutcome Outcome, ScriptedContext Context)> RunAsync(ConnectorCase tested, ActionCase call, Func<OutboundMail, MailReply> mail)
    {
        var context = tested.Attempt(call.GoodReplies(), mail);
        return (await call.Action.ExecuteAsync(call.Input, context, CancellationToken.None), context);
    }
}
