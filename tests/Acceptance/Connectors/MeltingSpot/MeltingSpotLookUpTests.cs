using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.MeltingSpot;

namespace ConnectorHub.Tests.Acceptance.Connectors.MeltingSpot;

public sealed class MeltingSpotLookUpTests
{
    private const string Member = """{"member":"8d0f5b0e"}""";

    private static readonly Dictionary<string, Secret> Key = new() { ["ApiKey"] = new("test-key") };

    [Theory]
    [InlineData("plain", "")]
    [InlineData("bearer", "Bearer ")]
    public async Task The_key_is_sent_as_the_setting_says(string sentAs, string prefix)
    {
        var context = new ScriptedContext(Key, _ => ScriptedContext.Answer(200, """{"id":"l1"}"""))
        {
            Settings = new Dictionary<string, string> { ["KeySentAs"] = sentAs },
        };

        await new GetLive().ExecuteAsync(JsonElement.Parse("""{"live":"l1"}"""), context, CancellationToken.None);

        var header = Assert.Single(Assert.Single(context.Requests).SecretHeaders);
        Assert.Equal(("Authorization", prefix), (header.Name, header.Prefix));
    }

    [Fact]
    public async Task An_address_with_a_plus_reaches_MeltingSpot_as_a_plus()
    {
        var context = ScriptedContext.Of(Key, ScriptedContext.Answer(200, """{"items":[],"total":0}"""));

        await FindAsync(context, " ana+live@shop.example ");

        Assert.Equal("v1/spotMembers?email[in]=ana%2Blive%40shop.example", Assert.Single(context.Requests).Url);
    }

    [Fact]
    public async Task Other_members_than_the_one_asked_for_are_no_answer()
    {
        var context = ScriptedContext.Of(Key, ScriptedContext.Answer(200, """{"items":[{"id":"m1","email":"other@shop.example"}],"total":412}"""));

        var failed = Assert.IsType<StepOutcome.Failed>(await FindAsync(context, "ana@shop.example"));

        Assert.Equal((FailureKind.Rejected, "unexpected_answer"), (failed.Kind, failed.Code));
    }

    [Fact]
    public async Task A_live_that_is_not_there_is_named()
    {
        var failed = await FailAsync(new GetLive(), """{"live":"l-gone"}""", ScriptedContext.Answer(404, """{"message":"Not found"}"""));

        Assert.Equal((FailureKind.Rejected, "not_found"), (failed.Kind, failed.Code));
        Assert.Contains("'l-gone'", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("../spotMembers")]
    [InlineData("l1?x=1")]
    [InlineData("l1%2f")]
    [InlineData("l1\\n")]
    [InlineData("Product news")]
    public async Task What_is_no_id_is_refused_and_not_sent(string id)
    {
        var context = ScriptedContext.Of(Key);

        var outcome = await new GetLive().ExecuteAsync(JsonElement.Parse($$"""{"live":"{{id}}"}"""), context, CancellationToken.None);

        Assert.Equal("invalid_id", Assert.IsType<StepOutcome.Failed>(outcome).Code);
        Assert.Empty(context.Requests);
    }

    [Fact]
    public async Task Without_its_key_a_look_up_says_where_to_find_it()
    {
        var context = ScriptedContext.Of(new Dictionary<string, Secret>());

        var failed = Assert.IsType<StepOutcome.Failed>(await FindAsync(context, "ana@shop.example"));

        Assert.Equal(FailureKind.Unauthorized, failed.Kind);
        Assert.Contains("Connections:stand-in:Secrets:ApiKey", failed.Message, StringComparison.Ordinal);
        Assert.Contains("API Access", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_only_receives_asks_nothing_when_it_is_checked()
    {
        var context = ScriptedContext.Of(new Dictionary<string, Secret> { ["SigningSecrets"] = new("whsec_x") });

        var outcome = await new MeltingSpotConnector().CheckAsync(context, CancellationToken.None);

        Assert.False(Assert.IsType<StepOutcome.Done>(outcome).Output.GetProperty("asked").GetBoolean());
    }

    [Fact]
    public async Task Form_answers_are_whole_where_pages_count_from_1()
    {
        var context = ScriptedContext.Of(Key, Page(3, "a1", "a2"), Page(3, "a1", "a2"), Page(3, "a3"));

        var output = await AnswersAsync(context);

        Assert.Equal(["Question a1", "Question a2", "Question a3"], Questions(output));
        Assert.Equal(["?limit=100", "?limit=100&page=1", "?limit=100&page=2"], context.Requests.Select(request => request.Url[request.Url.IndexOf('?', StringComparison.Ordinal)..]));
    }

    [Fact]
    public async Task Form_answers_without_a_total_end_with_an_empty_page()
    {
        var context = ScriptedContext.Of(Key, Page(null, "a1"), Page(null, "a2"), Page(null));

        Assert.Equal(["Question a1", "Question a2"], Questions(await AnswersAsync(context)));
    }

    [Fact]
    public async Task A_server_that_answers_the_same_page_for_ever_is_left_after_the_third()
    {
        var context = ScriptedContext.Of(Key, Page(9, "a1"), Page(9, "a1"), Page(9, "a1"));

        Assert.Equal(["Question a1"], Questions(await AnswersAsync(context)));
    }

    [Fact]
    public async Task More_form_answers_than_are_read_are_told()
    {
        var asked = 0;
        var context = new ScriptedContext(Key, _ => Page(1000, $"a{++asked}"));

        var output = await AnswersAsync(context);

        Assert.True(output.GetProperty("more").GetBoolean());
        Assert.Equal(10, context.Requests.Count);
    }

    [Theory]
    [InlineData("""{"question":"Seats","answer":12}""", "Seats", "12")]
    [InlineData("""{"question":{"id":"q1","label":"Seats"},"value":"12"}""", "Seats", "12")]
    [InlineData("""{"label":"Topics","values":["Sales","Support"]}""", "Topics", "Sales, Support")]
    [InlineData("""{"questionLabel":"Newsletter","answer":true}""", "Newsletter", "true")]
    [InlineData("""{"questionLabel":"Left out","answer":null}""", "Left out", "")]
    public async Task An_answer_is_found_under_more_than_one_name(string item, string question, string answer)
    {
        var output = await AnswersAsync(ScriptedContext.Of(Key, ScriptedContext.Answer(200, $$"""{"items":[{{item}}],"total":1}""")));

        var only = Assert.Single(output.GetProperty("answers").EnumerateArray());
        Assert.Equal((question, answer), (only.GetProperty("question").GetString(), only.GetProperty("answer").GetString()));
    }

    [Fact]
    public async Task A_form_answer_of_an_unknown_shape_is_refused_and_not_guessed()
    {
        var failed = await FailAsync(new GetFormAnswers(), Member, ScriptedContext.Answer(200, """{"items":[{"q":"Seats","a":12}],"total":1}"""));

        Assert.Equal((FailureKind.Rejected, "unexpected_answer"), (failed.Kind, failed.Code));
    }

    private static Task<StepOutcome> FindAsync(ScriptedContext context, string email) =>
        new FindMember().ExecuteAsync(JsonElement.Parse($$"""{"email":"{{email}}"}"""), context, CancellationToken.None);

    private static async Task<StepOutcome.Failed> FailAsync(IConnectorAction action, string input, SendReply answer) =>
        Assert.IsType<StepOutcome.Failed>(await action.ExecuteAsync(JsonElement.Parse(input), ScriptedContext.Of(Key, answer), CancellationToken.None));

    private static async Task<JsonElement> AnswersAsync(ScriptedContext context) =>
        Assert.IsType<StepOutcome.Done>(await new GetFormAnswers().ExecuteAsync(JsonElement.Parse(Member), context, CancellationToken.None)).Output;

    private static IEnumerable<string?> Questions(JsonElement output) =>
        output.GetProperty("answers").EnumerateArray().Select(answer => answer.GetProperty("question").GetString());

    private static SendReply.Answered Page(int? total, params string[] ids)
    {
        var items = ids.Select(id => $$"""{"id":"{{id}}","questionLabel":"Question {{id}}","answer":"yes"}""");
        return ScriptedContext.Answer(200, $$"""{"items":[{{string.Join(',', items)}}]{{(total is null ? string.Empty : $",\"total\":{total}")}}}""");
    }
}
