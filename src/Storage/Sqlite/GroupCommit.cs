using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace ConnectorHub.Storage.Sqlite;

/// <summary>
/// Writes a batch in one transaction. Where one of its writes is wrong, that one is marked as failed and the others are kept; an
/// exception means the store could not commit and nothing of the batch was kept.
/// </summary>
internal static class GroupCommit
{
    public static void Write(Session session, IReadOnlyList<WriteOperation> batch, ILogger logger)
    {
        OrUnavailable(session.Begin);
        try
        {
            foreach (var operation in batch)
            {
                operation.Write(session);
            }
        }
        catch (Exception exception) when (!StoreFailure.Is(exception))
        {
            OrUnavailable(session.Rollback);
            WithoutTheWrong(session, batch, exception, logger);
            return;
        }

        OrUnavailable(session.Commit);
    }

    // More than one may be wrong, so each is done again behind a savepoint of its own.
    private static void WithoutTheWrong(Session session, IReadOnlyList<WriteOperation> batch, Exception first, ILogger logger)
    {
        if (batch.Count == 1)
        {
            Leave(batch[0], first, logger);
            return;
        }

        OrUnavailable(session.Begin);
        foreach (var operation in batch)
        {
            var known = session.Recipes.Mark;
            session.Run("SAVEPOINT one");
            try
            {
                operation.Write(session);
            }
            // Out of memory, for one, ends the whole transaction: then there is nothing left to keep the others in.
            catch (Exception exception) when (!StoreFailure.Is(exception) && session.IsInTransaction)
            {
                Leave(operation, exception, logger);
                session.Run("ROLLBACK TO one");
                session.Recipes.RollbackTo(known);
            }

            session.Run("RELEASE one");
        }

        OrUnavailable(session.Commit);
    }

    private static void Leave(WriteOperation operation, Exception exception, ILogger logger)
    {
        operation.FailAlone(exception);
        Log.WriteFailed(logger, exception);
    }

    // Whatever keeps a transaction from beginning or ending is the store's failure, not a statement's.
    private static void OrUnavailable(Action action)
    {
        try
        {
            action();
        }
        catch (SqliteException exception)
        {
            throw StoreFailure.From(exception);
        }
    }
}
