using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.HubSpot;

/// <summary>What <c>hubspot.add-to-list</c> takes.</summary>
internal sealed record AddToListInput(
    [About("The list's id (HubSpot: *segment*): the number at the end of its page's address. The list must be a static one")] string List,
    [About("The contact's id, as `upsert-contact` and `find-contact` give it")] string Contact);

/// <summary>What <c>hubspot.add-to-list</c> gives.</summary>
internal sealed record ListMembership([About("true where this added the contact, false where it was on the list already")] bool Added);

/// <summary>PUT of one member: who is on the list stays there once.</summary>
internal sealed class AddToList : ConnectorAction<AddToListInput, ListMembership>
{
    public override string Name => "add-to-list";

    public override string About => "Adds a contact to a static list.";

    public override Repeat Repeat => Repeat.Safe;

    protected override ListMembership Sample => new(true);

    protected override Task<StepOutcome> ExecuteAsync(AddToListInput input, ActionContext context, CancellationToken cancellationToken)
    {
        if (HubSpotApi.Of(context) is not { } api)
        {
            return Task.FromResult(MissingSecret.Outcome(context, HubSpotApi.AccessToken));
        }

        if (!Given.IsId(input.List) || !Given.IsId(input.Contact))
        {
            var flaw = Given.IsId(input.List) ? Given.NoId("contact", input.Contact) : Given.NoId("list", input.List);
            return Task.FromResult(StepOutcome.Fail(FailureKind.Rejected, "invalid_input", $"{Name}: {flaw}"));
        }

        return SendAsync(
            api.Write<IReadOnlyList<string>>(HttpMethod.Put, api.Paths.ListMembers(input.List), [input.Contact]),
            context,
            answer => api.Judge(answer, reads: false, json => Read(json, input)),
            cancellationToken);
    }

    private static StepOutcome Read(JsonElement json, AddToListInput input)
    {
        if (Names(json, "recordIdsMissing", input.Contact))
        {
            return StepOutcome.Fail(FailureKind.Rejected, "contact_missing", $"HubSpot knows no contact {input.Contact} that could go on list {input.List}.");
        }

        // HubSpot spells it both ways, and leaves out a list that is empty.
        return Done(new ListMembership(Names(json, "recordsIdsAdded", input.Contact) || Names(json, "recordIdsAdded", input.Contact)));
    }

    private static bool Names(JsonElement json, string list, string id) => HubSpotComplaint.Items(json, list).Any(item => item.ValueKind switch
    {
        JsonValueKind.String => UntrustedJson.Text(item) == id,
        JsonValueKind.Number => item.GetRawText() == id,
        _ => false,
    });
}
