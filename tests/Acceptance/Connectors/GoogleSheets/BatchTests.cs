using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Google;
using ConnectorHub.Connectors.GoogleSheets;

namespace ConnectorHub.Tests.Acceptance.Connectors.GoogleSheets;

public sealed class BatchTests
{
    private static readonly Dictionary<string, Secret> Token = new() { [GoogleSession.AccessToken] = new("ya29.token") };

    private static readonly SendReply.Answered Header = ScriptedContext.Answer(200, """{"range":"Leads!A1:Z1","values":[["Email","Joined","Hub"]]}""");

    private static readonly AppendRow Action = new();

    [Fact]
    public async Task Several_rows_go_out_in_one_call_and_each_run_gets_its_own_number()
    {
        var (outcomes, context) = await RunAsync(
            [Item("""{"Email":"a"}""", "k1"), Item("""{"Email":"b","Joined":"2026"}""", "k2"), Item("""["c"]""", "k3")],
            Header,
            ScriptedContext.Answer(200, """{"updates":{"updatedRange":"Leads!A12:C14"}}"""));

        Assert.Equal([12, 13, 14], outcomes.Select(outcome => ((StepOutcome.Done)outcome).Output.GetProperty("rowNumber").GetInt32()));
        Assert.Equal("Leads!A13:C13", ((StepOutcome.Done)outcomes[1]).Output.GetProperty("range").GetString());
        Assert.Equal("""{"values":[["a",null,"k1"],["b","2026","k2"],["c",null,"k3"]]}""", Body(context.Requests[1]));
        Assert.Equal(2, context.Requests.Count);
    }

    [Fact]
    public async Task A_row_that_cannot_be_placed_is_told_alone_and_the_header_is_read_once()
    {
        var (outcomes, context) = await RunAsync(
            [Item("""{"Phone":"1"}""", "k1"), Item("""{"Email":"b"}""", "k2"), Item("""{"Fax":"2"}""", "k3"), Item("""{"Email":{}}""", "k4")],
            Header,
            ScriptedContext.Answer(200, """{"updates":{"updatedRange":"Leads!A2:C2"}}"""));

        Assert.Equal(
            ["column_missing", "2", "column_missing", "invalid_input"],
            outcomes.Select(outcome => outcome is StepOutcome.Failed failed ? failed.Code : ((StepOutcome.Done)outcome).Output.GetProperty("rowNumber").GetRawText()));
        Assert.Equal(2, context.Requests.Count);
    }

    [Fact]
    public async Task When_Google_asks_to_slow_down_before_anything_is_written_it_is_asked_once_for_all()
    {
        var (outcomes, context) = await RunAsync([Item("""{"Email":"a"}""", "k1"), Item("""{"Email":"b"}""", "k2")], ScriptedContext.Answer(429, "{}"));

        Assert.All(outcomes, outcome => Assert.Equal(FailureKind.RateLimited, ((StepOutcome.Failed)outcome).Kind));
        Assert.Single(context.Requests);
    }

    [Fact]
    public void Only_rows_of_the_same_sheet_that_take_as_many_writes_go_together()
    {
        var plain = Item("""{"Email":"a"}""", "k").Input;

        Assert.Equal(Action.BatchKey(plain), Action.BatchKey(Item("""{"Joined":"b"}""", "k").Input));
        Assert.NotEqual(Action.BatchKey(plain), Action.BatchKey(Item("""{"Joined":"2026-03-02T09:30:00Z"}""", "k").Input));
        Assert.NotEqual(Action.BatchKey(plain), Action.BatchKey(JsonElement.Parse("""{"spreadsheet":"s1","sheet":"Others","values":{"Email":"a"}}""")));
        Assert.Equal((1, 2), (Action.Writes(plain), Action.Writes(Item("""{"Joined":"2026-03-02T09:30:00Z"}""", "k").Input)));
    }

    [Fact]
    public async Task Dates_become_date_cells_of_their_own_wall_time_formatted_in_one_more_call()
    {
        var (outcomes, context) = await RunAsync(
            [Item("""{"Joined":"2026-03-02T18:00:00+01:00"}""", "k1"), Item("""{"Joined":"2026-03-03T06:00:00Z"}""", "k2")],
            Header,
            ScriptedContext.Answer(200, """{"sheets":[{"properties":{"sheetId":7,"title":"Leads"}}]}"""),
            ScriptedContext.Answer(200, """{"updates":{"updatedRange":"Leads!A5:C6"}}"""),
            ScriptedContext.Answer(200, """{"spreadsheetId":"s1"}"""));

        Assert.All(outcomes, outcome => Assert.IsType<StepOutcome.Done>(outcome));
        Assert.Equal("""{"values":[[null,46083.75,"k1"],[null,46084.25,"k2"]]}""", Body(context.Requests[2]));
        Assert.Equal(
            """{"requests":[{"repeatCell":{"range":{"sheetId":7,"startRowIndex":4,"endRowIndex":6,"startColumnIndex":1,"endColumnIndex":2},"cell":{"userEnteredFormat":{"numberFormat":{"type":"DATE_TIME","pattern":"yyyy-mm-dd hh:mm:ss"}}},"fields":"userEnteredFormat.numberFormat"}}]}""",
            Body(context.Requests[3]));
        Assert.True(context.Requests[3].Harmless);
    }

    [Fact]
    public async Task A_format_that_is_refused_leaves_the_row_done_and_says_so()
    {
        var (outcomes, _) = await RunAsync(
            [Item("""{"Joined":"2026-03-02T18:00:00+01:00"}""", "k1")],
            Header,
            ScriptedContext.Answer(200, """{"sheets":[{"properties":{"sheetId":7,"title":"Leads"}}]}"""),
            ScriptedContext.Answer(200, """{"updates":{"updatedRange":"Leads!A5:C5"}}"""),
            ScriptedContext.Answer(400, """{"error":{"code":400,"message":"Protected","status":"INVALID_ARGUMENT"}}"""));

        Assert.Contains("show as numbers", ((StepOutcome.Done)outcomes[0]).Output.GetProperty("note").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-03-02T09:30:00Z", 46083.395833333)]
    [InlineData("2026-03-02T09:30:00.500+05:30", 46083.395839120)]
    [InlineData("2026-03-02T09:30-08:00", 46083.395833333)]
    [InlineData("1900-01-01T00:00:00Z", 2.0)]
    public void A_moment_is_the_number_of_its_wall_time(string text, double expected)
    {
        Assert.True(SheetMoment.TryRead(text, out var serial));
        Assert.Equal(expected, serial, 9);
    }

    [Theory]
    [InlineData("2026-03-02T09:30:00")]
    [InlineData("2026-03-02")]
    [InlineData("2026-03-02 09:30:00Z")]
    [InlineData("=2026-03-02T09:30:00Z")]
    [InlineData("2026-13-02T09:30:00Z")]
    [InlineData("1899-12-30T00:00:00Z")]
    [InlineData("joined 2026-03-02T09:30:00Z")]
    [InlineData("")]
    [InlineData(null)]
    public void Nothing_else_is_taken_for_a_date(string? text) => Assert.False(SheetMoment.TryRead(text, out _));

    private static BatchItem Item(string values, string key)
    {
        var input = new { spreadsheet = "s1", sheet = "Leads", values = JsonElement.Parse(values), key_column = "Hub" };
        return new BatchItem(JsonSerializer.SerializeToElement(input), key);
    }

    private static async Task<(IReadOnlyList<StepOutcome> Outcomes, ScriptedContext Context)> RunAsync(BatchItem[] items, params SendReply[] answers)
    {
        var context = ScriptedContext.Of(Token, answers);
        return (await Action.ExecuteManyAsync(items, context, TestContext.Current.CancellationToken), context);
    }

    private static string Body(OutboundRequest request) => System.Text.Encoding.UTF8.GetString(request.Body.Span);
}
