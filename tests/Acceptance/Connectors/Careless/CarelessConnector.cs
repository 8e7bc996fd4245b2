using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Acceptance.Connectors.Careless;

/// <summary>A connector around one action or one source that a test wants to see judged.</summary>
internal sealed class CarelessConnector(IConnectorAction? action, IEventSource? source, Func<ActionContext, Task<StepOutcome>>? check = null) : IConnector
{
    public ConnectorManifest Manifest { get; init; } = new(
        "careless",
        "Careless",
        "A connector that tests break on purpose.",
        null,
        ["careless.example"],
        [new SecretDeclaration("ApiKey", "The key of the account.", Many: true)],
        [],
        new Dictionary<string, string>());

    /// <summary>What is answered while all is well.</summary>
    public IReadOnlyList<SendReply.Answered> Answers { get; init; } = [ScriptedContext.Answer(200, """{"id":"7"}""")];

    /// <summary>What a mail server says while all is well; null where no mail is sent.</summary>
    public MailReply.Answered? Mail { get; init; }

    public IReadOnlyList<IConnectorAction> Actions => action is null ? [] : [action];

    public IReadOnlyList<IEventSource> Sources => source is null ? [] : [source];

    public Task<StepOutcome> CheckAsync(ActionContext context, CancellationToken cancellationToken) =>
        check?.Invoke(context) ?? Task.FromResult<StepOutcome>(new StepOutcome.Done(JsonElement.Parse("{}")));

    public ConnectorCase Case() => new(
        this,
        new Dictionary<string, IReadOnlyList<Secret>> { ["ApiKey"] = [new Secret("canary-careless-api-key")] },
        new Dictionary<string, string>(),
        action is null
            ? []
            : [new ActionCase(action, JsonElement.Parse("""{"text":"Hello"}"""), Answers, JsonElement.Parse("""{"id":"7"}""")) { Mail = Mail }],
        null);
}
