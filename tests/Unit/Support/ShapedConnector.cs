using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Unit.Support;

/// <summary>A connector that only has shapes: what recipes are checked against. It is never called.</summary>
internal sealed class ShapedConnector(string name, IReadOnlyList<IConnectorAction> actions, IReadOnlyList<IEventSource> sources) : IConnector
{
    public ConnectorManifest Manifest { get; } = new(name, name, "Shapes only.", null, [], [], [], new Dictionary<string, string>());

    public IReadOnlyList<IConnectorAction> Actions { get; } = actions;

    public IReadOnlyList<IEventSource> Sources { get; } = sources;

    public Task<StepOutcome> CheckAsync(ActionContext context, CancellationToken cancellationToken) => throw new NotSupportedException();
}

/// <summary>An action that only has a shape.</summary>
internal sealed class ShapedAction(string name, IReadOnlyList<Field> inputs, IReadOnlyList<Field> outputs) : IConnectorAction
{
    public string Name { get; } = name;

    public string About => "Shapes only.";

    public Repeat Repeat => Repeat.Unsafe;

    public ActionShape Shape { get; } = new(inputs, outputs);

    public Task<StepOutcome> ExecuteAsync(JsonElement input, ActionContext context, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Probe> FindAsync(JsonElement input, ActionContext context, CancellationToken cancellationToken) => throw new NotSupportedException();

    public static Field In(string name, FieldType type = FieldType.Text, bool required = false, TextKind kind = TextKind.Plain, params string[] allowed) =>
        new(name, type, required, kind, $"The {name}.", allowed);
}

/// <summary>A source that only has samples.</summary>
internal sealed class ShapedSource(string name, IReadOnlyList<EventType> events, MissingDates missing = MissingDates.None) : IEventSource
{
    public string Name { get; } = name;

    public IReadOnlyList<EventType> Events { get; } = events;

    public EventNaming Naming => EventNaming.Delivery;

    public IReadOnlyList<string> Proofs => ["SigningSecrets"];

    public IReadOnlyList<string> Setup => [];

    public MissingDates MissingDates => missing;

    public SenderContract Contract { get; } = new(TimeSpan.FromSeconds(15), SuccessStatus.Any2xx, [TimeSpan.FromHours(28)], null, "It stops.", "Ask for more.");

    public WebhookReading Read(WebhookRequest request, WebhookSecrets secrets, DateTimeOffset now) => throw new NotSupportedException();

    public SignedDelivery Sign(SampleDelivery delivery, WebhookSecrets secrets, string id, DateTimeOffset now) => throw new NotSupportedException();

    public static EventType Event(string name, string sample, bool inferred = false, params string[] open) =>
        new(name, "Happens.", JsonDocument.Parse(sample).RootElement, inferred, open);
}
