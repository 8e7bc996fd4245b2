using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Reading;

namespace ConnectorHub.Connectors.Salesforce;

/// <summary>What <c>salesforce.find-record</c> takes.</summary>
internal sealed record FindRecordInput(
    [About("The API name of the object, such as `Contact`")] string Sobject,
    [About("The API name of the field to look by: an *External ID* field, or `Email` of a contact or lead")] string ExternalIdField,
    [About("The value to look for")] string ExternalId,
    [About("The fields to give, by their API name; without it all that the app's user may see")] IReadOnlyList<string>? Fields = null);

/// <summary>What <c>salesforce.find-record</c> gives.</summary>
internal sealed record FoundRecord(
    [About("false where no record has this value")] bool Found,
    [About("The record's id")] string? Id = null,
    [About("Its fields, by their API name")] JsonElement? Fields = null);

/// <summary>GET by external id.</summary>
internal sealed class FindRecord : ConnectorAction<FindRecordInput, FoundRecord>
{
    // What Salesforce adds to each record: its kind and address.
    private const string Attributes = "attributes";

    private static readonly TimeSpan ObjectLifetime = TimeSpan.FromDays(1);

    public override string Name => "find-record";

    public override string About => "Finds a record by an external id.";

    public override Repeat Repeat => Repeat.Reads;

    protected override FoundRecord Sample => new(false);

    protected override async Task<StepOutcome> ExecuteAsync(FindRecordInput input, ActionContext context, CancellationToken cancellationToken)
    {
        if (FindFlaw(input) is { } flaw)
        {
            return StepOutcome.Fail(FailureKind.Rejected, "invalid_input", $"{Name}: {flaw}");
        }

        var opening = await SalesforceSession.OpenAsync(context, cancellationToken);
        return opening switch
        {
            SalesforceOpening.Ready ready => await FindAsync(input, ready.Session, context, cancellationToken),
            SalesforceOpening.Ended ended => ended.Outcome,
            _ => throw new InvalidOperationException($"{opening.GetType().Name} is not an opening."),
        };
    }

    private async Task<StepOutcome> FindAsync(FindRecordInput input, SalesforceSession session, ActionContext context, CancellationToken cancellationToken)
    {
        var isAbsent = false;
        var outcome = await SendAsync(
            session.Read(Path(input)),
            context,
            answer =>
            {
                isAbsent = IsAbsent(answer);
                return session.Judge(answer, reads: true, ReadRecord);
            },
            cancellationToken);
        return isAbsent ? await TrustAbsenceAsync(input.Sobject, session, context, cancellationToken) : outcome;
    }

    // A misspelled object is 404 in the same words as a missing record, and would never be found out: the object itself is asked for, once a day.
    private async Task<StepOutcome> TrustAbsenceAsync(string sobject, SalesforceSession session, ActionContext context, CancellationToken cancellationToken)
    {
        StepOutcome? asked = null;
        await context.CachedAsync(
            $"salesforce object {sobject}",
            ObjectLifetime,
            async cancelled =>
            {
                asked = await SendAsync(
                    session.Read($"sobjects/{sobject}"), context, answer => session.Judge(answer, reads: true, _ => Done(new FoundRecord(false))), cancelled);
                return asked is StepOutcome.Done ? sobject : null;
            },
            cancellationToken);
        return asked ?? Done(new FoundRecord(false));
    }

    private static string? FindFlaw(FindRecordInput input) =>
        RecordPath.Flaw(input.Sobject, input.ExternalIdField, input.ExternalId)
        ?? (input.Fields?.FirstOrDefault(name => !RecordPath.IsName(name)) is { } odd
            ? $"'fields' has '{Shown.Value(odd)}', which is not the API name of a field, such as LastName."
            : null);

    private static string Path(FindRecordInput input)
    {
        var path = RecordPath.Of(input.Sobject, input.ExternalIdField, input.ExternalId);
        return input.Fields is { Count: > 0 } fields ? $"{path}?fields={string.Join(',', fields.Append("Id").Distinct(StringComparer.OrdinalIgnoreCase))}" : path;
    }

    // A field that is no external id is 404 too, and its words say so.
    private static bool IsAbsent(SendReply.Answered answer) =>
        answer.Status == 404
        && SalesforceComplaint.Of(answer) is { Code: "NOT_FOUND" } complaint
        && !complaint.Text.Contains("external ID field", StringComparison.OrdinalIgnoreCase);

    private static StepOutcome? ReadRecord(JsonElement json)
    {
        if (UntrustedJson.Text(json, "Id") is not { Length: > 0 and <= 18 } id)
        {
            return null;
        }

        var fields = json.EnumerateObject()
            .Where(member => UntrustedJson.Name(member) is { } name && name != Attributes && member.Value.ValueKind != JsonValueKind.Null)
            .GroupBy(member => member.Name, StringComparer.Ordinal)
            .ToDictionary(members => members.Key, members => members.Last().Value);
        return Done(new FoundRecord(true, id, JsonSerializer.SerializeToElement(fields)));
    }
}
