namespace ConnectorHub.Scripting;

/// <summary>How the script pool is, for people.</summary>
/// <param name="Wanted">Hosts it keeps.</param>
/// <param name="Running">Hosts that run now; 0 before the first script, too.</param>
/// <param name="Cage">What holds around them; null before the first one was ready.</param>
/// <param name="Problem">Why there is none, as a sentence; null where all is well.</param>
public sealed record ScriptPoolStatus(int Wanted, int Running, CageReport? Cage, string? Problem);
