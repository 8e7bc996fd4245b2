using System.Text;
using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Acceptance.Connectors.Careless;

internal sealed record CarelessInput([About("What to say to the others")] string Text);

internal sealed record CarelessOutput([About("The id of what was made")] string Id);

/// <summary>How an attempt goes wrong, on purpose.</summary>
internal delegate Task<StepOutcome> Attempt(CarelessInput input, ActionContext context, CancellationToken cancellationToken);

/// <summary>A correct small action, unless a test hands it a way to go wrong.</summary>
internal sealed class CarelessAction(Attempt? attempt = null, Repeat repeat = Repeat.Unsafe, Probe? probe = null) : ConnectorAction<CarelessInput, CarelessOutput>
{
    public override string Name => "say";

    public override string About => "Says something to the others.";

    public override Repeat Repeat => repeat;

    protected override CarelessOutput Sample => new("sample");

    public static OutboundRequest Request(CarelessInput input, ActionContext context, string url = "https://careless.example/say") =>
        new(HttpMethod.Post, url)
        {
            SecretHeaders = context.FindSecret("ApiKey") is { } key ? [new SecretHeader("Authorization", "Bearer ", key)] : [],
            Body = OutputJson.RequestBody(input),
        };

    /// <summary>What a careful action makes of an answer.</summary>
    public static StepOutcome Judge(SendReply.Answered answer, ActionContext context)
    {
        var wait = answer.RetryAfter(context.StartedAt);
        return answer.Status switch
        {
            200 when UntrustedJson.Answer(answer) is { } json && UntrustedJson.Text(json, "id") is { } id => Done(new CarelessOutput(id)),
            429 => new StepOutcome.Failed(FailureKind.RateLimited, "slow_down", "It asks to slow down.", wait),
            401 => StepOutcome.Fail(FailureKind.Unauthorized, "refused", "It refuses the key."),
            200 or >= 500 => new StepOutcome.Failed(FailureKind.Unconfirmed, "unclear", "It is not known what it did.", wait),
            _ => StepOutcome.Fail(FailureKind.Rejected, "refused", $"It answered {answer.Status}."),
        };
    }

    public static string TextOf(SendReply.Answered answer) => Encoding.UTF8.GetString(answer.Body.Span);

    protected override Task<StepOutcome> ExecuteAsync(CarelessInput input, ActionContext context, CancellationToken cancellationToken)
    {
        if (attempt is not null)
        {
            return attempt(input, context, cancellationToken);
        }

        return context.FindSecret("ApiKey") is null
            ? Task.FromResult(StepOutcome.Fail(FailureKind.Unauthorized, "secret_missing", "The connection sets no ApiKey."))
            : SendAsync(Request(input, context), context, answer => Judge(answer, context), cancellationToken);
    }

    protected override Task<Probe> FindAsync(CarelessInput input, ActionContext context, CancellationToken cancellationToken) =>
        Task.FromResult(probe ?? new Probe.Unknown("It keeps no record."));
}

/// <summary>An action that takes anything, as one written without the base class might.</summary>
internal sealed class GullibleAction : IConnectorAction
{
    public string Name => "Say";

    public string About => "says";

    public Repeat Repeat => Repeat.Unsafe;

    public ActionShape Shape => new([new Field("Text", FieldType.Text, true, TextKind.Plain, "", [])], []);

    public async Task<StepOutcome> ExecuteAsync(JsonElement input, ActionContext context, CancellationToken cancellationToken)
    {
        await context.SendAsync(new OutboundRequest(HttpMethod.Post, "https://careless.example/say"), cancellationToken);
        return new StepOutcome.Done(input);
    }

    public Task<Probe> FindAsync(JsonElement input, ActionContext context, CancellationToken cancellationToken) =>
        Task.FromResult<Probe>(new Probe.Absent());
}
