using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.Email;

/// <summary>Any mail server that speaks SMTP.</summary>
internal sealed class EmailConnector : IConnector
{
    public ConnectorManifest Manifest { get; } = ConnectorFolder.Of(typeof(EmailConnector)).Manifest();

    public IReadOnlyList<IConnectorAction> Actions { get; } = [new SendMail()];

    public IReadOnlyList<IEventSource> Sources => [];

    public async Task<StepOutcome> CheckAsync(ActionContext context, CancellationToken cancellationToken)
    {
        if (!MailAccount.TryRead(context, out var account, out var problem))
        {
            return problem;
        }

        var reply = await context.SendMailAsync(account.ToMail(), cancellationToken);
        return reply is MailReply.Answered { IsDone: true }
            ? new StepOutcome.Done(OutputJson.Of(new Identity(account.Server.Host, account.From, account.Server.Username is not null)))
            : MailOutcome.Of(reply, context.Connection);
    }

    private sealed record Identity(string Server, string From, bool SignedIn);
}
