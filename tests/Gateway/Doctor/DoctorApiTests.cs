using System.Net.Http.Json;
using ConnectorHub.Gateway.Commands;
using ConnectorHub.Gateway.Doctor;
using ConnectorHub.Gateway.Doctor.Online;
using ConnectorHub.Tests.Gateway.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectorHub.Tests.Gateway.Doctor;

/// <summary>What a gateway that runs tells the doctor.</summary>
public sealed class DoctorApiTests
{
    [Fact]
    public async Task A_run_that_waits_and_a_secret_in_the_settings_are_told_and_no_secret_is_shown()
    {
        await using var slack = await FakeSlack.StartAsync();
        slack.Answers.Enqueue((500, "no"));
        await using var gateway = await RunningGateway.StartAsync(slack.Address, Bodies.Live, null, ("Connections:slack:Secrets:BotToken", "env:NOT_SET_ANYWHERE"));
        await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        var run = await gateway.RunAsync("live", run => run.State is not (Runs.Store.RunState.Queued or Runs.Store.RunState.Running));

        var text = await gateway.GetAsync("api/doctor");
        var vitals = System.Text.Json.JsonSerializer.Deserialize<VitalsAnswer>(text, AdminClient.Readable)!;

        Assert.Equal(run.Id, vitals.OldestUnfinished!.Id);
        Assert.Equal(["inbox UrlToken", "slack BotToken", "spot SigningSecrets"], vitals.Secrets.Select(place => $"{place.Connection} {place.Secret}"));
        Assert.Equal("environment variable NOT_SET_ANYWHERE is not set", Assert.Single(vitals.Secrets, place => place.Problem is not null).Problem);
        Assert.DoesNotContain(vitals.Findings, finding => finding.Contains("CH1010", StringComparison.Ordinal));
        Assert.DoesNotContain(RunningGateway.SigningSecret, text, StringComparison.Ordinal);
        Assert.DoesNotContain(RunningGateway.UrlToken, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_hosts_are_asked_without_credentials_and_a_wrong_clock_there_is_seen()
    {
        await using var slack = await FakeSlack.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(slack.Address, Bodies.Live);

        var answer = await OnlineAsync(gateway);

        var host = Assert.Single(answer.Hosts);
        Assert.Equal(["slack"], host.Connections);
        Assert.Null(host.Problem);
        Assert.Null(answer.PublicUrl);
        Assert.Equal([""], slack.Authorizations);
    }

    [Fact]
    public async Task A_public_address_that_leads_here_is_told_from_one_that_leads_elsewhere()
    {
        await using var elsewhere = await FakeSlack.StartAsync();
        await using (var gateway = await RunningGateway.StartAsync(elsewhere.Address, Bodies.Live, null, ("Hub:PublicUrl", elsewhere.Address)))
        {
            var look = (await OnlineAsync(gateway)).PublicUrl!;
            Assert.Null(look.Problem);
            Assert.False(look.CameHome);
        }

        await using var proxy = await Proxy.StartAsync();
        await using (var gateway = await RunningGateway.StartAsync(elsewhere.Address, Bodies.Live, null, ("Hub:PublicUrl", proxy.Address)))
        {
            proxy.Target = gateway.Http.BaseAddress!;
            Assert.True((await OnlineAsync(gateway)).PublicUrl!.CameHome);
            // What it heard by the public door is no delivery.
            Assert.DoesNotContain("look_", await gateway.GetAsync("api/events/refused"), StringComparison.Ordinal);
        }
    }

    private static async Task<OnlineAnswer> OnlineAsync(RunningGateway gateway)
    {
        await gateway.GetAsync("api/status");
        using var response = await gateway.Admin.PostAsync(new Uri("api/doctor/online", UriKind.Relative), null);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<OnlineAnswer>(AdminClient.Readable))!;
    }

    /// <summary>A reverse proxy as far as a request without a body needs one.</summary>
    private sealed class Proxy(WebApplication app) : IAsyncDisposable
    {
        private readonly HttpClient _http = new(new SocketsHttpHandler());

        public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

        public Uri? Target { get; set; }

        public static async Task<Proxy> StartAsync()
        {
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
            var proxy = new Proxy(builder.Build());
            proxy.Run();
            await proxy.OpenAsync();
            return proxy;
        }

        public async ValueTask DisposeAsync()
        {
            _http.Dispose();
            await app.StopAsync();
            await app.DisposeAsync();
        }

        private Task OpenAsync() => app.StartAsync();

        private void Run() => app.Run(async context =>
        {
            using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(Target!, context.Request.Path.Value));
            foreach (var header in context.Request.Headers.Where(header => header.Key != "Host"))
            {
                request.Headers.TryAddWithoutValidation(header.Key, header.Value.ToArray());
            }

            using var response = await _http.SendAsync(request);
            context.Response.StatusCode = (int)response.StatusCode;
        });
    }
}
