using System.Text;
using ConnectorHub.Abstractions;
using ConnectorHub.Runs;
using ConnectorHub.Values;

namespace ConnectorHub.Tests.Unit.Runs;

public class DedupeRuleTests
{
    private static readonly DedupeKey OfSource = DedupeKey.Of("source", TimeSpan.FromDays(90));

    [Fact]
    public void A_header_names_the_delivery_and_keeps_the_sources_window()
    {
        var rule = new DedupeRule.Header("X-Delivery");

        Assert.Equal(new DedupeKey("d-1", TimeSpan.FromDays(90)), KeyOf(rule, "{}", ("x-delivery", "d-1")));
        Assert.Equal(new DedupeKey("d-1#2", TimeSpan.FromDays(90)), KeyOf(rule, "{}", 2, ("x-delivery", "d-1")));
    }

    [Theory]
    [InlineData("""{"order":{"id":"A7"}}""", "A7")]
    [InlineData("""{"order":{"id":12345678901234567890}}""", "12345678901234567890")]
    public void A_path_names_the_event_by_its_body(string body, string key) => Assert.Equal(key, KeyOf(Body("order.id"), body)?.Value);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"order":{"id":null}}""")]
    [InlineData("""{"order":{"id":""}}""")]
    [InlineData("""{"order":{"id":{"a":1}}}""")]
    [InlineData("[]")]
    public void Where_the_rule_finds_nothing_the_source_decides(string body)
    {
        Assert.Equal(OfSource, KeyOf(Body("order.id"), body));
        Assert.Equal(OfSource, KeyOf(new DedupeRule.Header("X-Delivery"), body));
    }

    [Fact]
    public void Equal_content_is_a_repetition_only_within_its_window()
    {
        var rule = new DedupeRule.Content(TimeSpan.FromMinutes(10));

        Assert.Equal(KeyOf(rule, "{}"), KeyOf(rule, "{}"));
        Assert.NotEqual(KeyOf(rule, "{}"), KeyOf(rule, "{ }"));
        Assert.Equal(TimeSpan.FromMinutes(10), KeyOf(rule, "{}")?.Window);
    }

    [Fact]
    public void A_key_of_any_length_is_stored_as_a_short_one()
    {
        var key = KeyOf(new DedupeRule.Header("X-Delivery"), "{}", ("X-Delivery", new string('x', 100_000)));

        Assert.InRange(key!.Value.Length, 1, 200);
        Assert.NotEqual(key, KeyOf(new DedupeRule.Header("X-Delivery"), "{}", ("X-Delivery", new string('x', 100_001))));
    }

    private static DedupeRule.Body Body(string path) =>
        new(ConnectorHub.Values.Path.TryParse($"event.{path}", out var parsed, out _) ? parsed : throw new ArgumentException(path));

    private static DedupeKey? KeyOf(DedupeRule rule, string body, params (string Name, string Value)[] headers) => KeyOf(rule, body, 0, headers);

    private static DedupeKey? KeyOf(DedupeRule rule, string body, int index, params (string Name, string Value)[] headers)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var request = new WebhookRequest(headers.ToDictionary(h => h.Name, h => h.Value), null, null, bytes);
        return rule.KeyOf(request, new ReadEvent("paid", OfSource, null, null, false, bytes), Value.Parse(bytes), index);
    }
}
