using NodaTime;

namespace ConnectorHub.Recipes.Schedules;

/// <summary>What to do about firings that nobody was there for.</summary>
public enum MissedFirings
{
    /// <summary>Fire once, for the latest of them.</summary>
    Last,

    /// <summary>Fire for each of them, in order.</summary>
    All,

    /// <summary>Let them go.</summary>
    None,
}

/// <summary>When a recipe runs by the clock. Closed. Two are equal where they fire at the same times for the same reasons.</summary>
/// <param name="Zone">Whose clock counts.</param>
public abstract record Schedule(DateTimeZone Zone, MissedFirings Missed)
{
    /// <summary>As the recipe has it, zone included: <c>cron 0 9 * * MON-FRI Europe/Paris</c>. Names the schedule in the store.</summary>
    public abstract string Text { get; }

    /// <summary>Every moment it fires at after this one, in order and without end; empty where it never does.</summary>
    public IEnumerable<Instant> After(Instant moment)
    {
        var last = moment;
        // A day earlier: where a clock skips a day, the firings of that day come at the beginning of the next.
        var date = moment.InZone(Zone).Date.PlusDays(-1);
        for (var idle = 0; idle <= CronTimes.LongestWait && date.Year < 9998; date = date.PlusDays(1))
        {
            idle++;
            foreach (var firing in On(date))
            {
                if (firing > last)
                {
                    (last, idle) = (firing, 0);
                    yield return firing;
                }
            }
        }
    }

    /// <summary>The next moment it fires at after this one; null where it never does.</summary>
    public Instant? Next(Instant moment)
    {
        foreach (var firing in After(moment))
        {
            return firing;
        }

        return null;
    }

    /// <summary>The firings of one day of its zone, in order; one may stand there twice.</summary>
    private protected abstract IEnumerable<Instant> On(LocalDate date);

    /// <summary>A time of the clock as a moment: one that the clock skips is the first moment after the gap, one that comes twice is the first.</summary>
    private protected Instant Once(LocalDateTime local)
    {
        var mapping = Zone.MapLocal(local);
        return mapping.Count == 0 ? mapping.LateInterval.Start : mapping.First().ToInstant();
    }

    /// <summary>By the five fields of cron.</summary>
    public sealed record Cron(CronTimes Times, DateTimeZone Zone, MissedFirings Missed) : Schedule(Zone, Missed)
    {
        public override string Text => $"cron {Times.Text} {Zone.Id}";

        private protected override IEnumerable<Instant> On(LocalDate date)
        {
            if (!Times.IsOn(date))
            {
                return [];
            }

            var local = Times.OfDay().Select(time => date + time);
            return Times.EveryHour ? RealHours(local) : local.Select(Once);
        }

        // "Every hour" means an hour that passes: none in a gap, and one more where the clock goes back.
        private IEnumerable<Instant> RealHours(IEnumerable<LocalDateTime> local)
        {
            var moments = local.Select(Zone.MapLocal).ToList();
            return moments.TrueForAll(mapping => mapping.Count == 1)
                ? moments.Select(mapping => mapping.Single().ToInstant())
                : moments.SelectMany(All).Order();
        }

        private static IEnumerable<Instant> All(NodaTime.TimeZones.ZoneLocalMapping mapping) => mapping.Count switch
        {
            0 => [],
            1 => [mapping.Single().ToInstant()],
            _ => [mapping.First().ToInstant(), mapping.Last().ToInstant()],
        };
    }

    /// <summary>
    /// In equal steps from each midnight of its zone. Steps of up to an hour count the time that passes; longer ones go by the clock, so that
    /// every 6h is 0, 6, 12 and 18 o'clock also on the days the clock changes.
    /// </summary>
    public sealed record Every(Duration Step, DateTimeZone Zone, MissedFirings Missed) : Schedule(Zone, Missed)
    {
        /// <summary>The longest step there is.</summary>
        public static readonly Duration Longest = Duration.FromDays(1);

        public override string Text => $"every {(long)Step.TotalSeconds}s {Zone.Id}";

        private protected override IEnumerable<Instant> On(LocalDate date)
        {
            if (Step > Duration.FromHours(1))
            {
                for (var time = Duration.Zero; time < Longest; time += Step)
                {
                    yield return Once(date.AtMidnight().PlusTicks(time.BclCompatibleTicks));
                }

                yield break;
            }

            var end = Zone.AtStartOfDay(date.PlusDays(1)).ToInstant();
            for (var moment = Zone.AtStartOfDay(date).ToInstant(); moment < end; moment += Step)
            {
                yield return moment;
            }
        }
    }
}
