namespace ConnectorHub.Runs.Work;

/// <summary>A run that may be worked on now, with its event where that is still in memory.</summary>
public sealed record RunHint(string RunId, KnownEvent? Event);
