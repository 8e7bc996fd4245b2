using System.Net;
using System.Text;
using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Tests.StandIns.Http;
using ConnectorHub.Tests.StandIns.Serving;
using ConnectorHub.Tests.StandIns.Slack;

namespace ConnectorHub.Tests.Acceptance.StandIns;

/// <summary>The same stand-ins behind a real socket.</summary>
public sealed class ServerTests : IAsyncDisposable
{
    private const string Hello = """{"channel":"#lives","text":"Hello"}""";

    private readonly HandClock _clock = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, PooledConnectionLifetime = TimeSpan.Zero });
    private readonly StandInServer _server;
    private readonly SlackStandIn _slack;

    public ServerTests()
    {
        _slack = new SlackStandIn(_clock);
        _server = new StandInServer(0, _clock, _slack, new EchoStandIn(_clock));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_message_goes_through_a_socket_and_the_control_page_tells_of_it()
    {
        var hub = await StartAsync();

        await hub.DoneAsync("post-message", Hello);
        using var told = JsonDocument.Parse(await _http.GetStringAsync("_control/slack", TestContext.Current.CancellationToken));

        Assert.Equal("""{"chat.postMessage":1}""", told.RootElement.GetProperty("calls").GetRawText());
        Assert.Equal("#lives: Hello", told.RootElement.GetProperty("lines")[0].GetString());
    }

    [Theory]
    [InlineData("lose", 1)]
    [InlineData("cut", 1)]
    [InlineData("refused", 0)]
    public async Task An_answer_that_does_not_come_whole_is_lost_and_healing_helps(string fault, int effects)
    {
        var hub = await StartAsync();
        await ControlAsync($$"""{"next":["{{fault}}"]}""", HttpStatusCode.OK);

        var lost = await hub.FailedAsync("post-message", Hello, "lost");
        await hub.DoneAsync("post-message", Hello, "next");

        Assert.Equal(FailureKind.Unconfirmed, lost.Kind);
        Assert.Equal(effects + 1, _slack.Book.Effects);
    }

    [Theory]
    [InlineData("""{"limit":1,"retryAfter":30}""", FailureKind.RateLimited, 30)]
    [InlineData("""{"limit":1,"retryAfter":90,"retryAfterAsDate":true}""", FailureKind.RateLimited, 90)]
    [InlineData("""{"limit":1,"retryAfter":null}""", FailureKind.RateLimited, null)]
    [InlineData("""{"fail":1,"failStatus":503}""", FailureKind.Unconfirmed, null)]
    [InlineData("""{"outage":"unavailable"}""", FailureKind.Unconfirmed, null)]
    [InlineData("""{"revoked":true}""", FailureKind.Unauthorized, null)]
    public async Task Each_fault_is_taken_for_what_it_is(string plan, FailureKind kind, int? seconds)
    {
        var hub = await StartAsync();
        await ControlAsync(plan, HttpStatusCode.OK);

        var failed = await hub.FailedAsync("post-message", Hello);

        Assert.Equal((kind, seconds), (failed.Kind, (int?)failed.RetryAfter?.TotalSeconds));
        Assert.Equal(0, _slack.Book.Effects);
    }

    [Theory]
    [InlineData("""{"loose":0.1}""")]
    [InlineData("""{"lose":2}""")]
    [InlineData("""{"lose":0.6,"cut":0.6}""")]
    [InlineData("nonsense")]
    public async Task A_plan_that_cannot_be_meant_is_refused_and_nothing_changes(string plan)
    {
        var hub = await StartAsync();

        await ControlAsync(plan, HttpStatusCode.BadRequest);

        await hub.DoneAsync("post-message", Hello);
    }

    [Fact]
    public async Task A_rate_and_a_seed_make_the_same_losses_again()
    {
        var lost = new List<string>();
        foreach (var round in new[] { 1, 2 })
        {
            _slack.Faults.Plan = new() { Lose = 0.3, Seed = 7 };
            var hub = Platforms.Slack(_slack, _clock);
            var fates = new StringBuilder();
            for (var post = 0; post < 50; post++)
            {
                _clock.Pass(TimeSpan.FromSeconds(1));
                fates.Append(await hub.RunAsync("post-message", Hello, $"{round} {post}") is StepOutcome.Done ? '.' : 'x');
            }

            lost.Add(fates.ToString());
        }

        Assert.Equal(lost[0], lost[1]);
        Assert.InRange(lost[0].Count(fate => fate == 'x'), 5, 25);
    }

    [Fact]
    public async Task An_API_that_heeds_the_key_does_a_repeated_write_once()
    {
        await StartAsync();
        var echo = new EchoStandIn(_clock);
        var hub = new StandInHub("http", echo, _clock);

        var first = await hub.DoneAsync("request", """{"url":"orders","method":"POST","body":{"n":1}}""", "order");
        var again = await hub.DoneAsync("request", """{"url":"orders","method":"POST","body":{"n":1}}""", "order");
        var other = await hub.FailedAsync("request", """{"url":"orders","method":"POST","body":{"n":2}}""", "order");

        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Equal((FailureKind.Rejected, "http_422"), (other.Kind, other.Code));
        Assert.Equal((1, 0), (echo.Book.Effects, echo.Book.Doubles));
    }

    private async Task<StandInHub> StartAsync()
    {
        await _server.StartAsync(TestContext.Current.CancellationToken);
        _http.BaseAddress = _server.Address;
        var hub = Platforms.Slack(_slack, _clock);
        return new StandInHub("slack", _slack, _clock, "slack/api/") { Secrets = hub.Secrets, Way = SendAsync };
    }

    private async Task ControlAsync(string plan, HttpStatusCode expected)
    {
        using var content = new StringContent(plan);
        using var response = await _http.PostAsync("_control/slack", content, TestContext.Current.CancellationToken);
        Assert.Equal(expected, response.StatusCode);
    }

    private async Task<SendReply> SendAsync(OutboundRequest request, string target, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(request.Method, target) { Content = new ReadOnlyMemoryContent(request.Body) };
        message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        foreach (var header in request.SecretHeaders)
        {
            message.Headers.TryAddWithoutValidation(header.Name, header.Prefix + header.Value.Reveal());
        }

        try
        {
            using var response = await _http.SendAsync(message, cancellationToken);
            return new SendReply.Answered(
                (int)response.StatusCode,
                [.. response.Headers.Select(header => KeyValuePair.Create(header.Key, string.Join(", ", header.Value)))],
                await response.Content.ReadAsByteArrayAsync(cancellationToken),
                BodyCut: false);
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException)
        {
            return new SendReply.Lost("connection_lost", "The connection ended before the answer did.");
        }
    }
}
