namespace ConnectorHub.Abstractions;

/// <summary>What asking for a token came to. Closed.</summary>
public abstract record TokenReply
{
    private TokenReply()
    {
    }

    /// <summary>A token, and how long it lives.</summary>
    public sealed record Ready(Secret Token, TimeSpan Lifetime) : TokenReply;

    /// <summary>None; what that means for the attempt.</summary>
    public sealed record Failed(StepOutcome.Failed Outcome) : TokenReply;
}
