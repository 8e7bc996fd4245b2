using System.Text.Json;
using ConnectorHub.Gateway.Commands.Checks;
using ConnectorHub.Recipes;

namespace ConnectorHub.Tests.Gateway.Commands;

/// <summary>The three ways in which <c>check</c> says the same.</summary>
public class CheckReportTests
{
    private static readonly Finding Wrong = new("recipes/a b.yaml", 7, 10, Severity.Error, FindingCodes.UnknownAction, "connector 'slack' has no action 'post-mesage'.\u001b[2J");

    private static readonly Finding Doubtful = new("recipes/b.yaml", 3, 1, Severity.Warning, FindingCodes.RawText, "'| raw' is meant?");

    [Fact]
    public void As_text_it_is_one_line_a_finding_and_a_sum()
    {
        var lines = Report(Wrong, Doubtful).ToString().Split(Environment.NewLine);

        Assert.Equal(
            [
                "recipes/a b.yaml(7,10): error CH2004: connector 'slack' has no action 'post-mesage'. [2J",
                "recipes/b.yaml(3,1): warning CH2026: '| raw' is meant?",
                "2 recipes: 1 error, 1 warning.",
            ],
            lines);
    }

    [Fact]
    public void As_json_it_has_this_shape()
    {
        var json = ReportAsJson.Write(Report(Doubtful));

        Assert.Equal(
            $$"""
            {
              "version": 1,
              "recipes": 1,
              "errors": 0,
              "warnings": 1,
              "findings": [
                {
                  "file": "recipes/b.yaml",
                  "line": 3,
                  "column": 1,
                  "severity": "warning",
                  "code": "CH2026",
                  "title": "Text that is not escaped",
                  "message": "'| raw' is meant?",
                  "help": "{{FindingHelp.Of(FindingCodes.RawText)}}"
                }
              ]
            }
            """.ReplaceLineEndings(),
            json.ReplaceLineEndings());
    }

    [Fact]
    public void As_sarif_it_is_one_run_whose_rules_explain_themselves()
    {
        var log = JsonDocument.Parse(ReportAsSarif.Write(Report(Wrong, Doubtful))).RootElement;
        var run = Assert.Single(log.GetProperty("runs").EnumerateArray());
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().ToList();
        var results = run.GetProperty("results").EnumerateArray().ToList();

        Assert.Equal("2.1.0", log.GetProperty("version").GetString());
        Assert.Equal(FindingCodes.All.Select(code => code.Key), rules.Select(rule => rule.GetProperty("id").GetString()));
        Assert.All(rules, rule => Assert.NotEmpty(rule.GetProperty("help").GetProperty("text").GetString()!));
        Assert.All(results, result => Assert.Equal(result.GetProperty("ruleId").GetString(), rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString()));
        var place = results[0].GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal("recipes/a%20b.yaml", place.GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal((7, 10), (place.GetProperty("region").GetProperty("startLine").GetInt32(), place.GetProperty("region").GetProperty("startColumn").GetInt32()));
        Assert.Equal(["error", "warning"], results.Select(result => result.GetProperty("level").GetString()));
    }

    [Fact]
    public void A_pipeline_is_stopped_by_errors_and_where_it_wants_by_warnings()
    {
        Assert.Equal(0, Report().ExitCode(strict: true));
        Assert.Equal(0, Report(Doubtful).ExitCode(strict: false));
        Assert.Equal(1, Report(Doubtful).ExitCode(strict: true));
        Assert.Equal(1, Report(Wrong).ExitCode(strict: false));
    }

    private static CheckReport Report(params Finding[] findings)
    {
        var report = new CheckReport { Recipes = findings.Length };
        report.Add(findings, finding => finding.File);
        return report;
    }
}
