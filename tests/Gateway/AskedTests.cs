using System.Net;
using System.Text.Json.Nodes;
using ConnectorHub.Gateway.Admin;
using ConnectorHub.Gateway.Commands;
using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.Gateway.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectorHub.Tests.Gateway;

/// <summary>A slip in what the admin API is asked for does nothing, and above all not everything.</summary>
public sealed class AskedTests
{
    public static TheoryData<string, string, string> Slips => new()
    {
        { "api/replays", """{"filter":{},"how":{}}""", "would fit every run" },
        { "api/replays", """{"filter":{"recipie":"live"},"how":{}}""", "recipie" },
        { "api/replays", """{"filter":{"recipe":"live"},"how":{"at":"2020-01-01T00:00:00Z"}}""", "which is past" },
        { "api/replays", """{"filter":{"recipe":"live"},"how":{},"perSecond":0}""", "above 0" },
        { "api/cancellations", """{"filter":{},"why":"all of it"}""", "would fit every run" },
        { "api/cancellations", """{"filter":{"conection":"slack"},"why":"a slip"}""", "conection" },
        { "api/schedules", """{"filter":{},"how":{},"cron":"0 2 * * *"}""", "would fit every run" },
        { "api/schedules", """{"filter":{"recipe":"live"},"how":{"at":"2020-01-01T00:00:00Z"}}""", "which is past" },
        { "api/events/evt_1/replay", """{"at":"2020-01-01T00:00:00Z"}""", "which is past" },
        { "api/runs/run_1/replay", """{"at":"2020-01-01T00:00:00Z"}""", "which is past" },
        { "api/runs/run_1/decide", "{}", "'happened' is true, or false to send it again" },
    };

    [Theory]
    [MemberData(nameof(Slips))]
    public async Task A_slip_is_told_and_nothing_is_done(string path, string body, string told)
    {
        await using var slack = await FakeSlack.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(slack.Address, Bodies.Live);

        using var answer = await gateway.SendAdminAsync(path, JsonNode.Parse(body)!);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(told, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Empty(await gateway.Store.AuditAsync(null, null, 10, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_plan_that_is_made_while_a_gateway_runs_names_the_process_that_fires_it()
    {
        await using var slack = await FakeSlack.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(slack.Address, Bodies.Live);

        using var answer = await gateway.SendAdminAsync("api/schedules", JsonNode.Parse("""{"filter":{"recipe":"live"},"how":{},"cron":"0 2 * * *"}""")!);

        Assert.Contains($"\"owner\":\"{Environment.MachineName}/{Environment.ProcessId}\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_cannot_commit_is_an_answer_with_its_reason()
    {
        var guard = new StoreGuard(_ => throw new StoreUnavailableException("CH5003: the disk is full."));
        var context = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().AddProblemDetails().BuildServiceProvider() };
        using var body = new MemoryStream();
        context.Response.Body = body;

        await guard.InvokeAsync(context);

        Assert.Equal(503, context.Response.StatusCode);
        Assert.Contains("Nothing was done. CH5003: the disk is full.", System.Text.Encoding.UTF8.GetString(body.ToArray()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("connectorhub", "ana", "ana (as connectorhub)")]
    [InlineData("ana", null, "ana")]
    [InlineData("ana", "", "ana")]
    [InlineData("ana", "ana", "ana")]
    public void Who_asked_sudo_is_who_did_it(string user, string? sudo, string who) => Assert.Equal(who, Caller.Name(user, sudo));
}
