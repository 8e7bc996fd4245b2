using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using ConnectorHub.Gateway.Commands;
using ConnectorHub.Gateway.Commands.Testing;
using ConnectorHub.Gateway.Hosting;

namespace ConnectorHub.Tests.Gateway.Commands;

/// <summary><c>test --watch</c>, which goes on until it is stopped.</summary>
public sealed class TestWatchTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Each_change_is_tested_and_a_program_reads_it_as_one_line()
    {
        var folder = Directory.CreateTempSubdirectory("connectorhub-test-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "one.yaml"), Recipe("Live"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "two.yaml"), Recipe("Live"), TestContext.Current.CancellationToken);
        var lines = new Lines();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var recipes = await RecipeFiles.LoadAsync(HubSetup.Load(null, receives: false), [folder], TestContext.Current.CancellationToken);
        await using (recipes)
        {
            var watch = TestWatch.RunAsync(recipes, new TestsAsJson(lines, AdminClient.Lines), stop.Token);
            Assert.Equal((2, 0, 2), Counts(await lines.NextAsync()));

            await File.WriteAllTextAsync(Path.Combine(folder, "two.yaml"), Recipe("Over"), TestContext.Current.CancellationToken);
            var changed = await lines.NextAsync();
            await stop.CancelAsync();

            Assert.Equal((0, 1, 1), Counts(changed));
            Assert.EndsWith("two.yaml", changed.GetProperty("recipes")[0].GetProperty("file").GetString(), StringComparison.Ordinal);
            Assert.Equal(0, await watch);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static (int Passed, int Failed, int Recipes) Counts(JsonElement report) =>
        (report.GetProperty("passed").GetInt32(), report.GetProperty("failed").GetInt32(), report.GetProperty("recipes").GetArrayLength());

    private static string Recipe(string status) => $$"""
        version: 1
        name: Live
        when: { source: meltingspot, event: live.updated }
        if: event.live.status is Live
        steps:
          - { id: post, use: slack.post-message, with: { channel: C1, text: Live } }
        tests:
          - name: it is told
            sample: meltingspot/live.updated
            change: { event.live.status: {{status}} }
            expect:
              - runs are [post]
        """;

    /// <summary>Hands out each line as soon as it is written.</summary>
    private sealed class Lines : TextWriter
    {
        private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

        public override Encoding Encoding => Encoding.UTF8;

        public override void WriteLine(string? value) => _lines.Writer.TryWrite(value ?? string.Empty);

        public async Task<JsonElement> NextAsync()
        {
            var line = await _lines.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience);
            Assert.DoesNotContain('\n', line);
            using var read = JsonDocument.Parse(line);
            return read.RootElement.Clone();
        }
    }
}
