using System.Globalization;
using System.Text.Json;
using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.HubSpot;

/// <summary>A contact of a batch that was written.</summary>
internal sealed record DoneContact(string Email, string? Id, bool Created);

/// <summary>A contact of a batch that was not written.</summary>
internal sealed record FailedContact(string Email, string Code, string Message);

/// <summary>
/// The answer to a batch, told apart contact by contact. With 207 it holds results and errors in no promised order: an entry is recognised by
/// the trace id we sent, else by its address. A contact of which nothing is said counts as failed.
/// </summary>
internal sealed record BatchAnswer(IReadOnlyList<DoneContact> Done, IReadOnlyList<FailedContact> Failed)
{
    private static readonly string[] EmailLists = ["ids", "id", "email"];

    /// <summary>The trace id of a contact: its place in the batch.</summary>
    public static string Trace(int index) => index.ToString(CultureInfo.InvariantCulture);

    /// <summary>Null where the answer is none to a batch.</summary>
    public static BatchAnswer? Read(JsonElement json, IReadOnlyList<BatchContact> sent)
    {
        if (UntrustedJson.Member(json, "results") is not { ValueKind: JsonValueKind.Array } results)
        {
            return null;
        }

        var done = new DoneContact?[sent.Count];
        var unnamed = 0;
        foreach (var result in results.EnumerateArray())
        {
            if (Place(result, sent) is { } place)
            {
                done[place] = new DoneContact(sent[place].Email, IdOf(result), IsNew(result));
            }
            else
            {
                unnamed++;
            }
        }

        return Join(sent, done, ReadErrors(json, sent), unnamed);
    }

    private static BatchAnswer Join(IReadOnlyList<BatchContact> sent, DoneContact?[] done, Errors errors, int unnamed)
    {
        var open = Enumerable.Range(0, sent.Count).Where(place => done[place] is null && !errors.ByPlace.ContainsKey(place)).ToList();

        // As many results without a name as contacts without a result: they are theirs, though not whose is whose.
        var allThere = unnamed > 0 && unnamed == open.Count;
        foreach (var place in allThere ? open : [])
        {
            done[place] = new DoneContact(sent[place].Email, null, false);
        }

        var failed = Enumerable.Range(0, sent.Count)
            .Where(place => done[place] is null)
            .Select(place => Failure(sent[place].Email, errors.ByPlace.GetValueOrDefault(place) ?? errors.General));
        return new BatchAnswer([.. done.OfType<DoneContact>()], [.. failed]);
    }

    private static FailedContact Failure(string email, HubSpotComplaint complaint) => new(
        email,
        complaint.Category ?? "not_written",
        complaint.Text.Length == 0 ? "HubSpot's answer says nothing of this contact." : complaint.Text.Trim());

    private static Errors ReadErrors(JsonElement json, IReadOnlyList<BatchContact> sent)
    {
        var byPlace = new Dictionary<int, HubSpotComplaint>();
        HubSpotComplaint? general = null;
        foreach (var error in HubSpotComplaint.Items(json, "errors"))
        {
            var complaint = HubSpotComplaint.Read(error);
            var places = ErrorPlaces(error, sent).ToList();
            places.ForEach(place => byPlace[place] = complaint);
            general ??= places.Count == 0 ? complaint : null;
        }

        return new Errors(byPlace, general ?? HubSpotComplaint.Read(null));
    }

    // One error may stand for several contacts.
    private static IEnumerable<int> ErrorPlaces(JsonElement error, IReadOnlyList<BatchContact> sent)
    {
        if (UntrustedJson.Member(error, "context") is { } context)
        {
            foreach (var item in HubSpotComplaint.Items(context, "objectWriteTraceId"))
            {
                if (PlaceOfTrace(UntrustedJson.Text(item), sent) is { } place)
                {
                    yield return place;
                }
            }

            foreach (var item in EmailLists.SelectMany(name => HubSpotComplaint.Items(context, name)))
            {
                if (PlaceOfEmail(UntrustedJson.Text(item), sent) is { } place)
                {
                    yield return place;
                }
            }
        }

        if (PlaceOfTrace(UntrustedJson.Text(error, "objectWriteTraceId"), sent) is { } own)
        {
            yield return own;
        }
    }

    private static int? Place(JsonElement result, IReadOnlyList<BatchContact> sent) =>
        PlaceOfTrace(UntrustedJson.Text(result, "objectWriteTraceId"), sent) ?? PlaceOfEmail(UntrustedJson.Text(result, "properties", "email"), sent);

    private static int? PlaceOfTrace(string? trace, IReadOnlyList<BatchContact> sent) =>
        int.TryParse(trace, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < sent.Count ? place : null;

    private static int? PlaceOfEmail(string? text, IReadOnlyList<BatchContact> sent)
    {
        var email = text is null ? null : Given.Email(text);
        for (var place = 0; email is not null && place < sent.Count; place++)
        {
            if (sent[place].Email == email)
            {
                return place;
            }
        }

        return null;
    }

    private static string? IdOf(JsonElement result) => UntrustedJson.Text(result, "id") is { } id && Given.IsId(id) ? id : null;

    private static bool IsNew(JsonElement result) => UntrustedJson.Member(result, "new")?.ValueKind == JsonValueKind.True;

    private sealed record Errors(Dictionary<int, HubSpotComplaint> ByPlace, HubSpotComplaint General);
}
