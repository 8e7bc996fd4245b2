using System.Text;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Gateway.Outbound;

public sealed class RequestTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    [Fact]
    public async Task Headers_go_out_as_given()
    {
        await using var platform = FakePlatform.Answering(Ok);
        using var path = Given.Path();
        var request = Given.Post() with
        {
            ContentType = "text/plain",
            Headers = [new("X-Name", "Zoë"), new("Accept", "a/b"), new("X-Name", "second")],
            SecretHeaders = [new SecretHeader("Authorization", "Bearer ", new Secret("xoxb-secret"))],
        };

        await path.SendAsync(Given.Connection(platform.Address), Given.Slack, request);

        var sent = Assert.Single(platform.Requests);
        Assert.Contains("\r\nAuthorization: Bearer xoxb-secret\r\n", sent, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Type: text/plain\r\n", sent, StringComparison.Ordinal);
        Assert.Contains("\r\nAccept: a/b\r\n", sent, StringComparison.Ordinal);
        Assert.Contains($"\r\nX-Name: {Encoding.Latin1.GetString(Encoding.UTF8.GetBytes("Zoë"))}, second\r\n", sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_content_type_among_the_headers_wins()
    {
        await using var platform = FakePlatform.Answering(Ok);
        using var path = Given.Path();

        await path.SendAsync(
            Given.Connection(platform.Address), Given.Slack, Given.Post() with { Headers = [new("content-type", "application/xml")] });

        Assert.Contains("Content-Type: application/xml\r\n", Assert.Single(platform.Requests), StringComparison.Ordinal);
        Assert.DoesNotContain("application/json", platform.Requests.Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-A", "a\r\nX-B: b")]
    [InlineData("X-A", "a\nb")]
    [InlineData("X-A", "a\0b")]
    [InlineData("X-A\r\nX-B", "b")]
    [InlineData("X A", "b")]
    [InlineData("X:A", "b")]
    [InlineData("", "b")]
    [InlineData("Host", "evil.example")]
    [InlineData("host", "evil.example")]
    [InlineData("Content-Length", "0")]
    [InlineData("Transfer-Encoding", "chunked")]
    [InlineData("Connection", "upgrade")]
    [InlineData("Expect", "100-continue")]
    [InlineData("Upgrade", "h2c")]
    public async Task A_header_that_would_change_the_framing_is_refused(string name, string value)
    {
        await using var platform = FakePlatform.Answering(Ok);
        using var path = Given.Path();

        var reply = await path.SendAsync(Given.Connection(platform.Address), Given.Slack, Given.Post() with { Headers = [new(name, value)] });

        var never = Assert.IsType<SendReply.NeverSent>(reply);
        Assert.Equal(("header_forbidden", true), (never.Code, never.Forbidden));
        Assert.Equal(0, platform.Connections);
    }

    [Theory]
    [InlineData("CONNECT")]
    [InlineData("TRACE")]
    public async Task A_method_that_is_not_a_request_is_refused(string method)
    {
        using var path = Given.Path();

        var reply = await path.SendAsync(Given.Connection(), Given.Slack, new OutboundRequest(new HttpMethod(method), "x"));

        Assert.Equal("method_forbidden", Assert.IsType<SendReply.NeverSent>(reply).Code);
    }

    [Fact]
    public void A_recorded_request_hides_what_is_secret()
    {
        using var path = Given.Path();
        var request = Given.Post(body: "{\"token\":\"xoxb-secret\"}") with
        {
            Headers = [new("X-Trace", "1"), new("X-Copy", "is xoxb-secret")],
            SecretHeaders = [new SecretHeader("Authorization", "Bearer ", new Secret("xoxb-secret"))],
        };

        var recorded = path.Record(Given.Connection(secret: "Bearer xoxb-secret"), Given.Slack, request);

        Assert.Equal(("POST", "https://slack.com/api/chat.postMessage"), (recorded.Method, recorded.Url));
        Assert.Equal(
            ["Content-Type: application/json; charset=utf-8", "X-Trace: 1", "X-Copy: is ***", "Authorization: Bearer ***"],
            recorded.Headers.Select(header => $"{header.Key}: {header.Value}"));
        Assert.Equal("{\"token\":\"***\"}", recorded.Body);
    }

    [Theory]
    [InlineData("https://slack.com/T/B/verysecret?sig=1", "https://slack.com/***")]
    [InlineData("https://slack.com:8443/verysecret", "***")]
    [InlineData("verysecret://verysecret", "***")]
    public void A_secret_address_shows_only_its_host(string url, string shown)
    {
        using var path = Given.Path();

        Assert.Equal(shown, path.Record(Given.Connection(), Given.Slack, Given.Post(url) with { UrlIsSecret = true }).Url);
    }

    [Fact]
    public void A_recorded_body_is_cut_between_two_characters()
    {
        using var path = Given.Path();

        var body = path.Record(Given.Connection(), Given.Slack, Given.Post(body: "x" + new string('é', 40_000))).Body;

        Assert.Equal("x" + new string('é', 32_767), body);
    }
}
