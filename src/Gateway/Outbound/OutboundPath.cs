using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Text;
using ConnectorHub.Abstractions;
using ConnectorHub.Gateway.Outbound.Mail;
using ConnectorHub.Runs.Connections;

namespace ConnectorHub.Gateway.Outbound;

/// <summary>
/// The one way out of the hub. It sends a request once, over HTTP/1.1, and knows from the bytes handed to the connection whether a failure
/// certainly came before the request (<see cref="SendReply.NeverSent"/>) or may have come after it (<see cref="SendReply.Lost"/>).
/// </summary>
internal sealed class OutboundPath : IOutbound, IDisposable
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromHours(1); // a timer has a largest wait, a deadline has none

    private readonly TargetGuard _guard;
    private readonly AnswerReader _answers;
    private readonly MailPath _mail;
    private readonly TimeProvider _time;

    // Connections are pooled by host. What one connection's base address opened must not be found in the pool by another connection.
    private readonly SocketsHttpHandler _guardedPool;
    private readonly SocketsHttpHandler _trustedPool;
    private readonly HttpMessageInvoker _guarded;
    private readonly HttpMessageInvoker _trusted;

    /// <param name="policy">What the operator opens.</param>
    /// <param name="dialer">Opens connections to judged addresses only.</param>
    /// <param name="time">The clock of deadlines.</param>
    /// <param name="trust">Sees and judges certificates; null leaves them to the system.</param>
    public OutboundPath(OutboundPolicy policy, Dialer dialer, TimeProvider time, RemoteCertificateValidationCallback? trust = null)
    {
        _guard = new TargetGuard(policy);
        _answers = new AnswerReader(policy.ResponseCap);
        _mail = new MailPath(policy, dialer, time, trust);
        _time = time;
        _guardedPool = Pool(policy, dialer, trusted: false, trust);
        _trustedPool = Pool(policy, dialer, trusted: true, trust);
        _guarded = new HttpMessageInvoker(_guardedPool, disposeHandler: false);
        _trusted = new HttpMessageInvoker(_trustedPool, disposeHandler: false);
    }

    /// <inheritdoc/>
    public async Task<SendReply> SendAsync(
        Connection connection, ConnectorManifest manifest, OutboundRequest request, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        var target = _guard.Resolve(connection, manifest, request);
        if (target is Target.Refused refused)
        {
            return new SendReply.NeverSent(refused.Code, refused.Reason, Forbidden: true);
        }

        if (connection.Mode == ConnectionMode.Rehearse && !request.Reads)
        {
            return new SendReply.Withheld(RequestRecorder.Record(connection, target, request));
        }

        if (RequestWriter.FindFlaw(request) is { } flaw)
        {
            return flaw;
        }

        var remaining = deadline - _time.GetUtcNow();
        if (remaining <= TimeSpan.Zero)
        {
            return new SendReply.NeverSent("deadline_passed", "The attempt's time was over before the request could start.");
        }

        var (address, trusted) = (Target.Allowed)target;
        using var timer = new CancellationTokenSource(remaining < LongestTimer ? remaining : LongestTimer, _time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        return await SendAsync(address, trusted ? _trusted : _guarded, request, limit.Token).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public RecordedRequest Record(Connection connection, ConnectorManifest manifest, OutboundRequest request) =>
        RequestRecorder.Record(connection, _guard.Resolve(connection, manifest, request), request);

    /// <inheritdoc/>
    public Task<MailReply> SendMailAsync(Connection connection, OutboundMail mail, DateTimeOffset deadline, CancellationToken cancellationToken) =>
        _mail.SendAsync(connection, mail, deadline, cancellationToken);

    /// <inheritdoc/>
    public RecordedRequest Record(Connection connection, OutboundMail mail) => MailPath.Record(connection, mail);

    /// <inheritdoc/>
    public void Dispose()
    {
        _guarded.Dispose();
        _trusted.Dispose();
        _guardedPool.Dispose();
        _trustedPool.Dispose();
    }

    private async Task<SendReply> SendAsync(Uri address, HttpMessageInvoker invoker, OutboundRequest request, CancellationToken limit)
    {
        var trace = new WireTrace(request.Reads);
        WireTrace.Current = trace;
        try
        {
            using var message = RequestWriter.Write(address, request);
            using var response = await invoker.SendAsync(message, limit).ConfigureAwait(false);
            return await _answers.ReadAsync(response, limit).ConfigureAwait(false);
        }
        catch (HttpRequestException e) when (!trace.Written)
        {
            return NeverSent(address.IdnHost, e);
        }
        catch (OperationCanceledException e) when (!trace.Written)
        {
            return e.InnerException is DialException dial ? NeverSent(dial) : new SendReply.NeverSent(
                "connect_timeout", $"'{address.IdnHost}' gave no connection in time.");
        }
        catch (OperationCanceledException)
        {
            return new SendReply.Lost("no_answer", $"The request went to '{address.IdnHost}', and no complete answer came in time.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return Lost(address.IdnHost, e);
        }
    }

    private static SendReply.NeverSent NeverSent(string host, HttpRequestException failure) => failure switch
    {
        { InnerException: DialException dial } => NeverSent(dial),
        { HttpRequestError: HttpRequestError.SecureConnectionError } or { InnerException: AuthenticationException } => new(
            "tls_failed", $"No secure connection to '{host}': {(failure.InnerException ?? failure).Message}"),
        _ => new("connect_failed", $"No connection to '{host}' ({failure.HttpRequestError})."),
    };

    private static SendReply.NeverSent NeverSent(DialException dial) => new(dial.Code, dial.Message, dial.Forbidden);

    private static SendReply.Lost Lost(string host, Exception failure)
    {
        var error = failure switch
        {
            HttpRequestException request => request.HttpRequestError,
            HttpIOException io => io.HttpRequestError,
            _ => HttpRequestError.Unknown,
        };
        return error is HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded
            ? new SendReply.Lost("answer_unreadable", $"The request went to '{host}', and its answer is not HTTP this hub reads ({error}).")
            : new SendReply.Lost("connection_lost", $"The request went to '{host}', and the connection broke before its answer was complete.");
    }

    private static SocketsHttpHandler Pool(OutboundPolicy policy, Dialer dialer, bool trusted, RemoteCertificateValidationCallback? trust) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        PreAuthenticate = false,
        AutomaticDecompression = DecompressionMethods.None,
        // The hub's own trace ids are nobody else's business, unless the operator says so.
        ActivityHeadersPropagator = policy.SendTraceparent ? DistributedContextPropagator.CreateW3CPropagator() : null,
        SslOptions = { RemoteCertificateValidationCallback = trust },
        ConnectTimeout = policy.ConnectTimeout,
        PooledConnectionLifetime = policy.ConnectionLifetime,
        PooledConnectionIdleTimeout = policy.IdleTimeout,
        MaxConnectionsPerServer = policy.ConnectionsPerServer,
        MaxResponseHeadersLength = 64, // KB
        MaxResponseDrainSize = 0, // a body cut at the cap costs its connection instead of its whole length
        RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
        ConnectCallback = (context, cancellationToken) => dialer.DialAsync(context.DnsEndPoint, trusted, cancellationToken),
        PlaintextStreamFilter = static (context, _) => ValueTask.FromResult<Stream>(new Wire(context.PlaintextStream)),
    };
}
