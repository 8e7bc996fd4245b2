using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.Gateway.Support;

namespace ConnectorHub.Tests.Gateway;

/// <summary>Asking a platform whether a connection works.</summary>
public class ConnectionCheckTests
{
    [Fact]
    public async Task A_connection_that_works_says_who_it_is_and_its_blocked_runs_go_on()
    {
        await using var slack = await FakeSlack.StartAsync();
        slack.Answers.Enqueue((200, "{\"ok\":false,\"error\":\"invalid_auth\"}"));
        await using var gateway = await StartAsync(slack);
        using var answer = await gateway.PostAsync("live.updated", Bodies.LiveStarted);
        await gateway.RunAsync("live", row => row.State == RunState.Blocked);

        var check = await CheckAsync(gateway, "slack");

        Assert.True(check.GetProperty("works").GetBoolean());
        Assert.Equal(1, check.GetProperty("released").GetInt32());
        await gateway.RunAsync("live", row => row.State == RunState.Succeeded);
        Assert.Single(slack.Posted);
    }

    [Fact]
    public async Task A_connection_without_its_secret_says_which_and_nothing_is_asked()
    {
        await using var slack = await FakeSlack.StartAsync();
        await using var gateway = await StartAsync(slack, ("Connections:slack:Secrets:BotToken", "env:NOT_SET_ANYWHERE"));

        var check = await CheckAsync(gateway, "slack");

        Assert.False(check.GetProperty("works").GetBoolean());
        Assert.Contains("NOT_SET_ANYWHERE", check.GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.Empty(slack.Authorizations);
    }

    [Fact]
    public async Task A_connection_that_only_receives_has_nothing_to_ask()
    {
        await using var gateway = await StartAsync(null);

        Assert.True((await CheckAsync(gateway, "inbox")).GetProperty("works").GetBoolean());
        using var unknown = await gateway.Admin.PostAsync("api/connections/nobody/check", null);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private static async Task<RunningGateway> StartAsync(FakeSlack? slack, params (string Key, string Value)[] settings)
    {
        var gateway = await RunningGateway.StartAsync(slack?.Address, Bodies.Live, null, settings);
        gateway.Admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(Path.Combine(gateway.Data, "admin-token"))).Trim());
        return gateway;
    }

    private static async Task<JsonElement> CheckAsync(RunningGateway gateway, string connection)
    {
        using var answer = await gateway.Admin.PostAsync($"api/connections/{connection}/check", null);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
