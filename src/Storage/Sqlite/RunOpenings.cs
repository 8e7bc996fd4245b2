using ConnectorHub.Runs.Store;

namespace ConnectorHub.Storage.Sqlite;

/// <summary>Opens runs for events that are stored already, as an accept would have done.</summary>
internal static class RunOpenings
{
    public static IReadOnlyList<OpenResult> Do(Session session, IReadOnlyList<RunOpening> openings)
    {
        var results = new OpenResult[openings.Count];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = Open(session, openings[i]);
        }

        return results;
    }

    private static OpenResult Open(Session session, RunOpening opening)
    {
        var planned = opening.Run;
        if (RunOf(session, opening.EventId, planned.RecipeId) is { } run)
        {
            return new OpenResult.HasRun(run);
        }

        if (DecisionsOf(session, opening.EventId) is not { } decisions)
        {
            return new OpenResult.EventGone();
        }

        if (AcceptWrite.HolderOfRunKey(session, planned, opening.Entry.At) is { } holder)
        {
            return new OpenResult.KeyHeld(holder);
        }

        AcceptWrite.InsertRun(session, opening.EventId, planned, opening.Entry.At);
        // Who opens it late knows that it is late: its times count from now.
        using (var update = session.Query("UPDATE runs SET due_at = CASE WHEN due_at IS NULL THEN NULL ELSE ?2 END, replayed_at = ?3, note = ?4 WHERE id = ?1"))
        {
            update.Add(planned.Id).Add(opening.DueAt).Add(opening.Entry.At).Add($"opened later by {opening.Entry.Who}").Run();
        }

        Decide(session, opening.EventId, [.. decisions, opening.Decision]);
        AuditTable.Add(session, opening.Entry);
        return new OpenResult.Opened(planned.Id);
    }

    private static string? RunOf(Session session, string eventId, string recipeId)
    {
        using var query = session.Query("SELECT id FROM runs WHERE event_id = ?1 AND recipe_id = ?2 ORDER BY generation DESC LIMIT 1");
        return query.Add(eventId).Add(recipeId).Step() ? new Row(query, "a run of event", eventId).Text(0) : null;
    }

    private static IReadOnlyList<Decision>? DecisionsOf(Session session, string eventId)
    {
        using var query = session.Query("SELECT decisions FROM events WHERE id = ?1");
        return query.Add(eventId).Step() ? DecisionBlob.Read(new Row(query, "event", eventId), 0) : null;
    }

    private static void Decide(Session session, string eventId, IReadOnlyList<Decision> decisions)
    {
        using var update = session.Query("UPDATE events SET decisions = ?2 WHERE id = ?1");
        update.Add(eventId).Add(DecisionBlob.Write(decisions)).Run();
    }
}
