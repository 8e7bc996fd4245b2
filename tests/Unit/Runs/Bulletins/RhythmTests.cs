using ConnectorHub.Runs.Bulletins;
using ConnectorHub.Runs.Store;
using NodaTime;

namespace ConnectorHub.Tests.Unit.Runs.Bulletins;

/// <summary>Hooks with a rhythm of their own, on virtual time by the clock of Paris. The clock begins on Monday, 2 March 2026, at midnight there.</summary>
public class RhythmTests
{
    private static readonly DateTimeZone Paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];
    private static readonly DateTimeOffset Monday = new(2026, 3, 1, 23, 0, 0, TimeSpan.Zero);

    private RhythmBook _book = new("Europe/Paris");
    private List<TellingRow> _kept = [];
    private DateTimeOffset _now = Monday;
    private DateTimeOffset _last = Monday;
    private long _taken;

    [Fact]
    public void A_steady_hook_that_stops_is_silent_when_ten_are_missing()
    {
        Pass(TimeSpan.FromDays(28), _ => 4);
        Assert.Empty(Silences(TimeSpan.FromHours(2)));

        var silences = Silences(TimeSpan.FromHours(12));

        Assert.InRange(silences[0] - _last, TimeSpan.FromHours(2.5), TimeSpan.FromHours(2.6));
        Assert.Equal("By the last 5 weeks, about 10 were to be expected by now.", _book.SilenceOf("hook", _last, silences[0]));
    }

    [Fact]
    public void A_busy_hook_is_given_an_hour()
    {
        Pass(TimeSpan.FromDays(28), _ => 60);

        Assert.InRange(Silences(TimeSpan.FromHours(3))[0] - _last, TimeSpan.FromHours(1), TimeSpan.FromHours(1.1));
    }

    [Fact]
    public void Two_weeks_teach_nothing_and_what_is_seldom_never_is_silent()
    {
        Pass(TimeSpan.FromDays(14), _ => 60);
        Assert.Empty(Silences(TimeSpan.FromDays(1)));

        (_book, _kept) = (new RhythmBook("Europe/Paris"), []);
        Pass(TimeSpan.FromDays(42), at => at is { DayOfWeek: IsoDayOfWeek.Tuesday, Hour: 10 } ? 2 : 0);
        Assert.Empty(Silences(TimeSpan.FromDays(21)));
    }

    [Fact]
    public void Office_hours_are_quiet_at_night_and_over_the_weekend_and_a_holiday_is_told_by_day()
    {
        Pass(TimeSpan.FromDays(32), OfficeHours);
        // Friday night to Monday morning, as every week; the clock has changed to summer time in between.
        Pass(TimeSpan.FromDays(1) - TimeSpan.FromHours(5), OfficeHours);
        Assert.Empty(Silences(TimeSpan.FromHours(61)));

        // Monday is Easter Monday: nobody works.
        var silences = Silences(TimeSpan.FromHours(36));
        Assert.NotEmpty(silences);
        Assert.All(silences, at => Assert.InRange(Local(at).Hour, 9, 17));
    }

    [Fact]
    public void A_burst_once_a_month_makes_no_rhythm()
    {
        Pass(TimeSpan.FromDays(56), at => at.Day == 3 && at.Hour == 8 ? 5_000 : 0);

        Assert.Empty(Silences(TimeSpan.FromDays(30)));
    }

    [Fact]
    public void A_time_the_gateway_was_down_teaches_nothing_and_is_not_counted()
    {
        Pass(TimeSpan.FromDays(28), _ => 4);
        // Four weeks without a gateway; whoever asks counts from its end.
        _now += TimeSpan.FromDays(28);
        var back = _now;
        Assert.Empty(_book.Look(new Dictionary<string, long> { ["hook"] = _taken }, _now));
        Assert.Null(_book.SilenceOf("hook", back, back + TimeSpan.FromHours(2)));
        Assert.NotNull(_book.SilenceOf("hook", back, back + TimeSpan.FromHours(3)));
    }

    [Fact]
    public void What_was_learned_survives_a_restart_and_fades_with_the_weeks()
    {
        Pass(TimeSpan.FromDays(28), _ => 4);
        var rows = _kept.GroupBy(row => row.Cause).Select(group => group.Last()).ToList();
        _book = new RhythmBook("Europe/Paris");
        _book.Load(rows);
        Assert.NotNull(_book.SilenceOf("hook", _now, _now + TimeSpan.FromHours(3)));

        // It has become quiet for good: after some weeks nobody expects anything.
        Pass(TimeSpan.FromDays(49), _ => 0);
        Assert.Null(_book.SilenceOf("hook", _last, _now + TimeSpan.FromHours(3)));
    }

    [Fact]
    public void A_row_that_cannot_be_read_is_learned_anew()
    {
        _book.Load([new TellingRow(RhythmBook.RowType, "hook", "", 0, null, null, "[1]"u8.ToArray()), new TellingRow(RhythmBook.RowType, "other", "", 0, null, null, "no"u8.ToArray())]);

        Assert.Null(_book.SilenceOf("hook", _now, _now + TimeSpan.FromDays(1)));
    }

    private static int OfficeHours(ZonedDateTime at) => at.DayOfWeek <= IsoDayOfWeek.Friday && at.Hour is >= 9 and < 18 ? 12 : 0;

    private static ZonedDateTime Local(DateTimeOffset at) => Instant.FromDateTimeOffset(at).InZone(Paris);

    // Events come in the middle of their hour, all of an hour at once.
    private void Pass(TimeSpan span, Func<ZonedDateTime, int> perHour)
    {
        for (var end = _now + span; _now < end; _now += TimeSpan.FromMinutes(1))
        {
            if (_now.Minute == 30 && perHour(Local(_now)) is > 0 and var came)
            {
                _taken += came;
                _last = _now;
            }

            _kept.AddRange(_book.Look(new Dictionary<string, long> { ["hook"] = _taken }, _now));
        }

        _last = _last == Monday ? _now : _last;
    }

    // The minutes at which the hook is silent while nothing comes.
    private List<DateTimeOffset> Silences(TimeSpan span)
    {
        var silences = new List<DateTimeOffset>();
        for (var end = _now + span; _now < end; _now += TimeSpan.FromMinutes(1))
        {
            _kept.AddRange(_book.Look(new Dictionary<string, long> { ["hook"] = _taken }, _now));
            if (_book.SilenceOf("hook", _last, _now) is not null)
            {
                silences.Add(_now);
            }
        }

        return silences;
    }
}
