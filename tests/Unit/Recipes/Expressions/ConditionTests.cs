using ConnectorHub.Recipes.Expressions;
using NodaTime;
using static ConnectorHub.Tests.Unit.Recipes.Expressions.Rendering;

namespace ConnectorHub.Tests.Unit.Recipes.Expressions;

public sealed class ConditionTests
{
    [Theory]
    [InlineData("event.member.status is Invited")]
    [InlineData("event.member.status is invited")]
    [InlineData("event.member.status is Invited exactly")]
    [InlineData("event.member.status = \"invited\"")]
    [InlineData("event.member.status   IS   not\tAccepted")]
    [InlineData("{{ event.member.status }} is Invited")]
    [InlineData("event.member.status | upper is INVITED exactly")]
    [InlineData("event.member.nothing ?? 'x' is x")]
    [InlineData("event.member.status != Accepted")]
    [InlineData("event.score is 82")]
    [InlineData("event.score is 82.0")]
    [InlineData("event.score is \"82\"")]
    [InlineData("event.scoreText is 82")]
    [InlineData("event.scoreText is not \"82\"")]
    [InlineData("event.big is 9007199254740993")]
    [InlineData("event.big is not 9007199254740992")]
    [InlineData("event.member.accepted is true")]
    [InlineData("event.member.empty is \"\"")]
    [InlineData("event.member.title is {{ shared.titles[0] }}")]
    [InlineData("event.member.title is {{ shared.titles[0] | lower }}")]
    [InlineData("event.member.title is one of [CEO, CMO]")]
    [InlineData("event.member.title is one of {{ shared.titles }}")]
    [InlineData("event.member.title is not one of [\"a, b\", 'c, d', {{ event.score }}, 5]")]
    [InlineData("event.score is one of [1, {{ event.score }}]")]
    [InlineData("event.member.tags contains vip")]
    [InlineData("event.member.tags does not contain vi")]
    [InlineData("event.member.email contains @acme")]
    [InlineData("event.map contains fr")]
    [InlineData("event.member.email starts with ada")]
    [InlineData("event.member.email does not start with ada exactly")]
    [InlineData("event.member.email ends with \"@acme.example\"")]
    [InlineData("event.member.email does not end with .fr")]
    [InlineData("event.member.email matches ^[a-z]+@acme\\.")]
    [InlineData("event.member.email matches \"^[a-z]+@acme\\.\"")]
    [InlineData("event.member.email does not match ^[a-z]+@acme\\. exactly")]
    [InlineData("event.member.tags matches ^par")]
    [InlineData("event.member.status exists")]
    [InlineData("event.member.noTags exists")]
    [InlineData("event.member.noTags[*].name is missing")]
    [InlineData("event.member.noTags[*] does not exist")]
    [InlineData("event.nowhere[*].name does not exist")]
    [InlineData("event.member.tags[*] exists")]
    [InlineData("event.member.noTags[*].name | unique is missing")]
    [InlineData("event.member.nothing is missing")]
    [InlineData("event.member.none is missing")]
    [InlineData("event.member.nothing does not exist")]
    [InlineData("event.member.empty is empty")]
    [InlineData("event.member.blank is empty")]
    [InlineData("event.member.noTags is empty")]
    [InlineData("event.member.nothing is empty")]
    [InlineData("event.zero is not empty")]
    [InlineData("event.member.tags is not empty")]
    [InlineData("event.live.start is after now")]
    [InlineData("event.live.start is before 2024-05-09")]
    [InlineData("event.live.day is after 2024-05-07T23:00")]
    [InlineData("event.live.start is before {{ event.live.start | from_iso | add(1, 'second') }}")]
    [InlineData("event.occurredAt | from_unix is after 2024-05-07T15:28:33Z")]
    [InlineData("event.live.start | from_iso is \"2024-05-08T08:00:00Z\"")]
    [InlineData("event.live.start is within 3d of now")]
    [InlineData("event.live.start is not within 16h of now")]
    [InlineData("event.live.start is within 17h of now")]
    [InlineData("event.score is more than 80")]
    [InlineData("event.score is more than {{ shared.limit }}")]
    [InlineData("event.scoreText is less than 82.5")]
    [InlineData("event.score is at least 82")]
    [InlineData("event.score is at most 82")]
    [InlineData("event.score > 81.9")]
    [InlineData("event.score >= 82")]
    [InlineData("event.score < 83")]
    [InlineData("event.score <= 82")]
    [InlineData("event.live.start > 2024-05-08")]
    [InlineData("event.member.tags.count is 2")]
    [InlineData("event.member.nothing is not Accepted")]
    [InlineData("event.member.nothing does not contain x")]
    [InlineData("event.member.nothing is {{ event.member.none }}")]
    public void It_holds(string sentence)
    {
        Assert.True(Holds(sentence));
        var answer = Condition(sentence).Explain(new ConditionContext(Seen, Paris, Now));
        Assert.True(answer.Holds);
        Assert.Equal("", answer.WouldMatch);
    }

    [Theory]
    [InlineData("event.member.status is Accepted")]
    [InlineData("event.member.status is invited exactly")]
    [InlineData("event.member.status is not INVITED")]
    [InlineData("event.member.status is missing information")]
    [InlineData("event.member.nothing is Accepted")]
    [InlineData("event.member.nothing is one of [a, b]")]
    [InlineData("event.member.nothing contains a")]
    [InlineData("event.member.nothing matches .*")]
    [InlineData("event.member.nothing is more than 0")]
    [InlineData("event.member.nothing is less than 0")]
    [InlineData("event.member.nothing is before now")]
    [InlineData("event.member.nothing is within 3d of now")]
    [InlineData("event.member.nothing is not empty")]
    [InlineData("event.member.status is {{ event.member.nothing }}")]
    [InlineData("event.member.status contains {{ event.member.nothing }}")]
    [InlineData("event.member.firstname is more than 5")]
    [InlineData("event.occurredAt is after 2020-01-01")]
    [InlineData("event.member.firstname is before now")]
    [InlineData("event.member.tags is VIP")]
    [InlineData("event.member.tags contains VI")]
    [InlineData("event.member.firstname | from_unix is not Ada")]
    [InlineData("event.score is {{ event.member.firstname | number }}")]
    [InlineData("event.member.accepted is 1")]
    [InlineData("event.score is one of [\"8\", 2]")]
    public void It_does_not_hold(string sentence)
    {
        Assert.False(Holds(sentence));
        var answer = Condition(sentence).Explain(new ConditionContext(Seen, Paris, Now));
        Assert.False(answer.Holds);
        Assert.StartsWith("It would match if ", answer.WouldMatch, StringComparison.Ordinal);
        Assert.EndsWith(".", answer.WouldMatch, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("event.member.status is Accepted", "value was \"Invited\"", "It would match if event.member.status were \"Accepted\".")]
    [InlineData("event.member.status is not Invited", "value was \"Invited\"", "It would match if event.member.status were not \"Invited\".")]
    [InlineData("event.member.status is one of [A, 5]", "value was \"Invited\"", "It would match if event.member.status were one of \"A\", 5.")]
    [InlineData("event.member.phone exists", "value was missing", "It would match if event.member.phone existed.")]
    [InlineData("event.member.none is 5", "value was null", "It would match if event.member.none were 5.")]
    [InlineData("event.score is more than {{ event.big }}", "value was 82", "It would match if event.score were more than 9007199254740993.")]
    [InlineData("event.occurredAt is after now", "value was 1715095714, a number, not a date: add | from_unix", "It would match if event.occurredAt were after the time of the event.")]
    [InlineData("event.member.email matches ^x", "value was \"Ada@Acme.example\"", "It would match if event.member.email matched \"^x\".")]
    [InlineData("event.live.start is within 2h of now", "value was \"2024-05-08T10:00:00+02:00\"", "It would match if event.live.start were within 2h of now.")]
    [InlineData("event.member.tags is VIP", "value was [\"VIP\",\"Paris\"], a list: use 'contains'", "It would match if event.member.tags were \"VIP\".")]
    public void It_says_why_not(string sentence, string found, string wouldMatch)
    {
        var answer = Condition(sentence).Explain(new ConditionContext(Seen, Paris, Now));
        Assert.Equal(found, answer.Found);
        Assert.Equal(wouldMatch, answer.WouldMatch);
    }

    [Fact]
    public void A_value_that_cannot_be_computed_is_told()
    {
        var answer = Condition("event.ms | from_unix is before now").Explain(new ConditionContext(Seen, Paris, Now));
        Assert.False(answer.Holds);
        Assert.Contains("use from_unix_ms", answer.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void It_says_what_it_reads()
    {
        var condition = Condition("  event.a | plus(event.b) is {{ shared.c ?? 'x' }}  ");
        Assert.Equal("event.a | plus(event.b) is {{ shared.c ?? 'x' }}", condition.Sentence);
        Assert.Equal(["event.a@2", "event.b@17", "shared.c?@32"], condition.Paths.Select(use => $"{use.Text}{(use.MayBeMissing ? "?" : "")}@{use.Offset}"));
        Assert.True(Condition("event.a is missing").Paths[0].MayBeMissing);
    }

    [Fact]
    public void Now_is_the_time_of_the_event_and_not_of_the_clock()
    {
        var condition = Condition("event.live.start is after now");
        Assert.True(condition.Holds(new ConditionContext(Seen, null, Now)));
        Assert.False(condition.Holds(new ConditionContext(Seen, null, Now + Duration.FromDays(2))));
    }

    [Fact]
    public void No_odd_value_breaks_any_operator()
    {
        foreach (var known in Operator.All)
        {
            var sentence = known.Example.Replace("event.", "x.", StringComparison.Ordinal);
            var condition = Condition("x " + sentence[sentence.IndexOf(' ', StringComparison.Ordinal)..].TrimStart());
            foreach (var value in Values.OddValues.All)
            {
                var context = new ConditionContext(new Scope().Set("x", value).Set("shared", value), null, Instant.MaxValue);
                Assert.Equal(condition.Holds(context), condition.Explain(context).Holds);
            }
        }
    }

    [Fact]
    public void No_two_odd_values_break_a_comparison()
    {
        foreach (var words in new[] { "is", "is one of", "contains", "starts with", "is before", "is more than" })
        {
            var condition = Condition($"x {words} {{{{ y }}}}");
            foreach (var left in Values.OddValues.All)
            {
                foreach (var right in Values.OddValues.All)
                {
                    _ = condition.Explain(new ConditionContext(new Scope().Set("x", left).Set("y", right), Paris, Now));
                }
            }
        }
    }
}
