using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.HubSpot;

/// <summary>What <c>hubspot.update-contact</c> takes.</summary>
internal sealed record UpdateContactInput(
    [About("Properties by their internal name. What is left out stays as it is; an empty text (`''`) clears")]
    IReadOnlyDictionary<string, string> Properties,
    [About("The contact's id; this or `email`")] string? Id = null,
    [About("The contact's e-mail address; this or `id`")] string? Email = null);

/// <summary>What <c>hubspot.update-contact</c> gives.</summary>
internal sealed record UpdatedContact(
    [About("The contact's id")] string Id,
    [About("The contact's page in HubSpot, where HubSpot says it")] string? Url = null);

/// <summary>PATCH of a contact that must be there.</summary>
internal sealed class UpdateContact : ConnectorAction<UpdateContactInput, UpdatedContact>
{
    public override string Name => "update-contact";

    public override string About => "Changes a contact that is there, told by its id or its e-mail address.";

    public override Repeat Repeat => Repeat.Safe;

    protected override UpdatedContact Sample => new("37765128953");

    protected override Task<StepOutcome> ExecuteAsync(UpdateContactInput input, ActionContext context, CancellationToken cancellationToken)
    {
        if (HubSpotApi.Of(context) is not { } api)
        {
            return Task.FromResult(MissingSecret.Outcome(context, HubSpotApi.AccessToken));
        }

        if (FindFlaw(input) is { } flaw)
        {
            return Task.FromResult(StepOutcome.Fail(FailureKind.Rejected, "invalid_input", $"{Name}: {flaw}"));
        }

        var path = input.Id is { } id ? api.Paths.Contact(id) : api.Paths.ContactByEmail(Given.Email(input.Email!)!);
        return SendAsync(
            api.Write(HttpMethod.Patch, path, new ContactBody(input.Properties)),
            context,
            answer => api.Judge(answer, reads: false, json => ContactRecord.Read(json) is { } contact ? Done(new UpdatedContact(contact.Id, contact.Url)) : null),
            cancellationToken);
    }

    private static string? FindFlaw(UpdateContactInput input) => input switch
    {
        { Id: null, Email: null } => "'id' and 'email' are both missing; one of them tells the contact.",
        { Id: not null, Email: not null } => "'id' and 'email' are both set; leave one out. To change the address, write email among the properties.",
        { Id: { } id } when !Given.IsId(id) => Given.NoId("id", id),
        { Email: { } email } when Given.Email(email) is null => Given.NoEmail(email),
        { Properties.Count: 0 } => "'properties' is empty; there is nothing to change.",
        _ => null,
    };
}
