using ConnectorHub.Recipes.Expressions;

namespace ConnectorHub.Recipes;

/// <summary>Computes top values for a decision only as far as it gets.</summary>
internal struct MatchValues(Recipe recipe, Scope scope)
{
    private int _done;

    /// <summary>The names so far. The caller's scope is copied only where there is something to add.</summary>
    public Scope Scope { get; } = recipe.Plan.Lets.Count == 0 ? scope : scope.Copy();

    /// <summary>Computes the first so many values; a result where one of them fails.</summary>
    public MatchResult? Need(int count)
    {
        while (_done < count)
        {
            var let = recipe.Plan.Lets[_done];
            var result = let.Value.EvaluateNow(Scope, recipe.Zone);
            if (result.Failure is { } failure)
            {
                return new MatchResult(false, let.Line, $"'{let.Name}' cannot be computed: {failure.Message}", null) { Failed = true };
            }

            Scope.Set(let.Name, result.Value);
            _done++;
        }

        return null;
    }
}
