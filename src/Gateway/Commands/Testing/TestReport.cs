namespace ConnectorHub.Gateway.Commands.Testing;

/// <summary>What the tests inside some recipes came to.</summary>
/// <param name="Failed">Tests that failed, and recipes that could not be tested for their errors.</param>
/// <param name="Untested">Recipes without a test.</param>
internal sealed record TestReport(int Passed, int Failed, int Untested, IReadOnlyList<TestedRecipe> Recipes)
{
    public static TestReport Of(IReadOnlyList<TestedRecipe> recipes)
    {
        var tests = recipes.SelectMany(recipe => recipe.Tests).ToList();
        return new TestReport(
            tests.Count(test => test.Passed),
            tests.Count(test => !test.Passed) + recipes.Count(recipe => recipe.Broken),
            recipes.Count(recipe => recipe is { Broken: false, Tests.Count: 0 }),
            recipes);
    }
}

/// <summary>One recipe and its tests.</summary>
/// <param name="Broken">It has errors, so none of its tests was run.</param>
internal sealed record TestedRecipe(string File, bool Broken, IReadOnlyList<TestedCase> Tests);

/// <summary>One test. It passed where it has no problems.</summary>
internal sealed record TestedCase(string Name, bool Passed, IReadOnlyList<TestProblem> Problems);

/// <summary>What was expected and did not come.</summary>
/// <param name="Line">Of the recipe; null where no line says it.</param>
/// <param name="Text">That line.</param>
internal sealed record TestProblem(string Message, int? Line, string? Text);
