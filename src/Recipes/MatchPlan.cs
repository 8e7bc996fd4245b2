namespace ConnectorHub.Recipes;

/// <summary>Which top values the recipe's own conditions and its once_per read, and how far they must be computed for each.</summary>
/// <param name="Lets">Only those that are read, with what they read themselves, in the order of the file.</param>
/// <param name="ForIf">For each line of the top <c>if</c>: how many of <paramref name="Lets"/> it needs.</param>
/// <param name="ForOncePer">How many of them once_per needs.</param>
internal sealed record MatchPlan(IReadOnlyList<LetBinding> Lets, IReadOnlyList<int> ForIf, int ForOncePer)
{
    public static MatchPlan Of(IReadOnlyList<ConditionLine> top, OncePer? oncePer, IReadOnlyList<LetBinding> bindings)
    {
        var needed = new bool[bindings.Count];
        var roots = top.Select(line => Roots(line.Node).ToList()).ToList();
        var keyRoots = oncePer is null ? [] : oncePer.Key.Paths.Select(use => use.Path.Root).ToList();
        foreach (var root in roots.SelectMany(list => list).Concat(keyRoots))
        {
            Mark(root, bindings.Count, bindings, needed);
        }

        var lets = bindings.Where((_, i) => needed[i]).ToList();
        return new MatchPlan(lets, [.. roots.Select(list => Reach(list, lets))], Reach(keyRoots, lets));
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

    private static IEnumerable<string> Roots(ConditionNode node) => node switch
    {
        ConditionNode.Sentence sentence => sentence.Condition.Paths.Select(use => use.Path.Root),
        ConditionNode.All all => all.Lines.SelectMany(line => Roots(line.Node)),
        ConditionNode.Any any => any.Lines.SelectMany(line => Roots(line.Node)),
        ConditionNode.Not not => Roots(not.Line.Node),
        _ => [],
    };
}
