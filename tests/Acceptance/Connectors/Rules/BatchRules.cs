using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Acceptance.Connectors.Rules;

/// <summary>What several attempts in one call come to.</summary>
internal static class BatchRules
{
    private const string OtherKey = "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210";

    private static readonly JsonElement Nonsense = JsonElement.Parse("""{"no_such_field":1}""");

    public static Task<IReadOnlyList<string>> Batch(ConnectorCase tested) => AnswerRules.ForEachCallAsync(tested, async (call, wrong) =>
    {
        if (call.Action is not IBatchAction action)
        {
            return;
        }

        if (action.MaxItems < 2 || action.BatchKey(Nonsense) is not null || action.BatchKey(call.Input) != action.BatchKey(call.Input))
        {
            wrong("its batch key or its greatest number of items is no such");
        }

        var (alone, single) = await AnswerRules.RunAsync(tested, call);
        var (outcomes, context) = await RunAsync(tested, call, action, call.GoodReplies(), Nonsense);
        if (outcomes is not [StepOutcome.Failed { Kind: FailureKind.Rejected }, var good] || Outcomes.Show(good) != Outcomes.Show(alone))
        {
            wrong($"beside an item that does not bind a good one is {string.Join(", ", outcomes.Select(Outcomes.Show))}, alone {Outcomes.Show(alone)}");
        }

        if (context.Requests.Count != single.Requests.Count)
        {
            wrong($"an item that does not bind changes the number of requests to {context.Requests.Count}");
        }

        await LostAsync(tested, call, action, wrong);
    });

    // Two of the same: sent as one write, and when its answer is lost neither is known.
    private static async Task LostAsync(ConnectorCase tested, ActionCase call, IBatchAction action, Action<string> wrong)
    {
        var (_, single) = await AnswerRules.RunAsync(tested, call);
        var write = single.Requests.ToList().FindIndex(request => request is { Reads: false, Harmless: false });
        var (outcomes, context) = await RunAsync(tested, call, action, call.Replies(write, _ => new SendReply.Lost("timeout", "No answer.")), call.Input);
        if (outcomes.Count != 2 || outcomes.Any(outcome => Outcomes.Kind(outcome) != FailureKind.Unconfirmed))
        {
            wrong($"two whose answer is lost are {string.Join(", ", outcomes.Select(Outcomes.Show))}");
        }

        if (call.Effects(context, write) != 1)
        {
            wrong($"two went out as {call.Effects(context, write)} writes");
        }
    }

    private static async Task<(IReadOnlyList<StepOutcome> Outcomes, ScriptedContext Context)> RunAsync(
        ConnectorCase tested, ActionCase call, IBatchAction action, Func<OutboundRequest, SendReply> replies, JsonElement other)
    {
        var context = tested.Attempt(replies);
        var outcomes = await action.ExecuteManyAsync([new BatchItem(other, OtherKey), new BatchItem(call.Input, ScriptedContext.Key)], context, CancellationToken.None);
        return (outcomes, context);
    }
}
