using ConnectorHub.Abstractions;
using ConnectorHub.Runs.Connections;
using ConnectorHub.Runs.Telemetry;

namespace ConnectorHub.Runs;

/// <summary>For whom something is asked or done.</summary>
internal sealed record Errand(Connection Connection, ConnectorManifest Manifest, string EffectKey, bool Rehearsal);

/// <summary>All that one attempt may touch.</summary>
internal sealed class AttemptContext(Outside outside, Errand errand, DateTimeOffset startedAt, DateTimeOffset deadline) : ActionContext
{
    private static readonly Secret Pretended = new("pretended-for-a-rehearsal");

    // A rehearsal that asks nobody: nothing leaves, whatever it is for.
    private readonly bool _silent = errand.Rehearsal && (!errand.Connection.RehearseReads || errand.Connection.Problem is not null);

    public override string Connection => errand.Connection.Name;

    public override string EffectKey => errand.EffectKey;

    public override bool Rehearsal => errand.Rehearsal;

    public override DateTimeOffset StartedAt => startedAt;

    public override DateTimeOffset Now => outside.Memory.Now;

    /// <summary>True once a request that writes may have left.</summary>
    public bool MayHaveWritten { get; private set; }

    /// <summary>What kept a request from a proper answer: null while all were answered.</summary>
    public FailureKind? Hindrance { get; private set; }

    public override Secret? FindSecret(string name)
        => errand.Connection.Secrets.TryGetValue(name, out var values) && values.Count > 0 ? values[0]
        : _silent && errand.Connection.Problem is not null ? Pretended
        : null;

    public override string? FindSetting(string name) => errand.Connection.Settings.GetValueOrDefault(name);

    public override Task<TokenReply> TokenAsync(string name, Func<CancellationToken, Task<TokenReply>> load, CancellationToken cancellationToken)
        => _silent
            ? Task.FromResult<TokenReply>(new TokenReply.Ready(Pretended, TimeSpan.FromMinutes(1)))
            : outside.Memory.TokenAsync(errand.Connection, name, load, cancellationToken);

    public override void ForgetToken(string name, Secret token) => outside.Memory.ForgetToken(errand.Connection, name, token);

    public override Task<T?> CachedAsync<T>(string key, TimeSpan lifetime, Func<CancellationToken, Task<T?>> load, CancellationToken cancellationToken)
        where T : class
        => _silent ? load(cancellationToken) : outside.Memory.CachedAsync(errand.Connection, key, lifetime, load, cancellationToken);

    public override void ForgetCached(string key) => outside.Memory.ForgetCached(errand.Connection, key);

    public override Task<IDisposable?> TurnAsync(string name, CancellationToken cancellationToken)
        => outside.Memory.TurnAsync(errand.Connection, name, deadline, cancellationToken);

    public override async Task<SendReply> SendAsync(OutboundRequest request, CancellationToken cancellationToken)
    {
        if (_silent || (Rehearsal && !request.Reads))
        {
            return new SendReply.Withheld(outside.Outbound.Record(errand.Connection, errand.Manifest, request));
        }

        using var span = EventTrace.Request(errand.Connection.Name, request.Method);
        var reply = await outside.Outbound.SendAsync(errand.Connection, errand.Manifest, request, deadline, cancellationToken).ConfigureAwait(false);
        span?.Answered(reply);
        MayHaveWritten |= !request.Reads && !request.Harmless && reply is not SendReply.NeverSent;
        Hindrance = reply switch
        {
            SendReply.Answered { Status: 401 or 403 } => FailureKind.Unauthorized,
            SendReply.Answered { Status: 429 } => FailureKind.RateLimited,
            SendReply.Answered { Status: >= 500 } => FailureKind.Transient,
            SendReply.NeverSent { Forbidden: true } => FailureKind.Rejected,
            SendReply.NeverSent or SendReply.Lost => FailureKind.Transient,
            _ => Hindrance,
        };
        if (reply is SendReply.Answered answered)
        {
            outside.Pacing.Heed(errand.Connection, errand.Manifest, answered);
        }

        return reply;
    }

    public override async Task<MailReply> SendMailAsync(OutboundMail mail, CancellationToken cancellationToken)
    {
        var writes = mail.Letter is not null;
        if (_silent || (Rehearsal && writes))
        {
            return new MailReply.Withheld(outside.Outbound.Record(errand.Connection, mail));
        }

        using var span = EventTrace.Mail(errand.Connection.Name);
        var reply = await outside.Outbound.SendMailAsync(errand.Connection, mail, deadline, cancellationToken).ConfigureAwait(false);
        span?.Answered(reply);
        MayHaveWritten |= writes && reply is (MailReply.Lost or MailReply.Answered { IsDone: true });
        return reply;
    }
}
