namespace ConnectorHub.Tests.Unit.Recipes;

/// <summary>A value that only some events have is worth a word, unless the recipe has seen to it.</summary>
public class GapTests
{
    private const string Both = "event: [member.created, live.updated]";

    private const string Named = "text: \"{{ event.live.name }} is new\"";

    [Theory]
    [InlineData("about: x", "timeout: 30s", Named, 1)]
    [InlineData("if: event.live.name exists", "timeout: 30s", Named, 0)]
    [InlineData("if: event.live.status is Live", "timeout: 30s", Named, 0)]
    [InlineData("if: event.live.status is not Live", "timeout: 30s", Named, 1)]
    [InlineData("about: x", "if: meta.type is live.updated", Named, 0)]
    [InlineData("about: x", "if: meta.type is member.created", Named, 0)]
    [InlineData("about: x", "timeout: 30s", "text: \"{{ event.live.name ?? 'A live' }} is new\"", 0)]
    [InlineData("about: x", "timeout: 30s", "text: Hi\n      style: \"{{ event.live.name }}\"", 0)]
    [InlineData("let: { title: \"Live {{ event.live.name }}\" }\nif: event.live.status is Live", "timeout: 30s", "text: \"{{ title }}\"", 0)]
    public async Task What_the_conditions_see_to_is_no_gap(string top, string step, string with, int gaps)
    {
        var loaded = await RecipeHouse.LoadAsync(FindingTable.Recipe(Both, top, step, with));

        Assert.Equal(gaps, loaded.Findings.Count(finding => finding.Code == ConnectorHub.Recipes.FindingCodes.SometimesMissing));
    }
}
