using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Tests.Gateway.Settings;

internal sealed class FakeSource(string name, bool eventComesFromHook, IReadOnlyList<string> proofs, params string[] events) : IEventSource
{
    public string Name => name;

    public IReadOnlyList<EventType> Events => [.. events.Select(type => new EventType(type, string.Empty, default, false, []))];

    public EventNaming Naming => eventComesFromHook ? EventNaming.Hook : EventNaming.Delivery;

    public IReadOnlyList<string> Proofs => proofs;

    public IReadOnlyList<string> Setup => [];

    public SenderContract Contract => new(TimeSpan.FromSeconds(10), SuccessStatus.Any2xx, [], null, string.Empty, string.Empty);

    public WebhookReading Read(WebhookRequest request, WebhookSecrets secrets, DateTimeOffset now) => throw new NotSupportedException();

    public SignedDelivery Sign(SampleDelivery delivery, WebhookSecrets secrets, string id, DateTimeOffset now) => throw new NotSupportedException();
}

internal sealed class FakeAction : IConnectorAction
{
    public string Name => "write";

    public string About => "For tests.";

    public Repeat Repeat => Repeat.Safe;

    public ActionShape Shape => new([], []);

    public Task<StepOutcome> ExecuteAsync(JsonElement input, ActionContext context, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Probe> FindAsync(JsonElement input, ActionContext context, CancellationToken cancellationToken) => throw new NotSupportedException();
}
