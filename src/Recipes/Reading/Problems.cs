using ConnectorHub.Values;

namespace ConnectorHub.Recipes.Reading;

internal static class Problems
{
    public static string Words(SyntaxProblem problem) => problem.Fix is null ? problem.Message : $"{problem.Message} {problem.Fix}";
}
