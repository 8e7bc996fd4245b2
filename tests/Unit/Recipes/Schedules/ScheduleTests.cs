using ConnectorHub.Recipes.Schedules;
using NodaTime;
using NodaTime.Text;

namespace ConnectorHub.Tests.Unit.Recipes.Schedules;

/// <summary>When schedules fire; in 2026 the clocks of Paris go forward on 29 March and back on 25 October.</summary>
public class ScheduleTests
{
    private static readonly DateTimeZone Paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];

    [Theory]
    [InlineData("0 9 * * MON-FRI", "2026-09-04T09:00+02", "2026-09-07T09:00+02")]
    [InlineData("0 9 * * MON-FRI", "2026-09-04T08:59+02", "2026-09-04T09:00+02")]
    [InlineData("*/15 * * * *", "2026-09-04T09:07+02", "2026-09-04T09:15+02")]
    [InlineData("5/20 8-10 * * *", "2026-09-04T09:46+02", "2026-09-04T10:05+02")]
    [InlineData("30 6 1,15 * *", "2026-09-02T00:00+02", "2026-09-15T06:30+02")]
    [InlineData("0 0 29 2 *", "2026-09-02T00:00+02", "2028-02-29T00:00+01")]
    [InlineData("0 12 * JAN,jul sun", "2026-09-02T00:00+02", "2027-01-03T12:00+01")]
    [InlineData("0 12 * * 7", "2026-09-02T00:00+02", "2026-09-06T12:00+02")]
    [InlineData("0 12 * * SAT-SUN", "2026-09-05T13:00+02", "2026-09-06T12:00+02")]
    [InlineData("0 12 13 * FRI", "2026-09-05T13:00+02", "2026-09-11T12:00+02")]
    [InlineData("0 12 13 * FRI", "2026-09-11T13:00+02", "2026-09-13T12:00+02")]
    public void Cron_fires_next(string cron, string after, string next) =>
        Assert.Equal(At(next), Cron(cron).Next(At(after)));

    [Fact]
    public void A_time_that_the_clock_skips_fires_once_at_the_first_moment_after_the_gap() =>
        Assert.Equal(
            ["2026-03-28T02:30+01", "2026-03-29T03:00+02", "2026-03-30T02:30+02"],
            Texts(Cron("30 2 * * *"), "2026-03-28T00:00+01", 3));

    [Fact]
    public void A_time_that_comes_twice_fires_the_first_time_only() =>
        Assert.Equal(
            ["2026-10-24T02:30+02", "2026-10-25T02:30+02", "2026-10-26T02:30+01"],
            Texts(Cron("30 2 * * *"), "2026-10-24T00:00+02", 3));

    [Fact]
    public void Several_skipped_times_of_one_night_fire_once_together() =>
        Assert.Equal(["2026-03-29T03:00+02", "2026-03-30T02:00+02"], Texts(Cron("*/20 2 * * *"), "2026-03-29T00:00+01", 2));

    [Theory]
    [InlineData("2026-03-29T01:00+01", "2026-03-29T01:30+01", "2026-03-29T03:30+02", "2026-03-29T04:30+02")]
    [InlineData("2026-10-25T02:00+02", "2026-10-25T02:30+02", "2026-10-25T02:30+01", "2026-10-25T03:30+01")]
    public void Every_hour_is_every_hour_that_passes_in_both_nights(string after, params string[] firings)
    {
        Assert.Equal(firings, Texts(Cron("30 * * * *"), after, 3));
        Assert.All(Cron("30 * * * *").After(At(after)).Take(40).ToList().Zip(Cron("30 * * * *").After(At(after)).Skip(1)), pair => Assert.Equal(Duration.FromHours(1), pair.Second - pair.First));
    }

    [Theory]
    [InlineData("2026-03-28T23:59+01", "2026-03-30T00:00+02", 92)]
    [InlineData("2026-10-24T23:59+02", "2026-10-26T00:00+01", 100)]
    [InlineData("2026-09-01T23:59+02", "2026-09-03T00:00+02", 96)]
    public void Every_quarter_of_an_hour_passes_evenly_through_both_nights(string from, string to, int firings)
    {
        var every = new Schedule.Every(Duration.FromMinutes(15), Paris, MissedFirings.Last);

        var day = every.After(At(from)).TakeWhile(moment => moment < At(to)).ToList();

        Assert.Equal(firings, day.Count);
        Assert.All(day.Zip(day.Skip(1)), pair => Assert.Equal(Duration.FromMinutes(15), pair.Second - pair.First));
    }

    [Theory]
    [InlineData("2026-03-29T00:00+01", "2026-03-29T06:00+02", "2026-03-29T12:00+02")]
    [InlineData("2026-10-25T00:00+02", "2026-10-25T06:00+01", "2026-10-25T12:00+01")]
    public void Steps_of_hours_go_by_the_clock_in_both_nights(string after, params string[] firings) =>
        Assert.Equal(firings, Texts(new Schedule.Every(Duration.FromHours(6), Paris, MissedFirings.Last), after, 2));

    [Fact]
    public void A_step_that_does_not_fill_the_day_begins_again_at_midnight() =>
        Assert.Equal(
            ["2026-09-01T23:48+02", "2026-09-01T23:55+02", "2026-09-02T00:00+02", "2026-09-02T00:07+02"],
            Texts(new Schedule.Every(Duration.FromMinutes(7), Paris, MissedFirings.Last), "2026-09-01T23:45+02", 4));

    [Fact]
    public void A_midnight_that_the_clock_skips_is_the_beginning_of_its_day()
    {
        var zone = DateTimeZoneProviders.Tzdb["Africa/Cairo"];

        // On 24 April 2026 the clocks of Cairo go from 00:00 to 01:00.
        Assert.Equal("2026-04-24T01:00+03", Text(new Schedule.Every(Duration.FromDays(1), zone, MissedFirings.Last).Next(At("2026-04-23T12:00+02"))!.Value, zone));
        Assert.Equal("2026-04-24T01:00+03", Text(new Schedule.Cron(CronTimes.Parse("0 0 * * *").Times!, zone, MissedFirings.Last).Next(At("2026-04-23T12:00+02"))!.Value, zone));
    }

    [Fact]
    public void A_day_that_a_zone_leaves_out_fires_at_the_beginning_of_the_next()
    {
        var zone = DateTimeZoneProviders.Tzdb["Pacific/Apia"];

        var firings = new Schedule.Cron(CronTimes.Parse("0 9 30 12 *").Times!, zone, MissedFirings.Last).After(Instant.FromUtc(2011, 6, 1, 0, 0)).Take(2).ToList();

        Assert.Equal(["2011-12-31T00:00+14", "2012-12-30T09:00+14"], firings.Select(firing => Text(firing, zone)));
    }

    [Fact]
    public void Thirty_first_of_February_never_comes() => Assert.Null(Cron("0 9 31 2 *").Next(At("2026-09-01T00:00+02")));

    [Theory]
    [InlineData("0 9 * *", 0, "4 fields")]
    [InlineData("0 0 9 * * MON", 10, "There are no seconds.")]
    [InlineData("60 9 * * *", 0, "the minute '60'")]
    [InlineData("0 25 * * *", 2, "the hour '25'")]
    [InlineData("0 9 1,32 * *", 6, "at '32'")]
    [InlineData("0 9 * FEBR *", 6, "the month 'FEBR'")]
    [InlineData("0 9 * * MON-FR", 8, "the day of the week 'MON-FR'")]
    [InlineData("0 9 * * FRI-MON", 8, "FRI-SAT,SUN-MON")]
    [InlineData("*/0 * * * *", 0, "a step")]
    [InlineData("0 9 L * *", 4, "the day of the month 'L'")]
    public void A_field_that_cannot_be_read_is_named_with_its_place(string cron, int offset, string words)
    {
        var (times, problem) = CronTimes.Parse(cron);

        Assert.Null(times);
        Assert.Equal(offset, problem!.Offset);
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Schedules_are_equal_where_they_say_the_same()
    {
        Assert.Equal(Cron("0 9 * * mon"), Cron("0  9 * * MON"));
        Assert.NotEqual(Cron("0 9 * * MON"), Cron("0 9 * * TUE"));
        Assert.NotEqual<Schedule>(Cron("0 9 * * MON"), Cron("0 9 * * MON") with { Missed = MissedFirings.All });
    }

    [Fact]
    public void Of_missed_firings_the_latest_comes_all_come_or_none()
    {
        var (after, now) = (At("2026-09-01T09:00+02"), At("2026-09-04T10:00+02"));

        Assert.Equal(["2026-09-04T09:00+02"], Due(MissedFirings.Last, after, now));
        Assert.Equal(["2026-09-02T09:00+02", "2026-09-03T09:00+02", "2026-09-04T09:00+02"], Due(MissedFirings.All, after, now));
        Assert.Empty(Due(MissedFirings.None, after, now));
        Assert.Equal(At("2026-09-04T09:00+02"), DueFirings.Of(Cron("0 9 * * *") with { Missed = MissedFirings.None }, after, now).Until);
    }

    [Fact]
    public void A_firing_that_is_not_a_minute_late_was_not_missed() =>
        Assert.Equal(["2026-09-02T09:00+02"], Due(MissedFirings.None, At("2026-09-01T09:00+02"), At("2026-09-02T09:00+02") + Duration.FromSeconds(59)));

    [Fact]
    public void Of_too_many_missed_firings_the_oldest_are_let_go()
    {
        var now = At("2026-09-04T10:00+02");
        var due = DueFirings.Of(new Schedule.Every(Duration.FromMinutes(1), Paris, MissedFirings.All), now - Duration.FromMinutes(1_250), now);

        Assert.Equal((1_000, 250), (due.Fire.Count, due.Dropped));
        Assert.Equal(now, due.Fire[^1]);
    }

    [Fact]
    public void Nothing_due_leaves_the_place_it_has_come_to()
    {
        var after = At("2026-09-04T09:00+02");

        Assert.Equal(after, DueFirings.Of(Cron("0 9 * * *"), after, after + Duration.FromHours(1)).Until);
    }

    [Fact]
    public void An_event_has_the_moment_with_the_offset_of_its_zone_and_the_one_before()
    {
        var cron = Cron("30 2 * * *");

        Assert.Equal(
            """{"scheduledFor":"2026-03-29T03:00:00+02:00","previous":"2026-03-28T02:30:00+01:00"}""",
            System.Text.Encoding.UTF8.GetString(FiringEvent.Of(cron, At("2026-03-29T03:00+02"), At("2026-03-28T02:30+01")).ToUtf8Json()));
        Assert.Equal(
            """{"scheduledFor":"2026-03-28T02:30:00+01:00"}""",
            System.Text.Encoding.UTF8.GetString(FiringEvent.Of(cron, At("2026-03-28T02:30+01"), null).ToUtf8Json()));
    }

    private static List<string> Due(MissedFirings missed, Instant after, Instant now) =>
        [.. DueFirings.Of(Cron("0 9 * * *") with { Missed = missed }, after, now).Fire.Select(firing => Text(firing, Paris))];

    private static Schedule.Cron Cron(string text) => new(CronTimes.Parse(text).Times!, Paris, MissedFirings.Last);

    private static List<string> Texts(Schedule schedule, string after, int count) => [.. schedule.After(At(after)).Take(count).Select(firing => Text(firing, Paris))];

    private static Instant At(string text) => Pattern.Parse(text).Value.ToInstant();

    private static string Text(Instant moment, DateTimeZone zone) => Pattern.Format(moment.InZone(zone).ToOffsetDateTime());

    private static readonly OffsetDateTimePattern Pattern = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mmo<+HH>");
}
