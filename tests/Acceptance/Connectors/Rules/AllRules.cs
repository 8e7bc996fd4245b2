namespace ConnectorHub.Tests.Acceptance.Connectors.Rules;

/// <summary>The rules by the name an exemption would use. Each answers what is wrong; nothing means that it is kept.</summary>
internal static class AllRules
{
    public static IReadOnlyDictionary<string, Func<ConnectorCase, Task<IReadOnlyList<string>>>> ByName { get; } =
        new Dictionary<string, Func<ConnectorCase, Task<IReadOnlyList<string>>>>
        {
            ["identity"] = Plain(IdentityRules.Identity),
            ["shapes"] = Plain(IdentityRules.Shapes),
            ["good-answer"] = AnswerRules.GoodAnswer,
            ["rate-limit"] = AnswerRules.RateLimit,
            ["server-error"] = AnswerRules.ServerError,
            ["refused-credentials"] = AnswerRules.RefusedCredentials,
            ["cut-off-answer"] = AnswerRules.CutOffAnswer,
            ["hostile-answer"] = AnswerRules.HostileAnswer,
            ["lost-answer"] = AnswerRules.LostAnswer,
            ["never-sent"] = AnswerRules.NeverSent,
            ["aftermath"] = AnswerRules.Aftermath,
            ["batch"] = BatchRules.Batch,
            ["rehearsal"] = AnswerRules.Rehearsal,
            ["bad-input"] = InputRules.BadInput,
            ["one-write"] = RequestRules.OneWrite,
            ["addresses"] = RequestRules.Addresses,
            ["effect-key"] = RequestRules.EffectKey,
            ["own-credentials"] = RequestRules.OwnCredentials,
            ["missing-secret"] = RequestRules.MissingSecret,
            ["secrets-stay-hidden"] = RequestRules.SecretsStayHidden,
            ["mail-answers"] = MailRules.Answers,
            ["one-mail"] = MailRules.OneMail,
            ["same-mail"] = MailRules.SameMail,
            ["mail-credentials"] = MailRules.Credentials,
            ["mail-check"] = MailRules.Check,
            ["probe"] = ProbeRules.Probe,
            ["check"] = ProbeRules.Check,
            ["events"] = Plain(SourceRules.Events),
            ["genuine-delivery"] = Plain(SourceRules.GenuineDelivery),
            ["setup"] = Plain(SourceRules.Setup),
            ["renewal"] = Plain(SourceRules.Renewal),
            ["labels"] = Plain(SourceRules.Labels),
            ["forged-delivery"] = Plain(RefusalRules.ForgedDelivery),
            ["unproven-delivery"] = Plain(RefusalRules.UnprovenDelivery),
            ["quiet-refusal"] = Plain(RefusalRules.QuietRefusal),
            ["quick-refusal"] = Plain(RefusalRules.QuickRefusal),
            ["handshake"] = Plain(RefusalRules.Handshake),
            ["signed-nonsense"] = Plain(SourceRules.SignedNonsense),
            ["hostile-body"] = Plain(SourceRules.HostileBody),
            ["readme"] = Plain(ReadmeRules.Readme),
        };

    private static Func<ConnectorCase, Task<IReadOnlyList<string>>> Plain(Func<ConnectorCase, IReadOnlyList<string>> rule) =>
        tested => Task.FromResult(rule(tested));
}
