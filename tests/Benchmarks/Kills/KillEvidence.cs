namespace ConnectorHub.Tests.Benchmarks.Kills;

/// <summary>What is known when everything has come to rest: the senders' ledger, the store, and the stand-in's ledger.</summary>
/// <param name="Planned">The fewest events the run had to get accepted.</param>
/// <param name="Drawn">Events the senders began to post.</param>
/// <param name="Acknowledged">Numbers answered 200, in order.</param>
/// <param name="AcknowledgedBeforeTail">How many of them before the last kill.</param>
/// <param name="Stored">Every event in the store, with the states of its runs.</param>
/// <param name="Effects">Everything that arrived at the stand-in.</param>
/// <param name="Integrity">What the store says of itself; <c>ok</c> when sound.</param>
/// <param name="ExitCode">Of the gateway's orderly end after the last load; null where it had to be killed.</param>
internal sealed record KillEvidence(
    int Planned,
    int Drawn,
    IReadOnlyList<int> Acknowledged,
    int AcknowledgedBeforeTail,
    IReadOnlyList<StoredEvent> Stored,
    IReadOnlyList<(string DeliveryId, int Number)> Effects,
    string Integrity,
    int? ExitCode);

/// <summary>An event in the store.</summary>
internal sealed record StoredEvent(int Number, IReadOnlyList<string> RunStates);
