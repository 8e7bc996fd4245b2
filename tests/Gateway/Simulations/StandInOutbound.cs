using System.Collections.Concurrent;
using ConnectorHub.Abstractions;
using ConnectorHub.Runs.Connections;
using ConnectorHub.Tests.StandIns;

namespace ConnectorHub.Tests.Gateway.Simulations;

/// <summary>A way out that ends at stand-ins within this process, and keeps when each request left.</summary>
/// <param name="time">The clock of all.</param>
/// <param name="standIns">By connection.</param>
internal sealed class StandInOutbound(TimeProvider time, IReadOnlyDictionary<string, StandIn> standIns) : IOutbound
{
    private int _calls;

    /// <summary>How many requests have left.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>What was mailed, in its order: each is taken.</summary>
    public ConcurrentQueue<MailLetter> Mails { get; } = new();

    /// <summary>When requests that write left, by connection.</summary>
    public ConcurrentDictionary<string, ConcurrentQueue<DateTimeOffset>> Writes { get; } = new();

    public Task<SendReply> SendAsync(
        Connection connection, ConnectorManifest manifest, OutboundRequest request, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        if (!request.Reads)
        {
            Writes.GetOrAdd(connection.Name, _ => new()).Enqueue(time.GetUtcNow());
        }

        var reply = standIns[connection.Name].Answer(Read(request, Target(manifest, request.Url)));
        return Task.FromResult<SendReply>(reply.Fate switch
        {
            Fate.Refused => new SendReply.NeverSent("connect_failed", "The stand-in is not there."),
            Fate.Lost or Fate.Cut => new SendReply.Lost("connection_lost", "The connection ended before the answer did."),
            _ => new SendReply.Answered(reply.Status, reply.Headers, reply.Body, BodyCut: false),
        });
    }

    public Task<MailReply> SendMailAsync(Connection connection, OutboundMail mail, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        if (mail.Letter is { } letter)
        {
            Mails.Enqueue(letter);
        }

        return Task.FromResult<MailReply>(new MailReply.Answered(mail.Letter is null ? MailStage.Ready : MailStage.Letter, 250, "Queued."));
    }

    public RecordedRequest Record(Connection connection, OutboundMail mail) => MailRecord.Of(mail);

    public RecordedRequest Record(Connection connection, ConnectorManifest manifest, OutboundRequest request) =>
        new(request.Method.Method, request.Url, request.Headers, System.Text.Encoding.UTF8.GetString(request.Body.Span));

    /// <summary>The most requests of a connection that left within any stretch of time.</summary>
    public int Most(string connection, TimeSpan stretch)
    {
        var left = Writes.TryGetValue(connection, out var times) ? times.Order().ToList() : [];
        var (most, first) = (0, 0);
        for (var i = 0; i < left.Count; i++)
        {
            while (left[i] - left[first] >= stretch)
            {
                first++;
            }

            most = Math.Max(most, i - first + 1);
        }

        return most;
    }

    private static StandInRequest Read(OutboundRequest request, string target) => new(
        request.Method.Method,
        target,
        request.Headers
            .Concat(request.SecretHeaders.Select(header => KeyValuePair.Create(header.Name, header.Prefix + header.Value.Reveal())))
            .Append(KeyValuePair.Create("Content-Type", request.ContentType)),
        request.Body);

    private static string Target(ConnectorManifest manifest, string url) =>
        !Uri.TryCreate(url, UriKind.Absolute, out var address) ? Root(manifest) + url
        : manifest.BaseUrl is { } own && url.StartsWith(own, StringComparison.Ordinal) ? Root(manifest) + url[own.Length..]
        : address.PathAndQuery;

    // A base address may have a path of its own, as Calendar's has.
    private static string Root(ConnectorManifest manifest) => manifest.BaseUrl is { } own ? new Uri(own).AbsolutePath.TrimStart('/') : string.Empty;
}
