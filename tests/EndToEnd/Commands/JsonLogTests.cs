using System.Text.Json;
using ConnectorHub.Tests.Benchmarks.Gateways;

namespace ConnectorHub.Tests.EndToEnd.Commands;

/// <summary>The log as programs read it.</summary>
public sealed class JsonLogTests : IDisposable
{
    private const string SigningSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string BotToken = "xoxb-canary-555";
    private const string UrlToken = "canary-url-token-777";

    private readonly string _folder = Programs.NewFolder("json-log");

    [Fact]
    public async Task Each_line_is_one_JSON_object_and_no_line_holds_a_secret_or_what_an_event_says()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "recipes"));
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "recipes", "live.yaml"),
            "version: 1\nname: Live\nwhen: { source: meltingspot, event: live.updated }\nsteps:\n  - { id: post, use: slack.post-message, with: { channel: C1, text: \"{{ event.live.name }}\" }, retry: [] }\n",
            TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder, "recipes", "torn.yaml"), "name: 'A\n", TestContext.Current.CancellationToken);
        var port = Programs.FreePort();
        await File.WriteAllTextAsync(Path.Combine(_folder, "appsettings.json"), $$"""
            {
              "Hub": { "Listen": "http://127.0.0.1:{{port}}", "AdminListen": "http://127.0.0.1:{{Programs.FreePort()}}", "DataFolder": "data", "RecipesFolder": "recipes", "Zone": "Europe/Paris", "Logs": "Json" },
              "Connections": {
                "spot": { "Connector": "meltingspot", "Secrets": { "SigningSecrets": [ "{{SigningSecret}}" ] } },
                "inbox": { "Connector": "webhook", "Secrets": { "UrlToken": "{{UrlToken}}" } },
                "slack": { "Connector": "slack", "BaseUrl": "http://127.0.0.1:{{Programs.FreePort()}}", "Secrets": { "BotToken": "{{BotToken}}" } }
              }
            }
            """, TestContext.Current.CancellationToken);
        var log = Path.Combine(_folder, "gateway.log");
        await using (var gateway = StartedProgram.Start(Programs.Gateway(), ["serve"], log))
        {
            var sent = await CommandLine.RunAsync(_folder, "send", "meltingspot/live.updated", "--set", "test=false", "--set", "live.name=Canary of an event");
            for (var i = 0; i < 20 && sent.ExitCode != 0; i++)
            {
                sent = await CommandLine.RunAsync(_folder, "send", "meltingspot/live.updated", "--set", "test=false", "--set", "live.name=Canary of an event");
            }

            Assert.True(sent.ExitCode == 0, sent.Output);
            using var http = new HttpClient(new SocketsHttpHandler());
            using var refused = await http.PostAsync(new Uri($"http://127.0.0.1:{port}/hooks/inbox?token={UrlToken}x"), new StringContent("{}"), TestContext.Current.CancellationToken);
            using var taken = await http.PostAsync(new Uri($"http://127.0.0.1:{port}/hooks/inbox?token={UrlToken}"), new StringContent("{}"), TestContext.Current.CancellationToken);
            Assert.Equal((401, 200), ((int)refused.StatusCode, (int)taken.StatusCode));
            var run = await CommandLine.RunAsync(_folder, "runs");
            for (var i = 0; i < 20 && !run.Output.Contains("DeadLettered", StringComparison.Ordinal); i++)
            {
                run = await CommandLine.RunAsync(_folder, "runs");
            }

            Assert.Contains("DeadLettered", run.Output, StringComparison.Ordinal);
            Assert.Equal(0, await gateway.TerminateAsync(TimeSpan.FromSeconds(25)));
        }

        var lines = await File.ReadAllLinesAsync(log, TestContext.Current.CancellationToken);
        Assert.All(lines, line =>
        {
            using var document = JsonDocument.Parse(line);
            Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
            Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", document.RootElement.GetProperty("Timestamp").GetString());
            Assert.True(document.RootElement.TryGetProperty("LogLevel", out _) && document.RootElement.TryGetProperty("Message", out _), line);
        });
        var said = string.Join('\n', lines);
        Assert.Contains("attempt.finished", said, StringComparison.Ordinal);
        Assert.Contains("CH2007", said, StringComparison.Ordinal);
        Assert.All((string[])[SigningSecret, BotToken, UrlToken, "Canary of an event"], secret => Assert.DoesNotContain(secret, said, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
