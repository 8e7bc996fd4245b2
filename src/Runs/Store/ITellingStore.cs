namespace ConnectorHub.Runs.Store;

/// <summary>What the hub has told of itself and what it has still to tell. A part of the store port and durable like it.</summary>
public interface ITellingStore
{
    /// <summary>Every row.</summary>
    Task<IReadOnlyList<TellingRow>> TellingsAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Dead letters that nobody has taken note of yet, by cause: of at most so many runs, oldest first. A run is noted in the transaction that makes it a
    /// dead letter. Rehearsed ones are left out, and so are runs of the hub's own events, or else they would tell of themselves.
    /// </summary>
    Task<UntoldDeadLetters> UntoldAsync(int most, CancellationToken cancellationToken);

    /// <summary>How many runs go to a connection next, now or later.</summary>
    Task<long> CountWaitingAsync(string connection, CancellationToken cancellationToken);

    /// <summary>Takes events in, keeps what was told and forgets the dead letters that were taken note of, in one transaction. Answers as an accept does.</summary>
    Task<IReadOnlyList<AcceptedEvent>> TellAsync(Telling telling, CancellationToken cancellationToken);
}

/// <summary>What is known of one thing that is told.</summary>
/// <param name="Type">Of the hub's events.</param>
/// <param name="Cause">What those have in common that are told as one.</param>
/// <param name="Mark">Which of its occasions was taken note of last; empty where each counts.</param>
/// <param name="Waiting">How many are to be told; 0: none.</param>
/// <param name="Since">When the first of those was; null where none is.</param>
/// <param name="ToldAt">When it was told last; null where it never was.</param>
/// <param name="Facts">A JSON object of texts: of the newest.</param>
public sealed record TellingRow(
    string Type, string Cause, string Mark, long Waiting, DateTimeOffset? Since, DateTimeOffset? ToldAt, ReadOnlyMemory<byte> Facts);

/// <summary>Dead letters to be taken note of.</summary>
/// <param name="UpTo">Names the last of them, for <see cref="Telling"/>; null where there is none.</param>
public sealed record UntoldDeadLetters(IReadOnlyList<CauseGroup> Groups, long? UpTo);

/// <summary>What is told, and what is known after it.</summary>
/// <param name="Changed">Rows that are new or changed.</param>
/// <param name="Gone">Rows that are needed no more.</param>
/// <param name="UpTo">Dead letters up to this one are taken note of; null: none.</param>
public sealed record Telling(
    IReadOnlyList<Delivery> Deliveries, IReadOnlyList<TellingRow> Changed, IReadOnlyList<(string Type, string Cause)> Gone, long? UpTo);
