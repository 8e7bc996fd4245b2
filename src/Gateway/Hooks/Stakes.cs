using ConnectorHub.Abstractions;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Gateway.Hooks;

/// <summary>How bad it is, from harmless to done.</summary>
public enum StakeLevel
{
    /// <summary>The platform tries again; nothing is lost yet.</summary>
    TriesAgain,

    /// <summary>The platform will switch the hook off.</summary>
    WillDisable,

    /// <summary>The platform has given up on events.</summary>
    GaveUp,

    /// <summary>The platform has most likely switched the hook off.</summary>
    Disabled,
}

/// <summary>What deliveries that were not taken lead to at the platform.</summary>
/// <param name="Sentence">For a person, with what to do where something is lost.</param>
public sealed record Stake(StakeLevel Level, string Sentence);

/// <summary>Says what is at stake, from how the sender behaves. Pure.</summary>
/// <param name="sender">As it begins a sentence: <c>Livestorm</c>.</param>
internal sealed class Stakes(SenderContract contract, string sender, HubTime clock)
{
    /// <summary>So long a loss is shown after it is over.</summary>
    public static readonly TimeSpan Shown = TimeSpan.FromDays(7);

    private readonly string _about = contract.RetriesAssumed ? "about " : string.Empty;
    private readonly string _guess = contract.RetriesAssumed ? " It does not publish how long it waits between its tries, so the time is a guess." : string.Empty;

    /// <summary>Whether events first sent at that moment were given up where nothing was taken since.</summary>
    public static bool GaveUpBy(SenderContract contract, DateTimeOffset firstSent, DateTimeOffset now) => firstSent + contract.RetrySpan <= now;

    /// <summary>What a streak that goes on leads to.</summary>
    public Stake Of(Streak streak, DateTimeOffset now)
    {
        var lost = GaveUpBy(contract, streak.Since, now);
        if (contract.DisablesAfter is not { } patience)
        {
            return lost
                ? new Stake(StakeLevel.GaveUp, $"{Loss(streak, now)}.{_guess} {contract.Remedy}")
                : new Stake(StakeLevel.TriesAgain, $"{Patience(streak.Since, now)}{_guess}");
        }

        var off = streak.Since + patience;
        if (off <= now)
        {
            return new Stake(StakeLevel.Disabled, $"{sender} has most likely disabled this webhook at {_about}{clock.Moment(off, now)}.{_guess} {contract.Remedy}");
        }

        var deadline = $"disables this webhook at {_about}{clock.Moment(off, now)}, {HubTime.Span(off - now)} from now, if it gets no 200 before.{_guess}";
        return lost ? new Stake(StakeLevel.GaveUp, $"{Loss(streak, now)} and {deadline} {contract.Remedy}")
            : contract.RetrySpan < patience ? new Stake(StakeLevel.WillDisable, $"{Patience(streak.Since, now)} It {deadline}")
            : new Stake(StakeLevel.WillDisable, $"{sender} {deadline}");
    }

    /// <summary>What a streak that is over has cost; null where it cost nothing or is long ago.</summary>
    public Stake? Of(EndedStreak ended, DateTimeOffset now) =>
        GaveUpBy(contract, ended.Streak.Since, ended.EndedAt) && now - ended.EndedAt < Shown
            ? new Stake(StakeLevel.GaveUp, $"{Loss(ended.Streak, now)}. Since {clock.Moment(ended.EndedAt, now)} deliveries are taken again.{_guess} {contract.Remedy}")
            : null;

    /// <summary>What a time that nobody served leads to; null where it cost nothing and nothing is tried again any more, or where it is long ago.</summary>
    public Stake? Of(Downtime down, DateTimeOffset now)
    {
        if (now - down.Until >= Shown)
        {
            return null;
        }

        var off = contract.DisablesAfter is { } patience && down.From + patience <= down.Until;
        if (GaveUpBy(contract, down.From, down.Until))
        {
            var between = clock.Between(down.From, down.Until - contract.RetrySpan, now);
            var loss = contract.Retries.Count == 0
                ? $"{sender} does not try again: what it sent between {between} is lost."
                : $"{sender} has given up on what it first sent between {_about}{between}.";
            var end = off ? " If there was any, it has most likely disabled the webhook." : string.Empty;
            return new Stake(off ? StakeLevel.Disabled : StakeLevel.GaveUp, $"{loss}{end}{_guess} {contract.Remedy}");
        }

        return off ? new Stake(StakeLevel.Disabled, $"{sender} has most likely disabled this webhook if it had something to send.{_guess} {contract.Remedy}")
            : GaveUpBy(contract, down.Until, now) ? null
            : new Stake(StakeLevel.TriesAgain, $"{Patience(down.From, now)}{_guess}");
    }

    private string Patience(DateTimeOffset firstSent, DateTimeOffset now) =>
        $"{sender} tries again until {_about}{clock.Moment(firstSent + contract.RetrySpan, now)}; nothing is lost yet.";

    // Without its full stop.
    private string Loss(Streak streak, DateTimeOffset now) => contract.Retries.Count == 0
        ? $"{sender} does not try again: up to {Counted(streak.Events, "delivery is", "deliveries are")} lost"
        : $"{sender} gave up at {_about}{clock.Moment(streak.Since + contract.RetrySpan, now)} on up to {Counted(streak.Events, "event", "events")}";

    private static string Counted(long count, string one, string many) => count == 1 ? $"1 {one}" : $"{count} {many}";
}
