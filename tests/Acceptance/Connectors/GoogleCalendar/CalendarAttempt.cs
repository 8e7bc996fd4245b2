using System.Text;
using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Acceptance.Connectors.GoogleCalendar;

/// <summary>One attempt against answers in their order, and what left the hub.</summary>
internal sealed record CalendarAttempt(StepOutcome Outcome, IReadOnlyList<OutboundRequest> Requests)
{
    public const string Id = "0123456789abcdef0123456789abcdef";

    public static readonly Dictionary<string, Secret> Secrets = new() { ["AccessToken"] = new("static-token") };

    public StepOutcome.Failed Failed => Assert.IsType<StepOutcome.Failed>(Outcome);

    public JsonElement Output => Assert.IsType<StepOutcome.Done>(Outcome).Output;

    public string Body(int request) => Encoding.UTF8.GetString(Requests[request].Body.Span);

    public static Task<CalendarAttempt> RunAsync(IConnectorAction action, string input, params SendReply[] answers) =>
        RunAsync(action, input, ScriptedContext.Of(Secrets, answers));

    public static async Task<CalendarAttempt> RunAsync(IConnectorAction action, string input, ScriptedContext context)
    {
        var outcome = await action.ExecuteAsync(JsonDocument.Parse(input).RootElement, context, TestContext.Current.CancellationToken);
        return new CalendarAttempt(outcome, context.Requests);
    }

    public static SendReply.Answered Refused(int status, string reason) =>
        ScriptedContext.Answer(status, $$"""{"error":{"code":{{status}},"errors":[{"domain":"global","reason":"{{reason}}"}],"message":"No"} }""");

    public static SendReply.Answered Entry(string members) => ScriptedContext.Answer(200, $$"""{"id":"{{Id}}",{{members}} }""");
}
