using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Values;

namespace ConnectorHub.Recipes;

/// <summary>A test that a recipe carries.</summary>
/// <param name="Sample"><c>source/event</c>: a shipped sample.</param>
/// <param name="Answers">What a step's action answers, by step id.</param>
public sealed record RecipeTest(
    string Name,
    string Sample,
    IReadOnlyList<Change> Changes,
    IReadOnlyDictionary<string, Value> Answers,
    IReadOnlyList<Expectation> Expect,
    int Line)
{
    /// <summary>What a <c>recall</c> gives, by the name of its value.</summary>
    public IReadOnlyDictionary<string, Value> Remembered { get; init; } = new Dictionary<string, Value>();
}

/// <summary>A value to put in place of the sample's.</summary>
/// <param name="Path">Below <c>event</c> or <c>meta</c>, such as <c>event.member.status</c>.</param>
public sealed record Change(string Path, Value Value);

/// <summary>What a test expects, as its sentence says. Closed.</summary>
public abstract record Expectation
{
    private Expectation(string text, int line)
    {
        Text = text;
        Line = line;
    }

    /// <summary>The sentence.</summary>
    public string Text { get; }

    public int Line { get; }

    /// <summary><c>runs are [row, hello]</c>: exactly these steps are done, in this order.</summary>
    public sealed record RunsAre(string Text, IReadOnlyList<string> Ids, int Line) : Expectation(Text, Line);

    /// <summary><c>skipped by "event.member.status is Accepted"</c>: no run, because of this sentence.</summary>
    public sealed record SkippedBy(string Text, string Sentence, int Line) : Expectation(Text, Line);

    /// <summary><c>stopped by "the live has no date yet"</c>: a stop ended the run, for this reason.</summary>
    public sealed record StoppedBy(string Text, string Reason, int Line) : Expectation(Text, Line);

    /// <summary>A condition over the rendered <c>with</c> of the steps, each under its id.</summary>
    public sealed record Holds(string Text, Condition Condition, int Line) : Expectation(Text, Line);
}
