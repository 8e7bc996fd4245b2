using System.Globalization;
using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Recipes.HubEvents;
using ConnectorHub.Runs.Bulletins;

namespace ConnectorHub.Gateway.Watching;

/// <summary>
/// Tells when a platform is about to switch a webhook off or has given up on events, from how it is known to behave: for refusals that last, and for a time
/// nobody served. A sender that never tries again loses each delivery at once: that is what <see cref="RefusalWatch"/> tells.
/// </summary>
internal sealed class RiskWatch(HookReport report) : IWatch
{
    // With a quarter of its patience gone it is time to do something.
    private const int PartOfPatience = 4;

    public string Type => HubEventNames.SenderAtRisk;

    public Task<Outlook> LookAsync(WatchMemory memory, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var failing = report.Failing(now).Where(hook => RefusalWatch.Lasts(hook.Streak, now) && IsAtRisk(hook, now)).Select(OfStreak);
        return Task.FromResult(new Outlook(Type, [.. failing, .. report.LostByDowntime(now).Select(OfDowntime)], Forgets: true));
    }

    private static bool IsAtRisk(FailingHook hook, DateTimeOffset now) => hook.Stake.Level switch
    {
        StakeLevel.GaveUp => hook.Contract.Retries.Count > 0,
        StakeLevel.Disabled => true,
        StakeLevel.WillDisable => now - hook.Streak.Since >= hook.Contract.DisablesAfter / PartOfPatience,
        _ => false,
    };

    private Concern OfStreak(FailingHook hook) => new(
        Type,
        BulletinFact.Cause(hook.Key.Name),
        $"{Text(hook.Streak.Since)}/{hook.Stake.Level}",
        hook.Streak.Since,
        BulletinFact.Map(
            ("hook", hook.Key.Name),
            ("connection", hook.Key.Connection),
            ("level", hook.Stake.Level.ToString()),
            ("stake", hook.Stake.Sentence),
            ("message", BulletinFact.Sentence(hook.Streak.Text)),
            ("advice", hook.Streak.Why.Fix())));

    private Concern OfDowntime(LostByDowntime lost) => new(
        Type,
        BulletinFact.Cause("down", lost.Connection, lost.Source),
        Text(lost.Down.Until),
        lost.Down.From,
        BulletinFact.Map(
            ("hook", lost.Connection),
            ("connection", lost.Connection),
            ("level", lost.Stake.Level.ToString()),
            ("stake", lost.Stake.Sentence),
            ("message", "The hub was down."),
            ("advice", $"See what is missing: connectorhub hooks {BulletinWords.Argument(lost.Connection)}")));

    private static string Text(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);
}
