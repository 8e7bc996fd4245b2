using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Tests.Gateway.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectorHub.Tests.Gateway.Hooks;

public class LedgerTests
{
    [Fact]
    public async Task A_hundred_thousand_names_of_strangers_leave_two_rows_and_a_small_database()
    {
        const int Knocks = 100_000;
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live);
        var endpoint = gateway.Services.GetRequiredService<HookEndpoint>();
        var ledger = gateway.Services.GetRequiredService<HookLedger>();
        await Parallel.ForAsync(0, Knocks, async (i, _) =>
        {
            var path = (i % 4) switch { 0 => $"/hooks/n{i}", 1 => $"/hooks/n{i}/live.updated", 2 => $"/hooks/spot/e{i}", _ => $"/hooks/spot/live.updated/{i}" };
            var context = Knock(path, $"Agent/{i} {new string('x', 500)}");
            await endpoint.InvokeAsync(context);
            Assert.Equal(StatusCodes.Status401Unauthorized, context.Response.StatusCode);
        });

        Assert.Equal(Knocks, ledger.All.Sum(account => account.Refused));
        var rows = await RunningGateway.EventuallyAsync(
            async () => (await gateway.Store.HooksAsync(CancellationToken.None)) is { Count: > 0 } kept && kept.Sum(Refusals) == Knocks ? kept : null,
            "a ledger that holds them all");
        Assert.Equal(2, rows.Count);
        Assert.All(rows, row => Assert.InRange(row.Notes!.Value.Length, 1, 40_000));
        Assert.InRange(new FileInfo(Path.Combine(gateway.Data, "hub.db")).Length + new FileInfo(Path.Combine(gateway.Data, "hub.db-wal")).Length, 1, 4_000_000);
    }

    [Fact]
    public async Task Refusals_of_known_hooks_are_told_apart_and_unknown_names_are_pooled()
    {
        await using var gateway = await RunningGateway.StartAsync(null, Bodies.Live);
        foreach (var path in (string[])["/hooks/spot/live.updated", "/hooks/spot/quiz.finished", "/hooks/spot", "/hooks/nobody", "/hooks/inbox?token=wrong"])
        {
            using var answer = await gateway.Http.PostAsync(path, new StringContent("{}"));
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        using var notJson = await gateway.PostAsync("live.updated", "hello");
        using var taken = await gateway.PostAsync("quiz.finished", "{\"score\":1}");
        using var now = await gateway.Http.PostAsync("/hooks/spot/quiz.finished", new StringContent("{}"));

        var hooks = JsonNode.Parse(await gateway.GetAsync("/api/hooks"))!;
        Assert.Equal("{\"NoProof\":1,\"NotJson\":1}", Refused(hooks, "spot/live.updated"));
        Assert.Equal("{\"NoProof\":1}", Refused(hooks, "spot/quiz.finished"));
        Assert.Equal("{\"WrongProof\":1}", Refused(hooks, "inbox"));
        Assert.Equal("{\"NoProof\":1,\"NoSuchHook\":1}", hooks["connections"]!.AsArray().Single(c => (string)c!["name"]! == "spot")!["others"]!["refused"]!.ToJsonString());
        Assert.Equal("{\"NoSuchHook\":1}", hooks["strangers"]!["refused"]!.ToJsonString());
    }

    private static string Refused(JsonNode hooks, string name) => hooks["connections"]!.AsArray()
        .SelectMany(connection => connection!["sources"]!.AsArray())
        .SelectMany(source => source!["hooks"]!.AsArray())
        .Single(hook => (string)hook!["name"]! == name)!["refused"]!.ToJsonString();

    private static long Refusals(ConnectorHub.Runs.Store.HookRow row) =>
        JsonNode.Parse(Encoding.UTF8.GetString(row.State.Span))!["refusals"]!.AsObject().Sum(count => count.Value!.GetValue<long>());

    private static DefaultHttpContext Knock(string path, string userAgent)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = "POST";
        context.Request.Path = path;
        context.Request.Headers.UserAgent = userAgent;
        context.Request.Body = new MemoryStream("{\"a\":1}"u8.ToArray());
        return context;
    }
}
