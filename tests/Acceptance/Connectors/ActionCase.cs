using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Acceptance.Connectors;

/// <summary>One good call of an action: an input, what the platform answers to its requests in their order, and the output that follows.</summary>
internal sealed record ActionCase(IConnectorAction Action, JsonElement Input, IReadOnlyList<SendReply.Answered> Answers, JsonElement Output)
{
    /// <summary>What the mail server says while all is well; null where the action sends no mail.</summary>
    public MailReply.Answered? Mail { get; init; }

    /// <summary>The outside while all is well.</summary>
    public Func<OutboundRequest, SendReply> GoodReplies() => Replies(Answers.Count, _ => Answers[^1]);

    /// <summary>
    /// The outside where one request gets another reply than the good one. What was not to be asked after the last good answer gets it too:
    /// an action that goes on by itself must be seen to.
    /// </summary>
    public Func<OutboundRequest, SendReply> Replies(int position, Func<OutboundRequest, SendReply> reply)
    {
        var asked = 0;
        return request =>
        {
            var number = asked++;
            return number != position && number < Answers.Count ? Answers[number] : reply(request);
        };
    }

    /// <summary>
    /// How many writes of an attempt may have had an effect. What the platform refuses while all is well (an update of what is not there yet)
    /// had none, unless just that answer was replaced.
    /// </summary>
    public int Effects(ScriptedContext context, int replaced) =>
        context.Requests.Where((request, number) => !request.Reads && !request.Harmless && (number == replaced || !IsRefused(number))).Count();

    /// <summary>True where the good answer to a request is a refusal.</summary>
    public bool IsRefused(int number) => number < Answers.Count && Answers[number].Status is >= 400 and < 500;
}
