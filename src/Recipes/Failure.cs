using ConnectorHub.Values;

namespace ConnectorHub.Recipes;

/// <summary>The names <c>on_error</c> has beside those of the run: <c>error</c>, <c>run</c>, <c>recipe</c>.</summary>
public static class Failure
{
    /// <summary>The names with values such as they may have.</summary>
    public static IReadOnlyList<KeyValuePair<string, Value>> SampleNames { get; } =
    [
        new("error", Error("row", "column_missing", "Sheet 'Leads' has no column 'Town'.")),
        new("run", Run("run_sample", "http://127.0.0.1:5081/api/runs/run_sample")),
        new("recipe", Recipe("leads", "Leads", "marketing")),
    ];

    /// <summary>What went wrong. <c>error.count</c> runs failed like this since the last notice, this one included.</summary>
    public static Value Error(string step, string code, string message, long count = 1) => Value.Map(
        [new("step", Value.Text(step)), new("code", Value.Text(code)), new("message", Value.Text(message)), new("count", Value.Number(count))]);

    /// <summary>The run that failed.</summary>
    public static Value Run(string id, string url) => Value.Map([new("id", Value.Text(id)), new("url", Value.Text(url))]);

    /// <summary>The recipe.</summary>
    public static Value Recipe(string id, string name, string owner) => Value.Map(
        [new("id", Value.Text(id)), new("name", Value.Text(name)), new("owner", Value.Text(owner))]);
}
