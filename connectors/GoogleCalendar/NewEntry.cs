using System.Text.Json;

namespace ConnectorHub.Connectors.GoogleCalendar;

/// <summary>An input that describes a whole entry.</summary>
internal interface INewEntry
{
    /// <summary>The title.</summary>
    string Title { get; }

    /// <summary>Its first moment or day.</summary>
    string Start { get; }

    /// <summary>The moment it ends, or the day after its last.</summary>
    string End { get; }

    /// <summary>Its time zone, or null.</summary>
    string? Zone { get; }

    /// <summary>The text below, or null.</summary>
    string? Description { get; }

    /// <summary>Where it is, or null.</summary>
    string? Location { get; }

    /// <summary>The guests, or null.</summary>
    IReadOnlyList<string>? Attendees { get; }

    /// <summary>Whether it gets a Meet call.</summary>
    bool Meet { get; }

    /// <summary>The recipe's own key, or null.</summary>
    string? Mark { get; }
}

/// <summary>An entry as events.insert takes it, with an id made from the effect key.</summary>
internal sealed record NewEntry(
    string Id,
    string Summary,
    string? Description,
    string? Location,
    IReadOnlyDictionary<string, string?> Start,
    IReadOnlyDictionary<string, string?> End,
    IReadOnlyList<JsonElement>? Attendees,
    NewEntry.Properties ExtendedProperties,
    NewEntry.Conference? ConferenceData)
{
    private const int IdLength = 32;

    /// <summary>The entry's id. Hex digits are among the characters Google takes for one (a to v, 0 to 9).</summary>
    public static string IdOf(string effectKey) => effectKey[..IdLength];

    /// <summary>The entry that an input without a flaw describes.</summary>
    public static NewEntry Of(INewEntry input, string effectKey) => new(
        IdOf(effectKey),
        input.Title,
        input.Description,
        input.Location,
        EventTime.Read(input.Start)!.ToNew(input.Zone),
        EventTime.Read(input.End)!.ToNew(input.Zone),
        Guests.ToNew(input.Attendees),
        new Properties(Hidden(input.Mark, effectKey)),
        input.Meet ? new Conference(new ConferenceRequest(IdOf(effectKey), new ConferenceKind("hangoutsMeet"))) : null);

    private static Dictionary<string, string> Hidden(string? mark, string effectKey)
    {
        var hidden = new Dictionary<string, string> { [CalendarEntry.EffectProperty] = effectKey };
        if (mark is not null)
        {
            hidden[CalendarEntry.MarkProperty] = mark;
        }

        return hidden;
    }

    /// <summary>What only users of the API see.</summary>
    internal sealed record Properties(IReadOnlyDictionary<string, string> Private);

    /// <summary>A Meet call. Google ignores a second request with the same id.</summary>
    internal sealed record Conference(ConferenceRequest CreateRequest);

    /// <summary>The request for it.</summary>
    internal sealed record ConferenceRequest(string RequestId, ConferenceKind ConferenceSolutionKey);

    /// <summary>Its kind.</summary>
    internal sealed record ConferenceKind(string Type);
}
