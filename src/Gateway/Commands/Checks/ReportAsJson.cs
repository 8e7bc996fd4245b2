using System.Text.Encodings.Web;
using System.Text.Json;
using ConnectorHub.Recipes;

namespace ConnectorHub.Gateway.Commands.Checks;

/// <summary><c>check --json</c>. Its shape is kept: members are added, none is taken away or given another meaning while <c>version</c> is 1.</summary>
internal static class ReportAsJson
{
    /// <summary>Indented, and with quotes as a person reads them.</summary>
    public static readonly JsonSerializerOptions Style = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(CheckReport report) => JsonSerializer.Serialize(View(report), Style);

    /// <summary>The same, to stand inside another answer.</summary>
    public static CheckView View(CheckReport report) => new(1, report.Recipes, report.Errors, report.Warnings, [.. report.Findings.Select(FindingView.Of)]);
}

/// <summary>What <c>check</c> found, for programs.</summary>
internal sealed record CheckView(int Version, int Recipes, int Errors, int Warnings, IReadOnlyList<FindingView> Findings);

/// <summary>One finding for programs.</summary>
/// <param name="File">From the working folder.</param>
/// <param name="Severity">error or warning.</param>
/// <param name="Help">What the code means and what to do, the same for each finding of that code.</param>
internal sealed record FindingView(string File, int Line, int Column, string Severity, string Code, string Title, string Message, string Help)
{
    private static readonly Dictionary<string, string> Titles = FindingCodes.All.ToDictionary(code => code.Key, code => code.Value, StringComparer.Ordinal);

    public static FindingView Of(Finding finding) => new(
        finding.File,
        finding.Line,
        finding.Column,
        finding.Severity == Recipes.Severity.Error ? "error" : "warning",
        finding.Code,
        Titles[finding.Code],
        Printer.Clean(finding.Message),
        FindingHelp.Of(finding.Code));
}
