using ConnectorHub.Values;
using Path = ConnectorHub.Values.Path;

namespace ConnectorHub.Recipes;

/// <summary>What a step with a <c>for_each</c> came to as a whole, beside the inputs of its items.</summary>
public static class ItemCounts
{
    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> All { get; } = ["done", "failed", "skipped"];

    /// <summary>Whether a path asks a step for one of them.</summary>
    public static bool Names(Path path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return All.Any(name => path.Text == $"{path.Root}.{name}");
    }

    /// <summary>Them as expressions read them.</summary>
    public static Value Of(int done, int failed, int skipped) => Value.Map([new("done", Value.Number(done)), new("failed", Value.Number(failed)), new("skipped", Value.Number(skipped))]);
}
