using System.Text.Json.Nodes;

namespace ConnectorHub.Tests.StandIns.HubSpot;

/// <summary>HubSpot's CRM: contacts and other records, notes, links and lists, by the dated versions and by <c>v3</c>.</summary>
internal sealed class HubSpotStandIn : StandIn
{
    public const string Token = "pat-eu1-stand-in-000000000000";

    private readonly HubSpotLimits _limits;
    private readonly RecordApi _records;
    private readonly LinkApi _links;
    private readonly ContactBatch _batch;
    private readonly RecordSearch _search;

    /// <param name="time">Its clock.</param>
    /// <param name="tell">Gets a line for every effect.</param>
    /// <param name="perTenSeconds">Calls in any ten seconds.</param>
    /// <param name="perDay">Calls a day.</param>
    public HubSpotStandIn(TimeProvider time, Action<string>? tell = null, int perTenSeconds = 100, int perDay = 250_000)
        : base("hubspot", time, tell)
    {
        Records = new RecordStore(time);
        _limits = new HubSpotLimits(time, perTenSeconds, perDay);
        _records = new RecordApi(Records, Happened);
        _links = new LinkApi(Records, Happened);
        _batch = new ContactBatch(Records, Happened);
        _search = new RecordSearch(Records, time);
    }

    /// <summary>The token it takes: where the app's owner renews it, the old one is no longer good.</summary>
    public string Accepted { get; set; } = Token;

    /// <summary>Contacts, notes and other records, their links, and the lists.</summary>
    public RecordStore Records { get; }

    protected override Operation? Find(StandInRequest request)
    {
        var (name, run) = (request.Method, HubSpotPath.Read(request.Segments)) switch
        {
            ("GET", ["details"]) => ("account.details", Account),
            ("POST", ["objects", "contacts", "batch", "upsert"]) => ("contacts.batch.upsert", () => _batch.Upsert(request.Json())),
            ("POST", ["objects", var type, "search"]) => ($"{type}.search", () => _search.Run(type, request.Json())),
            ("POST", ["objects", var type]) => ($"{type}.create", () => _records.Create(type, request.Json())),
            ("GET", ["objects", var type, var id]) => ($"{type}.get", () => _records.Get(type, id, request.Query)),
            ("PATCH", ["objects", var type, var id]) => ($"{type}.update", () => _records.Update(type, id, request.Query, request.Json())),
            ("DELETE", ["objects", var type, var id]) => ($"{type}.archive", () => _records.Archive(type, id)),
            ("PUT", ["objects", var from, var fromId, "associations", "default", var to, var toId]) =>
                ("associations.default", () => _links.Associate(from, fromId, to, toId)),
            ("PUT", ["lists", var list, "memberships", "add"]) => ("lists.memberships.add", () => _links.AddToList(list, request.Json())),
            _ => (string.Empty, (Func<StandInReply>?)null),
        };
        return run is null ? null : new Operation(name, () => SignedIn(request, name, run));
    }

    protected override StandInReply Unknown(StandInRequest request) => StandInReply.Page(404);

    protected override StandInReply Limited() => HubSpotReply.Limit("TEN_SECONDLY_ROLLING", "You have reached your ten_secondly_rolling limit.");

    protected override StandInReply Revoked(Operation operation) => HubSpotReply.Error(
        401, "EXPIRED_AUTHENTICATION", "The OAuth token used to make this call expired or was revoked.");

    private StandInReply SignedIn(StandInRequest request, string name, Func<StandInReply> run) => request.Bearer == Accepted
        ? _limits.Within(name.EndsWith(".search", StringComparison.Ordinal), run)
        : HubSpotReply.Error(
            401, "INVALID_AUTHENTICATION", "Authentication credentials not found. This API supports OAuth 2.0 authentication.");

    private static StandInReply Account() => StandInReply.Json(200, new JsonObject
    {
        ["portalId"] = 123456,
        ["accountType"] = "STANDARD",
        ["timeZone"] = "Europe/Paris",
        ["uiDomain"] = "app-eu1.hubspot.com",
    });
}
