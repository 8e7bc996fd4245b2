using ConnectorHub.Recipes.Expressions;

namespace ConnectorHub.Recipes;

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

    /// <summary><c>fails at row</c>: the run ends there, after the last try.</summary>
    public sealed record FailsAt(string Text, string Id, int Line) : Expectation(Text, Line);

    /// <summary><c>notices are [tell]</c>: exactly these steps of <c>on_error</c> are done, in this order.</summary>
    public sealed record NoticesAre(string Text, IReadOnlyList<string> Ids, int Line) : Expectation(Text, Line);

    /// <summary><c>skipped by "event.member.status is Accepted"</c>: no run, because of this sentence.</summary>
    public sealed record SkippedBy(string Text, string Sentence, int Line) : Expectation(Text, Line);

    /// <summary><c>stopped by "the live has no date yet"</c>: a stop ended the run, for this reason.</summary>
    public sealed record StoppedBy(string Text, string Reason, int Line) : Expectation(Text, Line);

    /// <summary>A condition over the rendered <c>with</c> of the steps, each under its id, and over <c>error</c>.</summary>
    public sealed record Holds(string Text, Condition Condition, int Line) : Expectation(Text, Line);
}
