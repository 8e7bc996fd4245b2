namespace ConnectorHub.Gateway.Settings;

/// <summary>Section <c>Retention</c>: how long things are kept.</summary>
internal sealed record RetentionOptions
{
    private static readonly Runs.Retention.RetentionOptions Defaults = Runs.Retention.RetentionOptions.Default;

    /// <summary>Events with runs, with these and their attempts. Open runs and dead letters keep theirs, however old.</summary>
    public TimeSpan Events { get; init; } = Defaults.Events;

    /// <summary>Events that led to no run.</summary>
    public TimeSpan Unmatched { get; init; } = Defaults.Unmatched;

    /// <param name="giveUpAfter">So long a run may be under way.</param>
    public static RetentionOptions Read(SectionReader section, TimeSpan giveUpAfter)
    {
        var (least, most) = (TimeSpan.FromDays(1), TimeSpan.FromDays(3650));
        var options = new RetentionOptions
        {
            Events = section.Duration(nameof(Events), Defaults.Events, least, most),
            Unmatched = section.Duration(nameof(Unmatched), Defaults.Unmatched, least, most),
        };
        section.Finish();
        if (options.Events < giveUpAfter)
        {
            section.Add(
                nameof(Events),
                SettingsCodes.Contradiction,
                $"'{Durations.Format(options.Events)}' is shorter than a run may take: runs give up after {Durations.Format(giveUpAfter)} (Runs:GiveUpAfter), "
                + $"and what happened would be gone before anybody looks. Allowed: at least {Durations.Format(giveUpAfter)}.");
        }

        return options;
    }

    /// <summary>As the nightly work takes them.</summary>
    public Runs.Retention.RetentionOptions ToRetentionOptions() => Defaults with { Events = Events, Unmatched = Unmatched };
}
