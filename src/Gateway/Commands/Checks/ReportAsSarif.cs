using System.Text.Json.Nodes;
using ConnectorHub.Recipes;

namespace ConnectorHub.Gateway.Commands.Checks;

/// <summary><c>check --sarif</c>: SARIF 2.1.0, one run, one rule for each code with its chapter of <c>FINDINGS.md</c>.</summary>
internal static class ReportAsSarif
{
    public static string Write(CheckReport report)
    {
        var codes = FindingCodes.All.Select(code => code.Key).ToList();
        var log = new JsonObject
        {
            ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
            ["version"] = "2.1.0",
            ["runs"] = new JsonArray(new JsonObject
            {
                ["tool"] = new JsonObject
                {
                    ["driver"] = new JsonObject { ["name"] = "connectorhub", ["rules"] = new JsonArray([.. FindingCodes.All.Select(Rule)]) },
                },
                ["columnKind"] = "utf16CodeUnits",
                ["results"] = new JsonArray([.. report.Findings.Select(finding => Result(finding, codes.IndexOf(finding.Code)))]),
            }),
        };
        return log.ToJsonString(ReportAsJson.Style);
    }

    private static JsonObject Rule(KeyValuePair<string, string> code) => new()
    {
        ["id"] = code.Key,
        ["name"] = string.Concat(code.Value.Split(' ', ',').Where(word => word.Length > 0).Select(word => char.ToUpperInvariant(word[0]) + word[1..])),
        ["shortDescription"] = new JsonObject { ["text"] = code.Value },
        ["help"] = new JsonObject { ["text"] = FindingHelp.Of(code.Key), ["markdown"] = FindingHelp.Of(code.Key) },
    };

    private static JsonObject Result(Finding finding, int rule) => new()
    {
        ["ruleId"] = finding.Code,
        ["ruleIndex"] = rule,
        ["level"] = finding.Severity == Severity.Error ? "error" : "warning",
        ["message"] = new JsonObject { ["text"] = finding.Message },
        ["locations"] = new JsonArray(new JsonObject
        {
            ["physicalLocation"] = new JsonObject
            {
                ["artifactLocation"] = new JsonObject { ["uri"] = string.Join('/', finding.File.Split('/').Select(Uri.EscapeDataString)) },
                ["region"] = new JsonObject { ["startLine"] = finding.Line, ["startColumn"] = finding.Column },
            },
        }),
    };
}
