using System.Text.Json;
using System.Text.Json.Nodes;
using ConnectorHub.Connectors;
using ConnectorHub.Gateway.Samples;

namespace ConnectorHub.Tests.Gateway.Samples;

public class LookAlikesTests
{
    private const string Booking = """
        {"webhookEventId":"7b1f6d0a-3c41-4d0e-9c5b-1a2b3c4d5e6f","payload":{
         "title":"Call with Maciej Królicki","organizer":{"name":"Maciej Królicki","email":"Maciej+100@spotio.example"},
         "attendees":[{"firstName":"Jan","lastName":"Kowalski","phone":"+48 600 500-600"}],
         "formAnswers":[{"question":"Phone","answer":"+33 6 12 34 56 78"},{"question":"What for?","answer":"My divorce"},{"question":"Seats","answer":"12"}],
         "fields":[{"id":2,"title":"Email","values":["jan.kowalski@ergoarena.example"]}],
         "link":"https://app.example/p/live?email=jan.kowalski%40ergoarena.example&key=e68s21e717be84ec4915d4",
         "password_key":"e68s21e717be84ec4915d4","ip":"81.2.69.142","status":"Accepted","month":"January",
         "address":{"fullAddress":"plac Dwóch Miast 1, 80-344 Gdańsk","zip":"80-344","lat":54.42644,"lng":18.58}}}
        """;

    private static readonly string[] Personal =
    [
        "Maciej", "Królicki", "Kowalski", "spotio", "ergoarena", "600", "12 34", "divorce", "e68s21e7", "81.2.69", "Miast", "80-344", "54.42", "7b1f6d0a",
    ];

    [Fact]
    public void Nothing_that_tells_a_person_is_left()
    {
        var (json, _) = Of(Booking);

        Assert.All(Personal, text => Assert.DoesNotContain(text, json, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void The_same_person_stays_the_same_person()
    {
        var payload = JsonNode.Parse(Of(Booking).Json)!["payload"]!;

        Assert.Equal($"Call with {payload["organizer"]!["name"]}", payload["title"]!.GetValue<string>());
        var mail = payload["fields"]![0]!["values"]![0]!.GetValue<string>();
        Assert.EndsWith("@example.com", mail, StringComparison.Ordinal);
        Assert.Contains(mail.Replace("@", "%40", StringComparison.Ordinal), payload["link"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.NotEqual(mail, payload["organizer"]!["email"]!.GetValue<string>());
    }

    [Fact]
    public void What_conditions_ask_for_stays()
    {
        var payload = JsonNode.Parse(Of(Booking).Json)!["payload"]!;

        Assert.Equal("Accepted", payload["status"]!.GetValue<string>());
        Assert.Equal("12", payload["formAnswers"]![2]!["answer"]!.GetValue<string>());
        Assert.Equal("January", payload["month"]!.GetValue<string>());
        Assert.Matches(@"^\+\d{2} \d \d\d \d\d \d\d \d\d$", payload["formAnswers"]![0]!["answer"]!.GetValue<string>());
    }

    [Fact]
    public void Texts_that_were_kept_are_listed()
    {
        var (_, kept) = Of("""{"live":{"name":"Spring offer for Anna"},"status":"Live"}""");

        Assert.Equal(["live.name"], kept);
    }

    [Fact]
    public void Every_shipped_sample_keeps_its_shape()
    {
        foreach (var known in ConnectorCatalog.All.SelectMany(connector => connector.Sources).SelectMany(source => source.Events))
        {
            using var replaced = JsonDocument.Parse(LookAlikes.Of(known.Sample).Json);

            Assert.Equal(Shape(known.Sample), Shape(replaced.RootElement));
        }
    }

    private static (string Json, IReadOnlyList<string> Kept) Of(string json)
    {
        using var document = JsonDocument.Parse(json);
        return LookAlikes.Of(document.RootElement);
    }

    private static string Shape(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', value.EnumerateObject().Select(member => $"{member.Name}:{Shape(member.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', value.EnumerateArray().Select(Shape))}]",
        var kind => kind.ToString(),
    };
}
