using ConnectorHub.Recipes.Yaml;
using ConnectorHub.Values;
using Path = ConnectorHub.Values.Path;

namespace ConnectorHub.Recipes.Reading;

/// <summary>Reads <c>tests</c>: a sample, what changes in it, what the actions answer, what is expected.</summary>
internal sealed class TestReader(RecipeFile file, PathCheck paths, IReadOnlyDictionary<string, SeenStep> steps, IReadOnlyList<string> recalled, IReadOnlyList<ConditionLine> top)
{
    private readonly FindingList _findings = file.Findings;
    private readonly AnswerReader _answers = new(file.Findings);
    private readonly ExpectationReader _expectations = new(file.Findings, steps, top);

    public IReadOnlyList<RecipeTest> Read(YamlMap recipe)
    {
        if (recipe.Find("tests") is not { } entry)
        {
            return [];
        }

        if (entry.Value is YamlList list)
        {
            return [.. list.Items.Select(Test).OfType<RecipeTest>()];
        }

        Scalars.Wrong(entry.Value, "tests", "a list of tests, each a map with 'name', 'sample' and 'expect'", _findings);
        return [];
    }

    private RecipeTest? Test(YamlNode node)
    {
        if (node is not YamlMap map)
        {
            Scalars.Wrong(node, "tests", "a list of tests, each a map with 'name', 'sample' and 'expect'", _findings);
            return null;
        }

        Keys.Test.Check(map, map.Start, _findings);
        var name = Scalars.Text(map, "name", _findings);
        var sample = Sample(map);
        return new RecipeTest(name ?? "", sample?.Name ?? "", Changes(map, sample), Answers(map), _expectations.Read(map), map.Start.Line) { Remembered = Remembered(map) };
    }

    private EventSample? Sample(YamlMap map)
    {
        if (Scalars.Text(map, "sample", _findings) is not { } name)
        {
            return null;
        }

        if (file.GoesByClock)
        {
            return Firing(map, name);
        }

        var sample = file.Catalog.Sample(name);
        if (sample is null)
        {
            _findings.Error(
                map.Find("sample")!.Value.Start,
                FindingCodes.BadTest,
                $"there is no sample '{name}'.{Keys.DidYouMean(file.Catalog.SampleNames.FirstOrDefault(known => known.EndsWith($"/{name}", StringComparison.Ordinal)) ?? name, file.Catalog.SampleNames)} A sample is a source and an event: {Words.OrNone(file.Catalog.SampleNames, "none")}.");
        }

        return sample;
    }

    private EventSample? Firing(YamlMap map, string name)
    {
        if (name == ScheduleTrigger.SourceName)
        {
            return file.Firing;
        }

        _findings.Error(map.Find("sample")!.Value.Start, FindingCodes.BadTest, $"'{name}' is no sample for a recipe that goes by a schedule. Write: sample: {ScheduleTrigger.SourceName}");
        return null;
    }

    private List<Change> Changes(YamlMap map, EventSample? sample)
    {
        var changes = new List<Change>();
        foreach (var (key, value) in Members(map, "change", "a map of paths: { event.member.status: Accepted }"))
        {
            if (paths.CheckChange(key, sample))
            {
                CheckKind(key, value, sample);
                changes.Add(new Change(key.Text, Constants.Of(value)));
            }
        }

        return changes;
    }

    /// <summary>A test with a number where the platform sends a text proves nothing.</summary>
    private void CheckKind(YamlScalar key, YamlNode given, EventSample? sample)
    {
        if (sample is null || given is not YamlScalar || !Path.TryParse(key.Text, out var path, out _) || path.Root != "event")
        {
            return;
        }

        var found = sample.Bodies.Select(path.Resolve).Where(value => !value.IsMissingOrNull).ToList();
        var changed = Constants.Of(given);
        if (changed.IsMissingOrNull || found.Count == 0 || found.Exists(value => value.Kind == changed.Kind || value.Kind is ValueKind.List or ValueKind.Map))
        {
            return;
        }

        var fix = found[0].Kind == ValueKind.Text ? $"Write \"{changed.ToText()}\"." : $"Write it without quotes, as {found[0].ToText()}.";
        _findings.Warning(given.Start, FindingCodes.OtherKind, $"'{key.Text}' is {Kind(found[0])} in the sample {sample.Name}, and {Kind(changed)} here. {fix}");
    }

    private static string Kind(Value value) => value.Kind switch
    {
        ValueKind.Text => $"the text \"{(value.ToText().Length <= 40 ? value.ToText() : value.ToText()[..40] + "…")}\"",
        ValueKind.Number => $"the number {value.ToText()}",
        _ => value.ToText(),
    };

    private Dictionary<string, TestAnswers> Answers(YamlMap map)
    {
        var answers = new Dictionary<string, TestAnswers>(StringComparer.Ordinal);
        foreach (var (key, value) in Members(map, "answers", "a map of step ids: { row: { rowNumber: 42 } }"))
        {
            Known(key.Text, key.Start);
            answers[key.Text] = _answers.Read(key, value, steps.GetValueOrDefault(key.Text));
        }

        return answers;
    }

    private Dictionary<string, Value> Remembered(YamlMap map)
    {
        var remembered = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var (key, value) in Members(map, "remembered", "a map of values that recall: { made: { id: abc } }"))
        {
            if (!recalled.Contains(key.Text))
            {
                _findings.Error(key.Start, FindingCodes.BadTest, $"no value '{key.Text}' recalls anything.{Keys.DidYouMean(key.Text, recalled)} Values that do: {Words.OrNone(recalled, "none")}.");
            }

            remembered[key.Text] = Constants.Of(value);
        }

        return remembered;
    }

    private IReadOnlyList<YamlEntry> Members(YamlMap test, string key, string allowed)
    {
        switch (test.Find(key)?.Value)
        {
            case null:
                return [];
            case YamlMap members:
                return members.Entries;
            case var other:
                Scalars.Wrong(other, key, allowed, _findings);
                return [];
        }
    }

    private void Known(string id, Place place)
    {
        if (!steps.ContainsKey(id))
        {
            _findings.Error(place, FindingCodes.BadTest, $"there is no step '{id}'.{Keys.DidYouMean(id, steps.Keys)} Steps: {Words.OrNone(steps.Keys, "none")}.");
        }
    }
}
