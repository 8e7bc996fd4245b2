using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Reading;

namespace ConnectorHub.Connectors.HubSpot;

/// <summary>What <c>hubspot.add-note</c> takes.</summary>
internal sealed record AddNoteInput(
    [About("The contact's id, as `upsert-contact` and `find-contact` give it")] string Contact,
    [About("The note, as HTML; at most 65,536 characters")][Text(TextKind.Html)] string Body,
    [About("When it happened, as a moment such as `{{ event.occurredAt | from_unix }}`; now where it is left out")] string? Time = null);

/// <summary>What <c>hubspot.add-note</c> gives.</summary>
internal sealed record AddedNote([About("The note's id")] string Id);

/// <summary>POST of a note that is linked to a contact at once. HubSpot has no key for notes: the same one again is a second note.</summary>
internal sealed partial class AddNote : ConnectorAction<AddNoteInput, AddedNote>
{
    private const int LongestBody = 65_536;

    // HubSpot's number for the link from a note to a contact.
    private const int NoteToContact = 202;

    public override string Name => "add-note";

    public override string About => "Writes a note on a contact's timeline.";

    public override Repeat Repeat => Repeat.Unsafe;

    protected override AddedNote Sample => new("68342209541");

    protected override Task<StepOutcome> ExecuteAsync(AddNoteInput input, ActionContext context, CancellationToken cancellationToken)
    {
        if (HubSpotApi.Of(context) is not { } api)
        {
            return Task.FromResult(MissingSecret.Outcome(context, HubSpotApi.AccessToken));
        }

        var time = input.Time is { } text ? ReadTime(text) : context.StartedAt;
        if (FindFlaw(input, time) is { } flaw)
        {
            return Task.FromResult(StepOutcome.Fail(FailureKind.Rejected, "invalid_input", $"{Name}: {flaw}"));
        }

        var note = new Note(
            new NoteProperties(time!.Value.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), input.Body),
            [new Link(new Target(input.Contact), [new LinkType("HUBSPOT_DEFINED", NoteToContact)])]);
        return SendAsync(
            api.Write(HttpMethod.Post, api.Paths.Notes, note),
            context,
            answer => api.Judge(answer, reads: false, json => UntrustedJson.Text(json, "id") is { } id && Given.IsId(id) ? Done(new AddedNote(id)) : null),
            cancellationToken);
    }

    protected override Task<Probe> FindAsync(AddNoteInput input, ActionContext context, CancellationToken cancellationToken) =>
        Task.FromResult<Probe>(new Probe.Unknown(
            $"HubSpot's notes carry no key of ours, and a note with the same words may be another run's. Look at the timeline of contact {Shown.Value(input.Contact)}."));

    private static string? FindFlaw(AddNoteInput input, DateTimeOffset? time)
    {
        if (!Given.IsId(input.Contact))
        {
            return Given.NoId("contact", input.Contact);
        }

        if (time is null)
        {
            return $"'time' is '{Shown.Value(input.Time ?? string.Empty)}'; it must be a moment. "
                + "Seconds since 1970 become one with | from_unix, milliseconds with | from_unix_ms.";
        }

        return input.Body.Length > LongestBody
            ? $"'body' has {input.Body.Length} characters; HubSpot takes {LongestBody}. Shorten what goes in, for example with | truncate(10000)."
            : null;
    }

    // Only with its offset: a time without one would be an hour off for half the year.
    private static DateTimeOffset? ReadTime(string text) =>
        Moment().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{5,20}(Z|[+-][0-9]{2}:?[0-9]{2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Moment();

    private sealed record Note(NoteProperties Properties, IReadOnlyList<Link> Associations);

    private sealed record NoteProperties(string HsTimestamp, string HsNoteBody);

    private sealed record Link(Target To, IReadOnlyList<LinkType> Types);

    private sealed record Target(string Id);

    private sealed record LinkType(
        [property: JsonPropertyName("associationCategory")] string Category,
        [property: JsonPropertyName("associationTypeId")] int TypeId);
}
