using System.Text;
using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.HubSpot;

namespace ConnectorHub.Tests.Acceptance.Connectors.HubSpot;

/// <summary>Attempts of HubSpot's actions against answers given in order.</summary>
internal static class HubSpotCalls
{
    public const string NotThere = """{"status":"error","message":"resource not found","correlationId":"aeb5f871-7f07-4993-9211-075dc63e7cbf","category":"OBJECT_NOT_FOUND"}""";

    public const string Taken = """{"status":"error","message":"Contact already exists. Existing ID: 501","correlationId":"aeb5f871-7f07-4993-9211-075dc63e7cbf","category":"CONFLICT"}""";

    private static readonly Dictionary<string, Secret> Secrets = new() { ["AccessToken"] = new Secret("pat-eu1-canary") };

    public static SendReply Contact(int status, string id = "501") => ScriptedContext.Answer(status, $$"""{"id":"{{id}}","properties":{},"archived":false}""");

    public static async Task<(StepOutcome Outcome, ScriptedContext Context)> RunAsync(string action, string input, params SendReply[] answers) =>
        await RunAsync(action, input, null, answers);

    public static async Task<(StepOutcome Outcome, ScriptedContext Context)> RunAsync(string action, string input, string? version, SendReply[] answers)
    {
        var left = new Queue<SendReply>(answers);
        var context = new ScriptedContext(Secrets, request => left.TryDequeue(out var next)
            ? next
            : throw new InvalidOperationException($"{request.Method} {request.Url} was not expected."))
        {
            Settings = version is null ? new Dictionary<string, string>() : new() { ["ApiVersion"] = version },
        };
        using var json = JsonDocument.Parse(input);
        var outcome = await new HubSpotConnector().Actions.Single(one => one.Name == action)
            .ExecuteAsync(json.RootElement, context, TestContext.Current.CancellationToken);
        Assert.Empty(left);
        return (outcome, context);
    }

    /// <summary>Each request as <c>METHOD address</c>.</summary>
    public static IEnumerable<string> Lines(ScriptedContext context) => context.Requests.Select(request => $"{request.Method} {request.Url}");

    public static string Body(ScriptedContext context, int request) => Encoding.UTF8.GetString(context.Requests[request].Body.Span);

    public static string Output(StepOutcome outcome) => Assert.IsType<StepOutcome.Done>(outcome).Output.GetRawText();

    public static StepOutcome.Failed Failed(StepOutcome outcome) => Assert.IsType<StepOutcome.Failed>(outcome);
}
