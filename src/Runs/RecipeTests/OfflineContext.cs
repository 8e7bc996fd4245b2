using ConnectorHub.Abstractions;

namespace ConnectorHub.Runs.RecipeTests;

/// <summary>An attempt inside a recipe's test: every request is recorded, none is sent.</summary>
internal sealed class OfflineContext(string connection, string effectKey, DateTimeOffset now) : ActionContext
{
    private static readonly Secret Pretended = new("https://hooks.example.invalid/pretended");

    public override string Connection => connection;

    public override string EffectKey => effectKey;

    public override bool Rehearsal => true;

    public override DateTimeOffset StartedAt => now;

    public override Secret? FindSecret(string name) => Pretended;

    public override string? FindSetting(string name) => null;

    public override Task<TokenReply> TokenAsync(string name, Func<CancellationToken, Task<TokenReply>> load, CancellationToken cancellationToken)
        => Task.FromResult<TokenReply>(new TokenReply.Ready(Pretended, TimeSpan.FromHours(1)));

    public override void ForgetToken(string name, Secret token)
    {
        // There is none to forget.
    }

    public override Task<T?> CachedAsync<T>(string key, TimeSpan lifetime, Func<CancellationToken, Task<T?>> load, CancellationToken cancellationToken)
        where T : class => load(cancellationToken);

    public override void ForgetCached(string key)
    {
        // Nothing is kept between two attempts of a test.
    }

    public override Task<IDisposable?> TurnAsync(string name, CancellationToken cancellationToken) => Task.FromResult<IDisposable?>(Turn.Alone);

    public override Task<SendReply> SendAsync(OutboundRequest request, CancellationToken cancellationToken)
    {
        var url = request.UrlIsSecret ? "***" : request.Url;
        var headers = new List<KeyValuePair<string, string>>(request.Headers);
        foreach (var secret in request.SecretHeaders)
        {
            headers.Add(new(secret.Name, $"{secret.Prefix}***"));
        }

        var body = System.Text.Encoding.UTF8.GetString(request.Body.Span);
        return Task.FromResult<SendReply>(new SendReply.Withheld(new RecordedRequest(request.Method.Method, url, headers, body)));
    }

    public override Task<MailReply> SendMailAsync(OutboundMail mail, CancellationToken cancellationToken) =>
        Task.FromResult<MailReply>(new MailReply.Withheld(MailRecord.Of(mail)));

    // A test makes one attempt at a time.
    private sealed class Turn : IDisposable
    {
        public static readonly Turn Alone = new();

        public void Dispose()
        {
            // Nobody waits for it.
        }
    }
}
