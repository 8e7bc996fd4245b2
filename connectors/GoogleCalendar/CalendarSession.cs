using System.Text.Json;
using ConnectorHub.Abstractions;
using ConnectorHub.Connectors.Google;

namespace ConnectorHub.Connectors.GoogleCalendar;

/// <summary>What a request for one entry came to: the entry, or null where the refusal came that the request reckons with.</summary>
internal sealed record EntryReply(CalendarEntry? Entry);

/// <summary>One attempt at one calendar, signed in.</summary>
/// <param name="google">The sign-in.</param>
/// <param name="context">The attempt.</param>
/// <param name="calendar">The calendar's id.</param>
/// <param name="sample">What a rehearsal answers.</param>
internal sealed class CalendarSession(GoogleSession google, ActionContext context, string calendar, object sample)
{
    /// <summary>What a token must allow.</summary>
    public const string Scope = "https://www.googleapis.com/auth/calendar.events";

    // Google does not say when a used-up calendar takes more; it is hours.
    private static readonly TimeSpan QuotaWait = TimeSpan.FromHours(1);

    /// <summary>The key of the effect.</summary>
    public string EffectKey => context.EffectKey;

    /// <summary>Reads an entry; null where the calendar, or the hub's account in it, has none of that id.</summary>
    public async Task<GoogleReply<EntryReply>> GetAsync(string entry, CancellationToken cancellationToken)
    {
        var reply = await LookAsync(entry, cancellationToken);

        // The entry that an earlier step of a rehearsal made is nowhere; the change to it is to be shown all the same.
        return context.Rehearsal && reply is GoogleReply<EntryReply>.Got { Value.Entry: null }
            ? new GoogleReply<EntryReply>.Got(new EntryReply(CalendarEntry.Rehearsed(entry)))
            : reply;
    }

    /// <summary>As <see cref="GetAsync"/>, and says also in a rehearsal that there is none.</summary>
    public Task<GoogleReply<EntryReply>> LookAsync(string entry, CancellationToken cancellationToken) =>
        AskAsync(google.Read(EntryUrl(entry)), ReadEntry, error => error.Status == 404, cancellationToken);

    /// <summary>Makes an entry; null where its id is taken.</summary>
    public Task<GoogleReply<EntryReply>> InsertAsync<T>(T body, Notify notify, bool meet, CancellationToken cancellationToken)
        where T : class
    {
        var url = $"{EntriesUrl}?{SendUpdates(notify)}{(meet ? "&conferenceDataVersion=1" : string.Empty)}";
        return AskAsync(google.Write(HttpMethod.Post, url, body), ReadEntry, error => error.Status == 409, cancellationToken);
    }

    /// <summary>Changes an entry; null where <paramref name="version"/> is given and no longer the entry's.</summary>
    public Task<GoogleReply<EntryReply>> PatchAsync<T>(string entry, T body, Notify notify, string? version, CancellationToken cancellationToken)
        where T : class
    {
        var request = google.Write(HttpMethod.Patch, $"{EntryUrl(entry)}?{SendUpdates(notify)}", body);
        return AskAsync(
            version is null ? request : request with { Headers = [KeyValuePair.Create("If-Match", version)] },
            ReadEntry,
            error => error.Status == 412,
            cancellationToken);
    }

    /// <summary>Deletes an entry. It is gone also where it was gone already.</summary>
    public Task<GoogleReply<EntryReply>> DeleteAsync(string entry, Notify notify, CancellationToken cancellationToken) => AskAsync(
        google.Read($"{EntryUrl(entry)}?{SendUpdates(notify)}") with { Method = HttpMethod.Delete, Reads = false },
        json => json.ValueKind == JsonValueKind.Undefined ? new EntryReply(null) : null,
        error => error.Status is 404 or 410,
        cancellationToken);

    /// <summary>One page of the entries that carry a mark. A page may be empty and not the last.</summary>
    public Task<GoogleReply<EntryPage>> ListAsync(string mark, string? page, CancellationToken cancellationToken)
    {
        var property = Uri.EscapeDataString($"{CalendarEntry.MarkProperty}={mark}");
        var next = page is null ? string.Empty : $"&pageToken={Uri.EscapeDataString(page)}";
        return AskAsync($"{EntriesUrl}?privateExtendedProperty={property}&maxResults=50{next}", EntryPage.Read, cancellationToken);
    }

    /// <summary>Asks for the calendar itself: a calendar that is not there must not pass for an entry that is not there.</summary>
    public Task<GoogleReply<string>> AskForCalendarAsync(CancellationToken cancellationToken) =>
        AskAsync($"{EntriesUrl}?maxResults=1&fields=kind", json => UntrustedJson.Text(json, "kind"), cancellationToken);

    /// <summary>There is no such entry.</summary>
    public StepOutcome NotFound(string entry) => StepOutcome.Fail(
        FailureKind.Rejected,
        "notFound",
        $"Calendar '{calendar}' has no entry '{entry}' that {google.Account} may see. Check both ids, and share the calendar with {google.Account}.");

    /// <summary>The entry is there no more.</summary>
    public StepOutcome Deleted(string entry) => StepOutcome.Fail(
        FailureKind.Rejected, "event_was_deleted", $"The entry '{entry}' was deleted in calendar '{calendar}'. Nothing was changed.");

    /// <summary>Why an entry with the id of this effect is not the one to work with; null where it is.</summary>
    public StepOutcome? FindForeign(CalendarEntry entry) => entry switch
    {
        { IsCancelled: true } => StepOutcome.Fail(
            FailureKind.Rejected,
            "event_was_deleted",
            $"This entry ('{entry.Id}') was made before and then deleted, and Google keeps the id of a deleted entry. Replay the run with --again to make a new one."),
        _ when entry.Effect == EffectKey => null,
        _ => StepOutcome.Fail(
            FailureKind.Rejected,
            "duplicate",
            $"The calendar has another entry with the id '{entry.Id}', which the hub did not make for this. Replay the run with --again to make one with a new id."),
    };

    private string EntriesUrl => $"calendars/{Uri.EscapeDataString(calendar)}/events";

    private string EntryUrl(string entry) => $"{EntriesUrl}/{Uri.EscapeDataString(entry)}";

    private static string SendUpdates(Notify notify) => notify switch
    {
        Notify.All => "sendUpdates=all",
        Notify.External => "sendUpdates=externalOnly",
        _ => "sendUpdates=none",
    };

    private static EntryReply? ReadEntry(JsonElement json) => CalendarEntry.Read(json) is { } entry ? new EntryReply(entry) : null;

    private async Task<GoogleReply<EntryReply>> AskAsync(
        OutboundRequest request, Func<JsonElement, EntryReply?> read, Func<GoogleError, bool> isExpected, CancellationToken cancellationToken) =>
        Patient(await google.AskAsync(request, read, sample, cancellationToken, error => isExpected(error) ? new EntryReply(null) : null));

    private async Task<GoogleReply<T>> AskAsync<T>(string url, Func<JsonElement, T?> read, CancellationToken cancellationToken)
        where T : class => Patient(await google.AskAsync(google.Read(url), read, sample, cancellationToken));

    private static GoogleReply<T> Patient<T>(GoogleReply<T> reply) =>
        reply is GoogleReply<T>.Stopped { Outcome: StepOutcome.Failed { Code: "quotaExceeded", RetryAfter: null } failed }
            ? new GoogleReply<T>.Stopped(failed with { RetryAfter = QuotaWait })
            : reply;
}

/// <summary>One page of a search.</summary>
/// <param name="First">The first entry on it that is not deleted, or null.</param>
/// <param name="Next">Where the next page is, or null on the last.</param>
internal sealed record EntryPage(CalendarEntry? First, string? Next)
{
    public static EntryPage? Read(JsonElement json) => UntrustedJson.Member(json, "items") is { ValueKind: JsonValueKind.Array } items
        ? new EntryPage(
            items.EnumerateArray().Select(CalendarEntry.Read).FirstOrDefault(entry => entry is { IsCancelled: false }),
            UntrustedJson.Text(json, "nextPageToken"))
        : null;
}
