using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors;
using ConnectorHub.Tests.StandIns;

namespace ConnectorHub.Tests.Acceptance.StandIns;

/// <summary>One connection of a hub whose way out ends at a stand-in, within this process. It keeps tokens and headers as a hub does.</summary>
/// <param name="connector">Whose actions run.</param>
/// <param name="standIn">Where they arrive.</param>
/// <param name="time">The clock of both.</param>
/// <param name="root">What the connector's base address is at the stand-in.</param>
internal sealed class StandInHub(string connector, StandIn standIn, TimeProvider time, string root = "")
{
    private readonly IConnector _connector = ConnectorCatalog.All.Single(one => one.Manifest.Name == connector);
    private readonly Dictionary<string, (Secret Token, DateTimeOffset Ends)> _tokens = [];
    private readonly Dictionary<string, object> _kept = [];
    private readonly Dictionary<string, SemaphoreSlim> _turns = [];

    public Dictionary<string, string> Secrets { get; init; } = [];

    public Dictionary<string, string> Settings { get; init; } = [];

    /// <summary>Where requests go; the stand-in's own function unless a test has a longer way.</summary>
    public Func<OutboundRequest, string, CancellationToken, Task<SendReply>>? Way { get; init; }

    /// <summary>Where mails go, for the one connector that sends them.</summary>
    public Func<OutboundMail, CancellationToken, Task<MailReply>>? MailWay { get; init; }

    /// <summary>The actions that did their effect here.</summary>
    public SortedSet<string> DoneActions { get; } = new(StringComparer.Ordinal);

    /// <summary>The key of an effect, by a name for it.</summary>
    public static string Key(string effect) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(effect)));

    /// <summary>One attempt.</summary>
    public Task<StepOutcome> RunAsync(string action, string input, string effect = "effect") =>
        Action(action).ExecuteAsync(JsonElement.Parse(input), new Context(this, Key(effect)), TestContext.Current.CancellationToken);

    /// <summary>One attempt that must do its effect; its output.</summary>
    public async Task<JsonElement> DoneAsync(string action, string input, string effect = "effect")
    {
        var outcome = await RunAsync(action, input, effect);
        if (outcome is not StepOutcome.Done done)
        {
            throw new Xunit.Sdk.XunitException($"{action}: {Connectors.Outcomes.Show(outcome)}");
        }

        DoneActions.Add(action);
        return done.Output;
    }

    /// <summary>One attempt that must not.</summary>
    public async Task<StepOutcome.Failed> FailedAsync(string action, string input, string effect = "effect")
    {
        var outcome = await RunAsync(action, input, effect);
        return outcome as StepOutcome.Failed ?? throw new Xunit.Sdk.XunitException($"{action}: {Connectors.Outcomes.Show(outcome)}");
    }

    /// <summary>One attempt for several effects, which go out as one call.</summary>
    public Task<IReadOnlyList<StepOutcome>> RunManyAsync(string action, params IReadOnlyList<string> inputs) => ((IBatchAction)Action(action)).ExecuteManyAsync(
        [.. inputs.Select((input, index) => new BatchItem(JsonElement.Parse(input), Key($"item {index}")))],
        new Context(this, Key("all")),
        TestContext.Current.CancellationToken);

    /// <summary>Looks for an effect.</summary>
    public Task<Probe> FindAsync(string action, string input, string effect = "effect") =>
        Action(action).FindAsync(JsonElement.Parse(input), new Context(this, Key(effect)), TestContext.Current.CancellationToken);

    /// <summary>What a stand-in replies to a request.</summary>
    public static SendReply Answer(StandIn standIn, OutboundRequest request, string target) => Reply(standIn.Answer(Read(request, target)));

    /// <summary>Asks whether the connection works.</summary>
    public Task<StepOutcome> CheckAsync() => _connector.CheckAsync(new Context(this, Key("check")), TestContext.Current.CancellationToken);

    private IConnectorAction Action(string name) => _connector.Actions.Single(action => action.Name == name);

    // As the hub reads addresses: relative ones below the base address, and those of the connector's own hosts at the stand-in as well.
    private string Target(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            return root + url;
        }

        return _connector.Manifest.BaseUrl is { } own && url.StartsWith(own, StringComparison.Ordinal) ? root + url[own.Length..] : address.PathAndQuery;
    }

    private Task<SendReply> SendAsync(OutboundRequest request, CancellationToken cancellationToken) =>
        Way is { } way ? way(request, Target(request.Url), cancellationToken) : Task.FromResult(Answer(standIn, request, Target(request.Url)));

    private static StandInRequest Read(OutboundRequest request, string target) => new(
        request.Method.Method,
        target,
        request.Headers
            .Concat(request.SecretHeaders.Select(header => KeyValuePair.Create(header.Name, header.Prefix + header.Value.Reveal())))
            .Append(KeyValuePair.Create("Content-Type", request.ContentType)),
        request.Body);

    private static SendReply Reply(StandInReply reply) => reply.Fate switch
    {
        Fate.Refused => new SendReply.NeverSent("connect_failed", "The stand-in is not there."),
        Fate.Lost or Fate.Cut => new SendReply.Lost("connection_lost", "The connection ended before the answer did."),
        _ => new SendReply.Answered(reply.Status, reply.Headers, reply.Body, BodyCut: false),
    };

    private DateTimeOffset Now => time.GetUtcNow();

    private sealed class Context(StandInHub hub, string key) : ActionContext
    {
        public override string Connection => "stand-in";

        public override string EffectKey => key;

        public override bool Rehearsal => false;

        public override DateTimeOffset StartedAt { get; } = hub.Now;

        public override DateTimeOffset Now => hub.Now;

        public override Secret? FindSecret(string name) => hub.Secrets.TryGetValue(name, out var value) ? new Secret(value) : null;

        public override string? FindSetting(string name) =>
            hub.Settings.GetValueOrDefault(name) ?? hub._connector.Manifest.Settings.FirstOrDefault(setting => setting.Name == name)?.Default;

        public override async Task<TokenReply> TokenAsync(string name, Func<CancellationToken, Task<TokenReply>> load, CancellationToken cancellationToken)
        {
            if (hub._tokens.TryGetValue(name, out var kept) && kept.Ends > Now)
            {
                return new TokenReply.Ready(kept.Token, kept.Ends - Now);
            }

            var reply = await load(cancellationToken);
            if (reply is TokenReply.Ready ready)
            {
                hub._tokens[name] = (ready.Token, Now + ready.Lifetime);
            }

            return reply;
        }

        public override void ForgetToken(string name, Secret token)
        {
            if (hub._tokens.TryGetValue(name, out var kept) && kept.Token.Equals(token))
            {
                hub._tokens.Remove(name);
            }
        }

        public override async Task<T?> CachedAsync<T>(string name, TimeSpan lifetime, Func<CancellationToken, Task<T?>> load, CancellationToken cancellationToken)
            where T : class
        {
            if (hub._kept.TryGetValue(name, out var kept))
            {
                return (T)kept;
            }

            var loaded = await load(cancellationToken);
            if (loaded is not null)
            {
                hub._kept[name] = loaded;
            }

            return loaded;
        }

        public override void ForgetCached(string name) => hub._kept.Remove(name);

        public override async Task<IDisposable?> TurnAsync(string name, CancellationToken cancellationToken)
        {
            if (!hub._turns.TryGetValue(name, out var turn))
            {
                hub._turns[name] = turn = new SemaphoreSlim(1);
            }

            await turn.WaitAsync(cancellationToken);
            return new Turn(turn);
        }

        public override Task<SendReply> SendAsync(OutboundRequest request, CancellationToken cancellationToken) => hub.SendAsync(request, cancellationToken);

        public override Task<MailReply> SendMailAsync(OutboundMail mail, CancellationToken cancellationToken) =>
            hub.MailWay is { } way ? way(mail, cancellationToken) : throw new InvalidOperationException("This connection has no mail server.");
    }

    private sealed class Turn(SemaphoreSlim taken) : IDisposable
    {
        public void Dispose() => taken.Release();
    }
}
