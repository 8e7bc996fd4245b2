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
}
