using System.Text.Json;

namespace ConnectorHub.Abstractions;

/// <summary>The one way connectors call out: what the replies of the outbound path mean is the same for all of them.</summary>
public static class ActionContextExtensions
{
    /// <summary>
    /// Sends <paramref name="request"/>. Never sent: Transient, or Rejected where the hub's guard forbids it. Lost: Unconfirmed, or Transient
    /// where the request only reads or is harmless. Withheld: Rehearsed with the sample. Answered: what <paramref name="judge"/> says; it sees the answer
    /// with the request's own credentials replaced, since some servers echo what they were sent.
    /// </summary>
    public static async Task<StepOutcome> CallAsync(
        this ActionContext context,
        OutboundRequest request,
        Func<SendReply.Answered, StepOutcome> judge,
        Func<JsonElement> sample,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(request);
        var reply = await context.SendAsync(request, cancellationToken);
        return reply switch
        {
            SendReply.Answered answered => judge(Echo.Hide(answered, request)),
            SendReply.NeverSent { Forbidden: true } refused => StepOutcome.Fail(FailureKind.Rejected, refused.Code, refused.Reason),
            SendReply.NeverSent never => StepOutcome.Fail(FailureKind.Transient, never.Code, never.Reason),
            SendReply.Lost lost => StepOutcome.Fail(request.Reads || request.Harmless ? FailureKind.Transient : FailureKind.Unconfirmed, lost.Code, lost.Reason),
            SendReply.Withheld withheld => new StepOutcome.Rehearsed(withheld.Request, sample()),
            _ => throw new InvalidOperationException($"{reply.GetType().Name} is not a reply of the outbound path."),
        };
    }
}
