using ConnectorHub.Abstractions;
using ConnectorHub.Tests.StandIns.Faults;
using ConnectorHub.Tests.StandIns.Google;
using ConnectorHub.Tests.StandIns.Google.Sheets;

namespace ConnectorHub.Tests.Acceptance.StandIns;

public sealed class SheetsLifeTests : IDisposable
{
    private readonly HandClock _clock = new();
    private readonly GoogleStandIn _google;
    private readonly StandInHub _hub;

    public SheetsLifeTests()
    {
        _google = Platforms.Google(_clock);
        _hub = Platforms.Sheets(_google, _clock);
    }

    private Sheet Leads => _google.Spreadsheets["s1"].Find("Leads")!;

    public void Dispose() => _google.Dispose();

    [Fact]
    public async Task Rows_are_added_one_is_found_and_changed_and_read_back()
    {
        var first = await _hub.DoneAsync("append-row", """{"spreadsheet":"s1","sheet":"Leads","values":{"Email":"ana@shop.example","Score":3}}""", "a");
        var second = await _hub.DoneAsync("append-row", """{"spreadsheet":"s1","sheet":"Leads","values":{"Email":"kenji@shop.example"}}""", "b");
        var changed = await _hub.DoneAsync("upsert-row", """{"spreadsheet":"s1","sheet":"Leads","key":"Email","values":{"Email":"ana@shop.example","Score":4}}""", "c");
        var added = await _hub.DoneAsync("upsert-row", """{"spreadsheet":"s1","sheet":"Leads","key":"Email","values":{"Email":"mia@shop.example"}}""", "d");
        await _hub.DoneAsync("update-row", """{"spreadsheet":"s1","sheet":"Leads","row":3,"values":{"Name":"Kenji"}}""", "e");
        var found = await _hub.DoneAsync("find-row", """{"spreadsheet":"s1","sheet":"Leads","column":"Email","value":"kenji@shop.example"}""");
        var read = await _hub.DoneAsync("read-range", """{"spreadsheet":"s1","sheet":"Leads","cells":"A2:C4"}""");

        Assert.Equal((2, 3), (first.GetProperty("rowNumber").GetInt32(), second.GetProperty("rowNumber").GetInt32()));
        Assert.Equal((2, false), (changed.GetProperty("rowNumber").GetInt32(), changed.GetProperty("created").GetBoolean()));
        Assert.Equal((4, true), (added.GetProperty("rowNumber").GetInt32(), added.GetProperty("created").GetBoolean()));
        Assert.Equal("Kenji", found.GetProperty("values").GetProperty("Name").GetString());
        Assert.Equal("""[["ana@shop.example","",4],["kenji@shop.example","Kenji"],["mia@shop.example"]]""", read.GetProperty("rows").GetRawText());
    }

    [Fact]
    public async Task Rows_that_wait_together_are_one_write_and_each_is_told_its_own_number()
    {
        var outcomes = await _hub.RunManyAsync(
            "append-row",
            """{"spreadsheet":"s1","sheet":"Leads","values":{"Email":"a@x.example"},"key_column":"Hub"}""",
            """{"spreadsheet":"s1","sheet":"Leads","values":{"Nothing":1},"key_column":"Hub"}""",
            """{"spreadsheet":"s1","sheet":"Leads","values":{"Email":"b@x.example"},"key_column":"Hub"}""");

        Assert.Equal(1, _google.Book.CallsOf("values.append"));
        Assert.Equal([2, 3], outcomes.OfType<StepOutcome.Done>().Select(done => done.Output.GetProperty("rowNumber").GetInt32()));
        Assert.Equal(FailureKind.Rejected, Connectors.Outcomes.Kind(outcomes[1]));
        Assert.Equal(("b@x.example", StandInHub.Key("item 2")), (Leads.Text(2, 0), Leads.Text(2, 3)));
    }

    [Fact]
    public async Task A_moment_becomes_a_date_that_is_read_back_as_one()
    {
        await _hub.DoneAsync("append-row", """{"spreadsheet":"s1","sheet":"Leads","values":{"Email":"a@x.example","Score":"2026-09-01T10:30:00+02:00"}}""");

        Assert.Equal("2026-09-01 10:30:00", Leads.Text(1, 2));
        Assert.IsType<double>(Leads[1, 2]!.Value);
    }

    [Fact]
    public async Task A_column_that_is_missing_is_added_also_where_the_sheet_is_full()
    {
        Leads.Width = 4;

        await _hub.DoneAsync("append-row", """{"spreadsheet":"s1","sheet":"Leads","values":{"Email":"a@x.example","City":"Porto"},"new_columns":"add"}""");

        Assert.Equal(("City", "Porto", 5), (Leads.Text(0, 4), Leads.Text(1, 4), Leads.Width));
    }

    [Fact]
    public async Task A_formula_stays_the_text_it_is()
    {
        await _hub.DoneAsync("append-row", """{"spreadsheet":"s1","sheet":"Leads","values":{"Email":"=IMPORTXML(\"http://evil\",\"//a\")","Name":"007"}}""");

        Assert.False(Leads[1, 0]!.IsFormula);
        Assert.Equal("007", Leads[1, 1]!.Value);
    }

    [Fact]
    public async Task A_row_goes_between_the_table_and_what_stands_below_it()
    {
        Leads.Write(3, 0, [new SentCell.Put(new Cell("A note below"))]);

        await _hub.DoneAsync("append-row", """{"spreadsheet":"s1","sheet":"Leads","values":{"Email":"ana@shop.example"}}""");

        Assert.Equal(("ana@shop.example", "A note below"), (Leads.Text(1, 0), Leads.Text(4, 0)));
    }

    [Fact]
    public async Task A_sheet_is_made_once()
    {
        const string Input = """{"spreadsheet":"s1","sheet":"Ana's leads","header":["Email","=Name"]}""";

        var made = await _hub.DoneAsync("create-sheet-if-missing", Input, "a");
        var again = await _hub.DoneAsync("create-sheet-if-missing", Input, "b");
        await _hub.DoneAsync("append-row", """{"spreadsheet":"s1","sheet":"Ana's leads","values":{"=Name":"Ana"}}""", "c");

        Assert.Equal(made.GetProperty("id").GetInt64(), again.GetProperty("id").GetInt64());
        Assert.Equal((true, false), (made.GetProperty("created").GetBoolean(), again.GetProperty("created").GetBoolean()));
        Assert.Equal("Ana", _google.Spreadsheets["s1"].Find("ana's leads")!.Text(1, 1));
    }

    [Fact]
    public async Task A_lost_row_is_found_by_the_key_column_and_is_there_once()
    {
        const string Input = """{"spreadsheet":"s1","sheet":"Leads","values":{"Email":"ana@shop.example"},"key_column":"Hub"}""";
        await _hub.DoneAsync("append-row", Input, "before");
        _google.Faults.Plan = new FaultPlan { Lose = 1, Only = "values.append" };

        var lost = await _hub.FailedAsync("append-row", Input, "lost");
        var found = await _hub.FindAsync("append-row", Input, "lost");
        var never = await _hub.FindAsync("append-row", Input, "never");

        Assert.Equal(FailureKind.Unconfirmed, lost.Kind);
        Assert.Equal(3, Assert.IsType<Probe.Found>(found).Output.GetProperty("rowNumber").GetInt32());
        Assert.IsType<Probe.Absent>(never);
        Assert.Equal((3, 0), (Leads.End(), _google.Book.Doubles));
    }

    [Fact]
    public async Task Sixty_writes_a_minute_are_taken_and_the_next_must_wait()
    {
        var outcomes = new List<StepOutcome>();
        for (var row = 0; row < 61; row++)
        {
            outcomes.Add(await _hub.RunAsync("append-row", $$"""{"spreadsheet":"s1","sheet":"Leads","values":["{{row}}@shop.example"]}""", $"row {row}"));
        }

        _clock.Pass(TimeSpan.FromMinutes(1));
        await _hub.DoneAsync("append-row", """{"spreadsheet":"s1","sheet":"Leads","values":["late@shop.example"]}""", "late");

        Assert.Equal(FailureKind.RateLimited, Connectors.Outcomes.Kind(outcomes[60]));
        Assert.Equal(60, outcomes.Count(outcome => outcome is StepOutcome.Done));
        Assert.Equal(62, Leads.End());
    }

    [Theory]
    [InlineData("elsewhere", 404)]
    [InlineData("closed", 403)]
    public async Task A_spreadsheet_that_is_not_there_or_not_shared_is_refused(string spreadsheet, int status)
    {
        _google.Spreadsheets["closed"] = new Spreadsheet("closed").With("Leads", "Email");

        var failed = await _hub.FailedAsync("append-row", $$"""{"spreadsheet":"{{spreadsheet}}","sheet":"Leads","values":["a"]}""");

        Assert.Equal((FailureKind.Rejected, status == 404 ? "NOT_FOUND" : "PERMISSION_DENIED"), (failed.Kind, failed.Code));
    }

    [Fact]
    public async Task A_sheet_that_is_not_there_is_refused_in_Googles_words()
    {
        var failed = await _hub.FailedAsync("append-row", """{"spreadsheet":"s1","sheet":"Lead","values":["a"]}""");

        Assert.Equal(FailureKind.Rejected, failed.Kind);
        Assert.Contains("Unable to parse range", failed.Message, StringComparison.Ordinal);
    }
}
