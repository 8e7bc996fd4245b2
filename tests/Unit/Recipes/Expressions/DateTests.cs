using static ConnectorHub.Tests.Unit.Recipes.Expressions.Rendering;

namespace ConnectorHub.Tests.Unit.Recipes.Expressions;

public sealed class DateTests
{
    [Theory]
    [InlineData("{{ event.occurredAt | from_unix | in_zone('Europe/Paris') }}", "2024-05-07T17:28:34+02:00")]
    [InlineData("{{ event.ms | from_unix_ms | in_zone('Europe/Paris') | date('d MMM HH:mm') }}", "7 May 17:28")]
    [InlineData("{{ event.occurredAt | from_unix | in_zone('Europe/Paris') | date('dddd d MMMM', 'fr') }}", "mardi 7 mai")]
    [InlineData("{{ event.occurredAt | from_unix | in_zone('Europe/Paris') | date('dd/MM/yyyy', 'de') }}", "07/05/2024")]
    [InlineData("{{ event.occurredAt | from_unix | in_zone('Europe/Paris') | date('d') }}", "7")]
    [InlineData("{{ event.occurredAt | from_unix | in_zone('Europe/Paris') | date('h tt ''heures''') }}", "5 PM heures")]
    [InlineData("{{ event.occurredAt | from_unix | in_zone('Europe/Paris') | date('yyyy-MM-ddTHH:mm:sso<+HH:mm>') }}", "2024-05-07T17:28:34+02:00")]
    [InlineData("{{ event.live.local | in_zone('Asia/Tokyo') }}", "2024-05-08T10:00:00+09:00")]
    [InlineData("{{ event.live.local | from_iso('Asia/Tokyo') | in_zone('Europe/Paris') }}", "2024-05-08T03:00:00+02:00")]
    [InlineData("{{ event.live.start | date('HH:mm') }}", "10:00")]
    [InlineData("{{ '2023-01-31T12:00:00Z' | in_zone('Europe/Paris') | add(1, 'month') | date('yyyy-MM-dd') }}", "2023-02-28")]
    [InlineData("{{ '2024-03-30T12:00:00+01:00' | in_zone('Europe/Paris') | add(1, 'day') }}", "2024-03-31T12:00:00+02:00")]
    [InlineData("{{ '2024-03-30T12:00:00+01:00' | in_zone('Europe/Paris') | add(24, 'hours') }}", "2024-03-31T13:00:00+02:00")]
    [InlineData("{{ '2024-05-08T10:00:00Z' | minus('2024-05-08T08:30:00Z', 'minutes') }}", "90")]
    [InlineData("{{ '2024-05-08T10:00:00Z' | minus(90, 'minutes') }}", "2024-05-08T08:30:00Z")]
    [InlineData("{{ '2024-10-27T02:30:00' | in_zone('Europe/Paris') }}", "2024-10-27T02:30:00+02:00")]
    [InlineData("{{ '0001-01-01T00:00:00.0000000+00:00' | to_unix }}", "-62135596800")]
    public void Dates_without_a_zone_of_the_recipe(string text, string expected) => Assert.Equal(expected, Text(text));

    [Theory]
    [InlineData("{{ event.occurredAt | from_unix }}", "2024-05-07T17:28:34+02:00")]
    [InlineData("{{ event.occurredAt | from_unix | date('HH:mm') }}", "17:28")]
    [InlineData("{{ event.occurredAt | from_unix | in_zone('Asia/Tokyo') | date('HH:mm') }}", "00:28")]
    [InlineData("{{ '2024-05-07T15:28:34Z' | date('HH:mm') }}", "17:28")]
    [InlineData("{{ '2024-05-07T15:28:34+00:00' | from_iso | date('HH:mm') }}", "17:28")]
    [InlineData("{{ event.live.local | from_iso }}", "2024-05-08T10:00:00+02:00")]
    [InlineData("{{ event.live.day | from_iso }}", "2024-05-08T00:00:00+02:00")]
    [InlineData("{{ '7/5/2024 09:05' | parse_date('d/M/yyyy HH:mm') }}", "2024-05-07T09:05:00+02:00")]
    public void Dates_in_the_zone_of_the_recipe(string text, string expected) => Assert.Equal(expected, Text(text, zone: Paris));

    [Theory]
    [InlineData("{{ event.occurredAt | from_unix | in_zone('Europe/Paris') }}")]
    [InlineData("{{ event.occurredAt | from_unix | in_zone('Europe/London') | minus(200, 'days') }}")]
    [InlineData("{{ event.occurredAt | from_unix }}")]
    public void A_moment_that_was_stored_is_shown_in_the_same_local_time(string text)
    {
        var fresh = Render(text).Value;
        var stored = ConnectorHub.Values.Value.Parse(fresh.ToUtf8Json());
        var template = Template("{{ moment | date('HH:mm') }}");
        foreach (var zone in new[] { null, Paris })
        {
            var before = template.Evaluate(Seen.Copy().Set("moment", fresh), zone, null);
            var after = template.Evaluate(Seen.Copy().Set("moment", stored), zone, null);
            Assert.Equal(before.Value, after.Value);
            Assert.Equal(before.Failure is null, after.Failure is null);
        }
    }

    [Theory]
    [InlineData("{{ event.ms | from_unix }}", "milliseconds: use from_unix_ms")]
    [InlineData("{{ event.occurredAt | from_unix | date('HH:mm') }}", "| in_zone('Europe/Paris')")]
    [InlineData("{{ event.live.local | from_iso }}", "from_iso('Europe/Paris')")]
    [InlineData("{{ '07/05/2024' | parse_date('dd/MM/yyyy') }}", "parse_date('dd/MM/yyyy', 'Europe/Paris')")]
    [InlineData("{{ '7.5.2024' | parse_date('dd/MM/yyyy', 'UTC') }}", "cannot read the text \"7.5.2024\" as 'dd/MM/yyyy'")]
    [InlineData("{{ event.member.firstname | from_iso }}", "parse_date")]
    [InlineData("{{ event.occurredAt | from_unix | add(event.nothing, 'minutes') }}", "Give a fallback with '??'")]
    [InlineData("{{ event.occurredAt | from_unix | add(1, event.member.firstname) }}", "seconds, minutes, hours")]
    [InlineData("{{ event.occurredAt | from_unix | add(1.5, 'days') }}", "whole number of days")]
    [InlineData("{{ event.occurredAt | from_unix | in_zone(event.member.firstname) }}", "'Ada' is not a zone")]
    [InlineData("{{ 90000000000 | from_unix | add(900000, 'years') }}", "years 1 to 9998")]
    [InlineData("{{ event.list | date('d') }}", "takes a text or a moment; it got the list")]
    public void A_date_that_cannot_be_says_what_to_write(string text, string words) =>
        Assert.Contains(words, Failure(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("{{ event.a | date('DD/MM/YYYY') }}", "write dd")]
    [InlineData("{{ event.a | date('dd/MM/YYYY') }}", "write yyyy")]
    [InlineData("{{ event.a | date('dd/mm/yyyy') }}", "write MM")]
    [InlineData("{{ event.a | date('hh:mm a') }}", "write tt")]
    [InlineData("{{ event.a | date('EEE d') }}", "write ddd")]
    [InlineData("{{ event.a | date('d de MMMM') }}", "is not a date pattern")]
    [InlineData("{{ event.a | date('') }}", "1 to 200 letters")]
    [InlineData("{{ event.a | date('d', 'klingon') }}", "not a language")]
    [InlineData("{{ event.a | in_zone('Europe/Pariss') }}", "Did you mean 'Europe/Paris'?")]
    [InlineData("{{ event.a | parse_date('HH:mm') }}", "day, month and year")]
    [InlineData("{{ event.a | add(1) }}", "takes 2 arguments, written add(amount, unit); it got 1")]
    [InlineData("{{ event.a | match('(?=a)') }}", "look-around")]
    [InlineData("{{ event.a | match('(a') }}", "not a regular expression")]
    public void What_can_never_work_is_found_when_the_recipe_is_read(string text, string words) =>
        Assert.Contains(words, Problem(text).Message, StringComparison.Ordinal);
}
