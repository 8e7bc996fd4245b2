using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Runs.Telemetry;

/// <summary>
/// One trace for an event: its delivery, and under it each attempt with its requests. The trace's id follows from the event's id, and the delivery's span is
/// stored with the event, so an attempt after a restart, a week later, hangs from it too. No span holds an address, a header or a body.
/// </summary>
public static class EventTrace
{
    /// <summary>The name under which spans are collected.</summary>
    public const string SourceName = "ConnectorHub";

    private static readonly ActivitySource Spans = new(SourceName);

    /// <summary>The trace of an event, without a span to hang from: so begin deliveries, and attempts for events that came before deliveries were traced, or without one.</summary>
    public static ActivityContext ContextOf(string eventId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(eventId), hash);
        return new ActivityContext(ActivityTraceId.CreateFromBytes(hash[..16]), default, ActivityTraceFlags.Recorded, isRemote: true);
    }

    /// <summary>An event is about to be stored: its delivery's span, from the first byte on, so that what is stored names it.</summary>
    /// <param name="elapsed">Since that byte came.</param>
    internal static Arrival Begun(Arrival arrival, TimeSpan elapsed)
    {
        if (!Spans.HasListeners() || Receive(arrival.Event.Id) is not { } span)
        {
            return arrival;
        }

        span.SetStartTime(span.StartTimeUtc - elapsed);
        // What nobody collects is nothing to hang from.
        long? id = span.Recorded ? NumberOf(span.SpanId) : null;
        return new Arrival(arrival.Event with { Span = id }, arrival.Known with { Span = id }) { Span = span };
    }

    /// <summary>An event is stored. A repetition is a root of its own in the trace of the event it repeats.</summary>
    internal static void Stored(Arrival arrival, Store.AcceptedEvent accepted)
    {
        if (arrival.Span is not { } begun)
        {
            return;
        }

        var span = accepted.DuplicateOf is null ? begun : Receive(accepted.DuplicateOf)?.SetStartTime(begun.StartTimeUtc);
        span?.SetTag("connectorhub.hook", arrival.Known.Hook)
            .SetTag("connectorhub.event", accepted.DuplicateOf ?? accepted.Id)
            .SetTag("connectorhub.duplicate", accepted.DuplicateOf is not null)
            .SetTag("connectorhub.runs", accepted.Runs.Count);
        var around = Activity.Current;
        span?.Stop();
        Activity.Current = around;
    }

    internal static Activity? Attempt(ActiveRun run, Attempting attempt)
    {
        var span = Begin("attempt", run.Event);
        return Named(span, attempt)?
            .SetTag("connectorhub.event", run.Event.Id)
            .SetTag("connectorhub.run", run.Id)
            .SetTag("connectorhub.recipe", run.Recipe.Id)
            .SetTag("connectorhub.attempt", attempt.Number);
    }

    /// <summary>Looking for the effect of an attempt whose answer was lost.</summary>
    internal static Activity? Look(ActiveRun run, Attempting lost)
    {
        var span = Begin("look", run.Event);
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
    internal static Activity? Request(string connection, HttpMethod method) => Client(connection)?.SetTag("http.request.method", method.Method);

    /// <summary>One hand-over to a mail server, the same.</summary>
    internal static Activity? Mail(string connection) => Client(connection)?.SetTag("network.protocol.name", "smtp");

    internal static void Answered(this Activity span, MailReply reply) => _ = reply switch
    {
        MailReply.Answered answered => Said(span, "smtp.response.status_code", answered.Code, answered.IsDone),
        MailReply.NeverSent never => Unanswered(span, never.Code),
        MailReply.Lost lost => Unanswered(span, lost.Code),
        _ => span,
    };

    internal static void Answered(this Activity span, SendReply reply) => _ = reply switch
    {
        SendReply.Answered answered => Said(span, "http.response.status_code", answered.Status, answered.Status < 400),
        SendReply.NeverSent never => Unanswered(span, never.Code),
        SendReply.Lost lost => Unanswered(span, lost.Code),
        _ => span,
    };

    internal static void Ended(this Activity span, StepOutcome outcome)
    {
        span.SetTag("connectorhub.outcome", RunInstruments.Word(outcome));
        if (outcome is StepOutcome.Failed)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    private static Activity? Begin(string name, KnownEvent known)
    {
        if (!Spans.HasListeners())
        {
            return null;
        }

        // Whatever is under way here would be taken for the parent.
        Activity.Current = null;
        return Spans.StartActivity(name, ActivityKind.Internal, Under(known));
    }

    private static ActivityContext Under(KnownEvent known)
    {
        var trace = ContextOf(known.Id);
        return known.Span is { } span ? new ActivityContext(trace.TraceId, SpanOf(span), trace.TraceFlags, isRemote: true) : trace;
    }

    private static Activity? Receive(string eventId)
    {
        // The framework's own span of the request would be taken for the parent.
        var around = Activity.Current;
        Activity.Current = null;
        var span = Spans.StartActivity("receive", ActivityKind.Server, ContextOf(eventId));
        Activity.Current = around;
        return span;
    }

    private static long NumberOf(ActivitySpanId span)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        span.CopyTo(bytes);
        return BinaryPrimitives.ReadInt64BigEndian(bytes);
    }

    private static ActivitySpanId SpanOf(long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return ActivitySpanId.CreateFromBytes(bytes);
    }

    private static Activity? Client(string connection) =>
        Activity.Current?.Source == Spans ? Spans.StartActivity("request", ActivityKind.Client)?.SetTag("connectorhub.connection", connection) : null;

    private static Activity Said(Activity span, string tag, int code, bool isGood) =>
        span.SetTag(tag, code).SetStatus(isGood ? ActivityStatusCode.Unset : ActivityStatusCode.Error);

    private static Activity Unanswered(Activity span, string code) => span.SetTag("error.type", code).SetStatus(ActivityStatusCode.Error);

    private static Activity? Named(Activity? span, Attempting attempt) => span?
        .SetTag("connectorhub.connection", attempt.Connection.Name)
        .SetTag("connectorhub.action", $"{attempt.Target.Manifest.Name}.{attempt.Target.Action.Name}")
        .SetTag("connectorhub.step", attempt.StepId);
}
