using System.Globalization;
using System.Text;
using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Spotio;

namespace ConnectorHub.Tests.Acceptance.Connectors.Spotio;

public sealed class SpotioSourceTests
{
    private const string Secret = "spotio_test_secret";
    private const string Body = """{"payload":[{"data":{"id":"5f5214ef2050870001dab572"},"type":"lead.added","date":"2020-09-04T10:20:31.3778028+00:00"}]}""";
    private const string Signature = "e620884583e9804c12c9b91c08d082de8ecec5b311b1a351ea47a4c6f86db541";

    private readonly SpotioSource _source = new();

    [Fact]
    public void All_ten_events_are_known_by_name() => Assert.Equal(
        [
            "lead.added", "lead.updated", "lead.deleted",
            "activity.created", "activity.updated", "activity.done", "activity.deleted",
            "appointment.created", "appointment.updated", "appointment.deleted",
        ],
        _source.Events.Select(known => known.Name));

    [Fact]
    public void Only_the_three_bodies_that_the_document_shows_are_not_marked_as_inferred() => Assert.Equal(
        ["lead.added", "activity.created", "appointment.created"],
        _source.Events.Where(known => !known.Inferred).Select(known => known.Name));

    [Fact]
    public void The_documented_bodies_are_there_as_they_are_shown()
    {
        var lead = Sample("lead.added");
        var activity = Sample("activity.created");

        Assert.Equal(["data", "type", "date"], lead.EnumerateObject().Select(member => member.Name));
        Assert.Equal("Maciej Królicki", lead.GetProperty("data").GetProperty("updatedAtUserName").GetString());
        Assert.Equal("200000.0", lead.GetProperty("data").GetProperty("value").GetRawText());
        Assert.Equal("54.426445545222734", lead.GetProperty("data").GetProperty("address").GetProperty("lat").GetRawText());
        Assert.Equal("plac Dwóch Miast 1, 80-344 Gdańsk, Poland", lead.GetProperty("data").GetProperty("address").GetProperty("fullAddress").GetString());
        Assert.Equal("536061869", activity.GetProperty("data").GetProperty("id").GetRawText());
        Assert.Equal("0001-01-01T00:00:00+00:00", activity.GetProperty("data").GetProperty("lead").GetProperty("nextActivityTime").GetString());
        Assert.Equal("2020-09-04T10:26:07.1127979+00:00", Sample("appointment.created").GetProperty("date").GetString());
    }

    [Theory]
    [InlineData(Signature)]
    [InlineData("E620884583E9804C12C9B91C08D082DE8ECEC5B311B1A351EA47A4C6F86DB541")]
    public void A_delivery_with_the_known_hash_is_genuine(string signature)
    {
        var request = Deliveries.Request(Body, ("X-Signature", signature)) with { HookEvent = null };

        var read = Assert.Single(Assert.IsType<WebhookReading.Events>(_source.Read(request, Deliveries.Signing(Secret), ScriptedContext.Start)).Items);

        Assert.Equal("lead.added", read.Type);
        Assert.Equal("5f5214ef2050870001dab572", read.Subject);
        Assert.Equal(DateTimeOffset.Parse("2020-09-04T10:20:31.3778028+00:00", CultureInfo.InvariantCulture), read.Time);
        Assert.Equal(new DedupeKey("lead.added|5f5214ef2050870001dab572|2020-09-04T10:20:31.3778028+00:00", DedupeKey.WithoutSignedTime), read.Dedupe);
        Assert.Equal("""{"data":{"id":"5f5214ef2050870001dab572"},"type":"lead.added","date":"2020-09-04T10:20:31.3778028+00:00"}""", Text(read));
    }

    [Fact]
    public void Each_member_of_the_payload_is_an_event_of_its_own_in_its_place_and_verbatim()
    {
        var items = Enumerable.Range(0, 100)
            .Select(i => $$""" { "data" : {"id":{{i}}, "value": 1.50e2, "company":"Zażółć \u0142ódź"}, "type":"lead.updated","date":"2020-09-04T10:20:31.37780{{i:00}}+02:00" } """)
            .ToList();

        var read = ReadAll($$"""{"payload": [{{string.Join(",\n", items)}}], "more": true}""");

        Assert.Equal(items.Select(item => item.Trim()), read.Select(Text));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => i.ToString(CultureInfo.InvariantCulture)), read.Select(item => item.Subject));
        Assert.Equal(100, read.Select(item => item.Dedupe).Distinct().Count());
        Assert.All(read, item => Assert.Equal("lead.updated", item.Type));
    }

    [Fact]
    public void The_same_member_twice_is_a_repetition() =>
        Assert.Single(ReadAll($"{{\"payload\":[{Item(1)},{Item(1)}]}}").Select(item => item.Dedupe).Distinct());

    [Fact]
    public void Two_members_that_say_the_same_of_themselves_and_differ_are_two_events()
    {
        var body = $"{{\"payload\":[{Item(1)},{Item(1, "\"won\"")},{Item(1, "\"lost\"")},{Item(1, "\"won\"")}]}}";

        var keys = ReadAll(body).Select(item => item.Dedupe!).ToList();

        Assert.Equal(3, keys.Distinct().Count());
        Assert.Equal(keys[1], keys[3]);
        Assert.Equal(keys, ReadAll(body).Select(item => item.Dedupe!));
        // The first is known by its plain key when it comes again alone.
        Assert.Equal(keys[0], Assert.Single(ReadAll($"{{\"payload\":[{Item(1)}]}}")).Dedupe);
    }

    [Fact]
    public void An_id_is_the_same_as_a_number_and_as_a_text()
    {
        var read = ReadAll($"{{\"payload\":[{Item(7)},{Item("\"7\"")}]}}");

        Assert.All(read, item => Assert.Equal("7", item.Subject));
        Assert.Equal(2, read.Select(item => item.Dedupe).Distinct().Count());
    }

    [Theory]
    [InlineData("""{"data":{"id":1},"type":"lead.updated","date":"0001-01-01T00:00:00+00:00"}""")]
    [InlineData("""{"data":{"id":1},"type":"lead.updated","date":"2020-09-04T10:20:31.3778028"}""")]
    [InlineData("""{"data":{"id":1},"type":"lead.updated","date":"yesterday"}""")]
    [InlineData("""{"data":{"id":1},"type":"lead.updated","date":1599214831}""")]
    [InlineData("""{"data":{"id":1},"type":"lead.updated"}""")]
    [InlineData("""{"data":{"id":null},"type":"lead.updated","date":"2020-09-04T10:20:31.3778028+00:00"}""")]
    [InlineData("""{"data":[],"type":"lead.updated","date":"2020-09-04T10:20:31.3778028+00:00"}""")]
    public void A_member_that_lacks_an_id_or_a_real_date_is_known_by_its_content(string item)
    {
        var read = Assert.Single(ReadAll($"{{\"payload\":[{item}]}}"));

        Assert.Equal("lead.updated", read.Type);
        Assert.StartsWith("sha256:", read.Dedupe!.Value, StringComparison.Ordinal);
        Assert.InRange(read.Dedupe.Window, _source.Contract.LongestSpan, TimeSpan.FromHours(2));
    }

    [Theory]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("\"lead.added\"")]
    [InlineData("[[]]")]
    [InlineData("{}")]
    [InlineData("""{"type":7,"date":{},"data":{"id":"\ud83d"}}""")]
    [InlineData("""{"type":"\ud83d","date":"\ud83d"}""")]
    [InlineData("""{"type":""}""")]
    [InlineData("""{"type":"lead\nadded"}""")]
    public void A_member_that_is_no_event_is_stored_as_unknown_beside_the_others(string odd)
    {
        var read = ReadAll($"{{\"payload\":[{Item(1)},{odd},{Item(2)}]}}");

        Assert.Equal(["lead.updated", "unknown", "lead.updated"], read.Select(item => item.Type));
        Assert.Equal(odd, Text(read[1]));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("""{"payload":null}""")]
    [InlineData("""{"payload":{"data":{"id":1}}}""")]
    public void A_body_without_a_list_is_stored_whole_as_unknown(string body)
    {
        var read = Assert.Single(ReadAll(body));

        Assert.Equal("unknown", read.Type);
        Assert.Equal(body, Text(read));
    }

    [Fact]
    public void An_empty_list_is_taken_and_carries_no_event() => Assert.Empty(ReadAll("""{"payload":[]}"""));

    [Fact]
    public void Every_body_with_the_types_of_the_document_s_tables_is_read_as_its_event()
    {
        foreach (var known in _source.Events)
        {
            var read = Assert.Single(ReadAll(Encoding.UTF8.GetString(Delivered(Assert.Single(known.Variants)))));

            Assert.Equal(known.Name, read.Type);
            Assert.NotNull(read.Subject);
            Assert.NotNull(read.Time);
        }
    }

    [Fact]
    public void A_sample_is_one_member_and_is_delivered_as_SPOTIO_does()
    {
        var sample = Sample("lead.added");

        var delivered = Encoding.UTF8.GetString(Delivered(sample));

        Assert.Equal($"{{\"payload\":[{sample.GetRawText()}]}}", delivered);
        Assert.Equal(sample.GetRawText(), Text(Assert.Single(ReadAll(delivered))));
    }

    [Fact]
    public void A_renewed_sample_happened_now_and_is_otherwise_the_same()
    {
        var body = Encoding.UTF8.GetBytes(Sample("lead.added").GetRawText());

        var renewed = _source.Renew(body, "msg_1", ScriptedContext.Start);

        var read = Assert.Single(ReadAll(Encoding.UTF8.GetString(_source.Deliver(renewed).Span)));
        Assert.Equal(ScriptedContext.Start, read.Time);
        Assert.Contains("Maciej Królicki", Text(read), StringComparison.Ordinal);
        Assert.Contains("\"value\":200000.0,", Text(read), StringComparison.Ordinal);
        Assert.NotEqual(renewed.ToArray(), _source.Renew(body, "msg_2", ScriptedContext.Start.AddTicks(1)).ToArray());
    }

    private static string Item(object id, string stage = "1") =>
        $"{{\"data\":{{\"id\":{id},\"stageId\":{stage}}},\"type\":\"lead.updated\",\"date\":\"2020-09-04T10:20:31.3778028+00:00\"}}";

    private static string Text(ReadEvent read) => Encoding.UTF8.GetString(read.Data.Span);

    private JsonElement Sample(string name) => _source.Events.Single(known => known.Name == name).Sample;

    private byte[] Delivered(JsonElement item) => _source.Deliver(Encoding.UTF8.GetBytes(item.GetRawText())).ToArray();

    private IReadOnlyList<ReadEvent> ReadAll(string body)
    {
        var signed = _source.Sign(new SampleDelivery("any", Encoding.UTF8.GetBytes(body)), Deliveries.Signing(Secret), "ignored", ScriptedContext.Start);
        var request = Deliveries.Request(body, [.. signed.Headers.Select(header => (header.Key, header.Value))]) with { HookEvent = null };
        return Assert.IsType<WebhookReading.Events>(_source.Read(request, Deliveries.Signing(Secret), ScriptedContext.Start)).Items;
    }
}
