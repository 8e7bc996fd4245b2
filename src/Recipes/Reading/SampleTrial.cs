using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Recipes.Yaml;
using NodaTime;

namespace ConnectorHub.Recipes.Reading;

/// <summary>Tries a template on the samples: what fails there will fail on what the platform sends.</summary>
internal sealed class SampleTrial(RecipeFile file, SampleScopes samples)
{
    private readonly FindingList _findings = file.Findings;

    public void Check(Template template, YamlScalar scalar)
    {
        if (samples.Scopes.Count == 0 || !template.Paths.All(use => samples.Judges(use.Path.Root)))
        {
            if (template.NeedsZone && file.Zone is null && template.Paths.Any(use => use.Path.Root == "steps"))
            {
                NoZone(_findings, scalar.Start, Severity.Warning);
            }

            return;
        }

        foreach (var (sample, scope) in samples.Scopes)
        {
            if (template.EvaluateNow(scope, file.Zone).Failure is not { } failure)
            {
                continue;
            }

            if (file.Zone is null && template.NeedsZone && template.EvaluateNow(scope, DateTimeZone.Utc).Failure is null)
            {
                NoZone(_findings, scalar.PlaceOf(failure.Line, failure.Column), Severity.Error);
            }
            else
            {
                var severity = sample.Type.Inferred ? Severity.Warning : Severity.Error;
                _findings.Add(scalar.PlaceOf(failure.Line, failure.Column), severity, FindingCodes.FilterFailsOnSample, $"on the sample {sample.Name}: {failure.Message}");
            }

            return;
        }
    }

    public static void NoZone(FindingList findings, Place place, Severity severity) => findings.Add(
        place,
        severity,
        FindingCodes.NoZone,
        "a date is read or written here and no zone is set. Add '| in_zone('Europe/Paris')' before it, or 'zone: Europe/Paris' to the recipe, or set 'Hub:Zone'.");
}
