namespace ConnectorHub.Runs.Retention;

/// <summary>How long things are kept.</summary>
/// <param name="Events">Events with runs, with these and their attempts, after the last of them has ended.</param>
/// <param name="Unmatched">Events that led to no run.</param>
/// <param name="Longest">A night's work ends after this, and goes on the next night.</param>
public sealed record RetentionOptions(TimeSpan Events, TimeSpan Unmatched, TimeSpan Longest)
{
    /// <summary>For a hub that sets nothing.</summary>
    public static RetentionOptions Default { get; } = new(TimeSpan.FromDays(90), TimeSpan.FromDays(90), TimeSpan.FromHours(1));
}
