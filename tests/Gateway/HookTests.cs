using System.Net;
using System.Text;
using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.Gateway.Support;

namespace ConnectorHub.Tests.Gateway;

public class HookTests
{
    [Fact]
    public async Task A_signed_event_becomes_a_message_and_is_answered_with_its_id()
    {
        await using var slack = await FakeSlack.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(slack.Address, Bodies.Live);
        using var answer = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Matches("""^\{"events":\[\{"id":"evt_[0-9A-Z]{26}"\}\]\}$""", await answer.Content.ReadAsStringAsync());

        var run = await gateway.RunAsync("live", row => row.State == RunState.Succeeded);
        var message = Assert.Single(slack.Posted);
        Assert.Equal("Product &lt;news&gt; started at 7 May 17:28", message["text"]!.GetValue<string>());
        var attempt = Assert.Single(await gateway.Store.AttemptsAsync(run.Id, CancellationToken.None));
        Assert.Equal(AttemptState.Done, attempt.State);
        Assert.Equal(attempt.EffectKey, message["metadata"]!["event_payload"]!["delivery_id"]!.GetValue<string>());
        Assert.Equal($"Bearer {RunningGateway.BotToken}", Assert.Single(slack.Authorizations));
    }

    [Fact]
    public async Task An_unknown_hook_and_a_missing_and_a_wrong_signature_look_alike()
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live);
        using var unknown = await gateway.Http.PostAsync("/hooks/nobody/live.updated", Json(Bodies.LiveStarted));
        using var unnamed = await gateway.Http.PostAsync("/hooks/spot", Json(Bodies.LiveStarted));
        using var unsigned = await gateway.Http.PostAsync("/hooks/spot/live.updated", Json(Bodies.LiveStarted));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/hooks/spot/live.updated") { Content = Json(Bodies.LiveStarted) };
        request.Headers.Add("svix-id", "msg_1");
        request.Headers.Add("svix-timestamp", $"{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}");
        request.Headers.Add("svix-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        using var wrong = await gateway.Http.SendAsync(request);
        using var token = await gateway.Http.PostAsync("/hooks/inbox?token=wrong", Json("{}"));
        foreach (var answer in (HttpResponseMessage[])[unknown, unnamed, unsigned, wrong, token])
        {
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Equal("{\"error\":\"not accepted\"}", await answer.Content.ReadAsStringAsync());
        }

        Assert.Empty(await gateway.Store.ListEventsAsync(new EventQuery(), CancellationToken.None));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("hello", "JSON")]
    [InlineData("{\"a\":1,\"a\":2}", "twice")]
    [InlineData("{\"a\":1} trailing", "JSON")]
    public async Task A_verified_body_that_is_not_plain_JSON_is_400_with_the_reason(string body, string reason)
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live);
        using var answer = await gateway.PostAsync("live.updated", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(reason, await answer.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task JSON_a_thousand_deep_is_400()
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live);
        using var answer = await gateway.PostAsync("live.updated", new string('[', 1000) + new string(']', 1000));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("deep", await answer.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_413_whether_its_length_is_announced_or_not()
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live, null, ("Hooks:spot:MaxBody", "2KB"));
        var large = "{\"text\":\"" + new string('x', 3000) + "\"}";
        using var announced = await gateway.PostAsync("live.updated", large);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, announced.StatusCode);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/hooks/spot/live.updated") { Content = Json(large) };
        request.Headers.TransferEncodingChunked = true;
        using var chunked = await gateway.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, chunked.StatusCode);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("nonsense")]
    public async Task The_content_type_is_ignored(string contentType)
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live);
        using var answer = await gateway.PostAsync("live.updated", Bodies.LivePlanned, contentType: contentType);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_repeated_message_gets_its_200_the_first_id_and_no_second_effect()
    {
        await using var slack = await FakeSlack.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(slack.Address, Bodies.Live);
        using var first = await gateway.PostAsync("live.updated", Bodies.LiveStarted, "msg_same");
        using var again = await gateway.PostAsync("live.updated", Bodies.LiveStarted, "msg_same");
        using var other = await gateway.PostAsync("live.updated", Bodies.LivePlanned, "msg_same");
        var id = (await first.Content.ReadAsStringAsync()).Split('"')[5];
        Assert.Equal($"{{\"events\":[{{\"id\":\"{id}\",\"duplicate\":true}}]}}", await again.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        await gateway.RunAsync("live", row => row.State == RunState.Succeeded);
        var row = Assert.Single(await gateway.Store.ListEventsAsync(new EventQuery(), CancellationToken.None));
        Assert.Equal((2, 1), (row.Duplicates, row.OtherBodies));
        Assert.Single(slack.Posted);
    }

    [Fact]
    public async Task An_event_nobody_knows_is_kept_with_its_200()
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live);
        using var answer = await gateway.PostAsync("quiz.finished", "{\"score\":12345678901234567890}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var row = Assert.Single(await gateway.Store.ListEventsAsync(new EventQuery(), CancellationToken.None));
        Assert.Equal("{\"score\":12345678901234567890}", Encoding.UTF8.GetString(row.Body.Span));
    }

    [Fact]
    public async Task The_public_listener_leads_to_hooks_and_nowhere_else()
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live);
        foreach (var path in (string[])["/", "/api/status", "/healthz", "/readyz", "/api/openapi.json", "/hooks"])
        {
            using var answer = await gateway.Http.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        using var get = await gateway.Http.GetAsync("/hooks/spot/live.updated");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, get.StatusCode);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
