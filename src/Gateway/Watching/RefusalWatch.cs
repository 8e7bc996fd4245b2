using System.Globalization;
using ConnectorHub.Gateway.Hooks;
using ConnectorHub.Recipes.HubEvents;
using ConnectorHub.Runs.Bulletins;

namespace ConnectorHub.Gateway.Watching;

/// <summary>Tells of hooks that refuse one delivery of their platform after the other, again only if that goes on, and ever more seldom.</summary>
internal sealed class RefusalWatch(HookReport report) : IWatch
{
    /// <summary>Fewer in a row are noise.</summary>
    public const int Several = 3;

    /// <summary>For a shorter while it may be a slip, or a stranger at play.</summary>
    public static readonly TimeSpan While = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    // After these it is told again, where it goes on; then once a day.
    private static readonly TimeSpan[] Again = [Hour, 4 * Hour, 24 * Hour];

    public string Type => HubEventNames.SourceRefusing;

    /// <summary>True where it is no noise any more.</summary>
    public static bool Lasts(Streak streak, DateTimeOffset now) => streak.Failures >= Several && now - streak.Since >= While && streak.Last - streak.Since >= While / 5;

    public Task<Outlook> LookAsync(WatchMemory memory, DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult(new Outlook(Type, [.. report.Failing(now).Where(hook => Lasts(hook.Streak, now)).Select(Concern)], Forgets: true) { Apart = Hour });

    private Concern Concern(FailingHook hook)
    {
        var streak = hook.Streak;
        return new Concern(
            Type,
            BulletinFact.Cause(hook.Key.Name),
            $"{streak.Since.ToString("O", CultureInfo.InvariantCulture)}/{Times(streak)}",
            streak.Since,
            BulletinFact.Map(
                ("hook", hook.Key.Name),
                ("connection", hook.Key.Connection),
                ("refused", string.Create(CultureInfo.InvariantCulture, $"{streak.Failures:#,##0} deliveries")),
                ("why", streak.Why.Words()),
                ("message", BulletinFact.Sentence(streak.Text)),
                ("advice", streak.Why.Fix())));
    }

    // Counted by the last refusal: a streak that no delivery has ended and none has made longer is not told again.
    private static int Times(Streak streak)
    {
        var span = streak.Last - streak.Since;
        return Again.Count(after => span >= after) + (int)(span / Again[^1]);
    }
}
