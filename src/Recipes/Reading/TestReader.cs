using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Recipes.Yaml;
using ConnectorHub.Values;
using Path = ConnectorHub.Values.Path;

namespace ConnectorHub.Recipes.Reading;

/// <summary>Reads <c>tests</c>: a sample, what changes in it, what the actions answer, what is expected.</summary>
internal sealed class TestReader(RecipeFile file, PathCheck paths, IReadOnlyDictionary<string, SeenStep> steps, IReadOnlyList<string> recalled, IReadOnlyList<ConditionLine> top)
{
    private const string Example = "a list of sentences: runs are [hello] · hello.text contains \"Anna\" · skipped by \"event.live.status is Live\"";

    private readonly FindingList _findings = file.Findings;

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
        return new RecipeTest(name ?? "", sample?.Name ?? "", Changes(map, sample), Answers(map), Expectations(map), map.Start.Line) { Remembered = Remembered(map) };
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

    private Dictionary<string, Value> Answers(YamlMap map)
    {
        var answers = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var (key, value) in Members(map, "answers", "a map of step ids: { row: { rowNumber: 42 } }"))
        {
            Known(key.Text, key.Start);
            if (value is not YamlMap)
            {
                Scalars.Wrong(value, key.Text, "the map that the step's action answers", _findings);
            }

            answers[key.Text] = Constants.Of(value);
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

    private List<Expectation> Expectations(YamlMap map)
    {
        if (map.Find("expect") is not { } entry)
        {
            return [];
        }

        if (entry.Value is YamlScalar single)
        {
            return [.. new[] { Expect(single) }.OfType<Expectation>()];
        }

        if (entry.Value is YamlList { Flow: false, Items.Count: > 0 } list)
        {
            return [.. list.Items.Select(Expect).OfType<Expectation>()];
        }

        if (entry.Value is YamlList { Items.Count: > 0 })
        {
            _findings.Error(entry.Value.Start, FindingCodes.ConditionsInFlowList, "expectations stand in square brackets, where YAML splits a sentence at each comma. Write one a line, each after '- '.");
            return [];
        }

        Scalars.Wrong(entry.Value, "expect", Example, _findings);
        return [];
    }

    private Expectation? Expect(YamlNode node)
    {
        if (node is not YamlScalar { IsNull: false } scalar)
        {
            Scalars.Wrong(node, "expect", Example, _findings);
            return null;
        }

        var text = scalar.Text.Trim();
        if (text.StartsWith("runs are ", StringComparison.Ordinal))
        {
            return RunsAre(text, scalar);
        }

        return text.StartsWith("skipped by ", StringComparison.Ordinal) ? SkippedBy(text, scalar)
            : text.StartsWith("stopped by ", StringComparison.Ordinal) ? new Expectation.StoppedBy(text, Unquoted(text["stopped by ".Length..]), scalar.Start.Line)
            : Holds(text, scalar);
    }

    private Expectation.RunsAre? RunsAre(string text, YamlScalar scalar)
    {
        var list = text["runs are ".Length..].Trim();
        if (!list.StartsWith('[') || !list.EndsWith(']'))
        {
            _findings.Error(scalar.Start, FindingCodes.BadTest, "'runs are' is followed by the ids of the steps in square brackets: runs are [row, hello]");
            return null;
        }

        var ids = list[1..^1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var id in ids)
        {
            Known(id, scalar.PlaceOf(scalar.Text.IndexOf(id, "runs are ".Length, StringComparison.Ordinal)));
        }

        return new Expectation.RunsAre(text, ids, scalar.Start.Line);
    }

    private Expectation.SkippedBy? SkippedBy(string text, YamlScalar scalar)
    {
        var sentence = Unquoted(text["skipped by ".Length..]);
        var sentences = Sentences(top).ToList();
        if (sentences.Contains(sentence))
        {
            return new Expectation.SkippedBy(text, sentence, scalar.Start.Line);
        }

        _findings.Error(
            scalar.Start,
            FindingCodes.BadTest,
            $"no line of the top 'if' is '{sentence}'.{Keys.DidYouMean(sentence, sentences)} It has: {string.Join(" · ", sentences.DefaultIfEmpty("no lines"))}");
        return null;
    }

    private static string Unquoted(string text) =>
        text.Trim() is { Length: > 1 } trimmed && trimmed[0] is '"' or '\'' && trimmed[^1] == trimmed[0] ? trimmed[1..^1] : text.Trim();

    private Expectation.Holds? Holds(string text, YamlScalar scalar)
    {
        var parse = ConditionParser.Parse(scalar.Text);
        foreach (var problem in parse.Problems)
        {
            _findings.Error(scalar.PlaceOf(problem.Offset), FindingCodes.BadTest, Problems.Words(problem));
        }

        if (parse.Condition is not { } condition)
        {
            return null;
        }

        paths.CheckExpectation(condition.Paths, scalar, steps);
        return new Expectation.Holds(text, condition, scalar.Start.Line);
    }

    private void Known(string id, Place place)
    {
        if (!steps.ContainsKey(id))
        {
            _findings.Error(place, FindingCodes.BadTest, $"there is no step '{id}'.{Keys.DidYouMean(id, steps.Keys)} Steps: {Words.OrNone(steps.Keys, "none")}.");
        }
    }

    /// <summary>Every line, each group, and the sentences inside groups: the engine names the deciding one.</summary>
    private static IEnumerable<string> Sentences(IEnumerable<ConditionLine> lines) => lines.SelectMany(line => line.Node switch
    {
        ConditionNode.Sentence sentence => [sentence.Condition.Sentence],
        ConditionNode.All all => Sentences(all.Lines).Prepend(all.Words),
        ConditionNode.Any any => [any.Words],
        ConditionNode.Not not => [not.Words],
        _ => Enumerable.Empty<string>(),
    });
}
