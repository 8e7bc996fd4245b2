using System.Globalization;
using System.Text.Json.Nodes;

namespace ConnectorHub.Tests.StandIns.MeltingSpot;

/// <summary>A live. Its status follows the clock.</summary>
internal sealed record SpotLive(string Id, string Title, DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>The addresses of those who signed up.</summary>
    public HashSet<string> Registrants { get; } = new(StringComparer.OrdinalIgnoreCase);

    public JsonObject ToJson(DateTimeOffset now)
    {
        var status = now < Start ? "Planned" : now < End ? "Live" : "Ended";
        return new JsonObject
        {
            ["id"] = Id,
            ["title"] = Title,
            ["startDate"] = Start.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["endDate"] = End.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["metrics"] = new JsonObject { ["registrant"] = Registrants.Count, ["invited"] = 0, ["attendee"] = null, ["noShow"] = null },
            ["status"] = status,
            ["computedStatus"] = status,
        };
    }
}

/// <summary>A member, and what they answered in forms.</summary>
internal sealed record SpotMember(string Id, string Email, string Firstname, string Lastname)
{
    public string Title { get; init; } = string.Empty;

    public string Status { get; init; } = "Accepted";

    public List<(string Question, string Answer)> Answers { get; init; } = [];

    public JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["email"] = Email,
        ["firstname"] = Firstname,
        ["lastname"] = Lastname,
        ["title"] = Title,
        ["status"] = Status,
        ["role"] = "Member",
        ["lang"] = "en",
    };
}

/// <summary>A community: who is in it and what it shows. The ids are those of the documents' own examples.</summary>
internal sealed class Spot
{
    private const string Zero = "00000000-0000-0000-0000-000000000000";

    public List<SpotLive> Lives { get; } =
        [new(Zero, "LiveName", new DateTimeOffset(2026, 12, 10, 15, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 12, 10, 16, 0, 0, TimeSpan.Zero))];

    public List<SpotMember> Members { get; } =
    [
        new(Zero, "john.doe@meltingspot.io", "John", "Doe") { Title = "CEO", Answers = [("What is your company?", "Example Ltd")] },
        new("00000000-0000-0000-0000-000000000002", "ana@shop.example", "Ana", "Silva") { Title = "Head of Sales" },
    ];
}
