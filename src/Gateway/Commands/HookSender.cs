using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Runs.Connections;

namespace ConnectorHub.Gateway.Commands;

/// <summary>Plays the platform: posts a signed body to a hook of our own.</summary>
/// <param name="gateway">Where its public listener is.</param>
/// <param name="publicUrl">Its public address, which some platforms sign; null where none is set.</param>
internal sealed class HookSender(Uri gateway, Uri? publicUrl) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });

    /// <summary>What the gateway answered.</summary>
    public sealed record Answer(HttpStatusCode Status, string Body)
    {
        /// <summary>The body as JSON; a JSON text where it is none: another program may listen there.</summary>
        public JsonElement Content { get; } = Read(Body);

        /// <summary>The id of the first event, where it was taken.</summary>
        public string? EventId => First("id") is { ValueKind: JsonValueKind.String } id ? id.GetString() : null;

        public bool Duplicate => First("duplicate") is { ValueKind: JsonValueKind.True };

        private JsonElement? First(string name) =>
            Status == HttpStatusCode.OK
            && Content.ValueKind == JsonValueKind.Object
            && Content.TryGetProperty("events", out var events)
            && events is { ValueKind: JsonValueKind.Array }
            && events.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } first
            && first.TryGetProperty(name, out var value) ? value : null;

        private static JsonElement Read(string body)
        {
            try
            {
                using var read = JsonDocument.Parse(body);
                return read.RootElement.Clone();
            }
            catch (JsonException)
            {
                return JsonSerializer.SerializeToElement(body);
            }
        }
    }

    /// <summary>Signs as the platform would and posts. The body is sent as it is; <see cref="IEventSource.Renew"/> makes another event of it.</summary>
    /// <param name="body">Of one event.</param>
    /// <param name="id">The sender's id of the message; the same id again is a repeat.</param>
    /// <param name="spoil">True: one bit of the signature or token is wrong.</param>
    public async Task<Answer> SendAsync(Connection connection, IEventSource source, string type, ReadOnlyMemory<byte> body, string id, DateTimeOffset now, bool spoil, CancellationToken cancellationToken)
    {
        var segment = source.HookSegment.Length > 0 ? $"/{source.HookSegment}" : source.Naming == EventNaming.Delivery ? string.Empty : $"/{type}";
        var path = $"/hooks/{connection.Name}{segment}";
        var delivered = source.Deliver(body);
        var delivery = new SampleDelivery(type, delivered, publicUrl is null ? null : publicUrl.AbsoluteUri.TrimEnd('/') + path);
        var signed = source.Sign(delivery, new WebhookSecrets(connection.Secrets, connection.Settings), id, now);
        var token = signed.Token is null ? string.Empty : $"?token={Uri.EscapeDataString(signed.Token.Reveal() + (spoil ? "x" : string.Empty))}";
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway, path + token));
        request.Content = new ReadOnlyMemoryContent(delivered) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        foreach (var header in signed.Headers)
        {
            // The signature is the last a sender adds.
            request.Headers.TryAddWithoutValidation(header.Key, spoil && header.Equals(signed.Headers[^1]) ? Spoil(header.Value) : header.Value);
        }

        foreach (var label in signed.Labels)
        {
            request.Headers.TryAddWithoutValidation(label.Key, label.Value);
        }

        using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
    }

    public void Dispose() => _http.Dispose();

    // Behind whatever a platform writes before its signature: v1, or sha256= or a time.
    private static string Spoil(string value)
    {
        var at = value.AsSpan().TrimEnd('=').LastIndexOfAny(',', '=') + 1;
        return string.Concat(value.AsSpan(0, at), value[at] == 'a' ? "b" : "a", value.AsSpan(at + 1));
    }
}
