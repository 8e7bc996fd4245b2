using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Reading;

namespace ConnectorHub.Connectors.MeltingSpot;

/// <summary>What <c>meltingspot.get-live</c> takes.</summary>
internal sealed record GetLiveInput([About("The live's id, `event.live.id`")] string Live);

/// <summary>What <c>meltingspot.get-live</c> gives.</summary>
internal sealed record MeltingSpotLive(
    [About("The live's id")] string Id,
    [About("Its title: what a webhook calls `live.name`")] string? Title = null,
    [About("When it starts, an ISO date: read it with `from_iso`")] string? StartDate = null,
    [About("When it ends, an ISO date")] string? EndDate = null,
    [About("`Planned`, `Live` or `Ended`")] string? Status = null,
    [About("The status MeltingSpot works out: `Planned`, `Live` or `Ended`")] string? ComputedStatus = null,
    [About("How many are invited")] long? Invited = null,
    [About("How many signed up")] long? Registrants = null,
    [About("How many came")] long? Attendees = null,
    [About("How many signed up and did not come")] long? NoShows = null,
    [About("The share of those who came, as MeltingSpot counts it")] long? AttendanceRate = null,
    [About("How long people watched on average, as MeltingSpot counts it")] long? AverageViewTime = null,
    [About("How often the replay was watched")] long? ReplayViews = null);

/// <summary>GET /v1/lives/{id}: a live's webhook has its name and status, but not its dates.</summary>
internal sealed class GetLive : ConnectorAction<GetLiveInput, MeltingSpotLive>
{
    public override string Name => "get-live";

    public override string About => "Gives a live's title, dates, status and figures.";

    public override Repeat Repeat => Repeat.Reads;

    protected override MeltingSpotLive Sample => new(
        "00000000-0000-0000-0000-000000000000",
        "LiveName",
        "2026-05-07T15:00:00Z",
        "2026-05-07T16:00:00Z",
        "Planned",
        "Planned",
        Invited: 120,
        Registrants: 80,
        Attendees: 0,
        NoShows: 0,
        AttendanceRate: 0,
        AverageViewTime: 0,
        ReplayViews: 0);

    protected override Task<StepOutcome> ExecuteAsync(GetLiveInput input, ActionContext context, CancellationToken cancellationToken)
    {
        if (context.FindSecret(MeltingSpotApi.ApiKey) is not { } key)
        {
            return Task.FromResult(MeltingSpotApi.MissingKey(context));
        }

        return PathId.Problem("live", input.Live) is { } problem
            ? Task.FromResult(problem)
            : SendAsync(
                MeltingSpotApi.Live(key, context, input.Live),
                context,
                answer => MeltingSpotApi.Judge(answer, context, $"MeltingSpot has no live '{input.Live}'. It may have been deleted.", ReadLive),
                cancellationToken);
    }

    private static StepOutcome ReadLive(JsonElement json) => BodyValues.Text(json, "id") is { } id
        ? Done(new MeltingSpotLive(
            id,
            BodyValues.Text(json, "title"),
            BodyValues.Text(json, "startDate"),
            BodyValues.Text(json, "endDate"),
            BodyValues.Text(json, "status"),
            BodyValues.Text(json, "computedStatus"),
            BodyValues.Whole(json, "metrics", "invited"),
            BodyValues.Whole(json, "metrics", "registrant"),
            BodyValues.Whole(json, "metrics", "attendee"),
            BodyValues.Whole(json, "metrics", "noShow"),
            BodyValues.Whole(json, "metrics", "attendanceRate"),
            BodyValues.Whole(json, "metrics", "averageViewTime"),
            BodyValues.Whole(json, "metrics", "totalReplayView")))
        : MeltingSpotApi.Incomplete("id");
}
