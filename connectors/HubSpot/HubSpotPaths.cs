using ConnectorHub.Abstractions;

namespace ConnectorHub.Connectors.HubSpot;

/// <summary>
/// Where HubSpot's API keeps what. Versions that are dates stand behind the name of the API, the old ones before it; beside <c>v3</c> the
/// default associations are <c>v4</c> (developers.hubspot.com, as of 2026-09). Everything from outside must come checked: see <see cref="Given"/>.
/// </summary>
internal sealed class HubSpotPaths(string version)
{
    public const string Newest = "2026-09";

    private const string Legacy = "v3";

    private bool IsLegacy => version == Legacy;

    public static HubSpotPaths Of(ActionContext context) => new(context.FindSetting("ApiVersion") ?? Newest);

    /// <summary>All contacts: to create one.</summary>
    public string Contacts => Objects("contacts");

    /// <summary>Up to 100 contacts, told by a property.</summary>
    public string ContactsUpsert => $"{Contacts}/batch/upsert";

    public string Notes => Objects("notes");

    /// <summary>Which account the token belongs to.</summary>
    public string Account => $"account-info/{version}/details";

    public string Contact(string id) => $"{Contacts}/{id}";

    // A + or a / in an address would otherwise mean a blank or another path.
    public string ContactByEmail(string email) => $"{Contacts}/{Uri.EscapeDataString(email)}?idProperty=email";

    public string ContactByEmail(string email, IEnumerable<string> properties)
    {
        var list = string.Join(',', properties.Select(Uri.EscapeDataString));
        return list.Length == 0 ? ContactByEmail(email) : $"{ContactByEmail(email)}&properties={list}";
    }

    /// <summary>The plain link of two records.</summary>
    public string Association(string from, string fromId, string to, string toId) =>
        $"{(IsLegacy ? $"crm/v4/objects/{from}" : Objects(from))}/{fromId}/associations/default/{to}/{toId}";

    public string ListMembers(string list) => $"{(IsLegacy ? $"crm/{Legacy}/lists" : $"crm/lists/{version}")}/{list}/memberships/add";

    private string Objects(string type) => IsLegacy ? $"crm/{Legacy}/objects/{type}" : $"crm/objects/{version}/{type}";
}
