using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Recipes.Yaml;

namespace ConnectorHub.Recipes.Reading;

/// <summary>Reads <c>expect</c>: sentences about the steps, what became of the run, and what kept it from beginning.</summary>
internal sealed class ExpectationReader(FindingList findings, IReadOnlyDictionary<string, SeenStep> steps, IReadOnlyList<ConditionLine> top)
{
    private const string Example = "a list of sentences: runs are [hello] · hello.text contains \"Anna\" · skipped by \"event.live.status is Live\"";
    private const string Runs = "runs are ";
    private const string Notices = "notices are ";
    private const string Fails = "fails at ";
    private const string Skipped = "skipped by ";
    private const string Stopped = "stopped by ";

    private readonly ExpectationPaths _paths = new(findings, steps);

    public IReadOnlyList<Expectation> Read(YamlMap test)
    {
        switch (test.Find("expect")?.Value)
        {
            case null:
                return [];
            case YamlScalar single:
                return [.. new[] { Expect(single) }.OfType<Expectation>()];
            case YamlList { Flow: false, Items.Count: > 0 } list:
                return [.. list.Items.Select(Expect).OfType<Expectation>()];
            case YamlList { Items.Count: > 0 } flow:
                findings.Error(flow.Start, FindingCodes.ConditionsInFlowList, "expectations stand in square brackets, where YAML splits a sentence at each comma. Write one a line, each after '- '.");
                return [];
            case var other:
                Scalars.Wrong(other, "expect", Example, findings);
                return [];
        }
    }

    private Expectation? Expect(YamlNode node)
    {
        if (node is not YamlScalar { IsNull: false } scalar)
        {
            Scalars.Wrong(node, "expect", Example, findings);
            return null;
        }

        var text = scalar.Text.Trim();
        var line = scalar.Start.Line;
        return text switch
        {
            _ when text.StartsWith(Runs, StringComparison.Ordinal) => Ids(text, Runs, scalar, ofNotices: false) is { } ids ? new Expectation.RunsAre(text, ids, line) : null,
            _ when text.StartsWith(Notices, StringComparison.Ordinal) => Ids(text, Notices, scalar, ofNotices: true) is { } ids ? new Expectation.NoticesAre(text, ids, line) : null,
            _ when text.StartsWith(Fails, StringComparison.Ordinal) => FailsAt(text, scalar),
            _ when text.StartsWith(Skipped, StringComparison.Ordinal) => SkippedBy(text, scalar),
            _ when text.StartsWith(Stopped, StringComparison.Ordinal) => new Expectation.StoppedBy(text, Quoted(text[Stopped.Length..])[0], line),
            _ => Holds(text, scalar),
        };
    }

    private string[]? Ids(string text, string words, YamlScalar scalar, bool ofNotices)
    {
        var list = text[words.Length..].Trim();
        if (!list.StartsWith('[') || !list.EndsWith(']'))
        {
            var own = steps.Values.FirstOrDefault(step => step.OfNotice == ofNotices)?.Id ?? (ofNotices ? "tell" : "hello");
            findings.Error(scalar.Start, FindingCodes.BadTest, $"'{words.Trim()}' is followed by the ids of {(ofNotices ? "steps of 'on_error'" : "the steps")} in square brackets: {words}[{own}]");
            return null;
        }

        var ids = list[1..^1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var id in ids)
        {
            Known(id, scalar.PlaceOf(scalar.Text.IndexOf(id, words.Length, StringComparison.Ordinal)), ofNotices);
        }

        return ids;
    }

    private Expectation.FailsAt FailsAt(string text, YamlScalar scalar)
    {
        var id = text[Fails.Length..].Trim();
        Known(id, scalar.PlaceOf(scalar.Text.IndexOf(id, Fails.Length, StringComparison.Ordinal)), ofNotices: false);
        return new Expectation.FailsAt(text, id, scalar.Start.Line);
    }

    private void Known(string id, Place place, bool ofNotices)
    {
        var found = steps.GetValueOrDefault(id);
        if (found?.OfNotice == ofNotices)
        {
            return;
        }

        var allowed = steps.Values.Where(step => step.OfNotice == ofNotices).Select(step => step.Id).ToList();
        var problem = found is null ? $"there is no step '{id}'.{Keys.DidYouMean(id, allowed)}"
            : ofNotices ? $"'{id}' is a step of the run, and 'on_error' is done in a run of its own. What the run does: runs are [{id}]."
            : $"'{id}' is a step of 'on_error', which is done in a run of its own. What it does: notices are [{id}].";
        findings.Error(place, FindingCodes.BadTest, $"{problem} {(ofNotices ? "Steps of 'on_error'" : "Steps")}: {Words.OrNone(allowed, "none")}.");
    }

    private Expectation.SkippedBy? SkippedBy(string text, YamlScalar scalar)
    {
        var meant = Quoted(text[Skipped.Length..]);
        var sentences = Sentences(top).ToList();
        if (meant.FirstOrDefault(sentences.Contains) is { } sentence)
        {
            return new Expectation.SkippedBy(text, sentence, scalar.Start.Line);
        }

        findings.Error(
            scalar.Start,
            FindingCodes.BadTest,
            $"no line of the top 'if' is '{meant[0]}'.{Keys.DidYouMean(meant[0], sentences)} It has: {string.Join(" · ", sentences.DefaultIfEmpty("no lines"))}");
        return null;
    }

    /// <summary>
    /// What a sentence in quotes may mean, the likeliest first. Quotes inside may be doubled, stand behind a backslash, or just stand there;
    /// a sentence without quotes around it may end with one of its own.
    /// </summary>
    private static IReadOnlyList<string> Quoted(string text)
    {
        var written = text.Trim();
        var inner = written.Length > 1 && written[0] is '"' or '\'' && written[^1] == written[0] ? written[1..^1] : null;
        return [.. new[] { QuotedText.Read(written)?.ToText(), inner, written }.OfType<string>()];
    }

    private Expectation.Holds? Holds(string text, YamlScalar scalar)
    {
        var parse = ConditionParser.Parse(scalar.Text);
        foreach (var problem in parse.Problems)
        {
            findings.Error(scalar.PlaceOf(problem.Offset), FindingCodes.BadTest, Problems.Words(problem));
        }

        if (parse.Condition is not { } condition)
        {
            return null;
        }

        _paths.Check(condition.Paths, scalar);
        return new Expectation.Holds(text, condition, scalar.Start.Line);
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
