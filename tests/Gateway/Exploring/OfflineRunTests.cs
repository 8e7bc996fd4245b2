using System.Text;
using ConnectorHub.Runs;
using ConnectorHub.Runs.RecipeTests;
using ConnectorHub.Tests.Gateway.Support;
using ConnectorHub.Values;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectorHub.Tests.Gateway.Exploring;

/// <summary>What two versions of a recipe make of one event.</summary>
public class OfflineRunTests
{
    private const string Old = """
        version: 1
        name: Said
        when: { source: webhook, event: booked }
        steps:
          - { id: said, for_each: "{{ event.people }}", use: slack.post-message, with: { channel: C1, text: "{{ item }}" } }
        """;

    [Fact]
    public async Task A_difference_in_any_item_of_a_list_is_seen()
    {
        await using var gateway = await RunningGateway.StartAsync(null, new Dictionary<string, string>());
        var old = await PlayAsync(gateway, Old);
        var changed = await PlayAsync(gateway, Old.Replace("{{ item }}", "{{ item | replace('b', 'B') }}", StringComparison.Ordinal));

        Assert.Equal(["said[1]", "said[2]", "said[3]"], old.Steps.Select(step => step.Id));
        Assert.Equal("said[2]", Assert.Single(VersionDifference.Of(old, changed)!.Steps).Step);
        Assert.Null(VersionDifference.Of(old, await PlayAsync(gateway, Old)));
    }

    private static async Task<PlayedEvent> PlayAsync(RunningGateway gateway, string text)
    {
        var loaded = await gateway.Services.GetRequiredService<IRecipes>().CompileAsync("said", text, TestContext.Current.CancellationToken);
        var body = Value.Parse(Encoding.UTF8.GetBytes("""{"people":["a","b","c"]}"""));
        var known = KnownEvent.Create("evt_1", null, "webhook", "booked", null, new DateTimeOffset(2026, 9, 1, 8, 0, 0, TimeSpan.Zero), false, "inbox/booked", body);
        var run = new OfflineRun(gateway.Services.GetRequiredService<ConnectorBook>(), gateway.Services.GetRequiredService<RunScripts>(), Value.Missing);
        return await run.PlayAsync(loaded.Recipe!, known, "inbox", TestContext.Current.CancellationToken);
    }
}
