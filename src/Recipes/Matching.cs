using ConnectorHub.Recipes.Expressions;
using NodaTime;

namespace ConnectorHub.Recipes;

/// <summary>Whether a recipe takes an event.</summary>
/// <param name="Line">The line of the recipe that decided.</param>
/// <param name="Detail">The sentence that did not hold and what was found; empty where it is taken.</param>
/// <param name="OncePerKey">The value of once_per; null where there is none, or nothing was found for it.</param>
public readonly record struct MatchResult(bool Taken, int Line, string Detail, string? OncePerKey)
{
    /// <summary>True where a value the decision needs could not be computed; <see cref="Detail"/> says which and why.</summary>
    public bool Failed { get; init; }

    /// <summary>The value of order_by; null where there is none, or nothing was found for it.</summary>
    public string? OrderKey { get; init; }
}

/// <summary>Decides which recipes take an event. Compiled, in memory, without scripts: it stands on the path of every event.</summary>
public static class Matching
{
    /// <summary>Decides on an event that the recipe's <c>when</c> already wants.</summary>
    /// <param name="scope">event, meta, shared; it is not changed.</param>
    /// <param name="now">When the event was received.</param>
    public static MatchResult Decide(Recipe recipe, Scope scope, Instant now)
    {
        var values = new MatchValues(recipe, scope);
        if (recipe.If.Count > 0)
        {
            var context = new ConditionContext(values.Scope, recipe.Zone, now);
            for (var i = 0; i < recipe.If.Count; i++)
            {
                if (values.Need(recipe.Plan.ForIf[i]) is { } problem)
                {
                    return problem;
                }

                if (!Holds(recipe.If[i], context, out var failed))
                {
                    return new MatchResult(false, failed!.Line, Detail(failed, context), null);
                }
            }
        }

        return recipe.OncePer is null && recipe.OrderBy is null ? new MatchResult(true, recipe.When.Line, "", null) : WithKeys(recipe, values);
    }

    /// <summary>True where all conditions hold; else the one that decided.</summary>
    public static bool Holds(IReadOnlyList<ConditionLine> conditions, ConditionContext context, out ConditionLine? failed)
    {
        for (var i = 0; i < conditions.Count; i++)
        {
            if (!Holds(conditions[i], context, out failed))
            {
                return false;
            }
        }

        failed = null;
        return true;
    }

    /// <summary>The same decision, line by line, for a person.</summary>
    public static MatchExplanation Explain(Recipe recipe, Scope scope, Instant now) => new MatchExplainer(recipe, scope, now).Explain();

    internal static bool Holds(ConditionLine line, ConditionContext context, out ConditionLine? failed)
    {
        failed = line;
        switch (line.Node)
        {
            case ConditionNode.Sentence sentence:
                return sentence.Condition.Holds(context);
            case ConditionNode.All all:
                return Holds(all.Lines, context, out failed);
            case ConditionNode.Any any:
                for (var i = 0; i < any.Lines.Count; i++)
                {
                    if (Holds(any.Lines[i], context, out _))
                    {
                        return true;
                    }
                }

                return false;
            case ConditionNode.Not not:
                return !Holds(not.Line, context, out _);
            default:
                return false;
        }
    }

    private static MatchResult WithKeys(Recipe recipe, MatchValues values)
    {
        var result = new MatchResult(true, recipe.When.Line, "", null);
        if (recipe.OncePer is { } oncePer)
        {
            if (values.Need(recipe.Plan.ForOncePer) is { } problem)
            {
                return problem;
            }

            var key = EventKey.Of(oncePer.Key, values.Scope, recipe.Zone);
            if (key.Failure is { } failure)
            {
                return new MatchResult(false, oncePer.Line, $"once_per cannot be computed: {failure}", null) { Failed = true };
            }

            result = result with { OncePerKey = key.Text };
        }

        if (recipe.OrderBy is { } orderBy)
        {
            if (values.Need(recipe.Plan.ForOrderBy) is { } problem)
            {
                return problem;
            }

            var key = EventKey.Of(orderBy.Key, values.Scope, recipe.Zone);
            return key.Failure is { } failure
                ? new MatchResult(false, orderBy.Line, $"order_by cannot be computed: {failure}", null) { Failed = true }
                : result with { OrderKey = key.Text };
        }

        return result;
    }

    /// <summary>The condition that decided and what was found.</summary>
    public static string Detail(ConditionLine failed, ConditionContext context) => failed.Node is ConditionNode.Sentence sentence
        ? $"{sentence.Condition.Sentence}: {sentence.Condition.Explain(context).Found}"
        : failed.Node.Words;
}
