using System.Text;
using ConnectorHub.Abstractions;
using ConnectorHub.Gateway.Outbound;
using ConnectorHub.Runs.Connections;

namespace ConnectorHub.Tests.Gateway.Outbound;

/// <summary>What becomes of a request and its answer.</summary>
public sealed class OutboundPathTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Id: 7\r\n\r\nok";

    [Fact]
    public async Task An_answer_comes_back_whole()
    {
        await using var platform = FakePlatform.Answering(Ok);
        using var path = Given.Path();

        var reply = await path.SendAsync(Given.Connection(platform.Address), Given.Slack, Given.Post());

        var answered = Assert.IsType<SendReply.Answered>(reply);
        Assert.Equal(200, answered.Status);
        Assert.Equal("ok", Encoding.UTF8.GetString(answered.Body.Span));
        Assert.Equal("7", answered.Header("x-id"));
        Assert.False(answered.BodyCut);
        var request = Assert.Single(platform.Requests);
        Assert.StartsWith("POST /chat.postMessage HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n{\"text\":\"hi\"}", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_but_what_was_asked_for_is_on_the_wire()
    {
        await using var platform = FakePlatform.Answering(Ok);
        using var path = Given.Path();

        await path.SendAsync(Given.Connection(platform.Address), Given.Slack, Given.Get("users.list"));

        Assert.Equal($"GET /users.list HTTP/1.1\r\nHost: 127.0.0.1:{platform.Port}\r\n\r\n", Assert.Single(platform.Requests));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_an_answer_and_is_not_followed(int status)
    {
        await using var other = FakePlatform.Answering(Ok);
        await using var platform = FakePlatform.Answering($"HTTP/1.1 {status} Moved\r\nLocation: {other.Address}\r\nContent-Length: 0\r\n\r\n");
        using var path = Given.Path();

        var reply = await path.SendAsync(Given.Connection(platform.Address), Given.Slack, Given.Post());

        Assert.Equal(status, Assert.IsType<SendReply.Answered>(reply).Status);
        Assert.Equal(0, other.Connections);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"ok\":")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"ok\"\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    [InlineData("")]
    public async Task A_cut_off_answer_is_lost(string answer)
    {
        await using var platform = new FakePlatform(async call =>
        {
            await call.WriteAsync(answer);
            call.HangUp();
        });
        using var path = Given.Path();

        var reply = await path.SendAsync(Given.Connection(platform.Address), Given.Slack, Given.Post());

        Assert.Equal("connection_lost", Assert.IsType<SendReply.Lost>(reply).Code);
        Assert.Single(platform.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbegun")]
    public async Task An_answer_that_never_ends_is_lost_at_the_deadline(string begun)
    {
        var arrived = new TaskCompletionSource();
        await using var platform = new FakePlatform(async call =>
        {
            await call.WriteAsync(begun);
            arrived.SetResult();
            await call.NeverAsync();
        });
        var clock = new ManualClock();
        using var path = Given.Path(clock: clock);

        var sending = path.SendAsync(Given.Connection(platform.Address), Given.Slack, Given.Post(), clock);
        await arrived.Task;
        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.False(sending.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("no_answer", Assert.IsType<SendReply.Lost>(await sending).Code);
    }

    [Fact]
    public async Task A_caller_who_gives_up_after_the_request_left_has_lost_it()
    {
        using var given = new CancellationTokenSource();
        await using var platform = new FakePlatform(async call =>
        {
            await given.CancelAsync();
            await call.NeverAsync();
        });
        using var path = Given.Path();

        var reply = await path.SendAsync(Given.Connection(platform.Address), Given.Slack, Given.Post(), DateTimeOffset.MaxValue.AddDays(-1), given.Token);

        Assert.IsType<SendReply.Lost>(reply);
    }

    [Fact]
    public async Task A_caller_who_gave_up_before_has_sent_nothing()
    {
        await using var platform = FakePlatform.Answering(Ok);
        using var path = Given.Path();

        var reply = await path.SendAsync(
            Given.Connection(platform.Address), Given.Slack, Given.Post(), DateTimeOffset.MaxValue, new CancellationToken(canceled: true));

        Assert.IsType<SendReply.NeverSent>(reply);
        Assert.Empty(platform.Requests);
    }

    [Fact]
    public async Task After_the_deadline_nothing_is_sent()
    {
        await using var platform = FakePlatform.Answering(Ok);
        var clock = new ManualClock();
        using var path = Given.Path(clock: clock);

        var reply = await path.SendAsync(
            Given.Connection(platform.Address), Given.Slack, Given.Post(), clock.GetUtcNow(), TestContext.Current.CancellationToken);

        Assert.Equal("deadline_passed", Assert.IsType<SendReply.NeverSent>(reply).Code);
        Assert.Equal(0, platform.Connections);
    }

    [Fact]
    public async Task An_endless_body_is_cut_at_the_cap()
    {
        await using var platform = new FakePlatform(async call =>
        {
            await call.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true)
            {
                await call.WriteAsync($"1000\r\n{new string('x', 0x1000)}\r\n");
            }
        });
        using var path = Given.Path(new OutboundPolicy([], []) { ResponseCap = 10_000 });

        var reply = await path.SendAsync(Given.Connection(platform.Address), Given.Slack, Given.Post());

        var answered = Assert.IsType<SendReply.Answered>(reply);
        Assert.True(answered.BodyCut);
        Assert.Equal(10_000, answered.Body.Length);
    }

    [Theory]
    [InlineData(9_999, 9_999, false)]
    [InlineData(10_000, 10_000, false)]
    [InlineData(10_001, 10_000, true)]
    public async Task A_body_is_cut_only_where_it_is_longer_than_the_cap(int length, int kept, bool cut)
    {
        await using var platform = FakePlatform.Answering($"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{new string('x', length)}");
        using var path = Given.Path(new OutboundPolicy([], []) { ResponseCap = 10_000 });

        var reply = await path.SendAsync(Given.Connection(platform.Address), Given.Slack, Given.Post());

        var answered = Assert.IsType<SendReply.Answered>(reply);
        Assert.Equal((kept, cut), (answered.Body.Length, answered.BodyCut));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nX-Long: LONG\r\n\r\n")]
    [InlineData("220 mail.example.org ESMTP\r\n\r\n")]
    public async Task An_answer_that_is_not_readable_is_lost(string answer)
    {
        await using var platform = FakePlatform.Answering(answer.Replace("LONG", new string('x', 100_000), StringComparison.Ordinal));
        using var path = Given.Path();

        var reply = await path.SendAsync(Given.Connection(platform.Address), Given.Slack, Given.Post());

        Assert.Equal("answer_unreadable", Assert.IsType<SendReply.Lost>(reply).Code);
    }

    [Fact]
    public async Task A_rehearsing_connection_withholds_writes_and_sends_reads()
    {
        await using var platform = FakePlatform.Answering(Ok);
        using var path = Given.Path();
        var connection = Given.Connection(platform.Address, ConnectionMode.Rehearse);

        var write = await path.SendAsync(connection, Given.Slack, Given.Post());
        Assert.Equal("{\"text\":\"hi\"}", Assert.IsType<SendReply.Withheld>(write).Request.Body);
        Assert.Empty(platform.Requests);

        Assert.IsType<SendReply.Answered>(await path.SendAsync(connection, Given.Slack, Given.Get("users.list") with { Reads = true }));
    }
}
