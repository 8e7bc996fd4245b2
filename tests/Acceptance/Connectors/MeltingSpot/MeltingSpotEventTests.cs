using System.Text;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.MeltingSpot;

namespace ConnectorHub.Tests.Acceptance.Connectors.MeltingSpot;

public sealed class MeltingSpotEventTests
{
    private static readonly WebhookSecrets Token = Deliveries.Of("UrlToken", "token-in-the-url");

    private readonly MeltingSpotSource _source = new();

    [Fact]
    public void All_fourteen_triggers_are_known_by_name()
    {
        Assert.Equal(
            [
                "member.created",
                "member.updated",
                "live.participant.created",
                "live.participant.updated",
                "live.updated",
                "registration.form.answered",
                "document.updated",
                "topic.created",
                "course.participant.created",
                "course.participant.status.updated",
                "course.step.completed",
                "learning-path.participant.created",
                "learning-path.participant.updated",
                "learning-path.step.completed",
            ],
            _source.Events.Select(known => known.Name));
    }

    [Fact]
    public void Only_bodies_that_the_documents_show_whole_are_not_marked_as_inferred() => Assert.Equal(
        [
            "live.participant.created",
            "live.participant.updated",
            "live.updated",
            "document.updated",
            "course.participant.created",
            "course.participant.status.updated",
        ],
        _source.Events.Where(known => !known.Inferred).Select(known => known.Name));

    [Theory]
    [InlineData("{\"live\":{\"id\":\"l1\"},\"member\":{\"id\":\"m1\"}}", "l1")]
    [InlineData("{\"course\":{\"id\":\"c1\"},\"member\":{\"id\":\"m1\"}}", "c1")]
    [InlineData("{\"member\":{\"id\":\"m1\"},\"spot\":{\"id\":\"s1\"}}", "m1")]
    [InlineData("{\"live\":{\"id\":\"\"},\"member\":{\"id\":\"m1\"}}", "m1")]
    [InlineData("{\"spot\":{\"id\":\"s1\"}}", null)]
    [InlineData("[]", null)]
    public void An_event_is_about_the_most_particular_thing_with_an_id(string body, string? subject) =>
        Assert.Equal(subject, Read(body).Subject);

    [Theory]
    [InlineData("{}", false)]
    [InlineData("{\"test\":false}", false)]
    [InlineData("{\"test\":\"true\"}", false)]
    [InlineData("{\"test\":true}", true)]
    public void Only_a_true_test_is_a_test(string body, bool test) => Assert.Equal(test, Read(body).Test);

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"occurredAt\":0}")]
    [InlineData("{\"occurredAt\":null}")]
    [InlineData("{\"occurredAt\":\"1715095714\"}")]
    [InlineData("{\"occurredAt\":1715095714.5}")]
    [InlineData("{\"occurredAt\":99999999999999}")]
    public void A_time_that_is_not_unix_seconds_is_no_time(string body) => Assert.Null(Read(body).Time);

    [Theory]
    [InlineData("registration.form.answered")]
    [InlineData("topic.created")]
    [InlineData("learning-path.step.completed")]
    public void An_inferred_body_is_read_like_a_shown_one(string name)
    {
        var read = Read(_source.Events.Single(known => known.Name == name).Sample.GetRawText(), name);

        Assert.Equal(name, read.Type);
        Assert.NotNull(read.Time);
        Assert.NotNull(read.Subject);
        Assert.True(read.Test);
    }

    [Fact]
    public void With_a_token_alone_content_is_remembered_longer_than_Svix_repeats_with_its_jitter() =>
        Assert.True(Read("{}").Dedupe!.Window > _source.Contract.LongestSpan * 1.2);

    [Fact]
    public void A_renewed_sample_happened_now()
    {
        var body = _source.Events[0].Sample.GetRawText();
        var renewed = Encoding.UTF8.GetString(_source.Renew(Encoding.UTF8.GetBytes(body), "msg_1", ScriptedContext.Start).Span);

        Assert.Equal(ScriptedContext.Start.ToUnixTimeSeconds(), Read(renewed).Time?.ToUnixTimeSeconds());
        Assert.NotEqual(Read(body).Dedupe, Read(renewed).Dedupe);
    }

    [Fact]
    public void An_unknown_event_of_the_hook_is_taken() =>
        Assert.Equal("spot.archived", Read("{}", hookEvent: "spot.archived").Type);

    private ReadEvent Read(string body, string hookEvent = "live.updated")
    {
        var request = Deliveries.Request(body) with { Token = "token-in-the-url", HookEvent = hookEvent };
        return Assert.Single(Assert.IsType<WebhookReading.Events>(_source.Read(request, Token, ScriptedContext.Start)).Items);
    }
}
