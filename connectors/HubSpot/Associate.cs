using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Reading;

namespace ConnectorHub.Connectors.HubSpot;

/// <summary>What <c>hubspot.associate</c> takes.</summary>
internal sealed record AssociateInput(
    [About("The kind of the first record: `contacts`, `companies`, `deals`, `tickets`, or the id of a custom one, such as `2-3453932`")] string From,
    [About("The first record's id")] string FromId,
    [About("The kind of the second record")] string To,
    [About("The second record's id")] string ToId);

/// <summary>What <c>hubspot.associate</c> gives.</summary>
internal sealed record Association(
    [About("The first record's id")] string FromId,
    [About("The second record's id")] string ToId);

/// <summary>PUT of the plain link between two records: the same link again changes nothing.</summary>
internal sealed class Associate : ConnectorAction<AssociateInput, Association>
{
    public override string Name => "associate";

    public override string About => "Links two records, such as a contact and a company.";

    public override Repeat Repeat => Repeat.Safe;

    protected override Association Sample => new("37765128953", "21004837711");

    protected override Task<StepOutcome> ExecuteAsync(AssociateInput input, ActionContext context, CancellationToken cancellationToken)
    {
        if (HubSpotApi.Of(context) is not { } api)
        {
            return Task.FromResult(MissingSecret.Outcome(context, HubSpotApi.AccessToken));
        }

        if (FindFlaw(input) is { } flaw)
        {
            return Task.FromResult(StepOutcome.Fail(FailureKind.Rejected, "invalid_input", $"{Name}: {flaw}"));
        }

        return SendAsync(
            api.Write(HttpMethod.Put, api.Paths.Association(input.From, input.FromId, input.To, input.ToId)),
            context,
            answer => answer.Status == 204 ? Linked(input) : api.Judge(answer, reads: false, json => Refusal(json) ?? Linked(input)),
            cancellationToken);
    }

    private static StepOutcome Linked(AssociateInput input) => Done(new Association(input.FromId, input.ToId));

    // The answer is one of a batch of one, and may hold the refusal of that one.
    private static StepOutcome.Failed? Refusal(JsonElement json)
    {
        foreach (var error in HubSpotComplaint.Items(json, "errors"))
        {
            var complaint = HubSpotComplaint.Read(error);
            return new StepOutcome.Failed(FailureKind.Rejected, complaint.Category ?? "not_associated", $"HubSpot did not link the records.{complaint.Text}");
        }

        return null;
    }

    private static string? FindFlaw(AssociateInput input)
    {
        foreach (var (field, type) in new[] { ("from", input.From), ("to", input.To) })
        {
            if (!Given.IsObjectType(type))
            {
                return $"'{field}' is '{Shown.Value(type)}'; it must be a kind of record, such as contacts, companies, deals or tickets.";
            }
        }

        foreach (var (field, id) in new[] { ("from_id", input.FromId), ("to_id", input.ToId) })
        {
            if (!Given.IsId(id))
            {
                return Given.NoId(field, id);
            }
        }

        return null;
    }
}
