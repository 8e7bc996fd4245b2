using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Recipes.Yaml;
using ConnectorHub.Values;
using NodaTime;

namespace ConnectorHub.Recipes.Reading;

/// <summary>Tries templates and conditions on the samples: what fails there will fail on what the platform sends.</summary>
internal sealed class SampleTrial(RecipeFile file, SampleScopes samples)
{
    private readonly FindingList _findings = file.Findings;

    public void Check(Template template, YamlScalar scalar) => Try(
        template.Paths,
        template.NeedsZone && template.Parts.Any(LacksZone),
        scalar,
        (scope, zone) => template.EvaluateNow(scope, zone).Failure is { } failure ? new Fault(failure.Message, scalar.PlaceOf(failure.Line, failure.Column)) : null);

    public void Check(Condition condition, YamlScalar scalar)
    {
        Try(
            condition.Paths,
            condition.NeedsZone,
            scalar,
            (scope, zone) => condition.Explain(new ConditionContext(scope, zone, default)) is { Failed: true } answer ? new Fault(answer.Found, scalar.Start) : null);
        CheckTimes(condition, scalar);
        CheckFit(condition, scalar);
    }

    // A value of the event, or computed from it, may bring its zone along: the samples tell.
    private bool LacksZone(TemplatePart part) => part is TemplatePart.Placeholder { NeedsZone: true } placeholder
        && !(AreJudged(placeholder.Paths)
            && samples.Scopes.All(one => placeholder.Evaluate(new Frame(one.Scope, new FilterContext(file.Zone))).Failure is null));

    private bool AreJudged(IEnumerable<PathUse> uses) => samples.Scopes.Count > 0 && uses.All(use => samples.Judges(use.Path.Root));

    /// <summary>What no sample's value can be compared with as the sentence wants never holds.</summary>
    private void CheckFit(Condition condition, YamlScalar scalar)
    {
        if (!AreJudged(condition.Paths))
        {
            return;
        }

        var misfits = samples.Scopes.Select(one => (one.Sample, Why: condition.Misfit(new ConditionContext(one.Scope, file.Zone, default)))).ToList();
        if (misfits.TrueForAll(one => one.Why is not null))
        {
            _findings.Warning(scalar.Start, FindingCodes.NeverHolds, $"on the sample {misfits[0].Sample.Name}: {misfits[0].Why}. As it is, the line {(condition.Claim.Operator.Denied ? "always" : "never")} holds.");
        }
    }

    private void CheckTimes(Condition condition, YamlScalar scalar)
    {
        if (file.Zone is not { } zone || condition.Claim is not { Operator.Relation: Relation.Before or Relation.After or Relation.Is, Given: { } given })
        {
            return;
        }

        foreach (var doubt in given.Select(value => LocalTimes.DoubtOf(value.ToText(), zone)).OfType<Doubt>())
        {
            _findings.Warning(scalar.Start, FindingCodes.ClockChange, doubt.Message);
        }
    }

    private void Try(IEnumerable<PathUse> uses, bool needsZone, YamlScalar scalar, Func<Scope, DateTimeZone?, Fault?> attempt)
    {
        if (!AreJudged(uses))
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
            var doubts = new List<Doubt>();
            scope.Doubts = doubts;
            var found = attempt(scope, file.Zone);
            scope.Doubts = null;
            Say(doubts, sample, scalar);
            if (found is not { } fault)
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

    private void Say(List<Doubt> doubts, EventSample sample, YamlScalar scalar)
    {
        foreach (var doubt in doubts)
        {
            if (doubt.Kind == DoubtKind.Unit)
            {
                _findings.Add(scalar.Start, sample.Type.Inferred ? Severity.Warning : Severity.Error, FindingCodes.FilterFailsOnSample, $"on the sample {sample.Name}: {doubt.Message}");
            }
            else
            {
                _findings.Warning(scalar.Start, FindingCodes.ClockChange, doubt.Message);
            }
        }
    }

    private void NoZone(Place place, Severity severity) => _findings.Add(
        place,
        severity,
        FindingCodes.NoZone,
        "a date is read or written here and no zone is set. Add '| in_zone('Europe/Paris')' before it, or 'zone: Europe/Paris' to the recipe, or set 'Hub:Zone'.");

    private sealed record Fault(string Message, Place Place);
}
