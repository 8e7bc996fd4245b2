namespace ConnectorHub.Runs.Acts;

/// <summary>Who acts, and why.</summary>
/// <param name="Who">The name of an admin token, or of the machine's user.</param>
public sealed record Actor(string Who, string Why);

/// <summary>How a run is to be replayed. What is not said is chosen by what the run is.</summary>
/// <param name="FromStart">From the first step, in a new run that keeps what is done; else from the step that failed, in the same run.</param>
/// <param name="AsItIs">With the recipe as it is now; else in the version the run began with.</param>
/// <param name="Again">What was done is done once more, with new keys.</param>
/// <param name="Live">A rehearsed run is sent for real.</param>
public sealed record ReplayWish(bool FromStart = false, bool AsItIs = false, bool Again = false, bool Live = false)
{
    /// <summary>As the audit says it.</summary>
    public string Words =>
        string.Join(", ", new[] { IsFromStart ? "from the start" : "from the step that failed", AsItIs ? "recipe as it is" : "recipe as it was", Again ? "again" : "", Live ? "live" : "" }.Where(word => word.Length > 0));

    internal bool IsFromStart => FromStart || Again || Live;
}

/// <summary>What became of an act, for a person. Closed.</summary>
public abstract record ActAnswer
{
    private ActAnswer()
    {
    }

    /// <param name="RunId">The run that goes on.</param>
    /// <param name="Note">What else is to be known; may be empty.</param>
    public sealed record Done(string RunId, string Note) : ActAnswer;

    /// <summary>It was not done: why, and what can be done instead.</summary>
    public sealed record Refused(string Problem) : ActAnswer;

    /// <summary>There is no such run.</summary>
    public sealed record Unknown : ActAnswer;
}

/// <summary>What became of an act on many runs.</summary>
/// <param name="Found">Runs that fit.</param>
/// <param name="Done">Runs it was done to.</param>
/// <param name="Problems">Why not to the others, each reason once with a run it stands for.</param>
public sealed record ManyAnswer(int Found, int Done, IReadOnlyList<ManyProblem> Problems);

/// <summary>One reason and how many runs it stands for.</summary>
public sealed record ManyProblem(string Problem, int Runs, string FirstRun);
