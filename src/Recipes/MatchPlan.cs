namespace ConnectorHub.Recipes;

/// <summary>Which top values the recipe's own conditions, its once_per and its order_by read, and how far they must be computed for each.</summary>
/// <param name="Lets">Only those that are read, with what they read themselves, in the order of the file.</param>
/// <param name="ForIf">For each line of the top <c>if</c>: how many of <paramref name="Lets"/> it needs.</param>
/// <param name="ForOncePer">How many of them once_per needs.</param>
/// <param name="ForOrderBy">How many of them order_by needs.</param>
internal sealed record MatchPlan(IReadOnlyList<LetBinding> Lets, IReadOnlyList<int> ForIf, int ForOncePer, int ForOrderBy)
{
    public static MatchPlan Of(Recipe recipe)
    {
        var bindings = recipe.Let;
        var needed = new bool[bindings.Count];
        var roots = recipe.If.Select(line => line.Node.Paths.Select(use => use.Path.Root).ToList()).ToList();
        var keyRoots = Roots(recipe.OncePer?.Key);
        var lineRoots = Roots(recipe.OrderBy?.Key);
        foreach (var root in roots.SelectMany(list => list).Concat(keyRoots).Concat(lineRoots))
        {
            Mark(root, bindings.Count, bindings, needed);
        }

        var lets = bindings.Where((_, i) => needed[i]).ToList();
        return new MatchPlan(lets, [.. roots.Select(list => Reach(list, lets))], Reach(keyRoots, lets), Reach(lineRoots, lets));
    }

    private static void Mark(string root, int before, IReadOnlyList<LetBinding> bindings, bool[] needed)
    {
        for (var i = before - 1; i >= 0; i--)
        {
            if (string.Equals(bindings[i].Name, root, StringComparison.Ordinal))
            {
                needed[i] = true;
                foreach (var use in bindings[i].Value.Paths)
                {
                    Mark(use.Path.Root, i, bindings, needed);
                }
            }
        }
    }

    private static int Reach(IEnumerable<string> roots, List<LetBinding> lets) =>
        roots.Select(root => lets.FindIndex(let => string.Equals(let.Name, root, StringComparison.Ordinal)) + 1).DefaultIfEmpty(0).Max();

    private static List<string> Roots(Expressions.Template? key) => key is null ? [] : [.. key.Paths.Select(use => use.Path.Root)];
}
