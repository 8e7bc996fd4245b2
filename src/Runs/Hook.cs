using ConnectorHub.Abstractions;
using ConnectorHub.Runs.Connections;

namespace ConnectorHub.Runs;

/// <summary>Our address a platform calls, resolved: the connection it belongs to and the source that reads it.</summary>
/// <param name="Event">The event segment of the address, or empty.</param>
/// <param name="Settings">What the operator set for it.</param>
public sealed record Hook(Connection Connection, IEventSource Source, string Event, HookSettings Settings)
{
    /// <summary>As shown to people: <c>connection/event</c>.</summary>
    public string Name => Event.Length == 0 ? Connection.Name : $"{Connection.Name}/{Event}";
}

/// <summary>What the platform is answered. Closed.</summary>
public abstract record ReceiveAnswer
{
    private ReceiveAnswer()
    {
    }

    /// <summary>200: durable. One id for each event, the first one's where it is a duplicate.</summary>
    public sealed record Accepted(IReadOnlyList<Store.AcceptedEvent> Events) : ReceiveAnswer;

    /// <summary>The platform asked whether we are there.</summary>
    public sealed record Handshake(int Status, string ContentType, ReadOnlyMemory<byte> Body) : ReceiveAnswer;

    /// <summary>401: the same from outside for an unknown hook, a missing and a wrong signature.</summary>
    public sealed record NotVerified(Refusal Why, string Detail) : ReceiveAnswer;

    /// <summary>400: verified, but not JSON we can read.</summary>
    public sealed record NotJson(string Detail) : ReceiveAnswer;

    /// <summary>503: the store cannot take it now; the sender is asked to come back.</summary>
    public sealed record Busy(string Detail) : ReceiveAnswer;
}
