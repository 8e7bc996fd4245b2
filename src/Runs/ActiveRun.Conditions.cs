using ConnectorHub.Recipes;
using ConnectorHub.Recipes.Expressions;
using NodaTime;

namespace ConnectorHub.Runs;

/// <content>The conditions of steps.</content>
internal sealed partial class ActiveRun
{
    /// <summary>Whether the step's own condition holds; where it has items, each is asked for itself.</summary>
    public bool Wants(RecipeStep step, DateTimeOffset now) => IsNotAsked(step) || Matching.Holds(step.If, Asking(now), out _);

    /// <summary>The condition that passes the step over, and what was found; null where it is wanted.</summary>
    public string? WhyNot(RecipeStep step, DateTimeOffset now)
    {
        var context = Asking(now);
        return IsNotAsked(step) || Matching.Holds(step.If, context, out var failed) ? null : Matching.Detail(failed!, context);
    }

    private bool IsNotAsked(RecipeStep step) => step.If.Count == 0 || (step is ActionStep { ForEach: not null } && Item is null);

    private ConditionContext Asking(DateTimeOffset now) => new(_scope, Recipe.Zone, Instant.FromDateTimeOffset(now));
}
