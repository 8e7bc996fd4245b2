using ConnectorHub.Abstractions;
using ConnectorHub.Values;
using static ConnectorHub.Tests.Unit.Recipes.Expressions.Rendering;

namespace ConnectorHub.Tests.Unit.Recipes.Expressions;

public sealed class TemplateTests
{
    [Theory]
    [InlineData("{{ event.score }}", ValueKind.Number, "82")]
    [InlineData("{{ event.big }}", ValueKind.Number, "9007199254740993")]
    [InlineData("{{ event.member.accepted }}", ValueKind.Boolean, "true")]
    [InlineData("{{event.member.tags}}", ValueKind.List, "[\"VIP\",\"Paris\"]")]
    [InlineData("{{ event.map }}", ValueKind.Map, "{\"fr\":\"France\"}")]
    [InlineData("{{ event.member.none }}", ValueKind.Null, "")]
    [InlineData("{{ event.nothing }}", ValueKind.Missing, "")]
    [InlineData(" {{ event.score }}", ValueKind.Text, " 82")]
    [InlineData("{{ event.score }}{{ event.zero }}", ValueKind.Text, "820")]
    [InlineData("{{ event.occurredAt | from_unix }}", ValueKind.Moment, "2024-05-07T15:28:34Z")]
    [InlineData("", ValueKind.Text, "")]
    [InlineData("plain } text {", ValueKind.Text, "plain } text {")]
    public void One_whole_placeholder_keeps_its_type_and_mixed_text_is_text(string text, ValueKind kind, string expected)
    {
        var result = Render(text);
        Assert.Equal(kind, result.Value.Kind);
        Assert.Equal(expected, result.Value.ToText());
    }

    [Theory]
    [InlineData("{{ event.a ?? event.b ?? 'x' }}", "x")]
    [InlineData("{{ event.a ?? event.member.firstname ?? 'x' }}", "Ada")]
    [InlineData("{{ event.member.none ?? 'x' }}", "x")]
    [InlineData("{{ event.member.empty ?? 'x' }}", "")]
    [InlineData("{{ event.member.empty | default('x') }}", "x")]
    [InlineData("{{ event.a ?? 'x' | upper }}", "X")]
    [InlineData("{{ event.a | upper ?? 'x' }}", "x")]
    [InlineData("{{ event.a ?? ('x' | upper) }}", "X")]
    [InlineData("{{ 'it''s' }}", "it's")]
    [InlineData("{{ '{{ }}' }}", "{{ }}")]
    [InlineData("{{ 5 | plus(event.minutes ?? 1) }}", "35")]
    [InlineData("{{ event.live.start | from_iso | add(event.minutes, 'minutes') | in_zone(event.live.zone) }}", "2024-05-08T17:30:00+09:00")]
    [InlineData("{{ event.member.tags | concat(event.list | where('a') | map('a')) | join('|') }}", "VIP|Paris|<b>")]
    [InlineData("{{ 'fr' | lookup(event.map) }}", "France")]
    [InlineData("{{\n  event.member.firstname\n  | upper\n}}", "ADA")]
    [InlineData("{{ true }}{{ false }}{{ null }}{{ -1.50 }}", "truefalse-1.50")]
    public void Expressions_are_read_from_left_to_right(string text, string expected) => Assert.Equal(expected, Text(text));

    [Fact]
    public void A_missing_value_inside_text_becomes_nothing_and_is_told()
    {
        var warnings = new List<string>();
        var result = Render("Hello {{ event.live.name }}{{ event.member.none }}!", warnings: warnings);
        Assert.Equal("Hello !", result.Value.ToText());
        Assert.Equal(["event.live.name is missing: left empty", "event.member.none is null: left empty"], warnings);
    }

    [Fact]
    public void A_whole_placeholder_that_is_missing_is_no_warning()
    {
        var warnings = new List<string>();
        Assert.Equal(ValueKind.Missing, Render("{{ event.live.name }}", warnings: warnings).Value.Kind);
        Assert.Empty(warnings);
    }

    [Theory]
    [InlineData("<{{ event.member.evil }}>", TextKind.Mrkdwn, "<&lt;!channel&gt; &amp; co>")]
    [InlineData("{{ event.member.evil }}", TextKind.Mrkdwn, "&lt;!channel&gt; &amp; co")]
    [InlineData("{{ event.list }}", TextKind.Mrkdwn, """[1,"two",null,{"a":"&lt;b&gt;"}]""")]
    [InlineData("{{ event.member.evil | raw }}", TextKind.Mrkdwn, "<!channel> & co")]
    [InlineData("{{ event.member.evil | raw }} {{ event.member.evil }}", TextKind.Mrkdwn, "<!channel> & co &lt;!channel&gt; &amp; co")]
    [InlineData("{{ '<!channel>' }}", TextKind.Mrkdwn, "&lt;!channel&gt;")]
    [InlineData("/a b/{{ event.member.evil }}", TextKind.UrlPart, "/a b/%3C%21channel%3E%20%26%20co")]
    [InlineData("{{ event.member.evil | url }}", TextKind.UrlPart, "%3C%21channel%3E%20%26%20co")]
    [InlineData("{{ event.live.start | in_zone('Asia/Tokyo') }}", TextKind.UrlPart, "2024-05-08T17%3A00%3A00%2B09%3A00")]
    [InlineData("{{ event.member.evil }}", TextKind.Plain, "<!channel> & co")]
    public void Placed_values_are_escaped_and_the_text_around_them_is_not(string text, TextKind kind, string expected) =>
        Assert.Equal(expected, Text(text, kind));

    [Fact]
    public void It_says_what_it_uses()
    {
        var template = Template("{{ event.a ?? event.b }} {{ event.c | default('x') }} {{ event.d | raw }} {{ 'x' | lookup(shared.map) }}");
        Assert.True(template.UsesRaw);
        Assert.False(template.IsOnePlaceholder);
        Assert.Equal(
            ["event.a?@3", "event.b?@14", "event.c?@28", "event.d@57", "shared.map@90"],
            template.Paths.Select(use => $"{use.Text}{(use.MayBeMissing ? "?" : "")}@{use.Offset}"));
    }

    [Theory]
    [InlineData("{{ event.a | from_unix | date('d') }}", true)]
    [InlineData("{{ event.a | from_unix | in_zone('UTC') | date('d') }}", false)]
    [InlineData("{{ event.a | parse_date('dd/MM/yyyy') }}", true)]
    [InlineData("{{ event.a | parse_date('dd/MM/yyyy', 'UTC') | date('d') }}", false)]
    [InlineData("{{ event.a | from_iso('UTC') | date('d') }}", false)]
    [InlineData("{{ event.a | from_unix }}", false)]
    public void It_says_whether_it_needs_a_zone(string text, bool needs) => Assert.Equal(needs, Template(text).NeedsZone);

    [Fact]
    public void A_filter_that_fails_names_the_placeholder_and_its_place()
    {
        var failure = Render("a\n  {{ event.member.firstname | from_unix }}").Failure;
        Assert.NotNull(failure);
        Assert.Equal((2, 31), (failure.Line, failure.Column));
        Assert.StartsWith("{{ event.member.firstname | from_unix }}: 'from_unix' needs a number; it got the text \"Ada\".", failure.Message, StringComparison.Ordinal);
    }
}
