using ConnectorHub.Recipes;
using ConnectorHub.Tests.Unit.Architecture;

namespace ConnectorHub.Tests.Unit.Recipes;

/// <summary>
/// Every file in <c>Broken</c> is a mistake that people make; the text file beside it is all that <c>check</c> says of it. After a change of
/// words put an empty file at <see cref="Switch"/>, run the tests once and read what changed.
/// </summary>
public class BrokenRecipesTests
{
    private const string Folder = "tests/Unit/Recipes/Broken";
    private const string Switch = $"{Folder}/regenerate";

    /// <summary>What no single file can show: what runs and <c>fmt</c> say, and what is said of a folder (held by <see cref="RecipeFolderTests"/>).</summary>
    private static readonly string[] NotOfOneFile = [FindingCodes.FilterFailed, FindingCodes.ScriptNotHere, FindingCodes.TooHeavy, FindingCodes.Unreadable, FindingCodes.NotFormatted];

    public static TheoryData<string> Names => [.. SourceTree.Files(Folder, ".yaml").Select(file => Path.GetFileNameWithoutExtension(file))];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_broken_recipe_is_told_exactly_so(string name)
    {
        var said = await SaidAsync(name);
        if (SourceTree.Exists(Switch))
        {
            await File.WriteAllTextAsync(Path.Combine(SourceTree.Root, Folder, $"{name}.txt"), said, TestContext.Current.CancellationToken);
        }

        Assert.NotEmpty(said);
        Assert.True(SourceTree.Exists($"{Folder}/{name}.txt"), $"{name}.txt is not there. Put an empty file at {Switch}, run the tests once and read what they wrote.");
        Assert.Equal(SourceTree.Read($"{Folder}/{name}.txt"), said);
    }

    [Fact]
    public void There_are_many_and_each_text_belongs_to_one()
    {
        var names = Names.Select(row => row.Data).ToHashSet();

        Assert.True(names.Count >= 150, $"{names.Count} broken recipes");
        Assert.All(SourceTree.Files(Folder, ".txt"), file => Assert.Contains(Path.GetFileNameWithoutExtension(file), names));
        Assert.False(SourceTree.Exists(Switch), $"{Switch} is still there: remove it once the texts are written.");
    }

    [Fact]
    public void Every_code_that_a_file_can_give_has_its_broken_recipe()
    {
        var said = string.Concat(SourceTree.Files(Folder, ".txt").Select(SourceTree.Read));

        Assert.DoesNotContain(FindingCodes.All.Select(code => code.Key).Except(NotOfOneFile), code => !said.Contains($" {code}: ", StringComparison.Ordinal));
    }

    private static async Task<string> SaidAsync(string name)
    {
        // The names of the files decide: who has a zone from the settings needs none in the recipe.
        var zone = name.StartsWith("without-a-zone", StringComparison.Ordinal) ? null : "Europe/Paris";
        var loaded = await RecipeHouse.Loader(zone: zone, scripts: Syntax).LoadAsync($"{name}.yaml", name, SourceTree.Read($"{Folder}/{name}.yaml"), TestContext.Current.CancellationToken);
        return string.Concat(loaded.Findings.Select(finding => $"{finding}\n"));
    }

    /// <summary>Stands in for the script host, which has tests of its own.</summary>
    private static ValueTask<ScriptProblem?> Syntax(string code, CancellationToken cancellationToken)
    {
        var lines = code.Split('\n');
        var wrong = Array.FindIndex(lines, line => line.Contains("retrun", StringComparison.Ordinal));
        return ValueTask.FromResult(wrong < 0 ? null : new ScriptProblem("Unexpected identifier 'mail'.", wrong + 1, lines[wrong].IndexOf("mail", StringComparison.Ordinal) + 1));
    }
}
