using ConnectorHub.Abstractions;
using ConnectorHub.Values;
using Path = ConnectorHub.Values.Path;

namespace ConnectorHub.Runs;

/// <summary>What an operator says tells a repetition from a new event, in place of what the source would say. Closed.</summary>
public abstract record DedupeRule
{
    private DedupeRule()
    {
    }

    /// <summary>A header that carries the sender's id of the delivery.</summary>
    public sealed record Header(string Name) : DedupeRule;

    /// <summary>A text or number in the body, such as <c>order.id</c>.</summary>
    public sealed record Body(Path Path) : DedupeRule;

    /// <summary>Equal content within this time.</summary>
    public sealed record Content(TimeSpan Window) : DedupeRule;

    /// <summary>The key of one event of a delivery; what the source says where the rule finds nothing.</summary>
    /// <param name="index">Its place in the delivery: a header names the delivery, not what is in it.</param>
    public DedupeKey? KeyOf(WebhookRequest request, ReadEvent read, Value body, int index)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(read);
        return this switch
        {
            Header header when request.Header(header.Name) is { Length: > 0 } id => Of(index == 0 ? id : $"{id}#{index}", read),
            Body path when path.Path.Resolve(body) is { Kind: ValueKind.Text or ValueKind.Number } id && id.ToText().Length > 0 => Of(id.ToText(), read),
            Content content => DedupeKey.OfContent(read.Data.Span, content.Window),
            _ => read.Dedupe,
        };
    }

    private static DedupeKey Of(string id, ReadEvent read) => DedupeKey.Of(id, read.Dedupe?.Window ?? DedupeKey.Usual);
}
