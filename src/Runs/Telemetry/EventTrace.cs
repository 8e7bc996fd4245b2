using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Runs.Telemetry;

/// <summary>
/// One trace for an event, from its delivery to each request it leads to. Its id follows from the event's id, so nothing has to be stored: an
/// attempt after a restart, a week later, belongs to it too. No span holds an address, a header or a body.
/// </summary>
public static class EventTrace
{
    /// <summary>The name under which spans are collected.</summary>
    public const string SourceName = "ConnectorHub";

    private static readonly ActivitySource Spans = new(SourceName);

    /// <summary>
    /// The trace of an event, without a span to hang from: a delivery begins it, and so does each attempt, which may come in another process
    /// that no longer knows the delivery's span. Sorted by time they tell the event's story.
    /// </summary>
    public static ActivityContext ContextOf(string eventId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(eventId), hash);
        return new ActivityContext(ActivityTraceId.CreateFromBytes(hash[..16]), default, ActivityTraceFlags.Recorded, isRemote: true);
    }

    /// <summary>A delivery was taken: a span for each event in it, from its first byte to the answer.</summary>
    public static void Received(Hook hook, IReadOnlyList<Store.AcceptedEvent> events, TimeSpan elapsed)
    {
        if (!Spans.HasListeners())
        {
            return;
        }

        var around = Activity.Current;
        foreach (var accepted in events)
        {
            // The framework's own span of the request would be taken for the parent.
            Activity.Current = null;
            var id = accepted.DuplicateOf ?? accepted.Id;
            using var span = Spans.CreateActivity("receive", ActivityKind.Server, ContextOf(id));
            if (span is not null)
            {
                // Only now is it known which event it is.
                span.Start();
                span.SetStartTime(span.StartTimeUtc - elapsed);
                span.SetTag("connectorhub.hook", hook.Name).SetTag("connectorhub.event", id).SetTag("connectorhub.duplicate", accepted.DuplicateOf is not null).SetTag("connectorhub.runs", accepted.Runs.Count);
            }
        }

        Activity.Current = around;
    }

    internal static Activity? Attempt(ActiveRun run, Attempting attempt)
    {
        var span = Begin("attempt", run.Event.Id);
        return Named(span, attempt)?
            .SetTag("connectorhub.event", run.Event.Id)
            .SetTag("connectorhub.run", run.Id)
            .SetTag("connectorhub.recipe", run.Recipe.Id)
            .SetTag("connectorhub.attempt", attempt.Number);
    }

    /// <summary>Looking for the effect of an attempt whose answer was lost.</summary>
    internal static Activity? Look(ActiveRun run, Attempting lost)
    {
        var span = Begin("look", run.Event.Id);
        return Named(span, lost)?.SetTag("connectorhub.event", run.Event.Id).SetTag("connectorhub.run", run.Id);
    }

    /// <summary>One call for several attempts: it belongs to the first one's trace and is linked with those of the others.</summary>
    internal static Activity? Shared(IReadOnlyList<Attempting> attempts)
    {
        if (!Spans.HasListeners())
        {
            return null;
        }

        var contexts = attempts.Select(attempt => attempt.Trace).OfType<ActivityContext>().ToList();
        var span = Spans.StartActivity("call", ActivityKind.Internal, contexts.FirstOrDefault(), links: contexts.Skip(1).Select(context => new ActivityLink(context)));
        return Named(span, attempts[0])?.SetTag("connectorhub.attempts", attempts.Count);
    }

    /// <summary>One request to a target; only where an attempt is traced.</summary>
    internal static Activity? Request(string connection, HttpMethod method) =>
        Activity.Current?.Source == Spans
            ? Spans.StartActivity("request", ActivityKind.Client)?.SetTag("connectorhub.connection", connection).SetTag("http.request.method", method.Method)
            : null;

    /// <summary>One hand-over to a mail server, the same.</summary>
    internal static Activity? Mail(string connection) =>
        Activity.Current?.Source == Spans
            ? Spans.StartActivity("request", ActivityKind.Client)?.SetTag("connectorhub.connection", connection).SetTag("network.protocol.name", "smtp")
            : null;

    internal static void Answered(this Activity span, MailReply reply)
    {
        switch (reply)
        {
            case MailReply.Answered answered:
                span.SetTag("smtp.response.status_code", answered.Code).SetStatus(answered.IsDone ? ActivityStatusCode.Unset : ActivityStatusCode.Error);
                break;
            case MailReply.NeverSent never:
                span.SetTag("error.type", never.Code).SetStatus(ActivityStatusCode.Error);
                break;
            case MailReply.Lost lost:
                span.SetTag("error.type", lost.Code).SetStatus(ActivityStatusCode.Error);
                break;
            default:
                break;
        }
    }

    internal static void Answered(this Activity span, SendReply reply)
    {
        switch (reply)
        {
            case SendReply.Answered answered:
                span.SetTag("http.response.status_code", answered.Status);
                span.SetStatus(answered.Status >= 400 ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
                break;
            case SendReply.NeverSent never:
                span.SetTag("error.type", never.Code).SetStatus(ActivityStatusCode.Error);
                break;
            case SendReply.Lost lost:
                span.SetTag("error.type", lost.Code).SetStatus(ActivityStatusCode.Error);
                break;
            default:
                break;
        }
    }

    internal static void Ended(this Activity span, StepOutcome outcome)
    {
        span.SetTag("connectorhub.outcome", RunInstruments.Word(outcome));
        if (outcome is StepOutcome.Failed)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    private static Activity? Begin(string name, string eventId)
    {
        if (!Spans.HasListeners())
        {
            return null;
        }

        // Whatever is under way here would be taken for the parent.
        Activity.Current = null;
        return Spans.StartActivity(name, ActivityKind.Internal, ContextOf(eventId));
    }

    private static Activity? Named(Activity? span, Attempting attempt) => span?
        .SetTag("connectorhub.connection", attempt.Connection.Name)
        .SetTag("connectorhub.action", $"{attempt.Target.Manifest.Name}.{attempt.Target.Action.Name}")
        .SetTag("connectorhub.step", attempt.StepId);
}
