using System.Text.Json;
using System.Text.RegularExpressions;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.HubSpot;

/// <summary>
/// The requests of one upsert, in their order. A 404 on PATCH and a 409 on POST changed nothing, so the attempt goes on from them;
/// from anything else it ends, so that it writes at most once.
/// </summary>
internal sealed partial class ContactUpsert(HubSpotApi api, string email, IReadOnlyDictionary<string, string> properties, Func<JsonElement> sample)
{
    public async Task<StepOutcome> RunAsync(CancellationToken cancellationToken)
    {
        // HubSpot takes no change without a property; whether the contact is there can be read.
        var request = properties.Count > 0
            ? api.Write(HttpMethod.Patch, api.Paths.ContactByEmail(email), new ContactBody(properties))
            : api.Read(api.Paths.ContactByEmail(email));
        return await api.AskAsync(request, sample, cancellationToken) switch
        {
            HubSpotReply.Answered { Answer.Status: 404 } => await CreateAsync(cancellationToken),
            HubSpotReply.Answered known => Judge(known.Answer, request.Reads, created: false),
            HubSpotReply.Ended ended => ended.Outcome,
            var other => throw new InvalidOperationException($"{other.GetType().Name} is not a reply."),
        };
    }

    private async Task<StepOutcome> CreateAsync(CancellationToken cancellationToken)
    {
        var all = new Dictionary<string, string>(properties, StringComparer.Ordinal) { ["email"] = email };
        var request = api.Write(HttpMethod.Post, api.Paths.Contacts, new NewContact(all, []));
        return await api.AskAsync(request, sample, cancellationToken) switch
        {
            HubSpotReply.Answered { Answer.Status: 409 } taken => await UpdateExistingAsync(taken.Answer, cancellationToken),
            HubSpotReply.Answered made => Judge(made.Answer, reads: false, created: true),
            HubSpotReply.Ended ended => ended.Outcome,
            var other => throw new InvalidOperationException($"{other.GetType().Name} is not a reply."),
        };
    }

    // Somebody was quicker, or the address is a second one of a contact: then only its id finds it.
    private async Task<StepOutcome> UpdateExistingAsync(SendReply.Answered conflict, CancellationToken cancellationToken)
    {
        if (ExistingId(conflict) is { } id)
        {
            return await UpdateAsync(id, cancellationToken);
        }

        return await api.AskAsync(api.Read(api.Paths.ContactByEmail(email)), sample, cancellationToken) switch
        {
            HubSpotReply.Answered { Answer.Status: 200 } found when ContactOf(found.Answer) is { } contact => await UpdateAsync(contact.Id, cancellationToken),
            // Not this address but another property stands in the way: what HubSpot said about it is the answer.
            HubSpotReply.Answered { Answer.Status: 404 } => Judge(conflict, reads: false, created: false),
            HubSpotReply.Answered other => Judge(other.Answer, reads: true, created: false),
            HubSpotReply.Ended ended => ended.Outcome,
            var other => throw new InvalidOperationException($"{other.GetType().Name} is not a reply."),
        };
    }

    private async Task<StepOutcome> UpdateAsync(string id, CancellationToken cancellationToken)
    {
        if (properties.Count == 0)
        {
            return new StepOutcome.Done(OutputJson.Of(new UpsertedContact(id, false, email)));
        }

        var request = api.Write(HttpMethod.Patch, api.Paths.Contact(id), new ContactBody(properties));
        return await api.AskAsync(request, sample, cancellationToken) switch
        {
            HubSpotReply.Answered { Answer.Status: 404 } => StepOutcome.Fail(
                FailureKind.Transient, "contact_gone", $"HubSpot named contact {id} and then did not know it; it may have been deleted meanwhile."),
            HubSpotReply.Answered changed => Judge(changed.Answer, reads: false, created: false),
            HubSpotReply.Ended ended => ended.Outcome,
            var other => throw new InvalidOperationException($"{other.GetType().Name} is not a reply."),
        };
    }

    private StepOutcome Judge(SendReply.Answered answer, bool reads, bool created) => api.Judge(answer, reads, json =>
        ContactRecord.Read(json) is { } contact ? new StepOutcome.Done(OutputJson.Of(new UpsertedContact(contact.Id, created, email, contact.Url))) : null);

    private static ContactRecord? ContactOf(SendReply.Answered answer) => UntrustedJson.Answer(answer) is { } json ? ContactRecord.Read(json) : null;

    private static string? ExistingId(SendReply.Answered conflict) =>
        UntrustedJson.Answer(conflict) is { } json && UntrustedJson.Text(json, "message") is { } message && Existing().Match(message) is { Success: true } match
            ? match.Groups[1].Value
            : null;

    [GeneratedRegex(@"Existing ID:\s*([0-9]{1,20})", RegexOptions.CultureInvariant)]
    private static partial Regex Existing();

    private sealed record NewContact(IReadOnlyDictionary<string, string> Properties, IReadOnlyList<string> Associations);
}
