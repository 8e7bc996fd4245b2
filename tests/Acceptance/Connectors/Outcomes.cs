using System.Text;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Acceptance.Connectors;

/// <summary>Outcomes and requests as text: for messages, and to search for what must not be there.</summary>
internal static class Outcomes
{
    public static string Show(StepOutcome outcome) => outcome switch
    {
        StepOutcome.Done done => $"Done {done.Output.GetRawText()}",
        StepOutcome.Failed failed => $"{failed.Kind} {failed.Code} {failed.Message} {failed.RetryAfter}",
        StepOutcome.Rehearsed rehearsed =>
            $"Rehearsed {rehearsed.Request.Method} {rehearsed.Request.Url} {string.Join(" ", rehearsed.Request.Headers)} {rehearsed.Request.Body} {rehearsed.Output.GetRawText()}",
        _ => outcome.ToString(),
    };

    public static string Show(Probe probe) => probe switch
    {
        Probe.Found found => $"Found {found.Output.GetRawText()}",
        Probe.Unknown unknown => $"Unknown {unknown.Reason}",
        _ => "Absent",
    };

    /// <summary>All of a request that people may see.</summary>
    public static string Visible(OutboundRequest request)
    {
        var url = request.UrlIsSecret ? "***" : request.Url;
        var headers = request.Headers.Select(header => $"{header.Key}: {header.Value}")
            .Concat(request.SecretHeaders.Select(header => $"{header.Name}: {header.Prefix}{header.Value}"));
        return $"{request.Method} {url} {string.Join(" ", headers)} {request.ContentType} {Encoding.UTF8.GetString(request.Body.Span)}";
    }

    public static FailureKind? Kind(StepOutcome outcome) => (outcome as StepOutcome.Failed)?.Kind;
}
