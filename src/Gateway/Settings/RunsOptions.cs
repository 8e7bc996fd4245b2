namespace ConnectorHub.Gateway.Settings;

/// <summary>Section <c>Runs</c>: how events are taken and runs advance.</summary>
internal sealed record RunsOptions
{
    /// <summary>A write that has not begun this long after a delivery came is cancelled, and the platform gets a 503.</summary>
    public TimeSpan AcceptDeadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>One call to a target, from connecting to the last byte of the answer.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>An unconfirmed attempt is looked for this long after its deadline, so that the target has settled.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A claimed run belongs to its worker this long. Longer than a call and its margin.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Runs that advance at the same time.</summary>
    public int Concurrency { get; init; } = 256;

    /// <summary>The waits between the tries of a step whose recipe names none; each gets up to a tenth on top.</summary>
    public IReadOnlyList<TimeSpan> Retry { get; init; } =
    [
        TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1),
        TimeSpan.FromHours(6), TimeSpan.FromHours(24), TimeSpan.FromHours(44),
    ];

    /// <summary>A run older than this becomes a dead letter, whatever it waits for.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Past this <c>/readyz</c> says that the oldest due run is too late.</summary>
    public TimeSpan LateAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Between a call's deadline and the end of its lease there is at least this.</summary>
    public static TimeSpan LeaseMargin { get; } = TimeSpan.FromSeconds(10);

    public static RunsOptions Read(SectionReader section)
    {
        var defaults = new RunsOptions();
        var options = new RunsOptions
        {
            AcceptDeadline = section.Duration(nameof(AcceptDeadline), defaults.AcceptDeadline, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)),
            CallTimeout = section.Duration(nameof(CallTimeout), defaults.CallTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)),
            Settle = section.Duration(nameof(Settle), defaults.Settle, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(10)),
            Lease = section.Duration(nameof(Lease), defaults.Lease, TimeSpan.FromSeconds(5), TimeSpan.FromHours(1)),
            Concurrency = section.WholeNumber(nameof(Concurrency), defaults.Concurrency, 1, 10_000),
            Retry = section.List<TimeSpan>(nameof(Retry), defaults.Retry, TryWait, Durations.Allowed),
            GiveUpAfter = section.Duration(nameof(GiveUpAfter), defaults.GiveUpAfter, TimeSpan.FromMinutes(1), TimeSpan.FromDays(90)),
            LateAfter = section.Duration(nameof(LateAfter), defaults.LateAfter, TimeSpan.FromSeconds(10), TimeSpan.FromDays(7)),
        };
        section.Finish();
        options.Judge(section);
        return options;
    }

    /// <summary>As the run engine takes them.</summary>
    public Runs.RunsOptions ToRunsOptions() => new()
    {
        AcceptDeadline = AcceptDeadline,
        CallTimeout = CallTimeout,
        Settle = Settle,
        Lease = Lease,
        Concurrency = Concurrency,
        Retry = Retry,
        GiveUpAfter = GiveUpAfter,
    };

    private static bool TryWait(string text, out TimeSpan wait) => Durations.TryParse(text, out wait) && wait > TimeSpan.Zero;

    private void Judge(SectionReader section)
    {
        if (Lease < CallTimeout + LeaseMargin)
        {
            section.Add(
                nameof(Lease),
                SettingsCodes.Contradiction,
                $"'{Durations.Format(Lease)}' ends before a call of Runs:CallTimeout '{Durations.Format(CallTimeout)}' is surely over. "
                + $"Allowed: at least {Durations.Format(CallTimeout + LeaseMargin)}.");
        }

        var waits = Retry.Aggregate(TimeSpan.Zero, (sum, wait) => sum + wait);
        if (waits > GiveUpAfter)
        {
            section.Add(
                nameof(Retry),
                SettingsCodes.Contradiction,
                $"The waits add up to {Durations.Format(waits)}, but runs give up after {Durations.Format(GiveUpAfter)} (Runs:GiveUpAfter). "
                + "Shorten the list or raise GiveUpAfter.");
        }
    }
}
