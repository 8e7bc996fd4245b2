using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Recipes.Yaml;
using ConnectorHub.Values;
using Path = ConnectorHub.Values.Path;

namespace ConnectorHub.Recipes.Reading;

/// <summary>What comes of a value that is not there.</summary>
internal enum Gap
{
    /// <summary>Its field is left out, or the text is without it.</summary>
    LeftOut,

    /// <summary>Its field is needed, so the step is rejected.</summary>
    Rejected,

    /// <summary>Something has no name.</summary>
    Unnamed,
}

/// <summary>Finds values that only some of the events have, where the recipe does not say what stands there for the others.</summary>
internal sealed class GapCheck(RecipeFile file, SampleScopes samples, KnownFacts facts)
{
    private readonly List<Action> _checks = [];

    /// <summary>Remembers a template; whether its values are always there is known when all conditions are.</summary>
    public void Check(Template template, YamlScalar scalar, Sight sight, Gap gap) => _checks.Add(() => CheckNow(template, scalar, sight, gap));

    public void Finish() => _checks.ForEach(check => check());

    private void CheckNow(Template template, YamlScalar scalar, Sight sight, Gap gap)
    {
        if (template.IsOnePlaceholder && gap == Gap.LeftOut)
        {
            return;
        }

        foreach (var use in template.Paths.Where(use => !use.MayBeMissing && samples.Judges(use.Path.Root) && !facts.IsAsked(use.Text)))
        {
            var seen = samples.Scopes.Where(one => facts.Reaches(one.Sample.Type.Name, one.Scope, sight)).ToList();
            var lacking = seen.Where(one => Lacks(use.Path, one.Sample, one.Scope)).Select(one => one.Sample.Name).ToList();
            if (lacking.Count > 0 && seen.Any(one => Has(use.Path, one.Sample, one.Scope)))
            {
                var fix = gap != Gap.Unnamed
                    ? $"Say what stands there then: {{{{ {use.Text} ?? 'none' }}}}, or ask first: if: {use.Text} exists"
                    : $"Strangers would share a name, or have none: name what stands for it there with '??', or ask first: if: {use.Text} exists";
                file.Findings.Warning(scalar.PlaceOf(use.Offset), FindingCodes.SometimesMissing, $"'{use.Text}' is missing in some events of {Words.List(lacking)}. {fix}");
            }
        }
    }

    private static bool Lacks(Path path, EventSample sample, Scope scope) =>
        !SampleScopes.IsOpen(sample, path.Text) && Values(path, sample, scope).Any(value => value.Kind == ValueKind.Missing);

    private static bool Has(Path path, EventSample sample, Scope scope) => Values(path, sample, scope).Any(value => value.Kind != ValueKind.Missing);

    private static IEnumerable<Value> Values(Path path, EventSample sample, Scope scope) =>
        path.Root == "event" ? sample.Bodies.Select(path.Resolve) : [path.Resolve(scope[path.Root])];
}
