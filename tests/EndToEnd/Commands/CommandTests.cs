using System.Text.RegularExpressions;
using ConnectorHub.Tests.Benchmarks.Gateways;

namespace ConnectorHub.Tests.EndToEnd.Commands;

/// <summary>Every command, with the built program in a process of its own.</summary>
public sealed class CommandTests : IDisposable
{
    private const string Recipe = """
        version: 1
        name: Live started
        when: { source: meltingspot, event: live.updated }
        if: event.live.status is Live
        steps:
          - id: post
            use: slack.post-message
            with: { channel: "#lives", text: "{{ event.live.name }} has started" }
        tests:
          - name: a live that starts is announced
            sample: meltingspot/live.updated
            change: { event.live.status: Live }
            expect:
              - runs are [post]
              - post.text is "LiveName has started"
        """;

    private readonly string _folder = Programs.NewFolder("commands");

    [Fact]
    public async Task Demo_shows_the_exact_message_and_ends_with_a_why_that_says_no()
    {
        var start = TimeProvider.System.GetTimestamp();
        var (exit, output) = await CommandLine.RunAsync(_folder, "demo");
        Assert.True(exit == 0, output);
        Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(30));
        Assert.Contains("POST https://slack.com/api/chat.postMessage", output, StringComparison.Ordinal);
        Assert.Contains("Bearer ***", output, StringComparison.Ordinal);
        Assert.Contains("Product news", output, StringComparison.Ordinal);
        Assert.Contains("401 {\"error\":\"not accepted\"}", output, StringComparison.Ordinal);
        Assert.Contains("\"duplicate\":true", output, StringComparison.Ordinal);
        Assert.DoesNotContain("<!channel> ", output.Split("--- A member joins")[1].Split("Slack would have received")[1], StringComparison.Ordinal);
        Assert.Matches("(?s)no +if.*event.live.status is Live.*It would match if", output);
        Assert.True(output.Split('\n').Length < 60, "The demo fits on a screen or two.");
        Assert.DoesNotContain("xoxb-", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_and_test_say_what_is_wrong_and_answer_with_their_exit_codes()
    {
        var good = await WriteAsync("recipes/good.yaml", Recipe);
        Assert.Equal((0, "1 recipe: 0 errors, 0 warnings."), Trim(await CommandLine.RunAsync(_folder, "check", good)));
        var (tested, report) = await CommandLine.RunAsync(_folder, "test", good);
        Assert.True(tested == 0, report);
        Assert.Contains("1 passed, 0 failed", report, StringComparison.Ordinal);

        var bad = await WriteAsync("other/bad.yaml", Recipe.Replace("post-message", "post-mesage", StringComparison.Ordinal));
        var (exit, output) = await CommandLine.RunAsync(_folder, "check", bad);
        Assert.Equal(1, exit);
        Assert.Matches(@"bad\.yaml\(7,\d+\): error CH2\d{3}: .*post-mesage.*Did you mean 'post-message'", output);

        var wrong = await WriteAsync("third/wrong.yaml", Recipe.Replace("LiveName has started", "something else", StringComparison.Ordinal));
        var (failed, why) = await CommandLine.RunAsync(_folder, "test", wrong);
        Assert.Equal(1, failed);
        Assert.Contains("wrong.yaml(15)", why, StringComparison.Ordinal);
        Assert.Contains("       expected  something else\n       actual    LiveName has started\n                 ^\n         15 |       - post.text is \"something else\"\n", why.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("LiveName has started", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_shipped_recipes_pass_check_and_test()
    {
        var recipes = Path.Combine(Path.GetDirectoryName(Programs.Gateway())!, "recipes");
        var (check, findings) = await CommandLine.RunAsync(_folder, "check", recipes);
        Assert.True(check == 0, findings);
        Assert.Contains("0 errors, 0 warnings", findings, StringComparison.Ordinal);
        var (test, report) = await CommandLine.RunAsync(_folder, "test", recipes);
        Assert.True(test == 0, report);
        Assert.DoesNotContain("without a test", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("recipes/README.md")]
    public async Task The_recipes_in_the_pages_pass_check_and_test(string page)
    {
        var recipe = string.Concat(Regex.Matches(await File.ReadAllTextAsync(Path.Combine(Programs.Root, page)), "(?ms)^( *)```yaml\n(.*?)```")
            .Select(match => Regex.Replace(match.Groups[2].Value, $"(?m)^{match.Groups[1].Value}", string.Empty)));
        var file = await WriteAsync("page/recipe.yaml", recipe);
        Assert.Equal((0, "1 recipe: 0 errors, 0 warnings."), Trim(await CommandLine.RunAsync(_folder, "check", file)));
        var (test, report) = await CommandLine.RunAsync(_folder, "test", file);
        Assert.True(test == 0, report);
    }

    [Fact]
    public async Task A_running_gateway_takes_a_sample_answers_questions_and_stops_when_asked()
    {
        await WriteAsync("recipes/live.yaml", Recipe);
        var settings = await SettingsAsync();
        await using var gateway = StartedProgram.Start(Programs.Gateway(), ["serve", "--settings", settings], Path.Combine(_folder, "gateway.log"));
        var sent = await EventuallyAsync(() => CommandLine.RunAsync(_folder, "send", "meltingspot/live.updated", "--set", "live.status=Live"), result => result.ExitCode == 0);
        var id = sent.Output.Split('"')[5];
        Assert.StartsWith("evt_", id, StringComparison.Ordinal);

        var shown = await EventuallyAsync(() => CommandLine.RunAsync(_folder, "show", id), result => result.Output.Contains("Succeeded (rehearsed)", StringComparison.Ordinal));
        Assert.Contains("chat.postMessage", shown.Output, StringComparison.Ordinal);
        Assert.Contains("LiveName has started", shown.Output, StringComparison.Ordinal);
        Assert.Contains(id, (await CommandLine.RunAsync(_folder, "events", "LiveName")).Output, StringComparison.Ordinal);
        Assert.Contains("live  Succeeded", (await CommandLine.RunAsync(_folder, "runs")).Output, StringComparison.Ordinal);
        Assert.Contains("yes  if", (await CommandLine.RunAsync(_folder, "why", id)).Output, StringComparison.Ordinal);
        await RehearsesAsync(id, "LiveName");
        var hooks = (await CommandLine.RunAsync(_folder, "hooks")).Output;
        Assert.Contains("/hooks/spot/live.updated", hooks, StringComparison.Ordinal);
        Assert.Contains("recipes   live", hooks, StringComparison.Ordinal);
        Assert.Contains($"events    1, all of them tests; the last at ", hooks, StringComparison.Ordinal);
        Assert.Contains("Nothing was refused", (await CommandLine.RunAsync(_folder, "events", "--refused", "--hook", "spot")).Output, StringComparison.Ordinal);
        Assert.Contains("slack  slack", (await CommandLine.RunAsync(_folder, "connections")).Output, StringComparison.Ordinal);

        Assert.Equal(0, await gateway.TerminateAsync(TimeSpan.FromSeconds(25)));

        // With no gateway running the same questions are answered from the store.
        Assert.Contains("Succeeded (rehearsed)", (await CommandLine.RunAsync(_folder, "show", id)).Output, StringComparison.Ordinal);
        await RehearsesAsync(id);
        var missing = await CommandLine.RunAsync(_folder, "show", "evt_none");
        Assert.Equal(1, missing.ExitCode);
        Assert.Contains("There is nothing with that id", missing.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_hooks_page_shows_the_address_before_the_first_start_and_the_event_after_a_kill()
    {
        await WriteAsync("recipes/live.yaml", Recipe);
        var settings = await SettingsAsync();
        var (before, empty) = await CommandLine.RunAsync(_folder, "hooks", "spot");
        Assert.True(before == 0, empty);
        Assert.Contains("Click on Add, choose the event this hook is for and paste http://127.0.0.1:", empty, StringComparison.Ordinal);
        Assert.Contains("is where the hub listens, not how platforms reach it", empty, StringComparison.Ordinal);
        Assert.Contains("events    none yet", empty, StringComparison.Ordinal);
        Assert.DoesNotContain("No gateway is running", empty, StringComparison.Ordinal);

        await using (var gateway = StartedProgram.Start(Programs.Gateway(), ["serve", "--settings", settings], Path.Combine(_folder, "gateway.log")))
        {
            await EventuallyAsync(() => CommandLine.RunAsync(_folder, "send", "meltingspot/live.updated", "--set", "live.status=Live"), result => result.ExitCode == 0);
            var kept = await EventuallyAsync(() => CommandLine.RunAsync(_folder, "hooks", "--json"), _ => Kept("SELECT count(*) FROM hooks WHERE events = 1") == 1);
            Assert.Contains("\"events\": 1", kept.Output, StringComparison.Ordinal);
            await gateway.KillAsync();
        }

        var (after, page) = await CommandLine.RunAsync(_folder, "hooks");
        Assert.True(after == 0, page);
        Assert.Contains("No gateway is running. The last one was alive at ", page, StringComparison.Ordinal);
        Assert.Contains("events    1, all of them tests; the last at ", page, StringComparison.Ordinal);
        Assert.Contains("MeltingSpot tries again until ", page, StringComparison.Ordinal);
        Assert.Equal(1, (await CommandLine.RunAsync(_folder, "hooks", "nobody")).ExitCode);
    }

    [Fact]
    public async Task A_misspelled_setting_stops_the_start_and_names_what_was_meant()
    {
        var settings = await SettingsAsync("\"Runs\": { \"CalTimeout\": \"30s\" },");
        var (exit, output) = await CommandLine.RunAsync(_folder, "serve", "--settings", settings);
        Assert.Equal(1, exit);
        Assert.Contains("CH1002", output, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'CallTimeout'", output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // By the event's id, by its run's, by a text in it; without --rehearse there is nothing to replay.
    private async Task RehearsesAsync(string id, params string[] texts)
    {
        var run = Regex.Match((await CommandLine.RunAsync(_folder, "runs")).Output, "run_[0-9A-Z]+").Value;
        foreach (var what in (string[])[id, run, .. texts])
        {
            var (exit, output) = await CommandLine.RunAsync(_folder, "replay", what, "--rehearse");
            Assert.True(exit == 0, output);
            // A run goes on as it was; an event meets the recipes there are.
            var version = what == run ? "as it was" : "as it is now";
            Assert.Matches($"(?s)live\\.yaml@[0-9a-f]{{6}}, {version}\n  post  slack.post-message on slack\n    POST .*LiveName has started", output.ReplaceLineEndings("\n"));
            Assert.DoesNotContain("xoxb-", output, StringComparison.Ordinal);
        }

        var (without, said) = await CommandLine.RunAsync(_folder, "replay", id);
        Assert.Equal(1, without);
        Assert.Contains("No run of it failed for good.", said, StringComparison.Ordinal);
    }

    private long Kept(string sql) => SqliteFile.Count(Path.Combine(_folder, "data", "hub.db"), sql);

    private static (int, string) Trim((int ExitCode, string Output) result) => (result.ExitCode, result.Output.Trim());

    private static async Task<(int ExitCode, string Output)> EventuallyAsync(Func<Task<(int ExitCode, string Output)>> run, Func<(int ExitCode, string Output), bool> wanted)
    {
        var last = await run();
        for (var i = 0; i < 20 && !wanted(last); i++)
        {
            last = await run();
        }

        Assert.True(wanted(last), last.Output);
        return last;
    }

    private async Task<string> WriteAsync(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, text);
        return file;
    }

    private Task<string> SettingsAsync(string more = "") => WriteAsync("appsettings.json", $$"""
        {
          {{more}}
          "Hub": { "Listen": "http://127.0.0.1:{{Programs.FreePort()}}", "AdminListen": "http://127.0.0.1:{{Programs.FreePort()}}", "DataFolder": "data", "RecipesFolder": "recipes", "Zone": "Europe/Paris" },
          "Connections": {
            "spot": { "Connector": "meltingspot", "Secrets": { "SigningSecrets": [ "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" ] } },
            "slack": { "Connector": "slack", "Secrets": { "BotToken": "xoxb-not-a-real-one" } }
          }
        }
        """);
}
