using System.Text;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Acceptance.Connectors;

/// <summary>An attempt whose outside answers by script, and that keeps every request.</summary>
internal sealed class ScriptedContext(IReadOnlyDictionary<string, Secret> secrets, Func<OutboundRequest, SendReply> answer) : ActionContext
{
    public const string Key = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 30, 0, TimeSpan.Zero);

    private readonly List<OutboundRequest> _requests = [];

    public IReadOnlyList<OutboundRequest> Requests => _requests;

    public int Writes => _requests.Count(request => !request.Reads);

    public override string Connection => "stand-in";

    public override string EffectKey => Key;

    public override bool Rehearsal => Rehearses;

    /// <summary>True for an attempt that may not write.</summary>
    public bool Rehearses { get; init; }

    public override DateTimeOffset StartedAt => Start;

    public override Secret? FindSecret(string name) => secrets.GetValueOrDefault(name);

    public override string? FindSetting(string name) => Settings.GetValueOrDefault(name);

    /// <summary>Plain settings of the connection.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Tokens that the action gave back as refused.</summary>
    public List<string> ForgottenTokens { get; } = [];

    /// <summary>What the action no longer took for true.</summary>
    public List<string> ForgottenKeys { get; } = [];

    /// <summary>What attempts that share this keep for each other; null keeps nothing.</summary>
    public Dictionary<string, object>? Kept { get; init; }

    /// <summary>The token every attempt gets; null asks for one as a hub without any would.</summary>
    public Secret? Token { get; init; } = new("canary-access-token");

    public override Task<TokenReply> TokenAsync(string name, Func<CancellationToken, Task<TokenReply>> load, CancellationToken cancellationToken) =>
        Token is { } token ? Task.FromResult<TokenReply>(new TokenReply.Ready(token, TimeSpan.FromHours(1))) : load(cancellationToken);

    public override void ForgetToken(string name, Secret token) => ForgottenTokens.Add(name);

    public override Task<T?> CachedAsync<T>(string key, TimeSpan lifetime, Func<CancellationToken, Task<T?>> load, CancellationToken cancellationToken)
        where T : class => Kept is null ? load(cancellationToken) : KeepAsync(key, load, cancellationToken);

    public override void ForgetCached(string key)
    {
        ForgottenKeys.Add(key);
        Kept?.Remove(key);
    }

    /// <summary>The turns the action took, in order.</summary>
    public List<string> Turns { get; } = [];

    /// <summary>How many of those turns are given back.</summary>
    public int TurnsEnded { get; private set; }

    public override Task<IDisposable?> TurnAsync(string name, CancellationToken cancellationToken)
    {
        Turns.Add(name);
        return Task.FromResult<IDisposable?>(new Turn(this));
    }

    public override Task<SendReply> SendAsync(OutboundRequest request, CancellationToken cancellationToken)
    {
        _requests.Add(request);
        return Task.FromResult(answer(request));
    }

    /// <summary>Every mail, in order.</summary>
    public List<OutboundMail> Mails { get; } = [];

    /// <summary>What becomes of a mail; without it a server takes it, and lets everybody in.</summary>
    public Func<OutboundMail, MailReply> MailServer { get; init; } =
        mail => new MailReply.Answered(mail.Letter is null ? MailStage.Ready : MailStage.Letter, 250, "2.0.0 Ok");

    public override Task<MailReply> SendMailAsync(OutboundMail mail, CancellationToken cancellationToken)
    {
        Mails.Add(mail);
        return Task.FromResult(MailServer(mail));
    }

    private async Task<T?> KeepAsync<T>(string key, Func<CancellationToken, Task<T?>> load, CancellationToken cancellationToken)
        where T : class
    {
        if (Kept!.TryGetValue(key, out var kept))
        {
            return (T)kept;
        }

        var loaded = await load(cancellationToken);
        if (loaded is not null)
        {
            Kept[key] = loaded;
        }

        return loaded;
    }

    /// <summary>Answers from a list, in order; asking for more than it holds fails the test.</summary>
    public static ScriptedContext Of(IReadOnlyDictionary<string, Secret> secrets, params SendReply[] answers)
    {
        var left = new Queue<SendReply>(answers);
        return new ScriptedContext(secrets, request => left.Count > 0
            ? left.Dequeue()
            : throw new InvalidOperationException($"{request.Method} {request.Url} was not expected."));
    }

    public static SendReply.Answered Answer(int status, string body = "", params (string Name, string Value)[] headers) => new(
        status,
        [.. headers.Select(header => KeyValuePair.Create(header.Name, header.Value))],
        Encoding.UTF8.GetBytes(body),
        BodyCut: false);

    private sealed class Turn(ScriptedContext owner) : IDisposable
    {
        public void Dispose() => owner.TurnsEnded++;
    }
}
