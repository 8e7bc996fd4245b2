using System.Text;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Spir;

namespace ConnectorHub.Tests.Acceptance.Connectors.Spir;

public sealed class SpirSourceTests
{
    private const string Token = "token-in-the-url";

    private readonly SpirSource _source = new();

    [Fact]
    public void All_three_events_are_known_and_none_is_shown_by_Spir_itself()
    {
        Assert.Equal(["event.confirmed", "event.canceled", "form.answered"], _source.Events.Select(known => known.Name));
        Assert.All(_source.Events, known => Assert.True(known.Inferred));
    }

    [Fact]
    public void An_event_is_named_and_known_by_what_the_body_says()
    {
        var body = Sample("event.confirmed");

        var read = Read(body);

        Assert.Equal("event.confirmed", read.Type);
        Assert.Equal(new DedupeKey("evt-1", DedupeKey.WithoutSignedTime), read.Dedupe);
        Assert.Equal(new DateTimeOffset(2026, 8, 4, 9, 0, 0, TimeSpan.Zero), read.Time);
        Assert.Equal("Follow-up", read.Subject);
        Assert.False(read.Test);
        Assert.Equal(body, Encoding.UTF8.GetString(read.Data.Span));
    }

    [Fact]
    public void Every_spelling_of_a_cancellation_is_read()
    {
        var canceled = _source.Events.Single(known => known.Name == "event.canceled");

        Assert.Equal(3, canceled.Bodies.Count());
        Assert.All(canceled.Bodies, body =>
        {
            Assert.Equal("event.canceled", Read(body.GetRawText()).Type);
            Assert.Equal(new DateTimeOffset(2026, 8, 6, 2, 15, 0, TimeSpan.Zero), Read(body.GetRawText()).Time);
        });
    }

    [Theory]
    [InlineData("canceledAt")]
    [InlineData("cancelledAt")]
    [InlineData("canceledDateTime")]
    [InlineData("cancelledDateTime")]
    public void The_time_of_a_cancellation_may_have_any_likely_name(string name) => Assert.Equal(
        new DateTimeOffset(2026, 8, 6, 2, 15, 0, TimeSpan.Zero),
        Read($$"""{ "webhookEventName": "event.canceled", "payload": { "confirmedAt": "2026-08-04T09:00:00Z", "{{name}}": "2026-08-06T11:15:00+09:00" } }""").Time);

    [Theory]
    [InlineData("""{"webhookEventName":"event.canceled","payload":{"confirmedAt":"2026-08-04T09:00:00Z"}}""")]
    [InlineData("""{"webhookEventName":"event.confirmed","payload":{"confirmedAt":"2026-08-04T09:00:00"}}""")]
    [InlineData("""{"webhookEventName":"event.confirmed","payload":{"confirmedAt":"soon"}}""")]
    [InlineData("""{"webhookEventName":"event.confirmed","payload":{"confirmedAt":1785834000}}""")]
    [InlineData("""{"webhookEventName":"event.confirmed","payload":{"confirmedAt":"\ud83d:00:00.0000000Z"}}""")]
    [InlineData("""{"webhookEventName":"form.answered","payload":{"confirmedAt":"2026-08-04T09:00:00Z"}}""")]
    public void A_time_that_is_not_said_is_not_guessed(string body) => Assert.Null(Read(body).Time);

    [Theory]
    [InlineData("""{"payload":{"title":"Demo","privateTitle":"Private","originalUrl":"https://app.spirinc.com/t/T"}}""", "Demo")]
    [InlineData("""{"payload":{"title":"","privateTitle":"Private","originalUrl":"https://app.spirinc.com/t/T"}}""", "Private")]
    [InlineData("""{"payload":{"title":null,"originalUrl":"https://app.spirinc.com/t/T"}}""", "https://app.spirinc.com/t/T")]
    [InlineData("""{"payload":{"title":"📅 Demo"}}""", "📅 Demo")]
    [InlineData("""{"payload":{"title":"a\u0000b","privateTitle":"Private"}}""", "Private")]
    [InlineData("""{"payload":{"title":7}}""", null)]
    [InlineData("""{"payload":[]}""", null)]
    public void An_event_is_about_the_meeting_as_people_call_it(string body, string? subject) => Assert.Equal(subject, Read(body).Subject);

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("""{"webhookEventName":null,"webhookEventId":7}""")]
    [InlineData("""{"webhookEventName":"","webhookEventId":""}""")]
    [InlineData("""{"webhookEventName":"\ud83d","webhookEventId":"\ud83d"}""")]
    public void A_body_that_names_no_event_is_stored_as_unknown_and_known_by_its_content(string body)
    {
        var read = Read(body);

        Assert.Equal("unknown", read.Type);
        Assert.StartsWith("sha256:", read.Dedupe!.Value, StringComparison.Ordinal);
        Assert.InRange(read.Dedupe.Window, _source.Contract.LongestSpan, TimeSpan.FromHours(1));
    }

    [Fact]
    public void The_same_id_again_is_a_repetition_whatever_else_the_body_says() => Assert.Equal(
        Read("""{"webhookEventName":"event.confirmed","webhookEventId":"e1"}""").Dedupe,
        Read("""{"webhookEventId":"e1","webhookEventName":"event.confirmed","payload":{}}""").Dedupe);

    [Fact]
    public void A_renewed_sample_has_another_id_and_is_otherwise_the_same()
    {
        var renewed = Encoding.UTF8.GetString(_source.Renew(Encoding.UTF8.GetBytes(Sample("form.answered")), "msg_1", ScriptedContext.Start).Span);

        Assert.Equal("msg_1", Read(renewed).Dedupe!.Value);
        Assert.Equal("form.answered", Read(renewed).Type);
    }

    [Theory]
    [InlineData(null, Refusal.NoProof)]
    [InlineData("", Refusal.NoProof)]
    [InlineData("token-in-the-ur", Refusal.WrongProof)]
    [InlineData("TOKEN-IN-THE-URL", Refusal.WrongProof)]
    public void Without_the_token_nothing_is_taken(string? token, Refusal why)
    {
        var request = Deliveries.Request(Sample("event.confirmed")) with { Token = token };

        Assert.Equal(why, Assert.IsType<WebhookReading.Refused>(_source.Read(request, Deliveries.Of("UrlToken", Token), ScriptedContext.Start)).Why);
    }

    private string Sample(string name) => _source.Events.Single(known => known.Name == name).Sample.GetRawText();

    private ReadEvent Read(string body)
    {
        var request = Deliveries.Request(body) with { Token = Token, HookEvent = null };
        return Assert.Single(Assert.IsType<WebhookReading.Events>(_source.Read(request, Deliveries.Of("UrlToken", Token), ScriptedContext.Start)).Items);
    }
}
