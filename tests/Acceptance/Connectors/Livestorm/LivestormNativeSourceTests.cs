using System.Text;
using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Livestorm;

namespace ConnectorHub.Tests.Acceptance.Connectors.Livestorm;

/// <summary>The webhooks that are made in Livestorm's settings: most of their bodies name no event.</summary>
public sealed class LivestormNativeSourceTests
{
    private const string Token = "token-in-the-url";

    private readonly LivestormNativeSource _source = new();

    [Fact]
    public void All_six_triggers_are_known_and_shown_by_the_document()
    {
        Assert.Equal(
            ["event.created", "session.created", "event.published", "registrant.created", "event.started", "event.ended"],
            _source.Events.Select(known => known.Name));
        Assert.DoesNotContain(_source.Events, known => known.Inferred);
    }

    [Fact]
    public void The_documented_bodies_are_there_as_they_are_shown()
    {
        var registrant = Sample("registrant.created");
        var ended = Sample("event.ended").GetProperty("webinar");

        Assert.Equal("a695b8cb-8467-4a95-b259-75b622bd91b0", Sample("event.published").GetProperty("webinar").GetProperty("identify").GetString());
        Assert.Equal(["attendee", "webinar"], registrant.EnumerateObject().Select(member => member.Name));
        Assert.Equal("w68d21e717ae84ec4915d4", registrant.GetProperty("attendee").GetProperty("password_key").GetString());
        Assert.Equal("a695w8cb-8467-4a95-b259-75b622bd91b0", registrant.GetProperty("webinar").GetProperty("identify").GetString());
        Assert.Equal("2021-05-18T08:46:33.377Z", Sample("event.started").GetProperty("webinar").GetProperty("started_at").GetString());
        Assert.Equal(91, ended.GetProperty("duration").GetInt32());
        Assert.Equal(181, ended.GetProperty("attendees")[0].GetProperty("attendance_duration").GetInt32());
        Assert.Equal("up_votes_count", ended.GetProperty("attendees")[0].EnumerateObject().Last().Name);
    }

    [Theory]
    [InlineData("""{"data":{"meta":{"webhook":{"event":"session.created"}}}}""", "session.created")]
    [InlineData("""{"data":{"meta":{"webhook":{"event":"people.registered"}}}}""", "people.registered")]
    [InlineData("""{"webinar":{"identify":"w","published_at":"2021-05-18T08:43:31.433Z"}}""", "event.published")]
    [InlineData("""{"webinar":{"identify":"w","room_link":null}}""", "event.published")]
    [InlineData("""{"attendee":{},"webinar":{"identify":"w","room_link":"https://app.livestorm.co/p/w"}}""", "registrant.created")]
    [InlineData("""{"attendee":{},"webinar":{"identify":"w","started_at":"2021-05-18T08:46:33.377Z"}}""", "registrant.created")]
    [InlineData("""{"webinar":{"identify":"w","room_link":"r","started_at":"2021-05-18T08:46:33.377Z"}}""", "event.started")]
    [InlineData("""{"webinar":{"identify":"w","started_at":"2021-05-18T08:46:33.377Z","ended_at":null}}""", "event.started")]
    [InlineData("""{"webinar":{"identify":"w","started_at":"2021-05-18T08:46:33.377Z","ended_at":"2021-05-18T08:48:04.528Z"}}""", "event.ended")]
    [InlineData("""{"webinar":{"identify":"w","started_at":"2021-05-18T08:46:33.377Z","attendees":[]}}""", "event.ended")]
    public void An_event_is_named_by_the_shape_of_its_body(string body, string name) => Assert.Equal(name, Read(body).Type);

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"webinar":{}}""")]
    [InlineData("""{"webinar":[]}""")]
    [InlineData("""{"webinar":{"identify":7}}""")]
    [InlineData("""{"webinar":{"identify":"w","room_link":"r"}}""")]
    [InlineData("""{"attendee":{"identify":"a"}}""")]
    [InlineData("""{"data":{"id":"1","type":"events"}}""")]
    public void A_shape_that_is_not_known_is_stored_as_unknown(string body)
    {
        var read = Read(body);

        Assert.Equal("unknown", read.Type);
        Assert.Equal(body, Encoding.UTF8.GetString(read.Data.Span));
        Assert.StartsWith("sha256:", read.Dedupe!.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("event.published", "event.published|a695b8cb-8467-4a95-b259-75b622bd91b0|2021-05-18T08:43:31.433Z")]
    [InlineData("event.started", "event.started|a695b8cb-8467-4a95-b259-75b622bd91b0|2021-05-18T08:46:33.377Z")]
    [InlineData("event.ended", "event.ended|a695b8cb-8467-4a95-b259-75b622bd91b0|2021-05-18T08:48:04.528Z")]
    [InlineData("session.created", "session.created|sessions|1e9d9b14-f990-4e19-a436-9a7dd6a5780a||1644845096|")]
    public void An_event_is_known_by_what_its_body_says_of_itself(string name, string key) =>
        Assert.Equal(new DedupeKey(key, DedupeKey.WithoutSignedTime), Read(Sample(name).GetRawText()).Dedupe);

    [Fact]
    public void The_same_person_in_another_session_is_another_registration()
    {
        var body = Sample("registrant.created").GetRawText();
        var other = body.Replace("fqa1475e-fe2d-4egd-a007-6c27364bfeba", "another-session", StringComparison.Ordinal);

        Assert.Equal(Read(body).Dedupe, Read(body.Replace("Chrome", "Firefox", StringComparison.Ordinal)).Dedupe);
        Assert.NotEqual(Read(body).Dedupe, Read(other).Dedupe);
    }

    [Fact]
    public void No_password_of_a_room_becomes_a_part_of_a_stored_key()
    {
        var key = Read(Sample("registrant.created").GetRawText()).Dedupe!.Value;

        Assert.DoesNotContain("w68d21e717ae84ec4915d4", key, StringComparison.Ordinal);
        Assert.DoesNotContain("doe.com", key, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"webinar":{"identify":"w","published_at":null}}""")]
    [InlineData("""{"webinar":{"identify":"w","attendees":[]}}""")]
    [InlineData("""{"attendee":{"identify":"a"},"webinar":{"identify":"w"}}""")]
    public void Without_the_time_that_makes_it_one_of_a_kind_its_content_is_the_key(string body)
    {
        var key = Read(body).Dedupe!;

        Assert.StartsWith("sha256:", key.Value, StringComparison.Ordinal);
        Assert.InRange(key.Window, _source.Contract.LongestSpan, TimeSpan.FromHours(2));
    }

    [Theory]
    [InlineData("event.created", "2022-02-01T10:10:17+00:00")]
    [InlineData("event.published", "2021-05-18T08:43:31.433+00:00")]
    [InlineData("event.started", "2021-05-18T08:46:33.377+00:00")]
    [InlineData("event.ended", "2021-05-18T08:48:04.528+00:00")]
    public void An_event_happened_at_the_time_it_is_named_after(string name, string time) =>
        Assert.Equal(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture), Read(Sample(name).GetRawText()).Time);

    [Fact]
    public void A_registration_has_no_time_since_its_body_only_dates_the_person() =>
        Assert.Null(Read(Sample("registrant.created").GetRawText()).Time);

    [Theory]
    [InlineData("registrant.created", "13q82e6b-c6a2-497d-acfd-0cb2d00b6636")]
    [InlineData("event.ended", "a695b8cb-8467-4a95-b259-75b622bd91b0")]
    [InlineData("session.created", "1e9d9b14-f990-4e19-a436-9a7dd6a5780a")]
    public void An_event_is_about_the_person_or_the_event(string name, string subject) =>
        Assert.Equal(subject, Read(Sample(name).GetRawText()).Subject);

    [Fact]
    public void A_signature_is_no_proof_since_this_kind_has_none()
    {
        var body = Encoding.UTF8.GetBytes(Sample("event.ended").GetRawText());
        var both = new WebhookSecrets(
            new Dictionary<string, IReadOnlyList<Secret>> { ["SigningSecrets"] = [new Secret("secret")], ["UrlToken"] = [new Secret(Token)] },
            new Dictionary<string, string>());
        var signed = new LivestormSource().Sign(new SampleDelivery("any", body), both, "ignored", ScriptedContext.Start);
        var request = new WebhookRequest(signed.Headers.ToDictionary(header => header.Key, header => header.Value), null, "native", body);

        Assert.Equal(Refusal.NoProof, Assert.IsType<WebhookReading.Refused>(_source.Read(request, both, ScriptedContext.Start)).Why);
        Assert.IsType<WebhookReading.Events>(_source.Read(request with { Token = Token }, both, ScriptedContext.Start));
    }

    [Fact]
    public void A_renewed_sample_keeps_its_shape_and_is_another_event()
    {
        foreach (var known in _source.Events)
        {
            var body = known.Sample.GetRawText();
            var renewed = Encoding.UTF8.GetString(_source.Renew(Encoding.UTF8.GetBytes(body), "msg_1", ScriptedContext.Start).Span);

            Assert.Equal(known.Name, Read(renewed).Type);
            Assert.NotEqual(Read(body).Dedupe, Read(renewed).Dedupe);
        }
    }

    private JsonElement Sample(string name) => _source.Events.Single(known => known.Name == name).Sample;

    private ReadEvent Read(string body)
    {
        var request = Deliveries.Request(body) with { Token = Token, HookEvent = "native" };
        return Assert.Single(Assert.IsType<WebhookReading.Events>(_source.Read(request, Deliveries.Of("UrlToken", Token), ScriptedContext.Start)).Items);
    }
}
