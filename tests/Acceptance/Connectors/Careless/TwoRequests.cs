using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Acceptance.Connectors.Careless;

/// <summary>Attempts that need more than one request: correct, unless a test changes what they make of an answer.</summary>
internal static class TwoRequests
{
    private const string TokenName = "careless";

    /// <summary>What looking is answered.</summary>
    public static SendReply.Answered Seen { get; } = ScriptedContext.Answer(200, """{"id":"3"}""");

    /// <summary>What saying is answered.</summary>
    public static SendReply.Answered Said { get; } = ScriptedContext.Answer(200, """{"id":"7"}""");

    public static OutboundRequest Look(ActionContext context) => new(HttpMethod.Get, "https://careless.example/look")
    {
        Reads = true,
        SecretHeaders = Key(context),
    };

    /// <summary>Reads, then writes. <paramref name="change"/> sees what the read came to: null goes on to the write.</summary>
    public static Attempt LookFirst(Func<SendReply, StepOutcome?, StepOutcome?> change) => async (input, context, token) =>
    {
        if (context.FindSecret("ApiKey") is null)
        {
            return StepOutcome.Fail(FailureKind.Unauthorized, "secret_missing", "The connection sets no ApiKey.");
        }

        SendReply? reply = null;
        var read = await new Watched(context, seen => reply = seen).CallAsync(Look(context), answer => JudgeRead(answer, context), Sample, token);
        return change(reply!, read is StepOutcome.Done ? null : read) ?? await WriteAsync(input, context, token);
    };

    /// <summary>Changes what is there, and makes it where <paramref name="isAbsent"/> says so.</summary>
    public static Attempt UpdateFirst(Func<SendReply.Answered, bool> isAbsent) => async (input, context, token) =>
    {
        if (context.FindSecret("ApiKey") is null)
        {
            return StepOutcome.Fail(FailureKind.Unauthorized, "secret_missing", "The connection sets no ApiKey.");
        }

        var goesOn = false;
        var update = CarelessAction.Request(input, context) with { Method = HttpMethod.Patch };
        var outcome = await context.CallAsync(
            update,
            answer =>
            {
                goesOn = isAbsent(answer);
                return CarelessAction.Judge(answer, context);
            },
            Sample,
            token);
        return goesOn ? await WriteAsync(input, context, token) : outcome;
    };

    /// <summary>Writes, then makes what was written look nice. <paramref name="minds"/> makes the second the outcome.</summary>
    public static Attempt ThenShow(bool minds) => async (input, context, token) =>
    {
        if (context.FindSecret("ApiKey") is null)
        {
            return StepOutcome.Fail(FailureKind.Unauthorized, "secret_missing", "The connection sets no ApiKey.");
        }

        var outcome = await WriteAsync(input, context, token);
        if (outcome is not StepOutcome.Done)
        {
            return outcome;
        }

        var shown = await context.CallAsync(CarelessAction.Request(input, context) with { Harmless = true }, answer => CarelessAction.Judge(answer, context), Sample, token);
        return minds && shown is not StepOutcome.Done ? shown : outcome;
    };

    /// <summary>Signs with a token that the hub keeps.</summary>
    public static Attempt WithToken(bool gives) => async (input, context, cancellationToken) =>
    {
        var missing = new TokenReply.Failed(new StepOutcome.Failed(FailureKind.Unauthorized, "secret_missing", "The connection sets no ApiKey."));
        if (await context.TokenAsync(TokenName, _ => Task.FromResult<TokenReply>(missing), cancellationToken) is not TokenReply.Ready ready)
        {
            return missing.Outcome;
        }

        var request = CarelessAction.Request(input, context) with { SecretHeaders = [new SecretHeader("Authorization", "Bearer ", ready.Token)] };
        return await context.CallAsync(request, answer => Judge(answer, context, ready.Token, gives), Sample, cancellationToken);
    };

    private static StepOutcome Judge(SendReply.Answered answer, ActionContext context, Secret token, bool gives)
    {
        if (answer.Status != 401)
        {
            return CarelessAction.Judge(answer, context);
        }

        if (gives)
        {
            context.ForgetToken(TokenName, token);
        }

        return StepOutcome.Fail(FailureKind.Transient, "token_refused", "It refuses the token.");
    }

    private static StepOutcome JudgeRead(SendReply.Answered answer, ActionContext context) => CarelessAction.Judge(answer, context) switch
    {
        StepOutcome.Failed { Kind: FailureKind.Unconfirmed } doubt => doubt with { Kind = FailureKind.Transient },
        var outcome => outcome,
    };

    private static Task<StepOutcome> WriteAsync(CarelessInput input, ActionContext context, CancellationToken cancellationToken) =>
        context.CallAsync(CarelessAction.Request(input, context), answer => CarelessAction.Judge(answer, context), Sample, cancellationToken);

    private static System.Text.Json.JsonElement Sample() => OutputJson.Of(new CarelessOutput("sample"));

    private static SecretHeader[] Key(ActionContext context) =>
        context.FindSecret("ApiKey") is { } key ? [new SecretHeader("Authorization", "Bearer ", key)] : [];

    /// <summary>Tells what a request came to before it is judged.</summary>
    private sealed class Watched(ActionContext inner, Action<SendReply> seen) : ActionContext
    {
        public override string Connection => inner.Connection;

        public override string EffectKey => inner.EffectKey;

        public override bool Rehearsal => inner.Rehearsal;

        public override DateTimeOffset StartedAt => inner.StartedAt;

        public override Secret? FindSecret(string name) => inner.FindSecret(name);

        public override string? FindSetting(string name) => inner.FindSetting(name);

        public override Task<TokenReply> TokenAsync(string name, Func<CancellationToken, Task<TokenReply>> load, CancellationToken cancellationToken) =>
            inner.TokenAsync(name, load, cancellationToken);

        public override void ForgetToken(string name, Secret token) => inner.ForgetToken(name, token);

        public override Task<T?> CachedAsync<T>(string key, TimeSpan lifetime, Func<CancellationToken, Task<T?>> load, CancellationToken cancellationToken)
            where T : class => inner.CachedAsync(key, lifetime, load, cancellationToken);

        public override void ForgetCached(string key) => inner.ForgetCached(key);

        public override Task<IDisposable?> TurnAsync(string name, CancellationToken cancellationToken) => inner.TurnAsync(name, cancellationToken);

        public override async Task<SendReply> SendAsync(OutboundRequest request, CancellationToken cancellationToken)
        {
            var reply = await inner.SendAsync(request, cancellationToken);
            seen(reply);
            return reply;
        }

        public override Task<MailReply> SendMailAsync(OutboundMail mail, CancellationToken cancellationToken) => inner.SendMailAsync(mail, cancellationToken);
    }
}
