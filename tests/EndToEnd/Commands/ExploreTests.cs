using ConnectorHub.Tests.Benchmarks.Gateways;

namespace ConnectorHub.Tests.EndToEnd.Commands;

/// <summary>The commands that help to find out, with the built program in a process of its own.</summary>
public sealed class ExploreTests : IDisposable
{
    private readonly string _folder = Programs.NewFolder("explore");

    [Fact]
    public async Task A_first_recipe_is_written_checked_tested_and_told_without_any_connection()
    {
        var (exit, output) = await RunAsync("init", "--source", "meltingspot", "--event", "live.updated", "--action", "slack.post-message", "--name", "A live has changed", "--out", "recipes/first.yaml");
        Assert.True(exit == 0, output);
        Assert.Contains("1 recipe: 0 errors, 0 warnings.", output, StringComparison.Ordinal);
        Assert.Contains("2 passed, 0 failed", output, StringComparison.Ordinal);
        var text = await File.ReadAllTextAsync(Path.Combine(_folder, "recipes/first.yaml"));
        Assert.Contains("if: event.live.status is Planned", text, StringComparison.Ordinal);
        Assert.Contains("text: \"{{ event.live.name }} ({{ meta.type }})\"", text, StringComparison.Ordinal);

        var (again, there) = await RunAsync("init", "--source", "meltingspot", "--event", "live.updated", "--action", "slack.post-message", "--name", "x", "--out", "recipes/first.yaml");
        Assert.Equal((1, "'recipes/first.yaml' is there already. Give another --name, or another file with --out."), (again, there.Trim()));

        var (told, sentences) = await RunAsync("explain", "recipes/first.yaml");
        Assert.Equal(0, told);
        Assert.Contains("It waits until MeltingSpot sends live.updated.", sentences, StringComparison.Ordinal);
        Assert.Contains("It goes on only if event.live.status is Planned.", sentences, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_person_at_the_terminal_a_missing_flag_is_named()
    {
        var (exit, output) = await RunAsync("init", "--source", "meltingspot");

        Assert.Equal(1, exit);
        Assert.StartsWith("'--event' is missing, and there is nobody to ask. Give one of: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_event_holds_and_what_a_value_comes_to_is_answered_without_settings()
    {
        var (fields, listed) = await RunAsync("fields", "meltingspot/live.updated", "status");
        Assert.Equal(0, fields);
        Assert.Contains("{{ event.live.status }}", listed, StringComparison.Ordinal);
        Assert.DoesNotContain("event.live.name", listed, StringComparison.Ordinal);

        var (tried, value) = await RunAsync("try", "{{ event.occurredAt | from_unix | date('HH:mm') }}", "--event", "meltingspot/live.updated", "--zone", "Europe/Paris");
        Assert.Equal(0, tried);
        Assert.Contains("text: \"17:28\"", value, StringComparison.Ordinal);

        Assert.Equal(0, (await RunAsync("actions", "slack")).ExitCode);
        Assert.Equal(0, (await RunAsync("filters", "date")).ExitCode);
        Assert.Equal(1, (await RunAsync("actions", "slak")).ExitCode);
    }

    [Fact]
    public async Task A_change_is_played_on_what_came_before_it_goes_live()
    {
        const string old = "version: 1\nname: Live\nwhen: { source: meltingspot, event: live.updated }\nif: event.live.status is Live\nsteps:\n  - { id: post, use: slack.post-message, with: { channel: \"#lives\", text: \"{{ event.live.name }}\" } }\n";
        Directory.CreateDirectory(Path.Combine(_folder, "recipes"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "recipes/live.yaml"), old);
        await File.WriteAllTextAsync(Path.Combine(_folder, "new.yaml"), old.Replace("#lives", "#news", StringComparison.Ordinal).Replace("is Live", "exists", StringComparison.Ordinal));
        await File.WriteAllTextAsync(Path.Combine(_folder, "appsettings.json"), $$"""
            {
              "Hub": { "Listen": "http://127.0.0.1:{{Programs.FreePort()}}", "AdminListen": "http://127.0.0.1:{{Programs.FreePort()}}", "DataFolder": "data", "RecipesFolder": "recipes", "Zone": "Europe/Paris" },
              "Connections": {
                "spot": { "Connector": "meltingspot", "Secrets": { "SigningSecrets": [ "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" ] } },
                "slack": { "Connector": "slack", "Secrets": { "BotToken": "xoxb-not-a-real-one" } }
              }
            }
            """);
        await using (var gateway = StartedProgram.Start(Programs.Gateway(), ["serve", "--settings", Path.Combine(_folder, "appsettings.json")], Path.Combine(_folder, "gateway.log")))
        {
            var sent = await RunAsync("send", "meltingspot/live.updated", "--set", "live.status=Live");
            for (var i = 0; i < 20 && sent.ExitCode != 0; i++)
            {
                sent = await RunAsync("send", "meltingspot/live.updated", "--set", "live.status=Live");
            }

            Assert.Equal(0, (await RunAsync("send", "meltingspot/live.updated", "--set", "live.status=Planned")).ExitCode);
            Assert.Equal(0, await gateway.TerminateAsync(TimeSpan.FromSeconds(25)));
        }

        var (exit, output) = await RunAsync("diff", "live", "new.yaml", "--events", "1d");
        Assert.True(exit == 1, output);
        Assert.Contains("2 event(s) since ", output, StringComparison.Ordinal);
        Assert.Contains("the old version takes 1, the new one 2.", output, StringComparison.Ordinal);
        Assert.Contains("~ channel: \"#lives\" → \"#news\"", output, StringComparison.Ordinal);
        Assert.Contains("old  if[1]: event.live.status is Live (value was \"Planned\")", output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("diff", "live", "recipes/live.yaml")).ExitCode);
        Assert.Contains("There is no file 'nobody'", (await RunAsync("diff", "nobody", "new.yaml")).Output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<(int ExitCode, string Output)> RunAsync(params string[] arguments) => CommandLine.RunAsync(_folder, arguments);
}
