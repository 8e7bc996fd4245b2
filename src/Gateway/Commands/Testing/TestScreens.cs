using System.Text.Json;

namespace ConnectorHub.Gateway.Commands.Testing;

/// <summary>Where the outcome of tests is shown.</summary>
internal interface ITestScreen
{
    /// <summary>A recipe has been tested.</summary>
    void Tested(TestedRecipe recipe);

    /// <summary>All of them have been.</summary>
    void Sum(TestReport report);

    /// <summary>From here on files are watched.</summary>
    void Watching();

    /// <summary>These have changed and are tested again.</summary>
    void Changed(IEnumerable<string> files);
}

/// <summary>For a person: each test on a line as soon as it has run.</summary>
internal sealed class TestsAsText(TextWriter output) : ITestScreen
{
    public void Tested(TestedRecipe recipe)
    {
        if (recipe.Broken)
        {
            output.WriteLine($"{recipe.File}: has errors; see: connectorhub check {recipe.File}");
        }

        foreach (var test in recipe.Tests)
        {
            output.WriteLine($"{(test.Passed ? "ok    " : "FAILED")} {recipe.File}: {test.Name}");
            foreach (var problem in test.Problems)
            {
                Problem(problem);
            }
        }
    }

    public void Sum(TestReport report)
    {
        var note = report.Untested == 0 ? string.Empty : $", {report.Untested} recipe(s) without a test";
        output.WriteLine($"{report.Passed} passed, {report.Failed} failed{note}");
    }

    public void Watching() => output.WriteLine("Watching; save a recipe to test it again. Stop with Ctrl+C.");

    public void Changed(IEnumerable<string> files) => output.WriteLine($"\n--- {string.Join(", ", files)}");

    private void Problem(TestProblem problem)
    {
        output.WriteLine($"       {Printer.Clean(problem.Message, keepLines: true).Replace("\n", "\n       ", StringComparison.Ordinal)}");
        if (problem.Text is { } text)
        {
            output.WriteLine($"       {problem.Line,4} | {Printer.Clean(text)}");
        }
    }
}

/// <summary>For programs: one JSON object for each time the tests have run.</summary>
/// <param name="style">Indented for one, a line each where there are several.</param>
internal sealed class TestsAsJson(TextWriter output, JsonSerializerOptions style) : ITestScreen
{
    public void Tested(TestedRecipe recipe)
    {
    }

    public void Sum(TestReport report) => output.WriteLine(JsonSerializer.Serialize(report, style));

    public void Watching()
    {
    }

    public void Changed(IEnumerable<string> files)
    {
    }
}
