using ConnectorHub.Runs.Connections;

namespace ConnectorHub.Tests.Gateway.Settings;

public sealed class RetryWindowSettingsTests : IDisposable
{
    private readonly SettingsFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_window_is_as_it_was_written()
    {
        var window = Read("""{ "Days": "fri-mon, wed", "From": "22:00", "To": "06:00", "Except": [ "05-01", "02-29", "2026-12-24" ] }""")!;

        Assert.Equal([DayOfWeek.Sunday, DayOfWeek.Monday, DayOfWeek.Wednesday, DayOfWeek.Friday, DayOfWeek.Saturday], window.Days.Order());
        Assert.Equal((true, false, "FRI-MON, WED 22:00-06:00 Europe/Paris"), (window.IsOverMidnight, window.HoldsFirst, window.Text));
        Assert.Equal([(5, 1), (2, 29)], window.EachYear);
        Assert.Equal([new DateOnly(2026, 12, 24)], window.Once);
        Assert.Equal("MON-SUN 00:00-24:00 Asia/Tokyo", Read("""{ "Zone": "Asia/Tokyo", "To": "24:00", "Holds": "All" }""") is { HoldsFirst: true, IsOverMidnight: false } all ? all.Text : null);
    }

    [Theory]
    [InlineData("""{ "Days": "MON-FRY" }""", "Days: error CH1003: 'MON-FRY' is not allowed. Allowed: days of the week such as MON-FRI or MON,WED,SAT.")]
    [InlineData("""{ "From": "8" }""", "From: error CH1003: '8' is not allowed. Allowed: a time such as 08:00.")]
    [InlineData("""{ "To": "25:00" }""", "To: error CH1003: '25:00' is not allowed. Allowed: a time such as 08:00, or 24:00.")]
    [InlineData("""{ "Zone": "Paris" }""", "Zone: error CH1003: 'Paris' is not allowed. Allowed: a zone of the IANA list, such as Europe/Paris.")]
    [InlineData("""{ "Except": [ "1 May" ] }""", "Except:0: error CH1003: '1 May' is not allowed. Allowed: a day of each year such as 05-01, or one day such as 2026-12-24.")]
    [InlineData("""{ "Form": "08:00" }""", "Form: error CH1002: 'Connections:a:RetryWindow:Form' is not a setting. Did you mean 'From'? Allowed: Days, From, To, Zone, Except, Holds.")]
    [InlineData(
        """{ "From": "08:00", "To": "08:00" }""",
        "To: error CH1016: The window closes at 08:00, when it opens: it never is open, and what failed would wait for ever. Write a later time, or leave From and To out for the whole day.")]
    public void What_is_wrong_is_named_with_its_place_and_what_is_allowed(string window, string finding) => Assert.Equal(
        [$"Connections:a:RetryWindow:{finding}"],
        _folder.Findings($$"""{ "Connections": { "a": { "Connector": "slack", "RetryWindow": {{window}} } } }"""));

    [Fact]
    public void A_window_whose_every_day_is_left_out_is_a_finding()
    {
        var year = Enumerable.Range(0, 366).Select(day => $"\"{new DateOnly(2028, 1, 1).AddDays(day):MM-dd}\"").ToList();

        Assert.Equal(
            ["Connections:a:RetryWindow:Except: error CH1016: Except takes every day that Days allows: the window never is open, and what failed would wait for ever. Take days out of Except, or add some to Days."],
            Findings(year));
        Assert.Empty(Findings(year[1..]));
    }

    private IReadOnlyList<string> Findings(IEnumerable<string> except) =>
        _folder.Findings($$"""{ "Connections": { "a": { "Connector": "slack", "RetryWindow": { "Days": "TUE", "Except": [ {{string.Join(",", except)}} ] } } } }""");

    private RetryWindow? Read(string window) =>
        _folder.Connections($$"""{ "Hub": { "Zone": "Europe/Paris" }, "Connections": { "a": { "Connector": "slack", "RetryWindow": {{window}} } } }""").Current.Find("a")!.RetryWindow;
}
