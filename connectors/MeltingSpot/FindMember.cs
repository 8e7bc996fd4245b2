using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Reading;

namespace ConnectorHub.Connectors.MeltingSpot;

/// <summary>What <c>meltingspot.find-member</c> takes.</summary>
internal sealed record FindMemberInput([About("The member's e-mail address")] string Email);

/// <summary>What <c>meltingspot.find-member</c> gives.</summary>
internal sealed record MeltingSpotMember(
    [About("false where nobody in the Spot has this address")] bool Found,
    [About("The member's id")] string? Id = null,
    [About("The e-mail address as the Spot has it")] string? Email = null,
    [About("The first name")] string? Firstname = null,
    [About("The last name")] string? Lastname = null,
    [About("The job title")] string? Title = null,
    [About("`Invited`, `Pending`, `Accepted`, `Left`, `Rejected`, `DeclinedInvitation` or `Deactivated`")] string? Status = null,
    [About("`Member` or `Admin`")] string? Role = null,
    [About("The member's language: `en`, `fr`, `de`, `it`, `es`, `pt` or `nl`")] string? Lang = null);

/// <summary>GET /v1/spotMembers, filtered by e-mail address.</summary>
internal sealed class FindMember : ConnectorAction<FindMemberInput, MeltingSpotMember>
{
    public override string Name => "find-member";

    public override string About => "Finds a member of the Spot by e-mail address.";

    public override Repeat Repeat => Repeat.Reads;

    protected override MeltingSpotMember Sample => new(
        true, "00000000-0000-0000-0000-000000000000", "john.doe@meltingspot.io", "John", "Doe", "CEO", "Accepted", "Member", "en");

    protected override Task<StepOutcome> ExecuteAsync(FindMemberInput input, ActionContext context, CancellationToken cancellationToken) =>
        context.FindSecret(MeltingSpotApi.ApiKey) is { } key
            ? SendAsync(
                MeltingSpotApi.Members(key, context, input.Email.Trim()),
                context,
                answer => MeltingSpotApi.Judge(answer, context, missing: null, json => ReadMember(json, input.Email.Trim())),
                cancellationToken)
            : Task.FromResult(MeltingSpotApi.MissingKey(context));

    // A filter the API does not apply would answer all members: only the address that was asked for counts.
    private static StepOutcome ReadMember(JsonElement json, string email)
    {
        if (UntrustedJson.Member(json, "items") is not { ValueKind: JsonValueKind.Array } items)
        {
            return MeltingSpotApi.Incomplete("items");
        }

        foreach (var item in items.EnumerateArray())
        {
            if (string.Equals(BodyValues.Text(item, "email"), email, StringComparison.OrdinalIgnoreCase) && BodyValues.Text(item, "id") is { } id)
            {
                return Done(new MeltingSpotMember(
                    true,
                    id,
                    BodyValues.Text(item, "email"),
                    BodyValues.Text(item, "firstname"),
                    BodyValues.Text(item, "lastname"),
                    BodyValues.Text(item, "title"),
                    BodyValues.Text(item, "status"),
                    BodyValues.Text(item, "role"),
                    BodyValues.Text(item, "lang")));
            }
        }

        return items.GetArrayLength() == 0
            ? Done(new MeltingSpotMember(false))
            : MeltingSpotApi.Unexpected("MeltingSpot answered with other members than the one with this address. Check that 'email' is one whole e-mail address.");
    }
}
