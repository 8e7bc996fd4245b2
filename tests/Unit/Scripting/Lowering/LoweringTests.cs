using System.Text.Json.Nodes;

namespace ConnectorHub.Tests.Unit.Scripting.Lowering;

/// <summary>Newer JavaScript and TypeScript come to what the standard says. The cases are in <c>cases.txt</c>; they use built-ins of ES5 only.</summary>
public sealed class LoweringTests(Scripts scripts) : IClassFixture<Scripts>
{
    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            var code = new List<string>();
            foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Scripting", "Lowering", "cases.txt")))
            {
                if (line.StartsWith("=> ", StringComparison.Ordinal))
                {
                    cases.Add(string.Join('\n', code).Trim(), line[3..]);
                    code.Clear();
                }
                else if (!line.StartsWith("== ", StringComparison.Ordinal))
                {
                    code.Add(line);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_snippet_comes_to_what_the_standard_says(string code, string json)
    {
        Assert.Equal(JsonNode.Parse(json)!.ToJsonString(), JsonNode.Parse(await scripts.Json(code))!.ToJsonString());
    }

    [Fact]
    public void There_are_cases_of_every_construct()
    {
        Assert.InRange(Cases.Count, 240, 1000);
    }
}
