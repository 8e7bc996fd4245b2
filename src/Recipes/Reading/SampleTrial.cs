using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Recipes.Yaml;
using NodaTime;

namespace ConnectorHub.Recipes.Reading;

/// <summary>Tries templates and conditions on the samples: what fails there will fail on what the platform sends.</summary>
internal sealed class SampleTrial(RecipeFile file, SampleScopes samples)
{
    private readonly FindingList _findings = file.Findings;

    public void Check(Template template, YamlScalar scalar) => Try(
        template.Paths,
        template.NeedsZone,
        scalar,
        (scope, zone) => template.EvaluateNow(scope, zone).Failure is { } failure ? new Fault(failure.Message, scalar.PlaceOf(failure.Line, failure.Column)) : null);

    public void Check(Condition condition, YamlScalar scalar) => Try(
        condition.Paths,
        condition.NeedsZone,
        scalar,
        (scope, zone) => condition.Explain(new ConditionContext(scope, zone, default)) is { Failed: true } answer ? new Fault(answer.Found, scalar.Start) : null);

    private void Try(IEnumerable<PathUse> uses, bool needsZone, YamlScalar scalar, Func<Scope, DateTimeZone?, Fault?> attempt)
    {
        if (samples.Scopes.Count == 0 || !uses.All(use => samples.Judges(use.Path.Root)))
        {
            if (needsZone && file.Zone is null)
            {
                // What a step answers may bring its own zone.
                NoZone(scalar.Start, Severity.Warning);
            }

            return;
        }

        foreach (var (sample, scope) in samples.Scopes)
        {
            if (attempt(scope, file.Zone) is not { } fault)
            {
                continue;
            }

            if (file.Zone is null && needsZone && attempt(scope, DateTimeZone.Utc) is null)
            {
                NoZone(fault.Place, Severity.Error);
            }
            else
            {
                var severity = sample.Type.Inferred ? Severity.Warning : Severity.Error;
                _findings.Add(fault.Place, severity, FindingCodes.FilterFailsOnSample, $"on the sample {sample.Name}: {fault.Message}");
            }

            return;
        }
    }

    private void NoZone(Place place, Severity severity) => _findings.Add(
        place,
        severity,
        FindingCodes.NoZone,
        "a date is read or written here and no zone is set. Add '| in_zone('Europe/Paris')' before it, or 'zone: Europe/Paris' to the recipe, or set 'Hub:Zone'.");

    private sealed record Fault(string Message, Place Place);
}
