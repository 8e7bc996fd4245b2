using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ConnectorHub.Tests.StandIns.HubSpot;

/// <summary>A record: a contact, a note, a company.</summary>
internal sealed class HubSpotRecord(string type, string id, DateTimeOffset made)
{
    public string Type => type;

    public string Id => id;

    public DateTimeOffset Changed { get; set; } = made;

    private string Created { get; } = Moment(made);

    public bool IsArchived { get; set; }

    public SortedDictionary<string, string> Properties { get; } = new(StringComparer.Ordinal);

    /// <summary>As HubSpot shows it.</summary>
    public JsonObject ToJson(IReadOnlyCollection<string>? properties = null) => new()
    {
        ["id"] = id,
        ["properties"] = new JsonObject(Properties
            .Where(property => properties is null || properties.Contains(property.Key))
            .Select(property => KeyValuePair.Create(property.Key, (JsonNode?)property.Value))
            .Append(KeyValuePair.Create("hs_object_id", (JsonNode?)id))),
        ["createdAt"] = Created,
        ["updatedAt"] = Moment(Changed),
        ["archived"] = IsArchived,
        ["url"] = $"https://app-eu1.hubspot.com/contacts/123456/record/{type}/{id}",
    };

    private static string Moment(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

/// <summary>All records, with what HubSpot makes sure of: one contact per address, and only properties that exist.</summary>
internal sealed partial class RecordStore(TimeProvider time)
{
    private readonly Dictionary<(string Type, string Id), HubSpotRecord> _records = [];
    private readonly Dictionary<string, HubSpotRecord> _byEmail = new(StringComparer.OrdinalIgnoreCase);

    private long _lastId = 500;

    /// <summary>The properties that contacts have; more are made in HubSpot's settings.</summary>
    public HashSet<string> ContactProperties { get; } =
    [
        "email", "firstname", "lastname", "jobtitle", "company", "phone", "mobilephone", "website", "city", "country", "zip", "address", "lifecyclestage",
        "hs_lead_status", "hs_additional_emails", "hs_language", "message",
        "meltingspot_member_id", "meltingspot_member_status", "meltingspot_headline", "meltingspot_registration_date",
    ];

    /// <summary>Which records are linked, both ways.</summary>
    public HashSet<(string From, string To)> Links { get; } = [];

    /// <summary>The static lists and who is on them.</summary>
    public Dictionary<string, HashSet<string>> Lists { get; } = new(StringComparer.Ordinal) { ["1"] = [] };

    public IEnumerable<HubSpotRecord> Of(string type) => _records.Values.Where(record => record.Type == type && !record.IsArchived);

    public HubSpotRecord? Find(string type, string id) =>
        _records.TryGetValue((type, id), out var record) && !record.IsArchived ? record : null;

    /// <summary>The contact whose first address it is. With <paramref name="anyAddress"/> also one that has it as a further one.</summary>
    public HubSpotRecord? FindContact(string email, bool anyAddress) => _byEmail.TryGetValue(email, out var contact) ? contact
        : anyAddress ? Of("contacts").FirstOrDefault(record =>
            (record.Properties.GetValueOrDefault("hs_additional_emails") ?? string.Empty).Split(';').Contains(email, StringComparer.OrdinalIgnoreCase))
        : null;

    public HubSpotRecord Add(string type, JsonObject properties)
    {
        var record = new HubSpotRecord(type, (++_lastId).ToString(CultureInfo.InvariantCulture), time.GetUtcNow());
        _records[(type, record.Id)] = record;
        Change(record, properties);
        return record;
    }

    /// <summary>Overwrites what is given; an empty text clears.</summary>
    public void Change(HubSpotRecord record, JsonObject properties)
    {
        foreach (var (name, value) in properties)
        {
            Set(record, name, value?.ToString() ?? string.Empty);
        }

        record.Changed = time.GetUtcNow();
    }

    public void Archive(HubSpotRecord record)
    {
        record.IsArchived = true;
        if (record.Properties.TryGetValue("email", out var email))
        {
            _byEmail.Remove(email);
        }
    }

    /// <summary>What is wrong with the properties of a contact, one entry each; empty where nothing is.</summary>
    public IReadOnlyList<JsonObject> FindFlaws(string type, JsonObject properties)
    {
        if (type != "contacts")
        {
            return [];
        }

        var flaws = properties
            .Where(property => !ContactProperties.Contains(property.Key))
            .Select(property => Flaw(property.Key, "PROPERTY_DOESNT_EXIST", $"Property \"{property.Key}\" does not exist"))
            .ToList();
        if (properties.TryGetPropertyValue("email", out var email) && !Address().IsMatch(email?.ToString() ?? string.Empty))
        {
            flaws.Add(Flaw("email", "INVALID_EMAIL", $"Email address {email} is invalid"));
        }

        return flaws;
    }

    private void Set(HubSpotRecord record, string name, string value)
    {
        if (name == "email" && record.Type == "contacts")
        {
            if (record.Properties.TryGetValue("email", out var before))
            {
                _byEmail.Remove(before);
            }

            // HubSpot keeps addresses in small letters.
            value = value.ToLowerInvariant();
            _byEmail[value] = record;
        }

        if (value.Length == 0)
        {
            record.Properties.Remove(name);
        }
        else if (name != "lifecyclestage" || IsForward(record.Properties.GetValueOrDefault(name), value))
        {
            record.Properties[name] = value;
        }
    }

    // A contact does not go back by itself; who wants that clears the stage first.
    private static bool IsForward(string? before, string after)
    {
        string[] stages = ["subscriber", "lead", "marketingqualifiedlead", "salesqualifiedlead", "opportunity", "customer", "evangelist"];
        return Array.IndexOf(stages, after) >= Array.IndexOf(stages, before);
    }

    private static JsonObject Flaw(string property, string code, string message) =>
        new() { ["isValid"] = false, ["message"] = message, ["error"] = code, ["name"] = property };

    [GeneratedRegex(@"^[^\s@]+@[^\s@]+\.[^\s@]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
