using System.Net;
using System.Net.Sockets;
using ConnectorHub.Abstractions;
using ConnectorHub.Gateway.Outbound;

namespace ConnectorHub.Tests.Gateway.Outbound;

/// <summary>How connections come about, are used again, and what is known where they fail.</summary>
public sealed class ConnectingTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Id: 7\r\n\r\nok";

    [Fact]
    public async Task A_closed_port_is_never_sent()
    {
        Uri address;
        await using (var platform = FakePlatform.Answering(Ok))
        {
            address = platform.Address;
        }

        using var path = Given.Path();
        var reply = await path.SendAsync(Given.Connection(address), Given.Slack, Given.Post());

        var never = Assert.IsType<SendReply.NeverSent>(reply);
        Assert.Equal("connect_failed", never.Code);
        Assert.False(never.Forbidden);
    }

    [Fact]
    public async Task A_name_that_does_not_exist_is_never_sent()
    {
        using var path = Given.Path(
            Given.Closed,
            (_, _) => throw new SocketException((int)SocketError.HostNotFound),
            (_, _) => throw new InvalidOperationException("No socket is due."));

        var reply = await path.SendAsync(Given.Connection(), Given.Slack, Given.Post());

        Assert.Equal("name_not_found", Assert.IsType<SendReply.NeverSent>(reply).Code);
    }

    [Fact]
    public async Task A_connection_that_never_opens_is_never_sent()
    {
        var policy = new OutboundPolicy([], []) { ConnectTimeout = TimeSpan.FromMilliseconds(50) };
        using var path = Given.Path(policy, (_, _) => Task.FromResult(Given.Addresses("8.8.8.8")), async (_, cancel) =>
        {
            await Task.Delay(Timeout.Infinite, cancel);
            return Stream.Null;
        });

        var reply = await path.SendAsync(Given.Connection(), Given.Slack, Given.Post());

        Assert.Equal("connect_timeout", Assert.IsType<SendReply.NeverSent>(reply).Code);
    }

    [Fact]
    public async Task A_second_address_is_tried_where_the_first_does_not_answer()
    {
        await using var platform = FakePlatform.Answering(Ok);
        var tried = new List<string>();
        using var path = Given.Path(
            new OutboundPolicy([], ["slack.com"]),
            (_, _) => Task.FromResult(Given.Addresses("2606:4700::1", "8.8.8.8")),
            async (address, cancel) =>
            {
                tried.Add(address.Address.ToString());
                return tried.Count == 1 ? throw new SocketException((int)SocketError.NetworkUnreachable) : await ConnectAsync(platform, cancel);
            });

        var reply = await path.SendAsync(Given.Connection(), Given.Slack, Given.Post("http://slack.com/x"));

        Assert.IsType<SendReply.Answered>(reply);
        Assert.Equal(["2606:4700::1", "8.8.8.8"], tried);
    }

    [Theory]
    [InlineData("POST", true)]
    [InlineData("POST", false)]
    [InlineData("PATCH", true)]
    [InlineData("PUT", false)]
    [InlineData("DELETE", false)]
    [InlineData("GET", false)]
    public async Task A_request_that_dies_on_a_reused_connection_is_lost_and_goes_out_once(string method, bool withBody)
    {
        await using var platform = new FakePlatform(async call =>
        {
            if (call.NumberOnConnection == 1)
            {
                await call.WriteAsync(Ok);
            }
            else
            {
                call.HangUp();
            }
        });
        using var path = Given.Path();
        var connection = Given.Connection(platform.Address);
        var request = new OutboundRequest(new HttpMethod(method), "x") { Body = withBody ? "{}"u8.ToArray() : default };

        Assert.IsType<SendReply.Answered>(await path.SendAsync(connection, Given.Slack, request));
        Assert.IsType<SendReply.Lost>(await path.SendAsync(connection, Given.Slack, request));

        Assert.Equal(2, platform.Requests.Count);
    }

    [Fact]
    public async Task A_read_that_dies_on_a_reused_connection_may_go_out_again()
    {
        await using var platform = new FakePlatform(async call =>
        {
            if (call.NumberOnConnection == 1)
            {
                await call.WriteAsync(Ok);
            }
            else
            {
                call.HangUp();
            }
        });
        using var path = Given.Path();
        var connection = Given.Connection(platform.Address);
        var request = Given.Get("x") with { Reads = true };

        await path.SendAsync(connection, Given.Slack, request);

        Assert.IsType<SendReply.Answered>(await path.SendAsync(connection, Given.Slack, request));
        Assert.Equal(2, platform.Connections);
    }

    [Fact]
    public async Task Connections_are_reused()
    {
        await using var platform = FakePlatform.Answering(Ok);
        using var path = Given.Path();
        for (var i = 0; i < 20; i++)
        {
            Assert.IsType<SendReply.Answered>(await path.SendAsync(Given.Connection(platform.Address), Given.Slack, Given.Post()));
        }

        Assert.Equal(1, platform.Connections);
    }

    [Fact]
    public async Task What_one_connections_base_address_opened_stays_closed_to_another_connection()
    {
        await using var platform = FakePlatform.Answering(Ok);
        var policy = new OutboundPolicy([], [$"127.0.0.1:{platform.Port}"]);
        using var path = Given.Path(policy);
        Assert.IsType<SendReply.Answered>(await path.SendAsync(Given.Connection(platform.Address), Given.Slack, Given.Post()));

        var reply = await path.SendAsync(Given.Connection(), Given.Anywhere, Given.Post(platform.Address + "x"));

        Assert.Equal("address_forbidden", Assert.IsType<SendReply.NeverSent>(reply).Code);
        Assert.Single(platform.Requests);
    }

    private static async Task<Stream> ConnectAsync(FakePlatform platform, CancellationToken cancellationToken)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, platform.Port, cancellationToken);
        return client.GetStream();
    }
}
