using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors;
using ConnectorHub.Gateway.Commands;
using ConnectorHub.Runs.Connections;
using ConnectorHub.Runs.Store;
using ConnectorHub.Tests.Gateway.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectorHub.Tests.Gateway.Hooks;

/// <summary>
/// One gateway with a connection for every connector that sends events and every proof its sources know, each with that proof alone;
/// and a recipe for every source that sends several events at once.
/// </summary>
public sealed class SampleDoor : IAsyncLifetime
{
    private const string PublicUrl = "https://hub.example.org";

    private FakeSlack? _slack;
    private RunningGateway? _gateway;
    private HookSender? _sender;

    /// <summary>Sources that have something around each event.</summary>
    internal static IEnumerable<(IConnector Connector, IEventSource Source)> Wrapping =>
        from connector in ConnectorCatalog.All
        from source in connector.Sources
        let body = Body(source.Events[0].Sample)
        where !source.Deliver(body).Span.SequenceEqual(body)
        select (connector, source);

    internal IHubStore Store => _gateway!.Store;

    private HookSender Sender => _sender!;

    public async ValueTask InitializeAsync()
    {
        _slack = await FakeSlack.StartAsync();
        _gateway = await RunningGateway.StartAsync(_slack.Address, Recipes(), null, [("Hub:PublicUrl", PublicUrl), .. Connections()]);
        _sender = new HookSender(_gateway.Http.BaseAddress!, new Uri(PublicUrl));
    }

    public async ValueTask DisposeAsync()
    {
        _sender!.Dispose();
        await _gateway!.DisposeAsync();
        await _slack!.DisposeAsync();
    }

    /// <summary>Posts one event as its platform would.</summary>
    internal Task<HookSender.Answer> SendAsync(IConnector connector, IEventSource source, string proof, string type, ReadOnlyMemory<byte> body, string id, DateTimeOffset now, bool spoil = false) =>
        Sender.SendAsync(Connection(connector, proof), source, type, body, id, now, spoil, CancellationToken.None);

    /// <summary>Posts the body of a whole delivery, signed.</summary>
    internal async Task<HookSender.Answer> PostAsync(IConnector connector, IEventSource source, string proof, string type, ReadOnlyMemory<byte> delivery, string id, DateTimeOffset now)
    {
        var sent = Request(connector, source, proof, type, delivery, id, now);
        using var request = new HttpRequestMessage(HttpMethod.Post, sent.Url![PublicUrl.Length..] + (sent.Token is null ? string.Empty : $"?token={sent.Token}"))
        {
            Content = new ReadOnlyMemoryContent(delivery),
        };
        foreach (var header in sent.Headers)
        {
            request.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        using var answer = await _gateway!.Http.SendAsync(request);
        return new HookSender.Answer(answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>What the source itself makes of a delivery: what the store must hold then.</summary>
    internal IReadOnlyList<ReadEvent> Read(IConnector connector, IEventSource source, string proof, string type, ReadOnlyMemory<byte> body, string id, DateTimeOffset now)
    {
        var connection = Connection(connector, proof);
        var request = Request(connector, source, proof, type, source.Deliver(body), id, now);
        return Assert.IsType<WebhookReading.Events>(source.Read(request, new WebhookSecrets(connection.Secrets, connection.Settings), now)).Items;
    }

    internal Task<IReadOnlyList<EventRow>> RowsAsync(IConnector connector, string proof) =>
        Store.ListEventsAsync(new EventQuery(Connection: Name(connector, proof), Limit: 500), CancellationToken.None);

    internal static byte[] Body(JsonElement sample) => Encoding.UTF8.GetBytes(sample.GetRawText());

    /// <summary>Several deliveries of one event as one of several events: their lists joined.</summary>
    internal static ReadOnlyMemory<byte> Join(IEnumerable<ReadOnlyMemory<byte>> deliveries)
    {
        var joined = deliveries.Select(delivery => JsonNode.Parse(delivery.Span)!).ToList();
        foreach (var more in joined.Skip(1))
        {
            foreach (var item in List(more))
            {
                List(joined[0]).Add(item!.DeepClone());
            }
        }

        return JsonSerializer.SerializeToUtf8Bytes(joined[0]);
    }

    private static JsonArray List(JsonNode delivery) =>
        delivery as JsonArray ?? delivery.AsObject().Select(member => member.Value).OfType<JsonArray>().Single();

    private static string Name(IConnector connector, string proof) => $"{connector.Manifest.Name}-{proof.ToLowerInvariant()}";

    private Connection Connection(IConnector connector, string proof) =>
        _gateway!.Services.GetRequiredService<IConnections>().Current.Find(Name(connector, proof))!;

    private WebhookRequest Request(IConnector connector, IEventSource source, string proof, string type, ReadOnlyMemory<byte> delivery, string id, DateTimeOffset now)
    {
        var connection = Connection(connector, proof);
        var hookEvent = source.HookSegment.Length > 0 ? source.HookSegment : source.Naming == EventNaming.Delivery ? null : type;
        var url = $"{PublicUrl}/hooks/{connection.Name}{(hookEvent is null ? string.Empty : $"/{hookEvent}")}";
        var signed = source.Sign(new SampleDelivery(type, delivery, url), new WebhookSecrets(connection.Secrets, connection.Settings), id, now);
        var headers = signed.Headers.Concat(signed.Labels).ToDictionary(header => header.Key, header => header.Value);
        return new WebhookRequest(headers, signed.Token?.Reveal(), hookEvent, delivery) { Url = url };
    }

    private static IEnumerable<(string Key, string Value)> Connections() =>
        from connector in ConnectorCatalog.All
        from proof in connector.Sources.SelectMany(source => source.Proofs).Distinct()
        let name = Name(connector, proof)
        let many = connector.Manifest.Secrets.Single(secret => secret.Name == proof).Many
        from setting in ((string, string)[])
        [
            ($"Connections:{name}:Connector", connector.Manifest.Name),
            ($"Connections:{name}:Secrets:{proof}{(many ? ":0" : string.Empty)}", RunningGateway.SigningSecret),
        ]
        select setting;

    private static Dictionary<string, string> Recipes() => Wrapping.ToDictionary(wrapping => wrapping.Source.Name, wrapping => $$"""
        version: 1
        name: {{wrapping.Source.Name}}
        when: { source: {{wrapping.Source.Name}}, event: [{{string.Join(", ", wrapping.Source.Events.Select(known => known.Name))}}] }
        steps:
          - id: post
            use: slack.post-message
            connection: slack
            with: { channel: "C0123456789", text: "It came." }
        """);
}
