using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Google;
using ConnectorHub.Connectors.GoogleSheets;

namespace ConnectorHub.Tests.Acceptance.Connectors.GoogleSheets;

public sealed class NewColumnTests
{
    private const string Input = """{"spreadsheet":"s1","sheet":"Leads","values":{"Email":"a"},"more":{"=Town":"Lyon","Age":3},"new_columns":"add"}""";

    private static readonly Dictionary<string, Secret> Token = new() { [GoogleSession.AccessToken] = new("ya29.token") };

    private static readonly SendReply Grid = ScriptedContext.Answer(200, """{"sheets":[{"properties":{"sheetId":7,"title":"leads","gridProperties":{"columnCount":2}}}]}""");

    private static readonly SendReply Changed = ScriptedContext.Answer(200, """{"spreadsheetId":"s1","replies":[{},{}]}""");

    [Fact]
    public async Task Names_are_added_as_texts_at_the_end_of_row_1_and_the_grid_grows_with_them()
    {
        var (outcome, context) = await RunAsync(
            Header("Email"), Header("Email"), Grid, Changed, Header("Email", "=Town", "Age"), ScriptedContext.Answer(200, """{"updates":{"updatedRange":"Leads!A2:C2"}}"""));

        Assert.IsType<StepOutcome.Done>(outcome);
        var written = context.Requests[3];
        Assert.True(written.Harmless);
        Assert.Equal(
            """{"requests":[{"appendDimension":{"sheetId":7,"dimension":"COLUMNS","length":1}},{"updateCells":{"start":{"sheetId":7,"rowIndex":0,"columnIndex":1},"rows":[{"values":[{"userEnteredValue":{"stringValue":"=Town"}},{"userEnteredValue":{"stringValue":"Age"}}]}],"fields":"userEnteredValue"}}]}""",
            Body(written));
        Assert.Equal("""{"values":[["a","Lyon",3]]}""", Body(context.Requests[^1]));
        Assert.Equal((1, 1), (context.Turns.Count, context.TurnsEnded));
    }

    [Fact]
    public async Task The_column_of_the_hubs_keys_is_added_with_the_others()
    {
        var context = ScriptedContext.Of(
            Token, Header("Email"), Header("Email"), Grid, Changed, Header("Email", "Town", "Hub"), ScriptedContext.Answer(200, """{"updates":{"updatedRange":"Leads!A2:C2"}}"""));
        var input = """{"spreadsheet":"s1","sheet":"Leads","values":{"Email":"a","Town":"Lyon"},"key_column":"Hub","new_columns":"add"}""";

        var outcome = await new AppendRow().ExecuteAsync(System.Text.Json.JsonElement.Parse(input), context, TestContext.Current.CancellationToken);

        Assert.IsType<StepOutcome.Done>(outcome);
        Assert.Equal($$"""{"values":[["a","Lyon","{{ScriptedContext.Key}}"]]}""", Body(context.Requests[^1]));
    }

    [Fact]
    public async Task What_another_run_has_added_meanwhile_is_taken_as_it_is()
    {
        var (outcome, context) = await RunAsync(
            Header("Email"), Header("Email", "Age", "=town"), ScriptedContext.Answer(200, """{"updates":{"updatedRange":"Leads!A2:C2"}}"""));

        Assert.IsType<StepOutcome.Done>(outcome);
        Assert.Equal("""{"values":[["a",3,"Lyon"]]}""", Body(context.Requests[^1]));
    }

    [Fact]
    public async Task A_name_that_somebody_wrote_over_at_the_same_moment_writes_no_row()
    {
        var (outcome, context) = await RunAsync(Header("Email"), Header("Email"), Grid, Changed, Header("Email", "Other", "Age"));

        var failed = Assert.IsType<StepOutcome.Failed>(outcome);
        Assert.Equal((FailureKind.Transient, "columns_changing"), (failed.Kind, failed.Code));
        Assert.DoesNotContain(context.Requests, request => request is { Reads: false, Harmless: false });
    }

    [Fact]
    public async Task A_sheet_does_not_grow_without_end()
    {
        var (outcome, context) = await RunAsync(Header([.. Enumerable.Range(0, 499).Select(i => $"c{i}")]));

        Assert.Equal("too_many_columns", Assert.IsType<StepOutcome.Failed>(outcome).Code);
        Assert.Single(context.Requests);
    }

    [Fact]
    public async Task A_rehearsal_shows_the_row_as_it_would_be_and_adds_nothing()
    {
        var recorded = new RecordedRequest("POST", "https://sheets.googleapis.com/", [], string.Empty);
        var context = new ScriptedContext(Token, request => request.Reads ? Header("Email") : new SendReply.Withheld(recorded)) { Rehearses = true };

        var outcome = await new AppendRow().ExecuteAsync(System.Text.Json.JsonElement.Parse(Input), context, TestContext.Current.CancellationToken);

        Assert.IsType<StepOutcome.Rehearsed>(outcome);
        Assert.Equal("""{"values":[["a","Lyon",3]]}""", Body(Assert.Single(context.Requests, request => !request.Reads)));
    }

    private static SendReply.Answered Header(params string[] names) =>
        ScriptedContext.Answer(200, System.Text.Json.JsonSerializer.Serialize(new { range = "Leads!A1:Z1", values = new[] { names } }));

    private static async Task<(StepOutcome Outcome, ScriptedContext Context)> RunAsync(params SendReply[] answers)
    {
        var context = ScriptedContext.Of(Token, answers);
        return (await new AppendRow().ExecuteAsync(System.Text.Json.JsonElement.Parse(Input), context, TestContext.Current.CancellationToken), context);
    }

    private static string Body(OutboundRequest request) => System.Text.Encoding.UTF8.GetString(request.Body.Span);
}
