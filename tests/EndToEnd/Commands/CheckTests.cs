using System.Text.Json;
using ConnectorHub.Tests.Benchmarks.Gateways;

namespace ConnectorHub.Tests.EndToEnd.Commands;

/// <summary><c>check</c> and <c>schema</c> as pipelines and editors call them.</summary>
public sealed class CheckTests : IDisposable
{
    private const string Good = "version: 1\nname: A\nwhen: { source: meltingspot, event: live.updated }\nsteps:\n  - { id: a, use: slack.post-message, with: { channel: \"#a\", text: Hi } }\n";

    private readonly string _folder = Programs.NewFolder("check");

    [Fact]
    public async Task All_files_and_folders_are_looked_at_and_named_from_the_working_folder()
    {
        Write("one/good.yaml", Good);
        Write("one/bad.yaml", Good.Replace("text: Hi", "txet: Hi", StringComparison.Ordinal));
        Write("two/deep/bad.yaml", Good.Replace("name: A", "nmae: A", StringComparison.Ordinal));

        var (exit, output) = await CommandLine.RunAsync(_folder, "check", "one", "two/deep/bad.yaml", "--json");

        Assert.True(exit == 1, output);
        var report = JsonDocument.Parse(output).RootElement;
        Assert.Equal((3, 2), (report.GetProperty("recipes").GetInt32(), report.GetProperty("errors").GetInt32()));
        Assert.Equal(
            ["one/bad.yaml", "two/deep/bad.yaml"],
            report.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("file").GetString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_exit_code_tells_errors_from_warnings_and_both_from_not_having_looked()
    {
        Write("recipes/doubtful.yaml", Good.Replace("live.updated", "live.begun", StringComparison.Ordinal));

        Assert.Equal(0, (await CommandLine.RunAsync(_folder, "check", "recipes")).ExitCode);
        Assert.Equal(1, (await CommandLine.RunAsync(_folder, "check", "recipes", "--strict")).ExitCode);
        Assert.Equal(2, (await CommandLine.RunAsync(_folder, "check", "nothing.yaml")).ExitCode);
        Assert.Equal(2, (await CommandLine.RunAsync(_folder, "check", "--no-such-option")).ExitCode);
        Assert.Equal(2, (await CommandLine.RunAsync(_folder, "check", "--settings", "none.json")).ExitCode);
    }

    [Fact]
    public async Task The_schema_is_written_where_it_is_wanted()
    {
        var (exit, output) = await CommandLine.RunAsync(_folder, "schema", "recipe.schema.json");

        Assert.True(exit == 0, output);
        Assert.Contains("# yaml-language-server: $schema=recipe.schema.json", output, StringComparison.Ordinal);
        var schema = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "recipe.schema.json"), TestContext.Current.CancellationToken));
        Assert.Equal("object", schema.RootElement.GetProperty("type").GetString());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
