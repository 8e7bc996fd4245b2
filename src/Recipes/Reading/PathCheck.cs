using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Recipes.Yaml;
using ConnectorHub.Values;
using Path = ConnectorHub.Values.Path;

namespace ConnectorHub.Recipes.Reading;

/// <summary>Holds the paths of expressions to what can be seen at their place and to what the samples have.</summary>
internal sealed class PathCheck(RecipeFile file, SampleScopes samples)
{
    private readonly FindingList _findings = file.Findings;

    public void Check(IEnumerable<PathUse> uses, YamlScalar scalar, Sight sight)
    {
        foreach (var use in uses)
        {
            CheckOne(use.Path, use, scalar, sight);
        }
    }

    private void CheckOne(Path path, PathUse use, YamlScalar scalar, Sight sight)
    {
        var place = scalar.PlaceOf(use.Offset);
        switch (path.Root)
        {
            case "event":
                CheckInSamples(path, use, place);
                break;
            case "meta":
                CheckInOne(path, SampleScopes.Meta, "meta", place);
                break;
            case "shared":
                CheckShared(path, use, place);
                break;
            case "steps" when sight.Steps is not null:
                CheckStep(path, place, sight);
                break;
            default:
                CheckLet(path, use, place, sight);
                break;
        }
    }

    private void CheckLet(Path path, PathUse use, Place place, Sight sight)
    {
        if (!sight.Lets.TryGetValue(path.Root, out var let))
        {
            _findings.Error(place, FindingCodes.NotInScope, $"'{path.Root}' is not known in {sight.Place}.{Hint(path, sight)} Known: {Words.List(sight.Roots)}.");
        }
        else if (sight.Early && let.NeedsScript)
        {
            _findings.Error(place, FindingCodes.NotInScope, let.Recalls
                ? $"'{path.Root}' recalls what an earlier run made, and that is known only after {sight.Place} has decided. Move the condition into a step's 'if'."
                : $"'{path.Root}' needs a script, and scripts run only after {sight.Place} has decided. Use paths and filters here{(sight.Place.Contains("'if'", StringComparison.Ordinal) ? ", or move the condition into a step's 'if'" : "")}.");
        }
        else if (!sight.Sees(let))
        {
            _findings.Error(place, FindingCodes.NotInScope, $"'{path.Root}' is set in line {let.Line}, below {sight.Place}. Move 'let' above it.");
        }
        else
        {
            CheckInSamples(path, use, place);
        }
    }

    private string Hint(Path path, Sight sight)
    {
        if (sight.AllSteps.Contains(path.Root))
        {
            return $" What a step answered is steps.{path.Text}.";
        }

        if (sight.LaterLets.Contains(path.Root))
        {
            return $" '{path.Root}' is set further down: a value sees only those above it.";
        }

        if (samples.Scopes.Any(one => one.Scope["event"].Member(path.Root).Kind != ValueKind.Missing))
        {
            return $" Did you mean 'event.{path.Text}'?";
        }

        return path.Root == "steps"
            ? $" No step has run when {sight.Place} is computed."
            : Keys.DidYouMean(path.Root, sight.Roots);
    }

    private void CheckStep(Path path, Place place, Sight sight)
    {
        var parts = PathParts.Of(path);
        if (parts.Count < 2 || PathParts.Member(parts, 1) is not { } id)
        {
            return;
        }

        if (!sight.Steps!.TryGetValue(id, out var step))
        {
            var found = sight.Place == $"step '{id}'" ? $"{sight.Place} reads itself. A step reads only steps above it."
                : sight.AllSteps.Contains(id) ? $"step '{id}' comes later than {sight.Place}. A step reads only steps above it."
                : $"there is no step '{id}'.{Keys.DidYouMean(id, sight.Steps.Keys)}";
            _findings.Error(place, FindingCodes.NotInScope, $"{found} Steps above: {Words.OrNone(sight.Steps.Keys, "none")}.");
            return;
        }

        var outputs = step.Outputs.Select(field => field.Name).ToList();
        if (outputs.Count > 0 && PathParts.Member(parts, 2) is { } output && output != "count" && !outputs.Contains(output))
        {
            _findings.Error(place, FindingCodes.NoSuchPath, $"step '{id}' answers no '{output}'.{Keys.DidYouMean(output, outputs)} It answers: {Words.List(outputs)}.");
        }
    }

    private void CheckShared(Path path, PathUse use, Place place)
    {
        if (file.Shared.Kind != ValueKind.Missing && !use.MayBeMissing)
        {
            CheckInOne(path, file.Shared, "shared.yaml", place);
        }
    }

    private void CheckInOne(Path path, Value root, string where, Place place)
    {
        if (PathWalker.Follow(path, root) is { } gap)
        {
            _findings.Error(place, FindingCodes.NoSuchPath, $"'{gap.Text}' is not in {where}.{gap.Hint}");
        }
    }

    /// <summary>A path is fine where one sample has it, or where one cannot tell.</summary>
    private void CheckInSamples(Path path, PathUse use, Place place)
    {
        if (use.MayBeMissing || !samples.Judges(path.Root))
        {
            return;
        }

        PathGap? first = null;
        foreach (var (sample, scope) in samples.Scopes)
        {
            if (samples.IsOpen(sample, path) || Follow(path, sample, scope) is not { } gap)
            {
                return;
            }

            first ??= gap;
        }

        if (first is not null)
        {
            var severity = samples.Inferred ? Severity.Warning : Severity.Error;
            _findings.Add(place, severity, FindingCodes.NoSuchPath, $"'{first.Text}' is in no sample of {samples.Names}.{first.Hint}{(samples.Inferred ? " The sample is inferred, so it may exist all the same." : "")}");
        }
    }

    private static PathGap? Follow(Path path, EventSample sample, Scope scope) =>
        path.Root == "event" ? ShapeWalker.Follow(path, sample.Shape) : PathWalker.Follow(path, scope[path.Root]);

    /// <summary>True where the key of a test's <c>change</c> is a path into the event or its meta data.</summary>
    public bool CheckChange(YamlScalar key, EventSample? sample)
    {
        if (!Path.TryParse(key.Text, out var path, out var problem))
        {
            _findings.Error(key.PlaceOf(problem.Offset), FindingCodes.BadTest, Problems.Words(problem));
            return false;
        }

        if (path.Root is not ("event" or "meta"))
        {
            _findings.Error(key.Start, FindingCodes.BadTest, $"'{path.Root}' cannot be changed in a test.{Meant(key.Text, path, sample)} A path begins with event or meta, such as event.member.status.");
            return false;
        }

        if (sample is not null && !SampleScopes.IsOpen(sample, path.Text)
            && (path.Root == "meta" ? PathWalker.Follow(path, SampleScopes.Meta) : ShapeWalker.Follow(path, sample.Shape)) is { } gap)
        {
            _findings.Warning(key.Start, FindingCodes.NoSuchPath, $"'{gap.Text}' is not in the sample {sample.Name}, so this adds it.{gap.Hint}");
        }

        return true;
    }

    private static string Meant(string key, Path path, EventSample? sample) =>
        sample is not null && Path.TryParse($"event.{key}", out var inEvent, out _) && ShapeWalker.Follow(inEvent, sample.Shape) is null
            ? $" Did you mean 'event.{key}'?"
            : Keys.DidYouMean(path.Root, ["event", "meta"]);
}
