using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Recipes.Yaml;

namespace ConnectorHub.Recipes.Reading;

/// <summary>Reads what stands under an <c>if</c>: one sentence, or a list of sentences and groups.</summary>
internal sealed class ConditionReader(RecipeFile file, PathCheck paths, SampleTrial trial, KnownFacts facts)
{
    private readonly FindingList _findings = file.Findings;

    public IReadOnlyList<ConditionLine> Read(YamlNode node, Sight sight)
    {
        var lines = Lines(node, "if", sight);
        facts.Check(lines, sight);
        return lines;
    }

    /// <summary>The conditions of one value among several: what stands below does not hang on them.</summary>
    public IReadOnlyList<ConditionLine> ReadOffer(YamlNode node, Sight sight)
    {
        var lines = Lines(node, "if", sight);
        facts.CheckOffer(lines);
        return lines;
    }

    private List<ConditionLine> Lines(YamlNode node, string label, Sight sight)
    {
        var lines = new List<ConditionLine>();
        if (node is YamlList list)
        {
            RefuseFlow(list);
            for (var i = 0; i < list.Items.Count; i++)
            {
                Add(lines, Line(list.Items[i], $"{label}[{i + 1}]", sight));
            }

            if (list.Items.Count == 0)
            {
                Scalars.Wrong(node, label, "a sentence, or a list with one sentence a line", _findings);
            }
        }
        else
        {
            Add(lines, Line(node, $"{label}[1]", sight));
        }

        return lines;
    }

    private static void Add(List<ConditionLine> lines, ConditionLine? line)
    {
        if (line is not null)
        {
            lines.Add(line);
        }
    }

    private void RefuseFlow(YamlList list)
    {
        if (list is { Flow: true, Items.Count: > 0 })
        {
            _findings.Error(
                list.Start,
                FindingCodes.ConditionsInFlowList,
                "conditions stand in square brackets, where YAML splits a sentence at each comma. Write one a line, each after '- '.");
        }
    }

    private ConditionLine? Line(YamlNode node, string label, Sight sight)
    {
        switch (node)
        {
            case YamlScalar { IsNull: false } scalar:
                return Sentence(scalar, label, sight);
            case YamlMap { Entries.Count: 1 } map when Keys.Group.Allowed.Contains(map.Entries[0].Key.Text):
                return Group(map, label, sight);
            case YamlMap map:
                BecameMap(map);
                return null;
            default:
                Scalars.Wrong(node, label, "a sentence such as event.live.status is Live", _findings);
                return null;
        }
    }

    private ConditionLine? Sentence(YamlScalar scalar, string label, Sight sight)
    {
        var parse = ConditionParser.Parse(scalar.Text);
        foreach (var problem in parse.Problems)
        {
            _findings.Error(scalar.PlaceOf(problem.Offset), FindingCodes.BadCondition, Problems.Words(problem));
        }

        if (parse.Condition is not { } condition)
        {
            return null;
        }

        var errors = _findings.Errors;
        paths.Check(condition.Paths, scalar, sight);
        if (errors == _findings.Errors)
        {
            // What fails because a path is wrong has been said.
            trial.Check(condition, scalar);
        }

        facts.Found(condition, scalar.Start);
        return new ConditionLine(label, new ConditionNode.Sentence(condition), scalar.Start.Line);
    }

    private ConditionLine? Group(YamlMap map, string label, Sight sight)
    {
        var (key, value) = (map.Entries[0].Key, map.Entries[0].Value);
        var lines = Lines(value, $"{label}.{key.Text}", sight);
        if (lines.Count == 0)
        {
            return null;
        }

        if (key.Text == "not" && lines.Count > 1)
        {
            _findings.Error(
                key.Start,
                FindingCodes.BadCondition,
                "'not' has several lines, which can be read in two ways. Write 'any:' under it where none of them may hold, or 'all:' where not all of them may.");
            return null;
        }

        ConditionNode node = key.Text switch
        {
            "any" => new ConditionNode.Any(lines),
            "all" => new ConditionNode.All(lines),
            _ => new ConditionNode.Not(lines[0]),
        };
        return new ConditionLine(label, node, key.Start.Line);
    }

    private void BecameMap(YamlMap map)
    {
        if (map.Entries.Count == 0)
        {
            Scalars.Wrong(map, "if", "a sentence such as event.live.status is Live", _findings);
            return;
        }

        var first = map.Entries[0].Key;
        if (map.Flow || map.Entries.Count > 1 || !first.Text.Contains(' ', StringComparison.Ordinal))
        {
            var near = Keys.DidYouMean(first.Text, Keys.Group.Allowed);
            _findings.Error(
                first.Start,
                FindingCodes.ConditionIsMap,
                $"a condition is a sentence, not a map with the key '{first.Text}'.{(near.Length > 0 ? near : $" Write: {first.Text} is {Shown(map.Entries[0].Value)}")}");
            return;
        }

        var line = file.Source.Line(first.Start.Line);
        _findings.Error(
            first.Start,
            FindingCodes.ConditionIsMap,
            $"': ' made a map of this condition. Quote the sentence: {YamlSurprises.QuotedFrom(line, first.Start.Column - 1)}");
    }

    private static string Shown(YamlNode value) => value is YamlScalar { Text.Length: > 0 and < 60 } scalar ? scalar.Text : "…";
}
