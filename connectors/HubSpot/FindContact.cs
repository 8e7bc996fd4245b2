using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.HubSpot;

/// <summary>What <c>hubspot.find-contact</c> takes.</summary>
internal sealed record FindContactInput(
    [About("The person's e-mail address")] string Email,
    [About("The properties to give, by their internal name; without it HubSpot chooses a few, such as `firstname` and `lastname`")]
    IReadOnlyList<string>? Properties = null);

/// <summary>What <c>hubspot.find-contact</c> gives.</summary>
internal sealed record FoundContact(
    [About("false where no contact has this address")] bool Found,
    [About("The contact's id")] string? Id = null,
    [About("Its properties that have a value, as text")] JsonElement? Properties = null,
    [About("The contact's page in HubSpot, where HubSpot says it")] string? Url = null);

/// <summary>GET by e-mail: exact, and not behind as HubSpot's search is.</summary>
internal sealed class FindContact : ConnectorAction<FindContactInput, FoundContact>
{
    public override string Name => "find-contact";

    public override string About => "Finds a contact by e-mail address.";

    public override Repeat Repeat => Repeat.Reads;

    protected override FoundContact Sample => new(false);

    protected override Task<StepOutcome> ExecuteAsync(FindContactInput input, ActionContext context, CancellationToken cancellationToken)
    {
        if (HubSpotApi.Of(context) is not { } api)
        {
            return Task.FromResult(MissingSecret.Outcome(context, HubSpotApi.AccessToken));
        }

        if (Given.Email(input.Email) is not { } email)
        {
            return Task.FromResult(StepOutcome.Fail(FailureKind.Rejected, "invalid_input", $"{Name}: {Given.NoEmail(input.Email)}"));
        }

        return SendAsync(
            api.Read(api.Paths.ContactByEmail(email, input.Properties ?? [])),
            context,
            answer => IsAbsent(answer) ? Done(new FoundContact(false)) : api.Judge(answer, reads: true, ReadContact),
            cancellationToken);
    }

    // A wrong address of the API is 404 too, with a page in place of HubSpot's words.
    private static bool IsAbsent(SendReply.Answered answer) =>
        answer.Status == 404 && (answer.Body.IsEmpty || HubSpotComplaint.IsOne(UntrustedJson.Answer(answer)));

    private static StepOutcome? ReadContact(JsonElement json) => ContactRecord.Read(json) is { } contact
        ? Done(new FoundContact(true, contact.Id, JsonSerializer.SerializeToElement(contact.Properties), contact.Url))
        : null;
}
