using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Recipes.Yaml;

namespace ConnectorHub.Recipes.Reading;

/// <summary>Holds the paths of an expectation to what it can read: the rendered fields of the steps, each step under its id, and <c>error</c>.</summary>
internal sealed class ExpectationPaths(FindingList findings, IReadOnlyDictionary<string, SeenStep> steps)
{
    private const string Error = "error";

    private static readonly string[] OfError = ["step", "code", "message"];

    // What may follow a list.
    private static readonly string[] OfList = ["first", "last", "count"];

    public void Check(IReadOnlyList<PathUse> uses, YamlScalar scalar)
    {
        foreach (var use in uses)
        {
            var place = scalar.PlaceOf(use.Offset);
            if (use.Path.Root == Error)
            {
                CheckMember(use, place, OfError, "'error'");
            }
            else if (!steps.TryGetValue(use.Path.Root, out var step))
            {
                findings.Error(place, FindingCodes.BadTest, $"there is no step '{use.Path.Root}'.{Keys.DidYouMean(use.Path.Root, steps.Keys)} An expectation reads the fields of a step: {Words.OrNone(steps.Keys, "none")}.");
            }
            else if (step.PerItem)
            {
                CheckItems(use, place, step);
            }
            else
            {
                CheckMember(use, place, [.. step.Inputs.Select(field => field.Name)], $"step '{step.Id}'");
            }
        }

        var both = uses.GroupBy(use => use.Path.Root).FirstOrDefault(group => group.Select(use => ItemCounts.Names(use.Path)).Distinct().Count() > 1);
        if (both is not null)
        {
            findings.Error(scalar.Start, FindingCodes.BadTest, $"the sentence asks '{both.Key}' for counts and for inputs at once. Write a line for each.");
        }
    }

    private void CheckMember(PathUse use, Place place, string[] fields, string owner)
    {
        if (fields.Length > 0 && PathParts.Member(PathParts.Of(use.Path), 1) is { } name && !fields.Contains(name))
        {
            findings.Error(place, FindingCodes.BadTest, $"{owner} has no field '{name}'.{Keys.DidYouMean(name, fields)} It has: {Words.List(fields)}.");
        }
    }

    private void CheckItems(PathUse use, Place place, SeenStep step)
    {
        var parts = PathParts.Of(use.Path);
        var fields = step.Inputs.Select(field => field.Name).ToList();
        var name = PathParts.Member(parts, 1);
        if (name is not null && !OfList.Contains(name) && !ItemCounts.Names(use.Path))
        {
            var meant = fields.Contains(name) ? $" For the first item: {step.Id}[0].{name}." : Keys.DidYouMean(name, [.. OfList, .. ItemCounts.All]);
            findings.Error(place, FindingCodes.BadTest, $"step '{step.Id}' is done for each item of a list, so it has no field '{name}'.{meant} Allowed: {step.Id}[0] and a field, {Words.List(OfList)}, {Words.List(ItemCounts.All)}.");
        }
        else if (fields.Count > 0 && name is null or "first" or "last" && PathParts.Member(parts, 2) is { } field && !fields.Contains(field))
        {
            findings.Error(place, FindingCodes.BadTest, $"step '{step.Id}' has no field '{field}'.{Keys.DidYouMean(field, fields)} It has: {Words.List(fields)}.");
        }
    }
}
