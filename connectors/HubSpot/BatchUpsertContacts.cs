using System.Text.Json;
using System.Text.Json.Serialization;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.HubSpot;

/// <summary>What <c>hubspot.batch-upsert-contacts</c> takes.</summary>
internal sealed record BatchUpsertInput(
    [About("Up to 100 contacts: a list of maps with `email` and `properties`. Give every property you keep in HubSpot each time: HubSpot does not promise to leave alone what is missing here")]
    JsonElement Contacts);

/// <summary>What <c>hubspot.batch-upsert-contacts</c> gives.</summary>
internal sealed record BatchUpsertOutput(
    [About("How many contacts were written")] int DoneCount,
    [About("How many were not")] int FailedCount,
    [About("The written ones: a list of `email`, `id` and `created`")] JsonElement Done,
    [About("The others: a list of `email`, `code` and `message`")] JsonElement Failed);

/// <summary>POST batch/upsert: contacts told by their address are changed or made, each with its own result.</summary>
internal sealed class BatchUpsertContacts : ConnectorAction<BatchUpsertInput, BatchUpsertOutput>
{
    public override string Name => "batch-upsert-contacts";

    public override string About => "Changes or makes up to 100 contacts in one call; one that HubSpot refuses does not stop the others.";

    public override Repeat Repeat => Repeat.Safe;

    protected override BatchUpsertOutput Sample => OutputOf(new BatchAnswer([], []));

    protected override Task<StepOutcome> ExecuteAsync(BatchUpsertInput input, ActionContext context, CancellationToken cancellationToken)
    {
        if (HubSpotApi.Of(context) is not { } api)
        {
            return Task.FromResult(MissingSecret.Outcome(context, HubSpotApi.AccessToken));
        }

        return BatchContacts.Read(input.Contacts) switch
        {
            BatchContacts.Ready { Send.Count: 0 } ready => Task.FromResult(Judge(new BatchAnswer([], ready.Unusable))),
            BatchContacts.Ready ready => UpsertAsync(api, ready, context, cancellationToken),
            BatchContacts.Flawed flawed => Task.FromResult(StepOutcome.Fail(FailureKind.Rejected, "invalid_input", $"{Name}: {flawed.Flaw}")),
            var other => throw new InvalidOperationException($"{other.GetType().Name} is no list of contacts."),
        };
    }

    private Task<StepOutcome> UpsertAsync(HubSpotApi api, BatchContacts.Ready contacts, ActionContext context, CancellationToken cancellationToken)
    {
        var body = new Body([.. contacts.Send.Select((contact, index) => new Entry(contact.Email, "email", contact.Properties, BatchAnswer.Trace(index)))]);
        return SendAsync(
            api.Write(HttpMethod.Post, api.Paths.ContactsUpsert, body),
            context,
            answer => answer.Status == 409
                ? HubSpotErrors.Judge(answer, context, reads: false) with { Kind = FailureKind.Transient }
                : api.Judge(answer, reads: false, json => BatchAnswer.Read(json, contacts.Send) is { } read
                    ? Judge(read with { Failed = [.. contacts.Unusable, .. read.Failed] })
                    : null),
            cancellationToken);
    }

    private static StepOutcome Judge(BatchAnswer answer)
    {
        if (answer is not { Done.Count: 0, Failed: { Count: > 0 } failed })
        {
            return Done(OutputOf(answer));
        }

        return StepOutcome.Fail(
            FailureKind.Rejected,
            failed[0].Code,
            $"HubSpot took none of the {failed.Count} contacts. {string.Join(" ", failed.Take(3).Select(one => $"{one.Email}: {one.Message}"))}");
    }

    private static BatchUpsertOutput OutputOf(BatchAnswer answer) =>
        new(answer.Done.Count, answer.Failed.Count, OutputJson.Of(answer.Done), OutputJson.Of(answer.Failed));

    private sealed record Body(IReadOnlyList<Entry> Inputs);

    private sealed record Entry(
        string Id,
        [property: JsonPropertyName("idProperty")] string IdProperty,
        IReadOnlyDictionary<string, string> Properties,
        [property: JsonPropertyName("objectWriteTraceId")] string ObjectWriteTraceId);
}
