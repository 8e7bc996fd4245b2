using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Reading;

namespace ConnectorHub.Connectors.Livestorm;

/// <summary>What <c>livestorm.get-event</c> takes.</summary>
internal sealed record GetEventInput([About("The event's id, such as `event.data.attributes.event_id` of a session")] string Event);

/// <summary>What <c>livestorm.get-event</c> gives.</summary>
internal sealed record LivestormEvent(
    [About("The event's id")] string Id,
    [About("The title of the event")] string? Title = null,
    [About("The last part of its address")] string? Slug = null,
    [About("Its description, as HTML or text")] string? Description = null,
    [About("Whether it is published, such as `draft`")] string? Status = null,
    [About("Where it stands, such as `upcoming`, `live`, `ended` or `draft`")] string? SchedulingStatus = null,
    [About("Its language, such as `en`")] string? Language = null,
    [About("The page where people register")] string? RegistrationLink = null,
    [About("How long it is meant to last, in minutes")] long? EstimatedDuration = null,
    [About("How many sessions it has")] long? SessionsCount = null,
    [About("The e-mail address of whom it belongs to")] string? OwnerEmail = null,
    [About("When it was published, in UNIX seconds")] long? PublishedAt = null,
    [About("When it was created, in UNIX seconds")] long? CreatedAt = null,
    [About("When it last changed, in UNIX seconds")] long? UpdatedAt = null);

/// <summary>GET /events/{id}: a session or a person tells only the id of its event.</summary>
internal sealed class GetEvent : ConnectorAction<GetEventInput, LivestormEvent>
{
    public override string Name => "get-event";

    public override string About => "Gives an event's title, status and registration page.";

    public override Repeat Repeat => Repeat.Reads;

    protected override LivestormEvent Sample => new(
        "71cfa73b-6fbe-4f55-b219-28f4b195ae94",
        "Product demo",
        "product-demo",
        "What is new this quarter",
        "published",
        "upcoming",
        "en",
        "https://app.livestorm.co/p/71cfa73b-6fbe-4f55-b219-28f4b195ae94",
        EstimatedDuration: 30,
        SessionsCount: 1,
        "james.doe@livestorm.co",
        PublishedAt: 1644845096,
        CreatedAt: 1643710217,
        UpdatedAt: 1644845096);

    protected override Task<StepOutcome> ExecuteAsync(GetEventInput input, ActionContext context, CancellationToken cancellationToken)
    {
        if (context.FindSecret(LivestormApi.ApiToken) is not { } token)
        {
            return Task.FromResult(LivestormApi.MissingToken(context));
        }

        return PathId.Problem("event", input.Event) is { } problem
            ? Task.FromResult(problem)
            : SendAsync(
                LivestormApi.Event(token, input.Event),
                context,
                answer => LivestormApi.Judge(answer, context, $"Livestorm has no event '{input.Event}'. Check that it is the id of an event and not of a session.", ReadEvent),
                cancellationToken);
    }

    private static StepOutcome ReadEvent(JsonElement json)
    {
        if (UntrustedJson.Member(json, "data") is not { } data || ApiBody.ReadId(json) is not { } id)
        {
            return LivestormApi.Incomplete("data.id");
        }

        return Done(new LivestormEvent(
            id,
            BodyValues.Text(data, "attributes", "title"),
            BodyValues.Text(data, "attributes", "slug"),
            BodyValues.Text(data, "attributes", "description"),
            BodyValues.Text(data, "attributes", "status"),
            BodyValues.Text(data, "attributes", "scheduling_status"),
            BodyValues.Text(data, "attributes", "language"),
            BodyValues.Text(data, "attributes", "registration_link"),
            BodyValues.Whole(data, "attributes", "estimated_duration"),
            BodyValues.Whole(data, "attributes", "sessions_count"),
            BodyValues.Text(data, "attributes", "owner", "attributes", "email"),
            LivestormApi.Seconds(data, "published_at"),
            LivestormApi.Seconds(data, "created_at"),
            LivestormApi.Seconds(data, "updated_at")));
    }
}
