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

    private static readonly Dictionary<string, string> Titles = FindingCodes.All.ToDictionary(code => code.Key, code => code.Value, StringComparer.Ordinal);

    public static string Write(CheckReport report) => JsonSerializer.Serialize(
        new
        {
            Version = 1,
            report.Recipes,
            report.Errors,
            report.Warnings,
            Findings = report.Findings.Select(finding => new
            {
                finding.File,
                finding.Line,
                finding.Column,
                Severity = finding.Severity == Severity.Error ? "error" : "warning",
                finding.Code,
                Title = Titles[finding.Code],
                finding.Message,
                Help = FindingHelp.Of(finding.Code),
            }),
        },
        Style);
}
