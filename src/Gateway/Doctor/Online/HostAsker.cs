using System.Globalization;
using System.Net.Security;
using ConnectorHub.Abstractions;
using ConnectorHub.Gateway.Outbound;
using ConnectorHub.Runs.Connections;

namespace ConnectorHub.Gateway.Doctor.Online;

/// <summary>
/// Asks a host for nothing: one HEAD by the hub's own way out, with its rules for addresses, and without any credentials. Each request has a
/// connection of its own, for a pooled one would show no certificate.
/// </summary>
/// <param name="policy">What the operator opens.</param>
/// <param name="time">The hub's clock, which is compared.</param>
/// <param name="trust">Judges certificates in the hub's stead; null, as always outside of tests, leaves it to the system.</param>
internal sealed class HostAsker(OutboundPolicy policy, TimeProvider time, RemoteCertificateValidationCallback? trust = null)
{
    /// <summary>How long a host may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<HostLook> AskAsync(HostToAsk host, CancellationToken cancellationToken)
    {
        var certificate = new SeenCertificate(trust);
        using var path = new OutboundPath(policy, new Dialer(policy), time, certificate.Judge);
        var began = time.GetTimestamp();
        var request = new OutboundRequest(HttpMethod.Head, host.Url.AbsoluteUri) { Reads = true, Headers = host.Headers };
        var reply = await path.SendAsync(host.Connection, host.Manifest, request, time.GetUtcNow() + Patience, cancellationToken).ConfigureAwait(false);
        var look = new HostLook(host.Name, host.Connections, null, null, certificate.Ends, null);
        return reply switch
        {
            SendReply.Answered answered => look with { Took = time.GetElapsedTime(began), ClockAhead = ClockAhead(answered) },
            SendReply.NeverSent never => look with { Problem = never.Reason },
            SendReply.Lost lost => look with { Problem = lost.Reason },
            _ => look with { Problem = "It was not asked: its connection only rehearses." },
        };
    }

    // A cache on the way repeats an old date, and says in 'Age' how old it is.
    private TimeSpan? ClockAhead(SendReply.Answered answered)
    {
        if (!DateTimeOffset.TryParseExact(answered.Header("Date"), "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
        {
            return null;
        }

        var age = int.TryParse(answered.Header("Age"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;
        return TimeSpan.FromSeconds(Math.Round((date.AddSeconds(age) - time.GetUtcNow()).TotalSeconds));
    }
}

/// <summary>A host and how it may be called.</summary>
/// <param name="Connections">Names for a person.</param>
/// <param name="Connection">By whose rules it is called; without secrets.</param>
internal sealed record HostToAsk(Uri Url, IReadOnlyList<string> Connections, Connection Connection, ConnectorManifest Manifest)
{
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>With its port where that is not the usual one.</summary>
    public string Name => Url.IsDefaultPort ? Url.IdnHost : $"{Url.IdnHost}:{Url.Port}";
}
