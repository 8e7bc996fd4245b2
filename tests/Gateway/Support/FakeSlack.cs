using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectorHub.Tests.Gateway.Support;

/// <summary>Slack as far as the hub sees it, on loopback. Answers are good unless a test queues others.</summary>
internal sealed class FakeSlack : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeSlack(WebApplication app) => _app = app;

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Messages posted, in order.</summary>
    public ConcurrentQueue<JsonNode> Posted { get; } = new();

    /// <summary>Answers to give first: status and body; a body of null cuts the connection after taking the message.</summary>
    public ConcurrentQueue<(int Status, string? Body)> Answers { get; } = new();

    /// <summary>Set: every message is answered only when this completes.</summary>
    public Task Held { get; set; } = Task.CompletedTask;

    /// <summary>Completes when the first message has come.</summary>
    public TaskCompletionSource Called { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Authorization headers seen.</summary>
    public ConcurrentQueue<string> Authorizations { get; } = new();

    /// <summary>Trace headers seen; empty texts where there was none.</summary>
    public ConcurrentQueue<string> Traceparents { get; } = new();

    public static async Task<FakeSlack> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var slack = new FakeSlack(app);
        app.Run(slack.AnswerAsync);
        await app.StartAsync();
        return slack;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Authorizations.Enqueue(context.Request.Headers.Authorization.ToString());
        Traceparents.Enqueue(context.Request.Headers.TraceParent.ToString());
        var path = context.Request.Path.Value!;
        if (path.EndsWith("chat.postMessage", StringComparison.Ordinal) || path.StartsWith("/services/", StringComparison.Ordinal))
        {
            await PostAsync(context);
        }
        else if (path.EndsWith("conversations.history", StringComparison.Ordinal))
        {
            var messages = Posted.Select((message, index) => new JsonObject { ["ts"] = $"{index}.0", ["metadata"] = message["metadata"]?.DeepClone() });
            await context.Response.WriteAsync(new JsonObject { ["ok"] = true, ["messages"] = new JsonArray([.. messages]) }.ToJsonString());
        }
        else
        {
            await context.Response.WriteAsync("{\"ok\":true}");
        }
    }

    private async Task PostAsync(HttpContext context)
    {
        using var document = await JsonDocument.ParseAsync(context.Request.Body);
        var message = JsonNode.Parse(document.RootElement.GetRawText())!;
        Called.TrySetResult();
        await Held;
        if (!Answers.TryDequeue(out var answer))
        {
            Posted.Enqueue(message);
            await context.Response.WriteAsync($"{{\"ok\":true,\"channel\":\"C0123456789\",\"ts\":\"{Posted.Count}.0\"}}");
            return;
        }

        if (answer.Body is null)
        {
            Posted.Enqueue(message);
            context.Abort();
            return;
        }

        context.Response.StatusCode = answer.Status;
        await context.Response.WriteAsync(answer.Body);
    }
}
