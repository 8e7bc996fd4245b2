using ConnectorHub.Abstractions;
using ConnectorHub.Recipes.Expressions;
using ConnectorHub.Runs.Store;
using ConnectorHub.Values;

namespace ConnectorHub.Runs;

/// <summary>An event as expressions see it.</summary>
/// <param name="Key">The dedupe key, or else the id: names the event in effect keys.</param>
public sealed record KnownEvent(string Id, string Key, string Source, string Type, DateTimeOffset ReceivedAt, bool Test, Value Event, Value Meta)
{
    /// <summary>Builds it from a stored row.</summary>
    public static KnownEvent From(EventRow row, ConnectorBook connectors)
    {
        var missing = connectors.FindSource(row.Source)?.MissingDates ?? MissingDates.None;
        var body = EventBody.WithoutMissingDates(Value.Parse(row.Body), missing);
        return Create(row.Id, row.DedupeKey, row.Source, row.Type, row.Time, row.ReceivedAt, row.Test, row.Hook, body) with { Span = row.Span };
    }

    /// <summary>Builds it from its parts; <paramref name="hook"/> is <c>connection/event</c>.</summary>
    public static KnownEvent Create(
        string id, string? dedupeKey, string source, string type, DateTimeOffset? time, DateTimeOffset receivedAt, bool test, string hook, Value body)
    {
        var meta = new Dictionary<string, Value>(8, StringComparer.Ordinal)
        {
            ["id"] = Value.Text(id),
            ["source"] = Value.Text(source),
            ["type"] = Value.Text(type),
            ["time"] = Moment(time ?? receivedAt),
            ["receivedAt"] = Moment(receivedAt),
            ["test"] = test ? Value.True : Value.False,
            ["hook"] = Value.Text(hook),
        };
        return new KnownEvent(id, dedupeKey ?? id, source, type, receivedAt, test, body, Value.Map(meta));
    }

    /// <summary>The span of its delivery, from which attempts hang; null where that was not traced.</summary>
    public long? Span { get; init; }

    /// <summary>By which it came: <c>connection/event</c>, or the connection alone.</summary>
    public string Hook => Meta.Member("hook").ToText();

    /// <summary>The names every expression starts from.</summary>
    public Scope Scope(Value shared) => new Scope().Set("event", Event).Set("meta", Meta).Set("shared", shared);

    private static Value Moment(DateTimeOffset at) => Value.Moment(NodaTime.ZonedDateTime.FromDateTimeOffset(at));
}
