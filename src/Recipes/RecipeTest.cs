using ConnectorHub.Values;

namespace ConnectorHub.Recipes;

/// <summary>A test that a recipe carries.</summary>
/// <param name="Sample"><c>source/event</c>: a shipped sample.</param>
/// <param name="Answers">What the actions come to, by step id.</param>
public sealed record RecipeTest(
    string Name,
    string Sample,
    IReadOnlyList<Change> Changes,
    IReadOnlyDictionary<string, TestAnswers> Answers,
    IReadOnlyList<Expectation> Expect,
    int Line)
{
    /// <summary>What a <c>recall</c> gives, by the name of its value.</summary>
    public IReadOnlyDictionary<string, Value> Remembered { get; init; } = new Dictionary<string, Value>();
}

/// <summary>A value to put in place of the sample's.</summary>
/// <param name="Path">Below <c>event</c> or <c>meta</c>, such as <c>event.member.status</c>.</param>
public sealed record Change(string Path, Value Value);

/// <summary>What an action comes to in a test. Closed.</summary>
public abstract record TestAnswer
{
    private TestAnswer()
    {
    }

    /// <summary>It is done and answers this.</summary>
    public sealed record Given(Value Output) : TestAnswer;

    /// <summary>It fails for good.</summary>
    public sealed record Fails(string Code, string Message) : TestAnswer;
}

/// <summary>What a step's action comes to, as a test says.</summary>
/// <param name="PerItem">One for each item that is done, in order; else the one counts for all.</param>
public sealed record TestAnswers(IReadOnlyList<TestAnswer> All, bool PerItem, int Line)
{
    /// <summary>That of the action's nth time; null where the test says nothing of it.</summary>
    public TestAnswer? At(int time) => All.ElementAtOrDefault(PerItem ? time : 0);
}
