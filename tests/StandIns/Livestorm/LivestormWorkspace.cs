using System.Text.Json.Nodes;

namespace ConnectorHub.Tests.StandIns.Livestorm;

/// <summary>An event, of which there are sessions.</summary>
internal sealed record LivestormEvent(string Id, string Title, DateTimeOffset Created)
{
    public JsonObject ToJson(LivestormWorkspace workspace, DateTimeOffset now)
    {
        var sessions = workspace.Sessions.Where(session => session.EventId == Id).ToList();
        return new JsonObject
        {
            ["id"] = Id,
            ["type"] = "events",
            ["attributes"] = new JsonObject
            {
                ["title"] = Title,
                ["registration_link"] = $"https://app.livestorm.co/p/{Id}",
                ["estimated_duration"] = 30,
                ["status"] = "published",
                ["scheduling_status"] = sessions.Exists(session => session.Status(now) == "live") ? "live"
                    : sessions.Exists(session => session.Status(now) == "upcoming") ? "upcoming"
                    : "ended",
                ["language"] = "en",
                ["published_at"] = Created.ToUnixTimeSeconds(),
                ["created_at"] = Created.ToUnixTimeSeconds(),
                ["updated_at"] = Created.ToUnixTimeSeconds(),
                ["sessions_count"] = sessions.Count,
            },
        };
    }
}

/// <summary>A session. Its status follows the clock; a time that is not set is 0.</summary>
internal sealed record LivestormSession(string Id, string EventId, DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>Who registered.</summary>
    public List<LivestormPerson> People { get; init; } = [];

    public string Status(DateTimeOffset now) => now < Start ? "upcoming" : now < End ? "live" : "past";

    public JsonObject ToJson(DateTimeOffset now) => new()
    {
        ["id"] = Id,
        ["type"] = "sessions",
        ["attributes"] = new JsonObject
        {
            ["event_id"] = EventId,
            ["name"] = null,
            ["status"] = Status(now),
            ["timezone"] = "Europe/Paris",
            ["room_link"] = $"https://app.livestorm.co/p/{EventId}/live?s={Id}",
            ["estimated_started_at"] = Start.ToUnixTimeSeconds(),
            ["started_at"] = now < Start ? 0 : Start.ToUnixTimeSeconds(),
            ["ended_at"] = now < End ? 0 : End.ToUnixTimeSeconds(),
            ["canceled_at"] = 0,
            ["duration"] = now < End ? null : (long)(End - Start).TotalSeconds,
            ["registrants_count"] = People.Count,
            ["attendees_count"] = People.Count(person => person.Attended),
        },
    };
}

/// <summary>Someone who registered. What opens the room in their name comes with it, as it does at Livestorm.</summary>
internal sealed record LivestormPerson(string Id, string Email, string FirstName, string LastName, bool Attended, string Role = "participant")
{
    /// <summary>Which nobody but that person may have.</summary>
    public const string PasswordKey = "c06b70735df5d60c88ef0f";

    public JsonObject ToJson(LivestormSession session) => new()
    {
        ["id"] = Id,
        ["type"] = "people",
        ["attributes"] = new JsonObject
        {
            ["role"] = Role,
            ["first_name"] = FirstName,
            ["last_name"] = LastName,
            ["email"] = Email,
            ["registrant_detail"] = new JsonObject
            {
                ["session_id"] = session.Id,
                ["attended"] = Attended,
                ["attendance_rate"] = Attended ? 94.7 : null,
                ["attendance_duration"] = Attended ? 2500 : 0,
                ["password_key"] = PasswordKey,
                ["connection_link"] = $"https://app.livestorm.co/p/{session.EventId}/live?key={PasswordKey}",
            },
        },
    };
}

/// <summary>Events, their sessions and who registered.</summary>
internal sealed class LivestormWorkspace
{
    public const string Demo = "71cfa73b-6fbe-4f55-b219-28f4b195ae94";

    public const string Morning = "1e9d9b14-f990-4e19-a436-9a7dd6a5780a";

    private static readonly DateTimeOffset Planned = new(2026, 2, 21, 16, 0, 0, TimeSpan.Zero);

    public List<LivestormEvent> Events { get; } = [new(Demo, "Product demo", Planned.AddDays(-20))];

    public List<LivestormSession> Sessions { get; } =
    [
        new(Morning, Demo, Planned, Planned.AddMinutes(44))
        {
            People =
            [
                new("3020e801-93e2-4db3-ad97-8dfd486ebbad", "jean-baptiste@mysite.co", "Jean-Baptiste", "Smith", Attended: true),
                new("3020e801-93e2-4db3-ad97-8dfd486ebbae", "late@shop.example", "Kim", "Late", Attended: false),
                new("3020e801-93e2-4db3-ad97-8dfd486ebbaf", "james.doe@livestorm.co", "James", "Doe", Attended: true, Role: "team_member"),
            ],
        },
    ];
}
