using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors;
using ConnectorHub.Tests.Benchmarks.Forgeries;

namespace ConnectorHub.Tests.Acceptance.Connectors;

/// <summary>A connector and the data the suite needs to exercise it, from <c>Answers/{connector}.json</c>.</summary>
internal sealed record ConnectorCase(
    IConnector Connector,
    IReadOnlyDictionary<string, IReadOnlyList<Secret>> Secrets,
    IReadOnlyDictionary<string, string> Settings,
    IReadOnlyList<ActionCase> Calls,
    SendReply.Answered? Check)
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>All secrets as one attempt sees them.</summary>
    public IReadOnlyDictionary<string, Secret> AttemptSecrets => Secrets.ToDictionary(secret => secret.Key, secret => secret.Value[0]);

    /// <summary>Every value that must never show.</summary>
    public IReadOnlyList<string> Canaries => [.. Secrets.Values.SelectMany(values => values).Append(Token).Select(value => value.Reveal())];

    /// <summary>The token the hub keeps for this connection, where an action asks for one.</summary>
    public Secret Token { get; init; } = new("canary-access-token");

    /// <summary>Its sources, each with each proof alone and under each choice of settings.</summary>
    public IEnumerable<ProvenSource> Sources =>
        ProvenSource.Of(Connector, Settings, proof => Secrets.TryGetValue(proof, out var values) ? values : []);

    public static ConnectorCase Of(string name) => Of(ConnectorCatalog.All.Single(connector => connector.Manifest.Name == name));

    public static ConnectorCase Of(IConnector connector)
    {
        var resource = $"{typeof(ConnectorCase).Namespace}.Answers.{connector.Manifest.Name}.json";
        using var stream = typeof(ConnectorCase).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{resource} is missing: every connector needs its good answers.");
        var file = JsonSerializer.Deserialize<AnswersFile>(stream, Strict)!;
        return new ConnectorCase(
            connector,
            file.Secrets.ToDictionary(secret => secret.Key, secret => (IReadOnlyList<Secret>)[.. secret.Value.Select(value => new Secret(value))]),
            new Dictionary<string, string>([.. ProvenSource.Defaults(connector).Where(one => file.Settings?.ContainsKey(one.Key) is not true), .. file.Settings ?? []]),
            [.. file.Calls.Select(call => call.For(connector))],
            file.Check?.ToReply());
    }

    public ScriptedContext Attempt(Func<OutboundRequest, SendReply> answer) => new(AttemptSecrets, answer) { Token = Token, Settings = Settings };

    public ScriptedContext Attempt(Func<OutboundRequest, SendReply> answer, Func<OutboundMail, MailReply> mail) =>
        new(AttemptSecrets, answer) { Token = Token, Settings = Settings, MailServer = mail };

    private sealed record AnswersFile(Dictionary<string, string[]> Secrets, Dictionary<string, string>? Settings, CallEntry[] Calls, AnswerEntry? Check);

    private sealed record CallEntry(string Action, JsonElement Input, AnswerEntry? Answer, AnswerEntry[]? Answers, MailEntry? Mail, JsonElement Output)
    {
        public ActionCase For(IConnector connector) => new(
            connector.Actions.Single(action => action.Name == Action),
            Input,
            (Answer, Answers, Mail) switch
            {
                ({ } one, null, null) => [one.ToReply()],
                (null, { Length: > 1 } several, null) => [.. several.Select(answer => answer.ToReply())],
                (null, null, not null) => [],
                _ => throw new InvalidOperationException($"A call of {Action} has either 'answer' or, where it makes several requests, 'answers' in their order, or 'mail'."),
            },
            Output)
        {
            Mail = Mail is null ? null : new MailReply.Answered(MailStage.Letter, Mail.Code, Mail.Text),
        };
    }

    private sealed record MailEntry(int Code, string Text);

    private sealed record AnswerEntry(int Status, JsonElement? Body, string? Text)
    {
        public SendReply.Answered ToReply() => ScriptedContext.Answer(Status, Body?.GetRawText() ?? Text ?? string.Empty);
    }
}
