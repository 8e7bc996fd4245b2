using ConnectorHub.Values;
using static ConnectorHub.Tests.Unit.Values.OddValues;
using Path = ConnectorHub.Values.Path;

namespace ConnectorHub.Tests.Unit.Values;

public sealed class PathTests
{
    private static readonly Value Event = Json(
        """
        { "member": { "email": "ada@acme.example", "odd key": 1, "it's": 2, "utm-source": "x", "2nd": 3 },
          "tags": ["a", "b"], "empty": [], "counted": { "count": 7 }, "none": null,
          "fields": [ { "id": "phone", "value": 1 }, { "id": "email", "value": 2, "sub": { "n": 5 } }, { "id": "email", "value": 3 } ],
          "contacts": [ { "fields": [ { "title": "Email", "values": ["a@x", "b@x"] }, { "title": "Phone", "values": [] } ] },
                        { "fields": [ { "title": "Email", "values": ["c@x"] } ] }, { "fields": [] } ] }
        """);

    [Theory]
    [InlineData("event.member.email", "ada@acme.example")]
    [InlineData("event.member['odd key']", "1")]
    [InlineData("event.member['it''s']", "2")]
    [InlineData("event.member.utm-source", "x")]
    [InlineData("event.member.2nd", "3")]
    [InlineData("event.tags[1]", "b")]
    [InlineData("event.tags.first", "a")]
    [InlineData("event.tags.last", "b")]
    [InlineData("event.tags.count", "2")]
    [InlineData("event.counted.count", "7")]
    [InlineData("event.member.count", "5")]
    [InlineData("event.fields[id='email'].value", "2")]
    [InlineData("event.fields[sub.n=5].value", "2")]
    [InlineData("event.fields[*].value", "[1,2,3]")]
    [InlineData("event.contacts[*].fields[title='Email'].values[*]", """["a@x","b@x","c@x"]""")]
    [InlineData("event.empty[*].x", "[]")]
    public void A_path_finds_what_stands_there(string text, string expected) => Assert.Equal(expected, Find(text).ToText());

    [Theory]
    [InlineData("event.nothing.at.all")]
    [InlineData("event.member.email.length")]
    [InlineData("event.tags[2]")]
    [InlineData("event.empty.first")]
    [InlineData("event.empty.last")]
    [InlineData("event.none.x")]
    [InlineData("event.none[*].x")]
    [InlineData("event.fields[id='fax'].value")]
    [InlineData("event.tags.member")]
    public void A_path_without_anything_is_missing(string text) => Assert.Equal(ValueKind.Missing, Find(text).Kind);

    [Theory]
    [InlineData("", 0, "name")]
    [InlineData("1st", 0, "name")]
    [InlineData("event.", 5, "dot")]
    [InlineData("event..a", 5, "dot")]
    [InlineData("event[", 5, "[ ]")]
    [InlineData("event[-1]", 5, "[ ]")]
    [InlineData("event[0", 5, "not closed")]
    [InlineData("event[name]", 5, "['name']")]
    [InlineData("event[a=b]", 5, "single quotes")]
    [InlineData("event['a", 5, "single quotes")]
    [InlineData("event[99999999999]", 5, "too large")]
    [InlineData("event.a b", 7, "cannot follow")]
    public void A_broken_path_is_told_with_its_place(string text, int offset, string words)
    {
        Assert.False(Path.TryParse(text, out _, out var problem));
        Assert.Equal(offset, problem.Offset);
        Assert.Contains(words, $"{problem.Message} {problem.Fix}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("event.member.email", "event.member.email")]
    [InlineData("event.made.of.new.maps", "event.made.of.new.maps")]
    [InlineData("event.tags[2]", "event.tags.last")]
    [InlineData("event.fields[id='email'].value", "event.fields[1].value")]
    [InlineData("event.fields[*].value", "event.fields[2].value")]
    public void A_place_can_be_changed_and_the_rest_stays(string change, string read)
    {
        var changed = Read(change).Change(Event, Value.Text("new"));
        Assert.NotNull(changed);
        Assert.Equal("new", Read(read).Resolve(changed).ToText());
        Assert.Equal(7, changed.Member("counted").Member("count").TryGetDecimal(out var count) ? count : 0);
        Assert.Equal("ada@acme.example", Event.Member("member").Member("email").ToText());
    }

    [Theory]
    [InlineData("event.member.email.x")]
    [InlineData("event.tags[5]")]
    [InlineData("event.fields[id='fax'].value")]
    public void A_place_that_cannot_be_is_not_changed(string text) => Assert.Null(Read(text).Change(Event, Value.True));

    private static Value Find(string text) => Read(text).Resolve(Event);

    private static Path Read(string text)
    {
        Assert.True(Path.TryParse(text, out var path, out var problem), problem?.Message);
        Assert.Equal("event", path.Root);
        return path;
    }
}
