using System.Text.Json;
using ConnectorHub.Gateway.Admin;
using ConnectorHub.Gateway.Commands;
using ConnectorHub.Runs.Connections;
using ConnectorHub.Scheduling;
using ConnectorHub.Tests.Gateway.Support;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace ConnectorHub.Tests.Gateway;

/// <summary>Retry windows as calendars, against a rule that anyone can read; and what a person sees of them.</summary>
public class RetryWindowTests
{
    private static readonly TimeSpan Grain = TimeSpan.FromMinutes(15);

    [Theory]
    // The autumn night on which 02:00 to 03:00 comes twice, the spring night on which it does not come, and the dates left out.
    [InlineData("MON-FRI", "08:00", "18:00", "2026-10-20", 40)]
    [InlineData("MON-FRI", "08:00", "18:00", "2027-04-20", 20)]
    [InlineData("MON-FRI", "08:00", "18:00", "2026-12-15", 20)]
    [InlineData("MON-SUN", "22:00", "06:00", "2026-10-20", 10)]
    [InlineData("MON-SUN", "22:00", "06:00", "2027-03-24", 10)]
    [InlineData("FRI", "22:30", "06:00", "2026-10-01", 45)]
    [InlineData("MON-FRI", "22:00", "06:00", "2027-04-26", 10)]
    [InlineData("SAT,SUN", "00:00", "24:00", "2026-10-20", 20)]
    [InlineData("MON-SUN", "02:15", "02:45", "2026-10-22", 6)]
    [InlineData("MON-SUN", "02:15", "02:45", "2027-03-25", 6)]
    [InlineData("MON-SUN", "12:00", "24:00", "2027-03-25", 6)]
    public void A_window_opens_when_the_clock_of_its_zone_says_so(string days, string from, string to, string begin, int length)
    {
        var window = Window(days, from, to);
        var connection = Connection(window);
        using var services = new ServiceCollection().AddRetryWindows().BuildServiceProvider();
        var windows = services.GetRequiredService<IRetryWindows>();
        var start = new DateTimeOffset(DateTime.Parse(begin, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero);

        // From the last to the first: a closed moment's opening is that of the moment after it.
        var moments = Enumerable.Range(0, (int)(TimeSpan.FromDays(length) / Grain)).Select(i => start + (i * Grain)).Reverse();
        DateTimeOffset? opens = null;
        foreach (var moment in moments)
        {
            opens = IsOpen(window, moment) ? moment : opens;
            if (opens is { } expected)
            {
                Assert.Equal((moment, expected), (moment, windows.NextOpen(connection, moment)));
            }
        }

        Assert.NotNull(opens);
    }

    [Fact]
    public void Between_two_minutes_the_window_is_open_to_its_last_moment_and_not_a_moment_longer()
    {
        using var services = new ServiceCollection().AddRetryWindows().BuildServiceProvider();
        var (windows, connection) = (services.GetRequiredService<IRetryWindows>(), Connection(Window("MON-FRI", "08:00", "18:00")));
        var closes = new DateTimeOffset(2026, 9, 4, 16, 0, 0, TimeSpan.Zero);
        var monday = new DateTimeOffset(2026, 9, 7, 6, 0, 0, TimeSpan.Zero);

        Assert.Equal(closes.AddMilliseconds(-1), windows.NextOpen(connection, closes.AddMilliseconds(-1)));
        Assert.Equal(monday, windows.NextOpen(connection, closes));
        Assert.Equal(monday, windows.NextOpen(connection, monday.AddMilliseconds(-1)));
        Assert.Equal(closes, windows.NextOpen(Connection(null), closes));
    }

    [Fact]
    public async Task The_scheduler_knows_the_calendar_by_its_connection_and_connections_says_until_when_retries_wait()
    {
        var closed = TimeProvider.System.GetUtcNow().AddDays(3).DayOfWeek.ToString()[..3].ToUpperInvariant();
        await using var gateway = await RunningGateway.StartAsync(
            null, Bodies.Live, null, ("Connections:slack:RetryWindow:Days", closed), ("Connections:slack:RetryWindow:From", "22:00"), ("Connections:slack:RetryWindow:To", "02:00"), ("Connections:slack:RetryWindow:Zone", "UTC"));
        var scheduler = await gateway.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        Assert.NotNull(await scheduler.GetCalendar("slack"));
        Assert.NotNull(await scheduler.GetCalendar("slack, after midnight"));

        var connections = JsonSerializer.Deserialize<List<ConnectionSummary>>(await gateway.GetAsync("api/connections"), AdminClient.Readable)!;
        using var page = new StringWriter { NewLine = "\n" };
        new Printer(page).Connections([connections.Single(one => one.Name == "slack")]);
        Assert.Matches(@$"^slack  slack  Live  ready\n  retries wait for their window until \d{{4}}-\d\d-\d\d 22:00:00Z: {closed} 22:00-02:00 UTC\n$", page.ToString());
    }

    private static bool IsOpen(RetryWindow window, DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, window.Zone).DateTime;
        var (date, time) = (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        return window.IsOverMidnight
            ? (window.OpensOn(date) && time >= window.From) || (window.OpensOn(date.AddDays(-1)) && time < window.To)
            : window.OpensOn(date) && time >= window.From && (window.To == TimeOnly.MinValue || time < window.To);
    }

    private static RetryWindow Window(string days, string from, string to)
    {
        DayOfWeek[] week = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];
        var open = days switch { "MON-SUN" => week, "MON-FRI" => week[..5], "SAT,SUN" => week[5..], _ => [DayOfWeek.Friday] };
        var closes = to == "24:00" ? TimeOnly.MinValue : TimeOnly.Parse(to, System.Globalization.CultureInfo.InvariantCulture);
        return new RetryWindow(
            open.ToHashSet(),
            TimeOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture),
            closes,
            TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"),
            [(5, 1), (4, 30)],
            [new DateOnly(2026, 12, 24), new DateOnly(2026, 10, 23)],
            false)
        {
            Text = days,
        };
    }

    private static Connection Connection(RetryWindow? window) =>
        new("slack", "slack", ConnectionMode.Live, null, new Dictionary<string, IReadOnlyList<ConnectorHub.Abstractions.Secret>>(), new Dictionary<string, string>(), "1", null) { RetryWindow = window };
}
