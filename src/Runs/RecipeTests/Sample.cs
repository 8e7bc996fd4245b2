using ConnectorHub.Abstractions;
using ConnectorHub.Recipes.HubEvents;
using ConnectorHub.Values;

namespace ConnectorHub.Runs.RecipeTests;

/// <summary>A shipped sample event.</summary>
public sealed record Sample(IConnector Connector, IEventSource Source, EventType Event)
{
    /// <summary>Its body.</summary>
    public Value Body => Value.FromJson(Event.Sample);

    /// <summary>Finds <c>source/event</c> among the shipped samples; null where there is none.</summary>
    public static Sample? Find(IReadOnlyList<IConnector> connectors, string reference)
        => All(connectors).FirstOrDefault(sample => sample.ToString() == reference);

    /// <summary>Every shipped sample.</summary>
    public static IEnumerable<Sample> All(IReadOnlyList<IConnector> connectors)
        => from connector in HubConnector.With(connectors) from source in connector.Sources from known in source.Events select new Sample(connector, source, known);

    /// <summary>A value with another one at a path.</summary>
    /// <returns>The changed value, or what stood in the way.</returns>
    public static (Value? Changed, string? Problem) Change(Value root, string path, Value value)
    {
        if (!Values.Path.TryParse(path, out var parsed, out var problem))
        {
            return (null, $"'{path}' is not a path: {problem.Message}");
        }

        return parsed.Change(root, value) is { } changed
            ? (changed, null)
            : (null, $"'{path}' cannot be set: the sample has no place for it.");
    }

    /// <summary><c>source/event</c>.</summary>
    public override string ToString() => $"{Source.Name}/{Event.Name}";
}
