using System.Text.Json;
using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.StandIns;
using ConnectorHub.Tests.StandIns.Google;
using ConnectorHub.Tests.StandIns.Google.Sheets;

namespace ConnectorHub.Tests.Gateway.Simulations;

/// <summary>A thousand rows for a sheet that may be written sixty times a minute.</summary>
public class RowTests
{
    private const int Rows = 1000;

    private const string Recipe = """
        version: 1
        name: Simulated
        when: { source: webhook, event: booked }
        steps:
          - id: row
            use: google-sheets.append-row
            with:
              spreadsheet: s1
              sheet: Leads
              values: { Number: "{{ event.number }}", At: "{{ event.at | from_unix | in_zone('Europe/Paris') }}" }
              key_column: Hub
        """;

    [Fact]
    public async Task A_thousand_rows_are_a_few_calls_within_the_quota_and_each_run_knows_its_row()
    {
        var time = new VirtualTime();
        using var google = new GoogleStandIn(time);
        google.Spreadsheets["s1"] = new Spreadsheet("s1", ServiceAccount.Email).With("Leads", "Number", "At", "Hub");
        var sheet = google.Spreadsheets["s1"].Sheets[0];
        await using var hub = await SimulatedHub.StartAsync(
            time,
            new Dictionary<string, StandIn> { ["google-sheets"] = google },
            Recipe,
            ("Connections:google-sheets:Connector", "google-sheets"),
            ("Connections:google-sheets:Secrets:ServiceAccountKey", google.Account.ToKeyFile()));

        await Task.WhenAll(Enumerable.Range(0, Rows).Select(i => hub.PostAsync($$"""{"number":{{i}},"at":{{1715095714 + i}}}""")));
        var start = time.GetUtcNow();
        await hub.RunUntilAsync(start.AddDays(1));

        var runs = await hub.Store.ListRunsAsync(new RunQuery(Limit: Rows + 1), CancellationToken.None);
        Assert.Equal(Rows, runs.Count(run => run.State == RunState.Succeeded));
        var calls = google.Book.CallsOf("values.append");
        Assert.InRange(calls, 1, 60);
        Assert.Equal((0, 0), (google.Book.Refused, google.Book.Doubles));

        // What a run was told is where its row is.
        Assert.Equal(Rows + 1, sheet.Rows);
        foreach (var run in runs)
        {
            var found = (await hub.Store.FindRunAsync(run.Id, CancellationToken.None))!;
            using var outputs = JsonDocument.Parse(found.Outputs);
            var row = outputs.RootElement.GetProperty("row").GetProperty("rowNumber").GetInt32();
            using var data = JsonDocument.Parse((await hub.Store.FindEventAsync(run.EventId, CancellationToken.None))!.Body);
            var number = data.RootElement.GetProperty("number").GetInt32();
            Assert.Equal($"{number}", sheet.Text(row - 1, 0));
            Assert.Equal($"{new DateTime(2024, 5, 7, 17, 28, 34, DateTimeKind.Unspecified).AddSeconds(number):yyyy-MM-dd HH:mm:ss}", sheet.Text(row - 1, 1));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{calls} append calls, {time.GetUtcNow() - start} virtual time");
    }
}
