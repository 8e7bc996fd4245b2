using ConnectorHub.Scripting;

namespace ConnectorHub.Tests.Unit.Scripting;

public sealed class ScriptTimeTests(Scripts scripts) : IClassFixture<Scripts>
{
    [Fact]
    public async Task The_only_clock_is_the_time_of_the_event()
    {
        Assert.Equal(
            """["2026-03-01T12:00:00.000Z",1772366400000,1772366400000,"Sun Mar 01 2026 13:00:00 GMT+0100",true]""",
            await scripts.Json("return [hub.now, Date.now(), new Date().getTime(), Date(), new Date(hub.now) - new Date() === 0]"));
    }

    [Fact]
    public async Task Chance_is_the_same_for_the_same_call()
    {
        const string Code = "var r = []; for (var i = 0; i < 5; i++) r.push(Math.random()); return r";

        var first = await scripts.Json(Code);

        Assert.Equal(first, await scripts.Json(Code));
        Assert.Equal(5, first.Split(',').Distinct().Count());
    }

    [Theory]
    [InlineData("new Date(2024, 6, 1, 12).toISOString()", "Europe/Paris", "2024-07-01T10:00:00.000Z")]
    [InlineData("new Date(2024, 0, 1, 12).toISOString()", "Europe/Paris", "2024-01-01T11:00:00.000Z")]
    [InlineData("new Date('2024-05-07T17:28:34+02:00').toISOString()", "Asia/Tokyo", "2024-05-07T15:28:34.000Z")]
    [InlineData("new Date('2024-05-07').toISOString()", "Europe/Paris", "2024-05-07T00:00:00.000Z")]
    [InlineData("new Date('2024-05-07T10:00').toISOString()", "Europe/Paris", "2024-05-07T08:00:00.000Z")]
    [InlineData("new Date(2024, 2, 31, 2, 30).toISOString()", "Europe/Paris", "2024-03-31T01:30:00.000Z")]
    [InlineData("new Date(2024, 9, 27, 2, 30).toISOString()", "Europe/Paris", "2024-10-27T00:30:00.000Z")]
    [InlineData("new Date(2024, 9, 27, 3, 30).toISOString()", "Europe/Paris", "2024-10-27T02:30:00.000Z")]
    [InlineData("String(new Date(2024, 6, 1).getTimezoneOffset())", "Europe/Dublin", "-60")]
    [InlineData("String(new Date(2024, 0, 1).getTimezoneOffset())", "Europe/Dublin", "0")]
    [InlineData("String(new Date(2024, 0, 1).getTimezoneOffset())", "Australia/Lord_Howe", "-660")]
    [InlineData("String(new Date(2024, 6, 1).getTimezoneOffset())", "Australia/Lord_Howe", "-630")]
    [InlineData("String(new Date(2012, 0, 1).getTimezoneOffset())", "Europe/Moscow", "-240")]
    [InlineData("String(new Date(2024, 0, 1).getTimezoneOffset())", "America/New_York", "300")]
    [InlineData("new Date(1715095714000).toString()", "Europe/Paris", "Tue May 07 2024 17:28:34 GMT+0200")]
    [InlineData("new Date(1715095714000).toUTCString()", "Europe/Paris", "Tue, 07 May 2024 15:28:34 GMT")]
    [InlineData("new Date(1715095714000).toLocaleString()", "Europe/Paris", "5/7/2024, 5:28:34 PM")]
    [InlineData("new Date(1715095714000).toLocaleDateString()", "Asia/Tokyo", "5/8/2024")]
    [InlineData("new Date(1715095714000).toLocaleTimeString()", "", "3:28:34 PM")]
    [InlineData("new Date(-1).toISOString()", "Europe/Paris", "1969-12-31T23:59:59.999Z")]
    [InlineData("new Date(-62198755200000).toISOString()", "", "-000001-01-01T00:00:00.000Z")]
    [InlineData("new Date(8.64e15).toISOString()", "", "+275760-09-13T00:00:00.000Z")]
    [InlineData("String(new Date('soon'))", "", "Invalid Date")]
    [InlineData("var d = new Date(2024, 2, 30, 2, 30); d.setDate(31); return String(d); ''", "Europe/Paris", "Sun Mar 31 2024 03:30:00 GMT+0200")]
    [InlineData("var d = new Date(2020, 0, 31, 23); d.setHours(25, 1); return d.toDateString(); ''", "Europe/Paris", "Sat Feb 01 2020")]
    public async Task Local_time_is_the_time_of_the_zone(string expression, string zone, string text)
    {
        var code = expression.StartsWith("var", StringComparison.Ordinal) ? expression : "return " + expression;

        Assert.Equal($"\"{text}\"", await scripts.Json(code, zone: zone));
    }

    [Fact]
    public async Task A_zone_nobody_knows_is_named()
    {
        Assert.Contains("'Europe/Pari'", Assert.IsType<ScriptAnswer.OverBudget>(await scripts.Run("return 1", zone: "Europe/Pari")).Message, StringComparison.Ordinal);
    }
}
