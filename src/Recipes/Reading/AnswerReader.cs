using ConnectorHub.Recipes.Yaml;

namespace ConnectorHub.Recipes.Reading;

/// <summary>Reads what an action comes to in a test: what it answers, that it fails, or one of these for each item.</summary>
internal sealed class AnswerReader(FindingList findings)
{
    /// <summary>The code of a failure where the test names none.</summary>
    public const string Code = "failed";

    private const string Fails = "fails";

    private static readonly string[] OfFailure = [Fails, "code"];

    public TestAnswers Read(YamlScalar key, YamlNode value, SeenStep? step)
    {
        if (value is not YamlList list)
        {
            return new TestAnswers([.. new[] { One(key.Text, value) }.OfType<TestAnswer>()], false, key.Start.Line);
        }

        if (step is { PerItem: false })
        {
            findings.Error(value.Start, FindingCodes.BadTest, $"step '{key.Text}' is done once, and these are {list.Items.Count} answers. A list answers the items of a 'for_each', one after the other; write one map.");
        }

        return new TestAnswers([.. list.Items.Select(item => One(key.Text, item)).OfType<TestAnswer>()], true, key.Start.Line);
    }

    private TestAnswer? One(string step, YamlNode value)
    {
        if (value is not YamlMap map)
        {
            Scalars.Wrong(value, step, "the map that the step's action answers, or { fails: \"why\" }", findings);
            return null;
        }

        return map.Find(Fails) is null ? new TestAnswer.Given(Constants.Of(map)) : Failure(map);
    }

    private TestAnswer.Fails Failure(YamlMap map)
    {
        foreach (var entry in map.Entries.Where(entry => !OfFailure.Contains(entry.Key.Text)))
        {
            findings.Error(entry.Key.Start, FindingCodes.BadTest, $"'{entry.Key.Text}' stands beside 'fails', and a step that fails answers nothing.{Keys.DidYouMean(entry.Key.Text, OfFailure)} Beside it may stand: code.");
        }

        return new TestAnswer.Fails(Scalars.Text(map, "code", findings) ?? Code, Scalars.Text(map, Fails, findings) ?? "");
    }
}
