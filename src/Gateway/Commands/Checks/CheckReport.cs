using ConnectorHub.Recipes;

namespace ConnectorHub.Gateway.Commands.Checks;

/// <summary>What <c>check</c> found in all files it was given.</summary>
internal sealed class CheckReport
{
    private readonly List<Finding> _findings = [];

    /// <summary>How many recipes were read.</summary>
    public int Recipes { get; set; }

    /// <summary>By file and line; files are named from the working folder.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    public int Errors => _findings.Count(finding => finding.Severity == Severity.Error);

    public int Warnings => _findings.Count(finding => finding.Severity == Severity.Warning);

    public void Add(IEnumerable<Finding> findings, Func<Finding, string> placeOf) =>
        _findings.AddRange(findings.Select(finding => finding with { File = placeOf(finding), Message = Printer.Clean(finding.Message) }));

    /// <summary>For a pipeline.</summary>
    public int ExitCode(bool strict) => Errors > 0 || (strict && Warnings > 0) ? 1 : 0;

    public override string ToString() =>
        string.Concat(_findings.Select(finding => $"{finding}{Environment.NewLine}"))
        + $"{Counted(Recipes, "recipe")}: {Counted(Errors, "error")}, {Counted(Warnings, "warning")}.";

    private static string Counted(int count, string what) => $"{count} {what}{(count == 1 ? string.Empty : "s")}";
}
