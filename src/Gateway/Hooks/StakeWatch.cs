namespace ConnectorHub.Gateway.Hooks;

/// <summary>Warns when deliveries that are not taken put something at stake, and when it is lost; seldom enough to be read.</summary>
internal sealed class StakeWatch(HookReport report, HubTime clock, ILogger<StakeWatch> logger)
{
    /// <summary>Between two warnings of one hook there is at least this.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    private readonly Dictionary<HookKey, Warning> _warned = [];

    /// <summary>Looks at every hook that fails now. Called by one thread.</summary>
    public void Look()
    {
        var now = clock.Now;
        foreach (var (key, streak, stake, _) in report.Failing(now))
        {
            var last = _warned.GetValueOrDefault(key);
            var worse = last is null || last.Since != streak.Since || stake.Level > last.Level;
            if (worse && (last is null || now - last.At >= Interval))
            {
                _warned[key] = new Warning(now, streak.Since, stake.Level);
                Log.AtStake(logger, key.Name, streak.Failures, streak.Why, streak.Text, stake.Sentence);
            }
        }
    }

    private sealed record Warning(DateTimeOffset At, DateTimeOffset Since, StakeLevel Level);
}
