using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Reading;

namespace ConnectorHub.Connectors.Livestorm;

/// <summary>What <c>livestorm.get-session</c> takes.</summary>
internal sealed record GetSessionInput(
    [About("The session's id, such as `event.data.id`, or `event.data.attributes.registrant_detail.session_id` of a person")] string Session);

/// <summary>What <c>livestorm.get-session</c> gives. A time that is not set is missing.</summary>
internal sealed record LivestormSession(
    [About("The session's id")] string Id,
    [About("The id of its event")] string? EventId = null,
    [About("Its name, where it has one")] string? Name = null,
    [About("`upcoming`, `live`, `on_demand`, `past`, `past_not_started`, `canceled` or `draft`")] string? Status = null,
    [About("The time zone it is planned in, such as `Europe/Paris`")] string? Timezone = null,
    [About("Where people watch it")] string? RoomLink = null,
    [About("When it is planned to start, in UNIX seconds")] long? EstimatedStartedAt = null,
    [About("When it started, in UNIX seconds")] long? StartedAt = null,
    [About("When it ended, in UNIX seconds")] long? EndedAt = null,
    [About("When it was canceled, in UNIX seconds")] long? CanceledAt = null,
    [About("How long it lasted, as Livestorm counts it")] long? Duration = null,
    [About("How many registered")] long? RegistrantsCount = null,
    [About("How many came")] long? AttendeesCount = null);

/// <summary>GET /sessions/{id}: a person tells only the id of their session.</summary>
internal sealed class GetSession : ConnectorAction<GetSessionInput, LivestormSession>
{
    public override string Name => "get-session";

    public override string About => "Gives a session's times, status and how many came.";

    public override Repeat Repeat => Repeat.Reads;

    protected override LivestormSession Sample => new(
        "1e9d9b14-f990-4e19-a436-9a7dd6a5780a",
        "71cfa73b-6fbe-4f55-b219-28f4b195ae94",
        Name: "Morning session",
        Status: "past",
        Timezone: "Europe/Paris",
        RoomLink: "https://app.livestorm.co/p/71cfa73b-6fbe-4f55-b219-28f4b195ae94/live?s=1e9d9b14-f990-4e19-a436-9a7dd6a5780a",
        EstimatedStartedAt: 1645459200,
        StartedAt: 1645459260,
        EndedAt: 1645461900,
        Duration: 2640,
        RegistrantsCount: 12,
        AttendeesCount: 9);

    protected override Task<StepOutcome> ExecuteAsync(GetSessionInput input, ActionContext context, CancellationToken cancellationToken)
    {
        if (context.FindSecret(LivestormApi.ApiToken) is not { } token)
        {
            return Task.FromResult(LivestormApi.MissingToken(context));
        }

        return PathId.Problem("session", input.Session) is { } problem
            ? Task.FromResult(problem)
            : SendAsync(
                LivestormApi.Session(token, input.Session),
                context,
                answer => LivestormApi.Judge(answer, context, $"Livestorm has no session '{input.Session}'. Check that it is the id of a session and not of an event.", ReadSession),
                cancellationToken);
    }

    private static StepOutcome ReadSession(JsonElement json)
    {
        if (UntrustedJson.Member(json, "data") is not { } data || ApiBody.ReadId(json) is not { } id)
        {
            return LivestormApi.Incomplete("data.id");
        }

        return Done(new LivestormSession(
            id,
            BodyValues.Text(data, "attributes", "event_id"),
            BodyValues.Text(data, "attributes", "name"),
            BodyValues.Text(data, "attributes", "status"),
            BodyValues.Text(data, "attributes", "timezone"),
            BodyValues.Text(data, "attributes", "room_link"),
            LivestormApi.Seconds(data, "estimated_started_at"),
            LivestormApi.Seconds(data, "started_at"),
            LivestormApi.Seconds(data, "ended_at"),
            LivestormApi.Seconds(data, "canceled_at"),
            BodyValues.Whole(data, "attributes", "duration"),
            BodyValues.Whole(data, "attributes", "registrants_count"),
            BodyValues.Whole(data, "attributes", "attendees_count")));
    }
}
