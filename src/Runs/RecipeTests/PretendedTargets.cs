using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Recipes;

namespace ConnectorHub.Runs.RecipeTests;

/// <summary>Targets without a network: an action answers its sample, or what a test says.</summary>
/// <param name="connectors">Whose actions are asked.</param>
/// <param name="answers">By step id.</param>
internal sealed class PretendedTargets(ConnectorBook connectors, IReadOnlyDictionary<string, TestAnswers> answers) : IWalkTargets
{
    public static readonly IReadOnlyDictionary<string, TestAnswers> Samples = new Dictionary<string, TestAnswers>();

    public async Task<Asked> AskAsync(ActiveRun run, ActionStep step, JsonElement input, int time, CancellationToken cancellationToken)
    {
        var key = EffectKey.For("test", run.Event.Key, step.Id, step.Id, run.Item?.Key ?? string.Empty, 0);
        var context = new OfflineContext(step.Connection ?? step.Connector, key, run.Event.ReceivedAt);
        var outcome = await connectors.FindAction(step.Connector, step.Action)!.ExecuteAsync(input, context, cancellationToken).ConfigureAwait(false);
        return new Asked(outcome is StepOutcome.Failed ? outcome : Given(step, time) ?? outcome, null, string.Empty);
    }

    private StepOutcome? Given(ActionStep step, int time) => answers.GetValueOrDefault(step.Id)?.At(time) switch
    {
        TestAnswer.Given given => new StepOutcome.Done(given.Output.ToElement()),
        TestAnswer.Fails fails => StepOutcome.Fail(FailureKind.Rejected, fails.Code, fails.Message),
        _ => null,
    };
}
