using System.Text;
using System.Text.Json;
using ConnectorHub.Connectors;
using ConnectorHub.Gateway.Admin;
using ConnectorHub.Gateway.Commands;
using ConnectorHub.Gateway.Doctor;
using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Runs.Connections;
using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.Gateway.Support;
using ConnectorHub.Tests.Gateway.Telemetry;
using ConnectorHub.Tests.StandIns.Smtp;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectorHub.Tests.Gateway.Canaries;

/// <summary>Every secret of every connector is a canary, and nothing the hub writes or says may hold one of them.</summary>
public class CanaryTests
{
    [Theory]
    [InlineData(EchoMood.Fine)]
    [InlineData(EchoMood.Echo)]
    [InlineData(EchoMood.Cut)]
    [InlineData(EchoMood.Refuse)]
    internal async Task No_secret_of_any_connector_is_found_in_anything_the_hub_writes_or_says(EchoMood mood)
    {
        await using var target = await EchoTarget.StartAsync(Cage.KeptToken);
        await using var mail = SmtpStandIn.Start(new SmtpHouse { Username = "somebody", Password = "else" });
        var cage = new Cage(target.Address, mail.Port);
        var folder = Directory.CreateTempSubdirectory("connectorhub-test-").FullName;
        var seen = new StringBuilder();
        await using var collector = await Collector.StartAsync();
        await using (var gateway = await RunningGateway.StartAsync(target.Address, cage.Recipes(), folder, [.. cage.Settings, ("Telemetry:Otlp", collector.Address)]))
        {
            await gateway.GetAsync("/api/status");
            // Everything signs in while all is well, so that the mood meets a kept token too.
            seen.Append(await AskAllAsync(gateway, "check", "release"));
            await RunAllAsync(gateway, Bodies.LiveStarted.Replace("{\"live\"", "{\"test\":true,\"live\"", StringComparison.Ordinal), cage.Steps.Count);
            target.Mood = mood;
            await RunAllAsync(gateway, Bodies.LiveStarted, cage.Steps.Count * 2);
            Assert.Equal(cage.Steps.Count, (await RunsAsync(gateway)).Count(run => run.Rehearsal));
            seen.Append(await AskAllAsync(gateway, "check", "rehearse", "release"));
            seen.Append(await AnswersAsync(gateway));
            seen.Append(await FilesAsync(gateway.Data, "-wal", "-shm"));
            seen.AppendJoin('\n', gateway.Log.Lines);
        }

        // Ending the gateway has sent the last of it.
        Assert.NotEmpty(collector.All("/v1/traces"));
        seen.AppendJoin('\n', collector.Heard.Select(one => one.Body));
        seen.Append(await FilesAsync(Path.Combine(folder, "data"), ".db"));
        AssertHunted(seen.ToString(), target.Heard + string.Join('\n', mail.Commands), cage);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Every_secret_of_the_catalog_has_a_canary()
    {
        var cage = new Cage("http://127.0.0.1:1", 1);

        Assert.All(
            ConnectorCatalog.All.SelectMany(connector => connector.Manifest.Secrets.Select(secret => $"{connector.Manifest.Name}-1:{secret.Name}")),
            name => Assert.Contains(name, cage.Canaries.Keys));
    }

    private static void AssertHunted(string text, string heard, Cage cage)
    {
        Assert.True(text.Length > 100_000, "The hunt must have had something to search.");
        // A canary that never left the cage proves nothing.
        Assert.All(Cage.Sent, name => Assert.True(cage.IsIn(heard, name), $"{name} was never sent."));
        Assert.Contains($"Bearer {Cage.KeptToken}", heard, StringComparison.Ordinal);
        var found = cage.Found(text, heard);
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    private static async Task<string> AskAllAsync(RunningGateway gateway, params string[] questions)
    {
        var said = new StringBuilder();
        foreach (var connection in gateway.Services.GetRequiredService<IConnections>().Current.All)
        {
            foreach (var question in questions)
            {
                using var answer = await gateway.Admin.PostAsync($"api/connections/{connection.Name}/{question}", null);
                said.Append(await answer.Content.ReadAsStringAsync());
            }
        }

        return said.ToString();
    }

    // A run may wait at its end: some take a target that is down for a reason to.
    private static async Task RunAllAsync(RunningGateway gateway, string body, int count)
    {
        using var answer = await gateway.PostAsync("live.updated", body);
        await RunningGateway.EventuallyAsync(
            async () => await RunsAsync(gateway) is var runs && runs.Count == count && runs.All(run => run.State is not (RunState.Running or RunState.Queued)) ? runs : null,
            $"an end of {count} runs");
    }

    private static async Task<IReadOnlyList<RunRow>> RunsAsync(RunningGateway gateway) =>
        await gateway.Store.ListRunsAsync(new RunQuery(Limit: 500), CancellationToken.None);

    private static async Task<string> AnswersAsync(RunningGateway gateway)
    {
        var said = new StringBuilder(await DoctorAsync(gateway));
        foreach (var path in (string[])["/api/events?limit=500", "/api/runs?limit=500", "/api/hooks?connection=spot", "/api/events/refused", "/metrics"])
        {
            said.Append(await gateway.GetAsync(path));
        }

        foreach (var run in await RunsAsync(gateway))
        {
            said.Append(await gateway.GetAsync($"/api/runs/{run.Id}"));
        }

        foreach (var row in await gateway.Store.ListEventsAsync(new EventQuery(Limit: 500), CancellationToken.None))
        {
            said.Append(await gateway.GetAsync($"/api/events/{row.Id}"));
            said.Append(await gateway.GetAsync($"/api/events/{row.Id}/why"));
            using var rehearsed = await gateway.Admin.PostAsync($"/api/events/{row.Id}/rehearsal", null);
            said.Append(await rehearsed.Content.ReadAsStringAsync());
        }

        return said.ToString();
    }

    // What the doctor says, and the answers it looks at.
    private static async Task<string> DoctorAsync(RunningGateway gateway)
    {
        var (status, recipes, connections, hooks) =
            (await gateway.GetAsync("/api/status"), await gateway.GetAsync("/api/recipes"), await gateway.GetAsync("/api/connections"), await gateway.GetAsync("/api/hooks"));
        var vitals = await gateway.GetAsync("/api/doctor");
        var chart = new Chart([], Read<StatusAnswer>(status), Read<List<RecipeSummary>>(recipes), Read<List<ConnectionSummary>>(connections), Read<HooksAnswer>(hooks), null)
        {
            Vitals = Read<VitalsAnswer>(vitals),
        };
        await using var report = new StringWriter();
        DoctorCommand.Report(new DoctorReport(true, Examination.Of(chart)), json: false, report);
        return $"{report}{status}{recipes}{connections}{hooks}{vitals}";
    }

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, AdminClient.Readable)!;

    // All that lies there; the socket is no file, and the admin's own token is where it belongs.
    private static async Task<string> FilesAsync(string folder, params string[] expected)
    {
        var read = new StringBuilder();
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) is not ("hub.sock" or "hub.lock" or "admin-token")).ToList();
        Assert.All(expected, end => Assert.Contains(files, file => file.EndsWith(end, StringComparison.Ordinal)));
        foreach (var file in files)
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            read.Append(await reader.ReadToEndAsync());
        }

        return read.ToString();
    }
}
