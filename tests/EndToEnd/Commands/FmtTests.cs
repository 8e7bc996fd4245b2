using System.Text.Json;
using ConnectorHub.Tests.Benchmarks.Gateways;

namespace ConnectorHub.Tests.EndToEnd.Commands;

/// <summary><c>fmt</c> as a person, a pipeline and an editor call it.</summary>
public sealed class FmtTests : IDisposable
{
    private const string Canonical = "version: 1\nname: A\nwhen: { source: meltingspot, event: live.updated }\n\nsteps:\n  - { id: a, use: slack.post-message, with: { channel: \"#a\", text: Hi } }\n";

    private static readonly string Other = Canonical.Replace("version: 1\nname: A\n", "name: \"A\"\nversion: 1\n", StringComparison.Ordinal);

    private readonly string _folder = Programs.NewFolder("fmt");

    [Fact]
    public async Task Files_that_are_not_canonical_are_written_anew_and_keep_their_rights()
    {
        Write("recipes/one.yaml", Canonical);
        Write("recipes/deep/two.yaml", Other);
        Write("recipes/shared.yaml", "b:   1\na: 2\n");
        Write("recipes/broken.yaml", "name: 'A\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Place("recipes/deep/two.yaml"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        }

        var (exit, output) = await CommandLine.RunAsync(_folder, "fmt");

        Assert.Equal(
            """
            recipes/broken.yaml(1,7): error CH2007: the quote ' that opens here is never closed. Close it, or double it where it belongs to the text.
            formatted recipes/deep/two.yaml
            formatted recipes/shared.yaml
            4 files: 2 changed, 1 left alone.

            """,
            output);
        Assert.Equal(1, exit);
        Assert.Equal((Canonical, Canonical, "b: 1\na: 2\n", "name: 'A\n"), (Read("recipes/one.yaml"), Read("recipes/deep/two.yaml"), Read("recipes/shared.yaml"), Read("recipes/broken.yaml")));
        Assert.Equal(4, Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).Length);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(Place("recipes/deep/two.yaml")));
        }

        Assert.Equal((0, "1 file: 0 changed.\n"), await CommandLine.RunAsync(_folder, "fmt", "recipes/deep/two.yaml"));
    }

    [Fact]
    public async Task Check_names_files_and_diff_shows_lines_and_both_change_nothing()
    {
        Write("recipes/one.yaml", Canonical);
        Write("recipes/two.yaml", Other);

        Assert.Equal((1, "not canonical recipes/two.yaml\n2 files: 1 not in canonical form.\n"), await CommandLine.RunAsync(_folder, "fmt", "--check"));
        Assert.Equal((0, "1 file: all in canonical form.\n"), await CommandLine.RunAsync(_folder, "fmt", "recipes/one.yaml", "--check"));
        Assert.Equal(
            (0, """
            --- recipes/two.yaml
            +++ recipes/two.yaml (canonical)
            @@ -1,5 +1,5 @@
            -name: "A"
             version: 1
            +name: A
             when: { source: meltingspot, event: live.updated }
             
             steps:
            2 files: 1 not in canonical form.

            """),
            await CommandLine.RunAsync(_folder, "fmt", "--diff"));
        Assert.Equal(Other, Read("recipes/two.yaml"));
    }

    [Fact]
    public async Task The_exit_code_tells_what_could_not_be_looked_at()
    {
        Assert.Equal(2, (await CommandLine.RunAsync(_folder, "fmt", "nothing.yaml")).ExitCode);
        Assert.Equal(2, (await CommandLine.RunAsync(_folder, "fmt", "--no-such-option")).ExitCode);
        Assert.Equal(2, (await CommandLine.RunAsync(_folder, "fmt", "-", "other.yaml")).ExitCode);
    }

    [Fact]
    public async Task An_editor_gives_a_recipe_and_gets_it_back_or_nothing_but_the_reason()
    {
        Assert.Equal((0, Canonical), await CommandLine.RunWithAsync(_folder, Other, "fmt", "-"));
        Assert.Equal((1, ""), await CommandLine.RunWithAsync(_folder, Other, "fmt", "-", "--check"));
        Assert.Equal(
            (1, "-(1,7): error CH2007: the quote ' that opens here is never closed. Close it, or double it where it belongs to the text.\n"),
            await CommandLine.RunWithAsync(_folder, "name: 'A\n", "fmt", "-"));
    }

    [Fact]
    public async Task A_program_that_gives_a_recipe_gets_it_back_in_json()
    {
        var (exit, output) = await CommandLine.RunWithAsync(_folder, Other, "fmt", "-", "--json");
        using var answer = JsonDocument.Parse(output);

        Assert.Equal((0, Canonical), (exit, answer.RootElement.GetProperty("text").GetString()));
        Assert.Equal("NotCanonical", answer.RootElement.GetProperty("files")[0].GetProperty("state").GetString());

        (exit, output) = await CommandLine.RunWithAsync(_folder, "name: 'A\n", "fmt", "-", "--json");
        using var refusal = JsonDocument.Parse(output);
        Assert.Equal((1, "CH2007"), (exit, refusal.RootElement.GetProperty("files")[0].GetProperty("findings")[0].GetProperty("code").GetString()));
        Assert.False(refusal.RootElement.TryGetProperty("text", out _));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Place(string name) => Path.Combine(_folder, name);

    private string Read(string name) => File.ReadAllText(Place(name));

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Place(name))!);
        File.WriteAllText(Place(name), text);
    }
}
