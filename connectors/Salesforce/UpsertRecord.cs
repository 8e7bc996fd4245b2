using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Reading;

namespace ConnectorHub.Connectors.Salesforce;

/// <summary>What <c>salesforce.upsert-record</c> takes.</summary>
internal sealed record UpsertRecordInput(
    [About("The API name of the object, such as `Contact`, `Lead` or `Booking__c`")] string Sobject,
    [About("The API name of the field that tells records apart: an *External ID* field such as `Booking_Id__c`, or `Email` of a contact or lead")]
    string ExternalIdField,
    [About("The value of that field")] string ExternalId,
    [About("Fields by their API name, as a map. What is left out stays as it is; null clears. The external id field itself is not repeated here")]
    JsonElement Fields,
    [About("false only changes a record that is there")] bool Create = true);

/// <summary>What <c>salesforce.upsert-record</c> gives.</summary>
internal sealed record UpsertedRecord(
    [About("true where this made the record, false where it was there")] bool Created,
    [About("The record's id, where Salesforce says it")] string? Id = null);

/// <summary>PATCH by external id: the same content again changes nothing, and a record is never made twice.</summary>
internal sealed class UpsertRecord : ConnectorAction<UpsertRecordInput, UpsertedRecord>
{
    public override string Name => "upsert-record";

    public override string About => "Changes the record with this external id, or makes it.";

    public override Repeat Repeat => Repeat.Safe;

    protected override UpsertedRecord Sample => new(false, "0035g00000XyZAbAAN");

    protected override async Task<StepOutcome> ExecuteAsync(UpsertRecordInput input, ActionContext context, CancellationToken cancellationToken)
    {
        if (FindFlaw(input) is { } flaw)
        {
            return StepOutcome.Fail(FailureKind.Rejected, "invalid_input", $"{Name}: {flaw}");
        }

        var opening = await SalesforceSession.OpenAsync(context, cancellationToken);
        return opening switch
        {
            SalesforceOpening.Ready ready => await SendAsync(
                ready.Session.Patch(Path(input), input.Fields), context, answer => Judge(answer, ready.Session, input), cancellationToken),
            SalesforceOpening.Ended ended => ended.Outcome,
            _ => throw new InvalidOperationException($"{opening.GetType().Name} is not an opening."),
        };
    }

    private static string Path(UpsertRecordInput input) =>
        RecordPath.Of(input.Sobject, input.ExternalIdField, input.ExternalId) + (input.Create ? string.Empty : "?updateOnly=true");

    private static StepOutcome Judge(SendReply.Answered answer, SalesforceSession session, UpsertRecordInput input)
    {
        if (answer.Status == 204)
        {
            return Done(new UpsertedRecord(false));
        }

        return IsRace(answer, input)
            ? StepOutcome.Fail(FailureKind.Transient, "DUPLICATE_VALUE", "Someone else made the record at the same moment; the next try changes it.")
            : session.Judge(answer, reads: false, json => UntrustedJson.Text(json, "id") is { Length: > 0 and <= 18 } id
                ? Done(new UpsertedRecord(IsCreated(answer, json), id))
                : null);
    }

    private static bool IsCreated(SendReply.Answered answer, JsonElement json) => UntrustedJson.Member(json, "created")?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => answer.Status == 201,
    };

    // Two attempts that both find nothing both create, and the second runs into the first one's value.
    private static bool IsRace(SendReply.Answered answer, UpsertRecordInput input) =>
        input.Create
        && answer.Status == 400
        && SalesforceComplaint.Of(answer) is { Code: "DUPLICATE_VALUE" } complaint
        && complaint.Text.Contains(input.ExternalIdField, StringComparison.OrdinalIgnoreCase);

    private static string? FindFlaw(UpsertRecordInput input)
    {
        if (RecordPath.Flaw(input.Sobject, input.ExternalIdField, input.ExternalId) is { } flaw)
        {
            return flaw;
        }

        if (input.Fields.ValueKind != JsonValueKind.Object)
        {
            return $"'fields' is {Shown.Value(input.Fields.GetRawText())}; it must be a map of fields, such as {{ LastName: Silva }}.";
        }

        foreach (var name in input.Fields.EnumerateObject().Select(UntrustedJson.Name))
        {
            if (name is null || !RecordPath.IsName(name))
            {
                return $"'fields' has '{Shown.Value(name ?? "…")}', which is not the API name of a field. Salesforce shows it in the Object Manager, under Fields & Relationships.";
            }

            if (name.Equals(input.ExternalIdField, StringComparison.OrdinalIgnoreCase) || name.Equals("Id", StringComparison.OrdinalIgnoreCase))
            {
                return $"'fields' has '{name}'; Salesforce takes that only from external_id. Leave it out here.";
            }
        }

        return null;
    }
}
