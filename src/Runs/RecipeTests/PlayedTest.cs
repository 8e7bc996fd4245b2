using ConnectorHub.Abstractions;
using ConnectorHub.Recipes;
using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Values;

namespace ConnectorHub.Runs.RecipeTests;

/// <summary>What a test came to.</summary>
/// <param name="Steps">Of the run.</param>
/// <param name="Notices">Of <c>on_error</c>.</param>
/// <param name="SkippedBy">The sentence that kept the event from being taken; null where it was.</param>
/// <param name="Summary">What is to be said of a skipped event.</param>
internal sealed record PlayedTest(IReadOnlyList<Walked> Steps, IReadOnlyList<Walked> Notices, string? SkippedBy, string Summary)
{
    public WalkEnd End { get; init; }

    /// <summary>How <c>on_error</c> ended; null where nobody was told.</summary>
    public WalkEnd? Telling { get; init; }

    /// <summary>What the scripts said.</summary>
    public IReadOnlyList<string> Log { get; init; } = [];

    public string? Error => End.Problem;

    /// <summary>The reason of the stop that ended the run.</summary>
    public string? Stopped => End.Stopped?[ActiveRun.Stopped.Length..];

    /// <summary>The steps that were tried, in order.</summary>
    public IReadOnlyList<string> Ran => Ids(Steps);

    /// <summary>The steps of <c>on_error</c> that were tried, in order.</summary>
    public IReadOnlyList<string> Told => Ids(Notices);

    /// <summary>How often a step was tried.</summary>
    public int Times(string id) => Steps.Concat(Notices).OfType<WalkedAction>().Count(action => action.Action.Id == id);

    /// <summary>What a sentence reads: the inputs of each step under its id, those of items as a list, and what went wrong as <c>error</c>.</summary>
    public Scope Scope(Recipe recipe, Condition condition)
    {
        var scope = new Scope();
        foreach (var action in recipe.Actions.Concat(recipe.OnError))
        {
            var counted = action.ForEach is not null && SkippedBy is null && condition.Paths.Any(use => use.Path.Root == action.Id && ItemCounts.Names(use.Path));
            if (counted)
            {
                scope.Set(action.Id, Counts(action));
            }
            else if (Inputs(action) is { Count: > 0 } inputs)
            {
                scope.Set(action.Id, action.ForEach is null ? inputs[0] : Value.List(inputs));
            }
        }

        return End.Error is { } error ? scope.Set("error", Failure.Error(error.Step, error.Code, error.Message)) : scope;
    }

    private Value Counts(ActionStep step)
    {
        var own = Steps.Where(one => one.Step == step && one.Item is not null).ToList();
        var failed = own.OfType<WalkedAction>().Count(action => action.Outcome is StepOutcome.Failed);
        return ItemCounts.Of(own.OfType<WalkedAction>().Count() - failed, failed, own.OfType<WalkedPast>().Count());
    }

    private List<Value> Inputs(ActionStep step) =>
        [.. Steps.Concat(Notices).OfType<WalkedAction>().Where(action => action.Action == step && action.Input is not null).Select(action => Value.FromJson(action.Input!.Value))];

    private static List<string> Ids(IEnumerable<Walked> steps) =>
        [.. steps.OfType<WalkedAction>().Where(action => action.Input is not null).Select(action => action.Action.Id).Distinct()];
}
