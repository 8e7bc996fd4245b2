using System.Text.Json.Nodes;

namespace ConnectorHub.Tests.StandIns.Google.Calendars;

/// <summary>One calendar and its entries, deleted ones included: Google keeps their ids.</summary>
internal sealed class Calendar(string id, string zone, params string[] sharedWith)
{
    public string Id => id;

    public string Zone => zone;

    /// <summary>Who may see and change it, besides the person it belongs to.</summary>
    public IReadOnlySet<string> SharedWith { get; } = new HashSet<string>(sharedWith, StringComparer.OrdinalIgnoreCase);

    /// <summary>By id, in the order they were made.</summary>
    public OrderedDictionary<string, JsonObject> Entries { get; } = new(StringComparer.Ordinal);

    public bool IsOpenTo(string subject) => string.Equals(subject, id, StringComparison.OrdinalIgnoreCase) || SharedWith.Contains(subject);
}

/// <summary>All calendars, and the mails that were sent about them.</summary>
internal sealed class CalendarStore
{
    private readonly Dictionary<string, Calendar> _calendars = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>How many mails guests got.</summary>
    public int Mails { get; set; }

    public Calendar Add(Calendar calendar)
    {
        _calendars[calendar.Id] = calendar;
        return calendar;
    }

    /// <summary>A calendar that somebody may use; <c>primary</c> is their own. Null where there is none, or it is not shared with them: Google does not tell which.</summary>
    public Calendar? Find(string id, string subject) =>
        _calendars.TryGetValue(id == "primary" ? subject : id, out var calendar) && calendar.IsOpenTo(subject) ? calendar : null;
}
