using ConnectorHub.Tests.Gateway.Support;

namespace ConnectorHub.Tests.Gateway.Commands;

/// <summary>What an admin reads who writes recipes, to the letter. Most of these need no gateway.</summary>
public sealed class RecipeTranscriptTests
{
    private const string Tested = Bodies.LiveRecipe + """

        tests:
          - name: a live that starts is told
            sample: meltingspot/live.updated
            change: { event.live.status: Live }
            expect:
              - runs are [post]
        """;

    [Fact]
    public async Task A_recipe_is_begun_checked_tested_told_and_formatted()
    {
        await using var house = await CommandHouse.StartAsync(new Dictionary<string, string> { ["live"] = Tested });
        await house.StopAsync();
        var screen = house.Transcript("recipes");
        var recipes = Path.Combine(house.Folder, "recipes");
        var (live, broken) = (Path.Combine(recipes, "live.yaml"), Path.Combine(house.Folder, "broken.yaml"));
        var failing = Path.Combine(house.Folder, "failing", "untold.yaml");
        var unreadable = Path.Combine(house.Folder, "failing", "unreadable.yaml");
        await File.WriteAllTextAsync(broken, Tested.Replace("post-message", "post-mesage", StringComparison.Ordinal));
        Directory.CreateDirectory(Path.GetDirectoryName(failing)!);
        await File.WriteAllTextAsync(unreadable, "name: 'A\n");
        await File.WriteAllTextAsync(failing, Tested.Replace("status: Live }", "status: Planned }", StringComparison.Ordinal));

        await screen.CallAsync($"init --source meltingspot --event live.updated --action slack.post-message --name \"First\" --out {Path.Combine(house.Folder, "first.yaml")}");
        await screen.CallAsync($"init --source meltingspot --event live.updated --action slack.post-message --name \"First\" --out {Path.Combine(house.Folder, "first.yaml")}");
        await screen.CallAsync("init --source meltingspt --event live.updated --action slack.post-message --name x");
        await screen.CallAsync($"init --source meltingspot --event live.updated --action slack.post-message --name \"Second\" --out {Path.Combine(house.Folder, "second", "second.yaml")} --json");
        await screen.CallAsync($"check {live}");
        await screen.CallAsync($"check {broken}");
        await screen.CallAsync($"check {broken} --json");
        await screen.CallAsync($"check {live} --json");
        await screen.CallAsync($"check {Path.Combine(house.Folder, "nothing.yaml")}");
        await screen.CallAsync($"test {live}");
        await screen.CallAsync($"test {broken}");
        await screen.CallAsync($"test {failing}");
        await screen.CallAsync($"test {live} --json");
        await screen.CallAsync($"test {broken} --json");
        await screen.CallAsync($"test {failing} --json");
        await screen.CallAsync($"test {Path.Combine(house.Folder, "nothing.yaml")}");
        await screen.CallAsync($"fmt {live} --check");
        await screen.CallAsync($"fmt {live} {unreadable} --diff --json");
        await screen.CallAsync($"fmt {live} {unreadable} --diff");
        await screen.CallAsync($"fmt {live}");
        await screen.CallAsync($"fmt {live} --json");
        await screen.CallAsync($"fmt {Path.Combine(house.Folder, "nothing.yaml")}");
        await screen.CallAsync("explain");
        await screen.CallAsync("explain live");
        await screen.CallAsync("explain --json");
        await screen.CallAsync("explain live --json");
        await screen.CallAsync($"explain {broken} --json");
        await screen.CallAsync("explain lvie");
        await screen.CallAsync($"schema {Path.Combine(house.Folder, "schema.json")}");
        await screen.CallAsync($"schema {Path.Combine(house.Folder, "schema.json")} --json");
        await screen.CallAsync($"schema {Path.Combine(house.Folder, "none", "schema.json")}");
        await screen.CallAsync($"diff live {broken}");
        await screen.CallAsync($"diff live {live}");
        await screen.CallAsync($"diff live {live} --json");
        await screen.HoldAsync();
    }

    [Fact]
    public async Task What_there_is_to_write_is_looked_up()
    {
        await using var house = await CommandHouse.StartAsync(Bodies.Live);
        await house.StopAsync();
        var screen = house.Transcript("looking-up");

        await screen.CallAsync("fields meltingspot/live.updated status");
        await screen.CallAsync("fields meltingspot/live.updated status --json");
        await screen.CallAsync("fields meltingspot/live.updatd");
        await screen.CallAsync("actions slack.join-channel");
        await screen.CallAsync("actions slack.join-channel --json");
        await screen.CallAsync("actions slack.join-chanel");
        await screen.CallAsync("filters from_unix_ms");
        await screen.CallAsync("filters from_unix_ms --json");
        await screen.CallAsync("filters from_unx_ms");
        await screen.CallAsync("try \"{{ event.live.name | upper }}\" --event meltingspot/live.updated");
        await screen.CallAsync("try \"{{ event.live.name | upper }}\" --event meltingspot/live.updated --json");
        await screen.CallAsync("try \"{{ event.live.name | uper }}\" --event meltingspot/live.updated");
        await screen.HoldAsync();
    }
}
