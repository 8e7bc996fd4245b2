using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.HubSpot;

/// <summary>What <c>hubspot.upsert-contact</c> takes.</summary>
internal sealed record UpsertContactInput(
    [About("The person's e-mail address: it tells which contact is meant. It is trimmed and written in lower case")] string Email,
    [About("Properties by their internal name. What is left out stays as it is; an empty text (`''`) clears")]
    IReadOnlyDictionary<string, string>? Properties = null);

/// <summary>What <c>hubspot.upsert-contact</c> gives.</summary>
internal sealed record UpsertedContact(
    [About("The contact's id")] string Id,
    [About("true where this made the contact, false where it was there")] bool Created,
    [About("The e-mail address as it was sent")] string Email,
    [About("The contact's page in HubSpot, where HubSpot says it")] string? Url = null);

/// <summary>
/// PATCH by e-mail, else POST, else PATCH by id. HubSpot's search is not asked: it lags, and two runs that both find nothing would both create.
/// </summary>
internal sealed class UpsertContact : ConnectorAction<UpsertContactInput, UpsertedContact>
{
    public override string Name => "upsert-contact";

    public override string About => "Changes the contact with this e-mail address, or makes it.";

    public override Repeat Repeat => Repeat.Safe;

    protected override UpsertedContact Sample => new("37765128953", false, "john.doe@example.com");

    protected override Task<StepOutcome> ExecuteAsync(UpsertContactInput input, ActionContext context, CancellationToken cancellationToken)
    {
        if (HubSpotApi.Of(context) is not { } api)
        {
            return Task.FromResult(MissingSecret.Outcome(context, HubSpotApi.AccessToken));
        }

        if (Given.Email(input.Email) is not { } email)
        {
            return Rejected(Given.NoEmail(input.Email));
        }

        var properties = input.Properties ?? new Dictionary<string, string>();
        return properties.ContainsKey("email")
            ? Rejected("'properties' has 'email'; the address stands in the field email. To give a contact another address, use hubspot.update-contact.")
            : new ContactUpsert(api, email, properties, () => OutputJson.Of(Sample)).RunAsync(cancellationToken);
    }

    private Task<StepOutcome> Rejected(string flaw) => Task.FromResult(StepOutcome.Fail(FailureKind.Rejected, "invalid_input", $"{Name}: {flaw}"));
}
