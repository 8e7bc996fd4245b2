namespace ConnectorHub.Recipes.Reading;

/// <summary>Has the syntax of a file's scripts checked and shows each problem where it stands in the file.</summary>
internal static class ScriptSyntax
{
    public static async ValueTask CheckAsync(RecipeFile file, ScriptCheck check, CancellationToken cancellationToken)
    {
        foreach (var script in file.Scripts)
        {
            if (await check(script.Source.Code, cancellationToken) is { } problem)
            {
                file.Findings.Error(script.Scalar.PlaceOf(problem.Line, problem.Column), FindingCodes.BadScript, problem.Message);
            }
        }
    }
}
