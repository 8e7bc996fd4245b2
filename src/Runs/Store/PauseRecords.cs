namespace ConnectorHub.Runs.Store;

/// <summary>What can be held up.</summary>
public enum PauseKind
{
    /// <summary>All runs.</summary>
    All,

    /// <summary>The runs of a recipe.</summary>
    Recipe,

    /// <summary>The runs that would go to a connection next.</summary>
    Connection,

    /// <summary>The runs of events that came by a hook: <c>connection/event</c>, or the connection alone where its hook has no event.</summary>
    Hook,
}

/// <summary>Something a person holds up: events are accepted and stored, their runs wait.</summary>
/// <param name="Name">Empty for <see cref="PauseKind.All"/>.</param>
/// <param name="Until">When it ends by itself; null: when a person says so.</param>
public sealed record Pause(PauseKind Kind, string Name, DateTimeOffset Since, DateTimeOffset? Until, string Who, string Why)
{
    /// <summary>Whether it is about such a run; whether it is over is another question. The store's own reading of it must agree.</summary>
    /// <param name="hook">By which its event came.</param>
    /// <param name="connection">Where it would go next; null where it goes to none.</param>
    public bool IsAbout(string recipe, string hook, string? connection) => Kind switch
    {
        PauseKind.All => true,
        PauseKind.Recipe => Name == recipe,
        PauseKind.Connection => Name == connection,
        PauseKind.Hook => Name == hook,
        _ => false,
    };
}

/// <summary>A pause and what waits for its end.</summary>
/// <param name="Waiting">Runs that would be at work without it.</param>
/// <param name="WaitingSince">When the first of them was due; null where none is.</param>
public sealed record PauseView(Pause Pause, long Waiting, DateTimeOffset? WaitingSince);
