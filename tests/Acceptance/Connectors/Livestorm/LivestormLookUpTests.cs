using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Livestorm;

namespace ConnectorHub.Tests.Acceptance.Connectors.Livestorm;

public sealed class LivestormLookUpTests
{
    private const string Session = """{"session":"s1"}""";

    private static readonly Dictionary<string, Secret> Token = new() { ["ApiToken"] = new("test-token") };

    [Fact]
    public async Task The_token_stands_alone_for_behind_Bearer_it_would_be_refused()
    {
        var context = ScriptedContext.Of(Token, ScriptedContext.Answer(200, """{"data":{"id":"s1","type":"sessions","attributes":{}}}"""));

        await new GetSession().ExecuteAsync(JsonElement.Parse("""{"session":"s1"}"""), context, CancellationToken.None);

        var request = Assert.Single(context.Requests);
        Assert.Equal((HttpMethod.Get, "sessions/s1"), (request.Method, request.Url));
        Assert.Equal(string.Empty, Assert.Single(request.SecretHeaders).Prefix);
        Assert.Equal(KeyValuePair.Create("Accept", "application/vnd.api+json"), Assert.Single(request.Headers));
    }

    [Fact]
    public async Task A_session_that_is_not_there_is_named()
    {
        var failed = await FailAsync(new GetSession(), """{"session":"s-gone"}""", ScriptedContext.Answer(404, """{"errors":[{"status":"not_found"}]}"""));

        Assert.Equal((FailureKind.Rejected, "not_found"), (failed.Kind, failed.Code));
        Assert.Contains("'s-gone'", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_token_that_may_not_read_says_which_permission_it_lacks(int status)
    {
        var failed = await FailAsync(new ListSessionPeople(), Session, ScriptedContext.Answer(status, "<html>Forbidden</html>"));

        Assert.Equal(FailureKind.Unauthorized, failed.Kind);
        Assert.Contains("permission Events", failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("html", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_are_counted_from_0_and_read_as_large_as_they_come()
    {
        var context = ScriptedContext.Of(Token, Page(null, "p1"));

        await PeopleAsync(context);

        Assert.Equal("sessions/s1/people?page[number]=0&page[size]=50", Assert.Single(context.Requests).Url);
    }

    [Fact]
    public async Task A_short_or_empty_page_is_not_the_end()
    {
        var context = ScriptedContext.Of(Token, Page(1, "p1"), Page(2), Page(null, "p2"));

        Assert.Equal(["p1", "p2"], Ids(await PeopleAsync(context)));
    }

    [Fact]
    public async Task Who_comes_on_two_pages_is_one_person()
    {
        var context = ScriptedContext.Of(Token, Page(1, "p1", "p2"), Page(null, "p2", "p3"));

        Assert.Equal(["p1", "p2", "p3"], Ids(await PeopleAsync(context)));
    }

    [Fact]
    public async Task The_first_thousand_are_read_and_more_is_told()
    {
        var asked = 0;
        var context = new ScriptedContext(Token, _ => Page(asked + 1, [.. Enumerable.Range(50 * asked++, 50).Select(number => $"p{number}")]));

        var output = await PeopleAsync(context);

        Assert.Equal(1_000, Ids(output).Distinct().Count());
        Assert.True(output.GetProperty("more").GetBoolean());
        Assert.Equal(20, context.Requests.Count);
    }

    [Theory]
    [InlineData("""{"next_page":0}""")]
    [InlineData("""{"next_page":"1"}""")]
    [InlineData("{}")]
    public async Task A_page_that_does_not_say_how_to_go_on_is_not_taken_for_the_last(string meta)
    {
        var failed = await FailAsync(new ListSessionPeople(), Session, ScriptedContext.Answer(200, $$$"""{"data":[],"meta":{{{meta}}}}"""));

        Assert.Equal((FailureKind.Transient, "unreadable_answer"), (failed.Kind, failed.Code));
    }

    [Fact]
    public async Task A_list_that_was_slowed_down_goes_on_where_it_stopped()
    {
        var kept = new Dictionary<string, object>();
        var first = Attempt(kept, Page(1, "p1"), ScriptedContext.Answer(429, "", ("Retry-After", "1")));
        var outcome = await new ListSessionPeople().ExecuteAsync(JsonElement.Parse(Session), first, CancellationToken.None);
        Assert.Equal(FailureKind.RateLimited, Assert.IsType<StepOutcome.Failed>(outcome).Kind);

        var second = Attempt(kept, Page(null, "p2"));

        Assert.Equal(["p1", "p2"], Ids(await PeopleAsync(second)));
        Assert.Contains("page[number]=1", Assert.Single(second.Requests).Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_is_whole_is_read_anew_the_next_time()
    {
        var kept = new Dictionary<string, object>();
        await PeopleAsync(Attempt(kept, Page(1, "p1"), Page(null, "p2")));

        Assert.Equal(["p3"], Ids(await PeopleAsync(Attempt(kept, Page(null, "p3")))));
    }

    [Fact]
    public async Task Nothing_that_opens_the_room_comes_out()
    {
        var tested = ConnectorCase.Of("livestorm");
        foreach (var call in tested.Calls)
        {
            var outcome = await call.Action.ExecuteAsync(call.Input, tested.Attempt(call.GoodReplies()), CancellationToken.None);

            Assert.DoesNotContain("c06b70735df5d60c88ef0f", Outcomes.Show(outcome), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_connection_that_only_receives_asks_nothing_when_it_is_checked()
    {
        var context = ScriptedContext.Of(new Dictionary<string, Secret> { ["UrlToken"] = new("x") });

        var outcome = await new LivestormConnector().CheckAsync(context, CancellationToken.None);

        Assert.False(Assert.IsType<StepOutcome.Done>(outcome).Output.GetProperty("asked").GetBoolean());
    }

    private static ScriptedContext Attempt(Dictionary<string, object> kept, params SendReply[] answers)
    {
        var left = new Queue<SendReply>(answers);
        return new ScriptedContext(Token, _ => left.Dequeue()) { Kept = kept };
    }

    private static async Task<StepOutcome.Failed> FailAsync(IConnectorAction action, string input, SendReply answer) =>
        Assert.IsType<StepOutcome.Failed>(await action.ExecuteAsync(JsonElement.Parse(input), ScriptedContext.Of(Token, answer), CancellationToken.None));

    private static async Task<JsonElement> PeopleAsync(ScriptedContext context) =>
        Assert.IsType<StepOutcome.Done>(await new ListSessionPeople().ExecuteAsync(JsonElement.Parse(Session), context, CancellationToken.None)).Output;

    private static IEnumerable<string?> Ids(JsonElement output) =>
        output.GetProperty("people").EnumerateArray().Select(person => person.GetProperty("id").GetString());

    private static SendReply.Answered Page(int? next, params string[] ids)
    {
        var people = ids.Select(id => $$$"""{"id":"{{{id}}}","type":"people","attributes":{"role":"participant"}}""");
        return ScriptedContext.Answer(200, $$$"""{"data":[{{{string.Join(',', people)}}}],"meta":{"next_page":{{{(next is null ? "null" : $"{next}")}}}}}""");
    }
}
