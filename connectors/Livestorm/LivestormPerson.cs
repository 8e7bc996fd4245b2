using System.Text.Json;
using System.Text.Json.Serialization;
using ConnectorHub.Connectors.Reading;

namespace ConnectorHub.Connectors.Livestorm;

/// <summary>
/// Someone of a session, in Livestorm's own names. Left out on purpose: <c>connection_link</c> and <c>password_key</c>, which open the room in
/// that person's name.
/// </summary>
internal sealed record LivestormPerson(
    string Id,
    string? Email,
    [property: JsonPropertyName("first_name")] string? FirstName,
    [property: JsonPropertyName("last_name")] string? LastName,
    bool? Attended,
    [property: JsonPropertyName("attendance_rate")] decimal? AttendanceRate,
    [property: JsonPropertyName("attendance_duration")] long? AttendanceDuration,
    string? Role)
{
    private const string Registration = "registrant_detail";

    /// <summary>True for a host, a moderator or a colleague.</summary>
    public bool IsTeam() => Role == "team_member";

    /// <summary>The person a resource is about, or null where it has no id.</summary>
    public static LivestormPerson? Read(JsonElement resource) => BodyValues.Id(resource, "id") is { } id
        ? new LivestormPerson(
            id,
            BodyValues.Text(resource, "attributes", "email"),
            BodyValues.Text(resource, "attributes", "first_name"),
            BodyValues.Text(resource, "attributes", "last_name"),
            BodyValues.Flag(resource, "attributes", Registration, "attended"),
            BodyValues.Number(resource, "attributes", Registration, "attendance_rate"),
            BodyValues.Whole(resource, "attributes", Registration, "attendance_duration"),
            BodyValues.Text(resource, "attributes", "role"))
        : null;
}

/// <summary>A page of a session's people.</summary>
/// <param name="Next">The number of the next page; null where this is the last.</param>
internal sealed record LivestormPeoplePage(IReadOnlyList<LivestormPerson> People, long? Next)
{
    /// <summary>The page an answer holds, or the name of what it lacks. Only a null says that there is no next page: a page may be short.</summary>
    public static (LivestormPeoplePage? Page, string Missing) Read(JsonElement json, long number)
    {
        if (BodyValues.Find(json, "data") is not { ValueKind: JsonValueKind.Array } data)
        {
            return (null, "data");
        }

        var people = data.EnumerateArray().Select(LivestormPerson.Read).OfType<LivestormPerson>().ToArray();
        return BodyValues.Find(json, "meta", "next_page")?.ValueKind switch
        {
            JsonValueKind.Null => (new LivestormPeoplePage(people, null), string.Empty),
            JsonValueKind.Number when BodyValues.Whole(json, "meta", "next_page") is { } next && next > number =>
                (new LivestormPeoplePage(people, next), string.Empty),
            _ => (null, "a usable meta.next_page"),
        };
    }
}
