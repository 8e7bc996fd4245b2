using System.Globalization;
using System.Text;
using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Livestorm;

namespace ConnectorHub.Tests.Acceptance.Connectors.Livestorm;

/// <summary>The webhooks that are made through Livestorm's API.</summary>
public sealed class LivestormSourceTests
{
    private const string Secret = "livestorm_test_secret";
    private const string Body = """{"data":{"id":"1","type":"people","meta":{"webhook":{"id":"w","event":"people.registered"}}}}""";
    private const string Header = "1688725648,9165b0f77b8d3420c5340e97884b912bc8f05cc59c1f7f1f54f1981cff4055a7";

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1688725648);

    private readonly LivestormSource _source = new();

    [Fact]
    public void All_ten_events_are_known_by_name() => Assert.Equal(
        [
            "event.created", "event.published", "session.created", "session.started", "session.ended",
            "people.registered", "people.attended", "people.not_attended", "people.watched_replay", "job.ended",
        ],
        _source.Events.Select(known => known.Name));

    [Fact]
    public void Only_the_two_bodies_that_the_document_shows_are_not_marked_as_inferred() =>
        Assert.Equal(["event.created", "session.created"], _source.Events.Where(known => !known.Inferred).Select(known => known.Name));

    [Fact]
    public void The_documented_bodies_are_there_as_they_are_shown()
    {
        var created = Sample("event.created").GetProperty("data");
        var session = Sample("session.created").GetProperty("data");

        Assert.Equal(["id", "type", "attributes", "meta"], created.EnumerateObject().Select(member => member.Name));
        Assert.Equal("29e88fxb-7370-47ce-9589-a691c7l272of", created.GetProperty("id").GetString());
        Assert.Equal(23, created.GetProperty("attributes").EnumerateObject().Count());
        Assert.Equal("0", created.GetProperty("attributes").GetProperty("published_at").GetRawText());
        Assert.Equal("a850c828-b9a0-416d-ae13-8b672bch11e2", created.GetProperty("attributes").GetProperty("owner").GetProperty("id").GetString());
        Assert.Equal("1644845096", session.GetProperty("attributes").GetProperty("updated_at").GetRawText());
        Assert.Equal(JsonValueKind.Null, session.GetProperty("attributes").GetProperty("breakout_room_parent_session_id").ValueKind);
        Assert.Equal("86c06b1c-440e-4693-90bc-f68ba21036f3", session.GetProperty("meta").GetProperty("webhook").GetProperty("id").GetString());
    }

    [Fact]
    public void A_delivery_with_the_known_hash_is_genuine()
    {
        var read = Assert.Single(Assert.IsType<WebhookReading.Events>(Read(Body, Header, Now)).Items);

        Assert.Equal("people.registered", read.Type);
        Assert.Equal("1", read.Subject);
        Assert.Equal(Body, Encoding.UTF8.GetString(read.Data.Span));
        Assert.False(read.Test);
    }

    [Theory]
    [InlineData(-1801, false)]
    [InlineData(-1800, true)]
    [InlineData(0, true)]
    [InlineData(1800, true)]
    [InlineData(1801, false)]
    public void Half_an_hour_either_way_is_allowed(int off, bool taken) =>
        Assert.Equal(taken, Read(Body, Header, Now.AddSeconds(off)) is WebhookReading.Events);

    [Theory]
    [InlineData(Body, 90)]
    [InlineData("""{"data":{"id":"1","type":"people","attributes":{"updated_at":1688725600},"meta":{"webhook":{"event":"people.registered"}}}}""", 7 * 24 * 60)]
    public void The_same_delivery_again_is_a_duplicate_and_never_refused(string body, int minutes)
    {
        var header = SignedHeader(body, Now);

        var first = Single(Read(body, header, Now));
        var again = Single(Read(body, header, Now.AddMinutes(22)));

        Assert.NotNull(first.Dedupe);
        Assert.Equal(first.Dedupe, again.Dedupe);
        // A recorded delivery passes for at most an hour; the key outlives that.
        Assert.Equal(TimeSpan.FromMinutes(minutes), first.Dedupe.Window);
        Assert.True(first.Dedupe.Window > TimeSpan.FromHours(1));
    }

    [Fact]
    public void A_body_that_was_extended_behind_its_padding_is_no_JSON_whatever_its_hash()
    {
        // What a stranger can make of one recorded delivery without the secret: the hash's own padding, then bytes of their choice.
        byte[] extended = [.. Encoding.UTF8.GetBytes(Body), 0x80, .. new byte[17], 0x03, 0xB0, .. "{\"data\":{}}"u8];

        var refused = Assert.IsType<WebhookReading.Refused>(_source.Read(Signed(extended, Now), Deliveries.Signing(Secret), Now));

        Assert.Equal(Refusal.NotJson, refused.Why);
    }

    [Fact]
    public void A_registration_is_known_by_what_it_says_of_itself() => Assert.Equal(
        new DedupeKey(
            "people.registered|people|3020e801-93e2-4db3-ad97-8dfd486ebbad|18f9b8b2-020f-4277-83b4-2383149df70e|1738594704|1738594704",
            DedupeKey.Usual),
        Read(Sample("people.registered").GetRawText()).Dedupe);

    [Theory]
    [InlineData("18f9b8b2-020f-4277-83b4-2383149df70e", "another-session")]
    [InlineData("people.registered", "people.attended")]
    [InlineData("3020e801-93e2-4db3-ad97-8dfd486ebbad", "another-person")]
    [InlineData("1738594704", "1738594705")]
    public void Another_session_event_person_or_change_is_another_event(string was, string becomes)
    {
        var body = Sample("people.registered").GetRawText();

        Assert.NotEqual(Read(body).Dedupe, Read(body.Replace(was, becomes, StringComparison.Ordinal)).Dedupe);
    }

    [Theory]
    [InlineData("""{"data":{"type":"jobs","attributes":{"updated_at":1},"meta":{"webhook":{"event":"job.ended"}}}}""")]
    [InlineData("""{"data":{"id":"1","attributes":{},"meta":{"webhook":{"event":"job.ended"}}}}""")]
    [InlineData("""{"data":{"id":"1","attributes":{"updated_at":0},"meta":{"webhook":{"event":"job.ended"}}}}""")]
    [InlineData("""{"data":{"id":"1","attributes":{"updated_at":null},"meta":{"webhook":{"event":"job.ended"}}}}""")]
    [InlineData("""{"data":{"id":"1","attributes":{"updated_at":"today"},"meta":{"webhook":{"event":"job.ended"}}}}""")]
    [InlineData("""{"data":{"id":"1","attributes":{"updated_at":1738594704}}}""")]
    public void Where_the_body_does_not_say_enough_its_content_is_the_key(string body)
    {
        Assert.StartsWith("sha256:", Read(body).Dedupe!.Value, StringComparison.Ordinal);
        Assert.NotEqual(Read(body).Dedupe, Read(body + " ").Dedupe);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("\"data\"")]
    [InlineData("""{"data":null}""")]
    [InlineData("""{"data":[]}""")]
    [InlineData("""{"data":{"meta":{"webhook":{"event":""}}}}""")]
    [InlineData("""{"data":{"meta":{"webhook":{"event":7}}}}""")]
    [InlineData("""{"data":{"meta":{"webhook":{"event":"\ud83d"}}}}""")]
    [InlineData("""{"data":{"meta":{"webhook":{"event":"a\u0000b"}}}}""")]
    [InlineData("""{"webinar":{"identify":"w"}}""")]
    public void A_body_that_names_no_event_is_stored_as_unknown(string body)
    {
        var read = Read(body);

        Assert.Equal("unknown", read.Type);
        Assert.Null(read.Time);
        Assert.Equal(body, Encoding.UTF8.GetString(read.Data.Span));
    }

    [Fact]
    public void An_event_nobody_knows_yet_keeps_its_name() =>
        Assert.Equal("people.waved", Read("""{"data":{"meta":{"webhook":{"event":"people.waved"}}}}""").Type);

    [Theory]
    [InlineData("event.created", 1643710217)]
    [InlineData("event.published", 1643712000)]
    [InlineData("session.created", 1644845096)]
    [InlineData("session.started", 1645459260)]
    [InlineData("session.ended", 1645461900)]
    [InlineData("people.registered", 1738594704)]
    [InlineData("people.not_attended", 1738861500)]
    [InlineData("job.ended", 1738594764)]
    public void An_event_happened_at_the_time_it_is_named_after(string name, long seconds) =>
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(seconds), Read(Sample(name).GetRawText()).Time);

    [Fact]
    public void A_time_of_0_is_no_time() =>
        Assert.Null(Read("""{"data":{"attributes":{"started_at":0,"updated_at":0},"meta":{"webhook":{"event":"session.started"}}}}""").Time);

    [Fact]
    public void A_renewed_sample_is_the_same_event_changed_now()
    {
        var body = Encoding.UTF8.GetBytes(Sample("session.ended").GetRawText());

        var renewed = _source.Renew(body, "msg_1", Now);
        var later = _source.Renew(body, "msg_2", Now.AddSeconds(1));

        Assert.Equal("session.ended", Read(Encoding.UTF8.GetString(renewed.Span)).Type);
        Assert.NotEqual(Read(Encoding.UTF8.GetString(renewed.Span)).Dedupe, Read(Encoding.UTF8.GetString(later.Span)).Dedupe);
        Assert.Contains("\"ended_at\":1645461900", Encoding.UTF8.GetString(renewed.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void Livestorm_switches_the_webhook_off_when_its_last_try_has_failed()
    {
        Assert.Equal(TimeSpan.FromMinutes(22), _source.Contract.RetrySpan);
        Assert.Equal(_source.Contract.RetrySpan, _source.Contract.DisablesAfter);
    }

    private JsonElement Sample(string name) => _source.Events.Single(known => known.Name == name).Sample;

    private ReadEvent Read(string body) => Single(Read(body, SignedHeader(body, Now), Now));

    private WebhookReading Read(string body, string header, DateTimeOffset now) =>
        _source.Read(Deliveries.Request(body, ("X-Livestorm-Signature", header)) with { HookEvent = null }, Deliveries.Signing(Secret), now);

    private string SignedHeader(string body, DateTimeOffset now) => Signed(Encoding.UTF8.GetBytes(body), now).Headers.Single().Value;

    private WebhookRequest Signed(byte[] body, DateTimeOffset now)
    {
        var signed = _source.Sign(new SampleDelivery("any", body), Deliveries.Signing(Secret), "ignored", now);
        Assert.StartsWith(now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) + ",", signed.Headers.Single().Value, StringComparison.Ordinal);
        return new WebhookRequest(signed.Headers.ToDictionary(header => header.Key, header => header.Value), null, null, body);
    }

    private static ReadEvent Single(WebhookReading reading) => Assert.Single(Assert.IsType<WebhookReading.Events>(reading).Items);
}
