using ConnectorHub.Runs.Connections;
using ConnectorHub.Runs.Store;
using ConnectorHub.Values;

namespace ConnectorHub.Runs.Acts;

/// <summary>Holds recipes, connections, hooks or everything up, and lets them go on.</summary>
public sealed class Pausing(IHubStore store, PauseBook book, IRecipes recipes, IConnections connections, IIdSource ids, TimeProvider time)
{
    /// <summary>Begins a pause; one that is there already gets the new end and reason.</summary>
    /// <param name="name">A hook's is not looked at: who knows the addresses does.</param>
    /// <returns>Null, or why it cannot be: with the nearest name.</returns>
    public async Task<string?> PauseAsync(PauseKind kind, string name, DateTimeOffset? until, Actor actor, CancellationToken cancellationToken)
    {
        if (Unknown(kind, name) is { } problem)
        {
            return problem;
        }

        var now = time.GetUtcNow();
        if (until <= now)
        {
            return "The end of a pause lies in the future.";
        }

        var pause = new Pause(kind, name, now, until, actor.Who, actor.Why);
        await store.PauseAsync(pause, Entry("pause", kind, name, actor, until is { } end ? $"until {end:yyyy-MM-dd HH:mm:ssZ}" : string.Empty), cancellationToken).ConfigureAwait(false);
        await book.RefreshAsync(cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <summary>Ends a pause; false where there is none. What waits goes on as fast as its connections allow.</summary>
    public async Task<bool> ResumeAsync(PauseKind kind, string name, Actor actor, CancellationToken cancellationToken)
    {
        var ended = await store.ResumeAsync(kind, name, Entry("resume", kind, name, actor, string.Empty), cancellationToken).ConfigureAwait(false);
        await book.RefreshAsync(cancellationToken).ConfigureAwait(false);
        return ended;
    }

    private string? Unknown(PauseKind kind, string name) => kind switch
    {
        PauseKind.All => name.Length == 0 ? null : $"'all' takes no name, and there is '{name}'.",
        PauseKind.Recipe when recipes.Book.Find(name) is null => NoSuch("recipe", name, recipes.Book.Entries.Select(entry => entry.Id)),
        PauseKind.Connection when connections.Current.Find(name) is null => NoSuch("connection", name, connections.Current.All.Select(connection => connection.Name)),
        _ => null,
    };

    private static string NoSuch(string what, string name, IEnumerable<string> there)
    {
        var names = there.Order(StringComparer.Ordinal).ToList();
        return $"There is no {what} '{name}'.{(Nearest.Of(name, names) is { } near ? $" Did you mean '{near}'?" : string.Empty)} There are: {string.Join(", ", names)}.";
    }

    private AuditEntry Entry(string act, PauseKind kind, string name, Actor actor, string detail) =>
        new(ids.Next("act_"), time.GetUtcNow(), actor.Who, act, kind == PauseKind.All ? "all" : $"{kind.ToString().ToLowerInvariant()} {name}", actor.Why, detail);
}
