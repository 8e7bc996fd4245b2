using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ConnectorHub.Gateway.Doctor.Online;
using ConnectorHub.Tests.Gateway.Outbound;

namespace ConnectorHub.Tests.Gateway.Doctor;

/// <summary>What a host is asked and what is read from its answer, over real TLS with certificates of a house of our own.</summary>
public sealed class HostAskerTests
{
    private static readonly DateTimeOffset Real = TimeProvider.System.GetUtcNow();

    private readonly ManualClock _clock = new();

    [Fact]
    public async Task A_host_is_asked_for_nothing_and_without_any_secret()
    {
        using var house = new CertificateHouse();
        using var certificate = house.Issue(Real.AddDays(10));
        string? asked = null;
        await using var platform = Secure(certificate, "", text => asked = text);

        var look = await AskAsync(house, platform.SecureAddress, "xoxb-secret");

        Assert.Null(look.Problem);
        Assert.StartsWith("HEAD / HTTP/1.1\r\n", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("uthorization", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("xoxb", asked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "", 0)]
    [InlineData(130, "", 130)]
    [InlineData(-400, "", -400)]
    [InlineData(-400, "Age: 390\r\n", -10)]
    public async Task The_hosts_clock_is_compared_with_ours(int ahead, string age, int expected)
    {
        using var house = new CertificateHouse();
        using var certificate = house.Issue(Real.AddDays(90));
        await using var platform = Secure(certificate, $"Date: {_clock.GetUtcNow().AddSeconds(ahead):r}\r\n{age}");

        Assert.Equal(TimeSpan.FromSeconds(expected), (await AskAsync(house, platform.SecureAddress)).ClockAhead);
    }

    [Fact]
    public async Task The_end_of_its_certificate_is_seen()
    {
        using var house = new CertificateHouse();
        using var certificate = house.Issue(Real.AddDays(12));
        await using var platform = Secure(certificate, "");

        var look = await AskAsync(house, platform.SecureAddress);

        Assert.Equal(new DateTimeOffset(certificate.NotAfter).ToUniversalTime(), look.CertificateEnds);
        Assert.Null(look.ClockAhead);
        Assert.NotNull(look.Took);
    }

    [Fact]
    public async Task A_certificate_that_has_ended_is_refused_and_its_end_is_seen_all_the_same()
    {
        using var house = new CertificateHouse();
        using var certificate = house.Issue(Real.AddDays(-3));
        await using var platform = Secure(certificate, "");

        var look = await AskAsync(house, platform.SecureAddress);

        Assert.Contains("No secure connection", look.Problem, StringComparison.Ordinal);
        Assert.Equal(new DateTimeOffset(certificate.NotAfter).ToUniversalTime(), look.CertificateEnds);
    }

    [Fact]
    public async Task A_certificate_nobody_vouches_for_is_refused()
    {
        using var house = new CertificateHouse();
        using var stranger = new CertificateHouse();
        using var certificate = stranger.Issue(Real.AddDays(30));
        await using var platform = Secure(certificate, "");

        Assert.Contains("No secure connection", (await AskAsync(house, platform.SecureAddress)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rules_for_addresses_hold_for_the_question_too()
    {
        var host = new HostToAsk(new Uri("https://127.0.0.1:9/"), ["slack-acme"], Given.Connection(), Given.Anywhere);

        var look = await new HostAsker(Given.Closed, _clock).AskAsync(host, TestContext.Current.CancellationToken);

        Assert.NotNull(look.Problem);
        Assert.Contains("127.0.0.1", look.Problem, StringComparison.Ordinal);
        Assert.Null(look.Took);
    }

    [Fact]
    public async Task A_host_that_says_nothing_costs_five_seconds()
    {
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var house = new CertificateHouse();
        using var certificate = house.Issue(Real.AddDays(30));
        await using var platform = new RawPlatform(async stream =>
        {
            await using var secure = new SslStream(stream);
            await secure.AuthenticateAsServerAsync(certificate);
            _ = await secure.ReadAsync(new byte[4096]);
            heard.SetResult();
            return await secure.ReadAsync(new byte[1]);
        });

        var asking = AskAsync(house, platform.SecureAddress);
        await heard.Task;
        _clock.Advance(HostAsker.Patience);

        Assert.Contains("no complete answer came in time", (await asking).Problem, StringComparison.Ordinal);
    }

    private Task<HostLook> AskAsync(CertificateHouse house, Uri address, string? secret = null)
    {
        var host = new HostToAsk(address, ["slack-acme"], Given.Connection(address, secret: secret), Given.Slack);
        return new HostAsker(Given.Closed, _clock, house.Judge).AskAsync(host, TestContext.Current.CancellationToken);
    }

    private static RawPlatform Secure(X509Certificate2 certificate, string headers, Action<string>? heard = null) => new(async stream =>
    {
        await using var secure = new SslStream(stream);
        await secure.AuthenticateAsServerAsync(certificate);
        var buffer = new byte[8192];
        var length = await secure.ReadAsync(buffer);
        heard?.Invoke(Encoding.ASCII.GetString(buffer, 0, length));
        await secure.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 404 Not Found\r\n{headers}Content-Length: 0\r\n\r\n"));
        return length;
    });
}
