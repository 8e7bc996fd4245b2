using System.Text.RegularExpressions;
using ConnectorHub.Runs;

namespace ConnectorHub.Tests.Unit.Runs;

public class RunCodesTests
{
    [Fact]
    public void Every_code_has_one_heading_and_every_heading_a_code()
    {
        var headings = Regex.Matches(File.ReadAllText(Path.Combine(Root(), "src", "Runs", "CODES.md")), @"(?m)^## (CH\d{4}) ").Select(match => match.Groups[1].Value);
        Assert.Equal(RunCodes.All, headings);
    }

    [Fact]
    public void No_source_uses_a_code_that_is_not_in_the_table()
    {
        var used = Directory.EnumerateFiles(Path.Combine(Root(), "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), @"CH[35]\d{3}").Select(match => match.Value))
            .Distinct()
            .Order(StringComparer.Ordinal);
        Assert.Equal(RunCodes.All, used);
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ConnectorHub.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
