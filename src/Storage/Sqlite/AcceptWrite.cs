using System.Security.Cryptography;
using ConnectorHub.Runs.Store;
using ConnectorHub.Storage.Sqlite.Search;

namespace ConnectorHub.Storage.Sqlite;

/// <summary>Stores a delivery: keys first, then what follows from those that conflicted.</summary>
internal static class AcceptWrite
{
    /// <summary>What of a delivery can be computed on the caller's thread is not left to the writer's.</summary>
    public static PreparedDelivery Prepare(Delivery delivery)
    {
        var events = new PreparedEvent[delivery.Events.Count];
        var weight = 0L;
        for (var i = 0; i < events.Length; i++)
        {
            var incoming = delivery.Events[i];
            var hash = incoming.DedupeKey is null ? [] : SHA256.HashData(incoming.Body.Span);
            events[i] = new PreparedEvent(incoming, hash, DecisionBlob.Write(incoming.Decisions));
            weight += incoming.Body.Length;
        }

        return new PreparedDelivery(delivery, events, weight);
    }

    public static IReadOnlyList<AcceptedEvent> Do(Session session, PreparedDelivery delivery)
    {
        var answers = new AcceptedEvent[delivery.Events.Length];
        for (var i = 0; i < answers.Length; i++)
        {
            answers[i] = Accept(session, delivery.Source, delivery.Events[i]);
        }

        return answers;
    }

    private static AcceptedEvent Accept(Session session, Delivery delivery, PreparedEvent prepared)
    {
        var incoming = prepared.Event;
        if (incoming.DedupeKey is { } key && !TakeEventKey(session, delivery, prepared, key))
        {
            return CountDuplicate(session, delivery, prepared, key);
        }

        var runs = incoming.Runs;
        var decisions = incoming.Decisions;
        foreach (var planned in incoming.Runs)
        {
            if (HolderOfRunKey(session, planned, delivery.ReceivedAt) is { } holder)
            {
                runs = [.. runs.Where(run => !ReferenceEquals(run, planned))];
                decisions = AlreadyDone(decisions, planned, holder);
            }
        }

        var blob = ReferenceEquals(decisions, incoming.Decisions) ? prepared.Decisions : DecisionBlob.Write(decisions);
        InsertEvent(session, delivery, incoming, blob);
        var due = new List<string>(runs.Count);
        foreach (var planned in runs)
        {
            if (InsertRun(session, incoming.Id, planned, delivery.ReceivedAt))
            {
                due.Add(planned.Id);
            }
        }

        return new AcceptedEvent(incoming.Id, null, true, due, incoming.Test);
    }

    private static bool TakeEventKey(Session session, Delivery delivery, PreparedEvent prepared, string key)
    {
        using var insert = session.Query(
            """
            INSERT INTO event_keys (connection, hook_event, key, event_id, until, body_hash)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (connection, hook_event, key) DO UPDATE
            SET event_id = excluded.event_id, until = excluded.until, body_hash = excluded.body_hash
            WHERE until < ?7
            """);
        return insert.Add(delivery.Connection).Add(delivery.HookEvent).Add(key)
            .Add(prepared.Event.Id).Add(prepared.Event.DedupeUntil).Add(prepared.BodyHash).Add(delivery.ReceivedAt)
            .Run() == 1;
    }

    private static AcceptedEvent CountDuplicate(Session session, Delivery delivery, PreparedEvent prepared, string key)
    {
        string original;
        bool sameBody;
        using (var query = session.Query(
            "SELECT event_id, body_hash FROM event_keys WHERE connection = ?1 AND hook_event = ?2 AND key = ?3"))
        {
            query.Add(delivery.Connection).Add(delivery.HookEvent).Add(key).Step();
            original = new Row(query, "the dedupe key", key).Text(0);
            sameBody = query.Bytes(1).SequenceEqual(prepared.BodyHash.Span);
        }

        using var count = session.Query(
            """
            UPDATE events
            SET duplicates = duplicates + 1, other_bodies = other_bodies + ?2, last_duplicate_at = ?3
            WHERE id = ?1
            """);
        count.Add(original).Add(!sameBody).Add(delivery.ReceivedAt).Run();
        return new AcceptedEvent(prepared.Event.Id, original, sameBody, [], prepared.Event.Test);
    }

    /// <summary>Takes the <c>once_per</c> key of a run, or says which run holds it.</summary>
    public static string? HolderOfRunKey(Session session, PlannedRun planned, DateTimeOffset now)
    {
        if (planned.OncePerKey is not { } key)
        {
            return null;
        }

        // A dead letter holds no key, so a run that is born as one only asks.
        return planned.Error is null && TakeRunKey(session, planned, key, now) ? null : FindRunKey(session, planned, key, now);
    }

    private static bool TakeRunKey(Session session, PlannedRun planned, string key, DateTimeOffset now)
    {
        using var insert = session.Query(
            """
            INSERT INTO run_keys (recipe_id, rehearsal, value, run_id, until)
            VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (recipe_id, rehearsal, value) DO UPDATE
            SET run_id = excluded.run_id, until = excluded.until
            WHERE until < ?6
            """);
        return insert.Add(planned.RecipeId).Add(planned.Rehearsal).Add(key)
            .Add(planned.Id).Add(planned.OncePerUntil).Add(now)
            .Run() == 1;
    }

    private static string? FindRunKey(Session session, PlannedRun planned, string key, DateTimeOffset now)
    {
        using var query = session.Query(
            """
            SELECT run_id FROM run_keys
            WHERE recipe_id = ?1 AND rehearsal = ?2 AND value = ?3 AND (until IS NULL OR until >= ?4)
            """);
        return query.Add(planned.RecipeId).Add(planned.Rehearsal).Add(key).Add(now).Step()
            ? new Row(query, "the once_per key", key).Text(0)
            : null;
    }

    private static IReadOnlyList<Decision> AlreadyDone(IReadOnlyList<Decision> decisions, PlannedRun planned, string holder)
    {
        var already = new Decision(planned.RecipeId, planned.RecipeHash, DecisionVerdict.AlreadyDone, 0, holder);
        return decisions.Any(decision => decision.RecipeId == planned.RecipeId)
            ? [.. decisions.Select(decision =>
                decision.RecipeId == planned.RecipeId ? already with { Line = decision.Line } : decision)]
            : [.. decisions, already];
    }

    private static void InsertEvent(Session session, Delivery delivery, IncomingEvent incoming, ReadOnlyMemory<byte> decisions)
    {
        using var insert = session.Query(
            """
            INSERT INTO events
                (id, connection, hook_event, source, type, dedupe_key, time, subject, test, received_at, decisions, body, span)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
            """);
        insert.Add(incoming.Id).Add(delivery.Connection).Add(delivery.HookEvent).Add(incoming.Source).Add(incoming.Type)
            .Add(incoming.DedupeKey).Add(incoming.Time).Add(incoming.Subject).Add(incoming.Test).Add(delivery.ReceivedAt)
            .Add(decisions).Add(incoming.Body).Add(incoming.Span)
            .Run();
        SearchTable.Arrives(session, incoming.Id);
    }

    /// <summary>True where it may be worked on at once: it is no dead letter and stands behind nobody.</summary>
    public static bool InsertRun(Session session, string eventId, PlannedRun planned, DateTimeOffset now)
    {
        RecipeWrites.KeepText(session, planned.RecipeHash, planned.RecipeText);
        var dead = planned.Error is not null;
        var line = planned.OrderKey is { } key ? Lines.Join(session, key) : (Number: (long?)null, Waits: false);
        using var insert = session.Query(
            """
            INSERT INTO runs
                (id, event_id, recipe_id, recipe_hash, state, rehearsal, once_per_key, created_at, due_at, finished_at,
                 next_connection, error_step, error_code, error_message, order_key, order_number, order_strict)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
            """);
        insert.Add(planned.Id).Add(eventId).Add(planned.RecipeId).Add(planned.RecipeHash)
            .Add((int)(dead ? RunState.DeadLettered : RunState.Queued)).Add(planned.Rehearsal).Add(planned.OncePerKey)
            .Add(now).Add(dead || line.Waits ? null : now).Add(dead ? now : null).Add(planned.NextConnection ?? "")
            .Add(planned.Error?.Step).Add(planned.Error?.Code).Add(planned.Error?.Message)
            .Add(planned.OrderKey).Add(line.Number).Add(planned.OrderStrict)
            .Run();
        return !dead && !line.Waits;
    }
}

internal sealed record PreparedDelivery(Delivery Source, PreparedEvent[] Events, long Weight);

internal sealed record PreparedEvent(IncomingEvent Event, ReadOnlyMemory<byte> BodyHash, ReadOnlyMemory<byte> Decisions);
