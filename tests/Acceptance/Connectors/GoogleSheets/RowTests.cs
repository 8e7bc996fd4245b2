using System.Text;
using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Google;
using ConnectorHub.Connectors.GoogleSheets;

namespace ConnectorHub.Tests.Acceptance.Connectors.GoogleSheets;

public sealed class RowTests
{
    private static readonly Dictionary<string, Secret> Token = new() { [GoogleSession.AccessToken] = new("ya29.token") };

    private static readonly string[] TwoTexts = ["a", "b"];

    private static readonly SendReply.Answered Header = ScriptedContext.Answer(200, """{"range":"Leads!A1:Z1","values":[["Email"," Name","Score","Hub"]]}""");

    private static readonly SendReply.Answered Appended = ScriptedContext.Answer(200, """{"updates":{"updatedRange":"Leads!A12:D12"}}""");

    private static readonly SendReply.Answered Written = ScriptedContext.Answer(200, """{"updatedRange":"Leads!A3:D3"}""");

    [Fact]
    public async Task Values_go_under_the_names_of_row_1_and_no_formula_runs()
    {
        var (outcome, context) = await RunAsync(
            new AppendRow(),
            """{"spreadsheet":"s1","sheet":"Leads","values":{"score":42,"NAME":"=1+1"},"more":{"Name":"unused","Email":null},"key_column":"Hub"}""",
            Header,
            Appended);

        Assert.IsType<StepOutcome.Done>(outcome);
        Assert.Equal("v4/spreadsheets/s1/values/Leads%211%3A1", context.Requests[0].Url);
        Assert.Equal("v4/spreadsheets/s1/values/Leads%21A1%3AD1:append?valueInputOption=RAW&insertDataOption=INSERT_ROWS", context.Requests[1].Url);
        Assert.Equal($$"""{"values":[[null,"=1+1",42,"{{ScriptedContext.Key}}"]]}""", Body(context));
    }

    [Theory]
    [InlineData("Leads", "Leads%21A1%3AB1")]
    [InlineData("Q1 leads", "%27Q1%20leads%27%21A1%3AB1")]
    [InlineData("Ana's", "%27Ana%27%27s%27%21A1%3AB1")]
    [InlineData("A1", "%27A1%27%21A1%3AB1")]
    [InlineData("Été/2026", "%27%C3%89t%C3%A9%2F2026%27%21A1%3AB1")]
    public async Task A_sheets_name_is_quoted_and_percent_encoded(string sheet, string encoded)
    {
        var input = JsonSerializer.Serialize(new { spreadsheet = "https://docs.google.com/spreadsheets/d/s1/edit#gid=0", sheet, values = TwoTexts });

        var (_, context) = await RunAsync(new AppendRow(), input, Appended);

        Assert.StartsWith($"v4/spreadsheets/s1/values/{encoded}:append", Assert.Single(context.Requests).Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_and_true_stay_themselves_and_what_Sheets_would_round_becomes_text()
    {
        var (_, context) = await RunAsync(
            new AppendRow(), """{"spreadsheet":"s1","sheet":"Leads","values":[1.5,true,9007199254740993,-7,"007",null,""]}""", Appended);

        Assert.Equal("""{"values":[[1.5,true,"9007199254740993",-7,"007",null,""]]}""", Body(context));
    }

    [Theory]
    [InlineData("""{"Email":["a"]}""", "'Email'")]
    [InlineData("""[1,{}]""", "column B")]
    [InlineData("\"text\"", "a map")]
    public async Task What_no_cell_can_hold_is_refused_before_anything_is_sent(string values, string named)
    {
        var (outcome, context) = await RunAsync(new AppendRow(), $$"""{"spreadsheet":"s1","sheet":"Leads","values":{{values}}}""");

        Assert.Contains(named, Rejected(outcome, "invalid_input"), StringComparison.Ordinal);
        Assert.Empty(context.Requests);
    }

    [Fact]
    public async Task A_missing_column_is_named_with_those_there_are_and_nothing_is_written()
    {
        var (outcome, context) = await RunAsync(new AppendRow(), """{"spreadsheet":"s1","sheet":"Leads","values":{"Email":"a","Phone":"1","Age":3}}""", Header);

        var message = Rejected(outcome, "column_missing");
        Assert.Contains("'Phone', 'Age'", message, StringComparison.Ordinal);
        Assert.Contains("Score, Hub", message, StringComparison.Ordinal);
        Assert.Equal(0, context.Writes);
    }

    [Fact]
    public async Task A_missing_column_may_be_left_out_but_not_all_of_them()
    {
        var (outcome, context) = await RunAsync(
            new AppendRow(), """{"spreadsheet":"s1","sheet":"Leads","values":{"Email":"a","Phone":"1"},"new_columns":"ignore"}""", Header, Appended);
        var (empty, _) = await RunAsync(new AppendRow(), """{"spreadsheet":"s1","sheet":"Leads","values":{"Phone":"1"},"new_columns":"ignore"}""", Header);

        Assert.IsType<StepOutcome.Done>(outcome);
        Assert.Equal("""{"values":[["a"]]}""", Body(context));
        Rejected(empty, "row_empty");
    }

    [Fact]
    public async Task A_column_that_is_there_twice_is_not_guessed()
    {
        var twice = ScriptedContext.Answer(200, """{"range":"Leads!A1:Z1","values":[["Email","email"]]}""");

        Rejected((await RunAsync(new AppendRow(), """{"spreadsheet":"s1","sheet":"Leads","values":{"Email":"a"}}""", twice)).Outcome, "column_twice");
        Rejected((await RunAsync(new FindRow(), """{"spreadsheet":"s1","sheet":"Leads","column":"Email","value":"a"}""", twice)).Outcome, "column_twice");
    }

    [Fact]
    public async Task A_kept_header_that_lacks_a_column_is_read_anew()
    {
        var context = Attempt([Header, Appended], new SheetHeader(["Email"]));

        var outcome = await new AppendRow().ExecuteAsync(
            JsonElement.Parse("""{"spreadsheet":"s1","sheet":"Leads","values":{"Score":3}}"""), context, TestContext.Current.CancellationToken);

        Assert.IsType<StepOutcome.Done>(outcome);
        Assert.Equal("""{"values":[[null,null,3]]}""", Body(context));
    }

    [Fact]
    public async Task A_kept_header_that_has_the_columns_is_not_read_again()
    {
        var context = Attempt([Appended], new SheetHeader(["Score"]));

        await new AppendRow().ExecuteAsync(
            JsonElement.Parse("""{"spreadsheet":"s1","sheet":"Leads","values":{"Score":3}}"""), context, TestContext.Current.CancellationToken);

        Assert.Equal(1, context.Writes);
        Assert.Empty(context.ForgottenKeys);
    }

    [Fact]
    public async Task An_upsert_writes_over_the_row_of_its_key()
    {
        var (outcome, context) = await RunAsync(
            new UpsertRow(),
            """{"spreadsheet":"s1","sheet":"Leads","key":"Score","values":{"Score":42,"Email":"a"}}""",
            Header,
            Column("Score", "\"41\"", "42.0"),
            Written);

        Assert.Equal((HttpMethod.Put, "v4/spreadsheets/s1/values/Leads%21A3%3AC3?valueInputOption=RAW"), (context.Requests[2].Method, context.Requests[2].Url));
        Assert.Contains("Leads%21C%3AC", context.Requests[1].Url, StringComparison.Ordinal);
        Assert.Equal("""{"values":[["a",null,42]]}""", Body(context));
        Assert.False(Assert.IsType<StepOutcome.Done>(outcome).Output.GetProperty("created").GetBoolean());
    }

    [Fact]
    public async Task An_upsert_adds_a_row_where_no_row_has_the_key()
    {
        var (outcome, context) = await RunAsync(
            new UpsertRow(), """{"spreadsheet":"s1","sheet":"Leads","key":"Email","values":{"Email":"a"}}""", Header, Column("Email", "\"A\"", "\"a \""), Appended);

        Assert.Contains(":append", context.Requests[2].Url, StringComparison.Ordinal);
        Assert.True(Assert.IsType<StepOutcome.Done>(outcome).Output.GetProperty("created").GetBoolean());
    }

    [Fact]
    public async Task An_upsert_does_not_choose_between_two_rows()
    {
        var (outcome, context) = await RunAsync(
            new UpsertRow(), """{"spreadsheet":"s1","sheet":"Leads","key":"Email","values":{"Email":"a"}}""", Header, Column("Email", "\"a\"", "7", "\"a\""));

        Assert.Contains("rows 2, 4", Rejected(outcome, "key_twice"), StringComparison.Ordinal);
        Assert.Equal(0, context.Writes);
    }

    [Theory]
    [InlineData("""{"Name":"Ana"}""")]
    [InlineData("""{"Email":null}""")]
    [InlineData("""{"Email":""}""")]
    [InlineData("""["a"]""")]
    public async Task An_upsert_without_its_key_is_refused_before_anything_is_sent(string values)
    {
        var (outcome, context) = await RunAsync(new UpsertRow(), $$"""{"spreadsheet":"s1","sheet":"Leads","key":"Email","values":{{values}}}""");

        Rejected(outcome, "key_missing");
        Assert.Empty(context.Requests);
    }

    [Fact]
    public async Task A_key_column_that_was_moved_stops_the_upsert_before_it_writes()
    {
        var (outcome, context) = await RunAsync(
            new UpsertRow(), """{"spreadsheet":"s1","sheet":"Leads","key":"Email","values":{"Email":"a"}}""", Header, Column("Phone", "\"1\""));

        Assert.Equal(FailureKind.Transient, Outcomes.Kind(outcome));
        Assert.Equal(0, context.Writes);
        Assert.Single(context.ForgottenKeys);
    }

    [Fact]
    public async Task Row_1_is_not_updated()
    {
        var (outcome, context) = await RunAsync(new UpdateRow(), """{"spreadsheet":"s1","sheet":"Leads","row":1,"values":["a"]}""");

        Rejected(outcome, "invalid_input");
        Assert.Empty(context.Requests);
    }

    [Fact]
    public async Task A_lost_row_is_found_by_the_hubs_key()
    {
        var found = Assert.IsType<Probe.Found>(await FindAsync(WithKey, Header, Column("Hub", "\"other\"", $"\"{ScriptedContext.Key}\"")));

        Assert.Equal(3, found.Output.GetProperty("rowNumber").GetInt32());
    }

    [Fact]
    public async Task A_lost_row_is_absent_only_where_its_key_column_was_read_as_it_is_now()
    {
        Assert.IsType<Probe.Absent>(await FindAsync(WithKey, Header, Column("Hub", "\"other\"")));
        Assert.IsType<Probe.Unknown>(await FindAsync(WithKey, Header, Column("Phone", "\"other\"")));
        Assert.IsType<Probe.Unknown>(await FindAsync(WithKey, ScriptedContext.Answer(200, """{"range":"Leads!A1:Z1","values":[["Email"]]}""")));
    }

    [Fact]
    public async Task Without_a_key_column_nobody_can_tell() =>
        Assert.Contains("key_column", Assert.IsType<Probe.Unknown>(await FindAsync("""{"spreadsheet":"s1","sheet":"Leads","values":["a"]}""")).Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData(0, "A")]
    [InlineData(25, "Z")]
    [InlineData(26, "AA")]
    [InlineData(701, "ZZ")]
    [InlineData(702, "AAA")]
    public void Columns_have_letters(int index, string letters) => Assert.Equal(letters, SheetText.Column(index));

    [Theory]
    [InlineData("Leads!A12:C12", 12)]
    [InlineData("'2026!Q1'!B3", 3)]
    [InlineData("A7", 7)]
    [InlineData("Leads!A:C", null)]
    [InlineData("Leads!A99999999999", null)]
    [InlineData("", null)]
    public void A_range_tells_its_first_row(string range, int? row) => Assert.Equal(row, SheetText.Row(range));

    private const string WithKey = """{"spreadsheet":"s1","sheet":"Leads","values":{"Email":"a"},"key_column":"Hub"}""";

    private static Task<Probe> FindAsync(string input, params SendReply[] answers) => new AppendRow().FindAsync(
        JsonElement.Parse(input),
        // What was kept is out of date: a probe must not believe it.
        Attempt(answers, new SheetHeader(["Hub"])),
        TestContext.Current.CancellationToken);

    private static async Task<(StepOutcome Outcome, ScriptedContext Context)> RunAsync(IConnectorAction action, string input, params SendReply[] answers)
    {
        var context = ScriptedContext.Of(Token, answers);
        return (await action.ExecuteAsync(JsonElement.Parse(input), context, TestContext.Current.CancellationToken), context);
    }

    private static ScriptedContext Attempt(SendReply[] answers, SheetHeader kept)
    {
        var left = new Queue<SendReply>(answers);
        return new ScriptedContext(Token, _ => left.Dequeue()) { Kept = new() { ["header s1 Leads"] = kept } };
    }

    private static SendReply.Answered Column(params string[] cells) => ScriptedContext.Answer(
        200, $$"""{"range":"Leads!A1:A1000","majorDimension":"COLUMNS","values":[["{{cells[0]}}",{{string.Join(",", cells[1..])}}]]}""");

    private static string Body(ScriptedContext context) => Encoding.UTF8.GetString(context.Requests[^1].Body.Span);

    private static string Rejected(StepOutcome outcome, string code)
    {
        var failed = Assert.IsType<StepOutcome.Failed>(outcome);
        Assert.Equal((FailureKind.Rejected, code), (failed.Kind, failed.Code));
        return failed.Message;
    }
}
