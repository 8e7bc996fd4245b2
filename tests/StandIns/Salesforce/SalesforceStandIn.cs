using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ConnectorHub.Tests.StandIns.Salesforce;

/// <summary>
/// Salesforce: tokens by client credentials, records by an external id, and how much of the day is used. A token says nothing of its end: it is
/// over when it is refused.
/// </summary>
internal sealed partial class SalesforceStandIn : StandIn
{
    public const string ClientId = "3MVG9stand-in";

    public const string ClientSecret = "stand-in-client-secret";

    private readonly HashSet<string> _tokens = [];
    private readonly SObjectApi _objects;
    private readonly int _perDay;
    private int _used;
    private int _given;
    private DateOnly _day;

    /// <param name="time">Its clock.</param>
    /// <param name="tell">Gets a line for every effect.</param>
    /// <param name="perDay">Calls a day.</param>
    public SalesforceStandIn(TimeProvider time, Action<string>? tell = null, int perDay = 15_000)
        : base("salesforce", time, tell)
    {
        _perDay = perDay;
        _objects = new SObjectApi(Objects, Happened);
    }

    /// <summary>All records.</summary>
    public SObjectStore Objects { get; } = new();

    /// <summary>Ends every session; a new token can be had.</summary>
    public void EndSessions() => _tokens.Clear();

    protected override Operation? Find(StandInRequest request)
    {
        if (request.Segments is ["services", "oauth2", "token"] && request.Method == "POST")
        {
            return new Operation("token", () => Give(request));
        }

        if (request.Segments is not ["services", "data", var version, ..] || !Version().IsMatch(version))
        {
            return null;
        }

        var (name, run) = (request.Method, request.Segments) switch
        {
            ("GET", [_, _, _, "limits"]) => ("limits", Limits),
            ("POST", [_, _, _, "sobjects", var type]) => ("sobjects.create", () => _objects.Create(type, request.Json())),
            ("GET", [_, _, _, "sobjects", var type]) => ("sobjects.info", () => _objects.Describe(type)),
            ("GET", [_, _, _, "sobjects", var type, var id]) => ("sobjects.get", () => _objects.Get(type, "Id", id)),
            ("PATCH", [_, _, _, "sobjects", var type, var id]) => ("sobjects.update", () => _objects.Update(type, id, request.Json())),
            ("GET", [_, _, _, "sobjects", var type, var field, var value]) => ("sobjects.get", () => _objects.Get(type, field, value)),
            ("PATCH", [_, _, _, "sobjects", var type, var field, var value]) =>
                ("sobjects.upsert", () => _objects.Upsert(type, field, value, request.Json(), request.Query.GetValueOrDefault("updateOnly") == "true")),
            _ => (string.Empty, (Func<StandInReply>?)null),
        };
        return run is null ? null : new Operation(name, () => SignedIn(request, run));
    }

    protected override StandInReply Unknown(StandInRequest request) => SalesforceReply.Error(404, "NOT_FOUND", "The requested resource does not exist");

    protected override StandInReply Limited() => SalesforceReply.Error(429, "REQUEST_LIMIT_EXCEEDED", "Too many requests.");

    protected override StandInReply Revoked(Operation operation) => operation.Name == "token"
        ? StandInReply.Json(400, new JsonObject { ["error"] = "invalid_client_id", ["error_description"] = "client identifier invalid" })
        : SalesforceReply.Error(401, "INVALID_SESSION_ID", "Session expired or invalid");

    private StandInReply Give(StandInRequest request)
    {
        var form = request.Form();
        if (form.GetValueOrDefault("grant_type") != "client_credentials")
        {
            return StandInReply.Json(400, new JsonObject { ["error"] = "unsupported_grant_type", ["error_description"] = "grant type not supported" });
        }

        if (!IsClient(request, form))
        {
            return StandInReply.Json(400, new JsonObject { ["error"] = "invalid_client", ["error_description"] = "invalid client credentials" });
        }

        var token = string.Create(CultureInfo.InvariantCulture, $"00D!stand-in-{++_given:d6}");
        _tokens.Add(token);
        return StandInReply.Json(200, new JsonObject
        {
            ["access_token"] = token,
            ["instance_url"] = "https://stand-in.my.salesforce.com",
            ["id"] = "https://login.salesforce.com/id/00D000000000001EAA/005000000000001AAA",
            ["token_type"] = "Bearer",
            ["issued_at"] = Now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        });
    }

    // In a header or in the form, as OAuth allows.
    private static bool IsClient(StandInRequest request, IReadOnlyDictionary<string, string> form) =>
        request.Header("Authorization") == "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{ClientSecret}"))
        || (form.GetValueOrDefault("client_id") == ClientId && form.GetValueOrDefault("client_secret") == ClientSecret);

    private StandInReply SignedIn(StandInRequest request, Func<StandInReply> run)
    {
        if (request.Bearer is not { } token || !_tokens.Contains(token))
        {
            return SalesforceReply.Error(401, "INVALID_SESSION_ID", "Session expired or invalid");
        }

        var day = DateOnly.FromDateTime(Now.UtcDateTime);
        _used = day == _day ? _used : 0;
        _day = day;
        if (_used >= _perDay)
        {
            return SalesforceReply.Error(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
        }

        _used++;
        return run().With("Sforce-Limit-Info", string.Create(CultureInfo.InvariantCulture, $"api-usage={_used}/{_perDay}"));
    }

    private StandInReply Limits() => StandInReply.Json(200, new JsonObject
    {
        ["DailyApiRequests"] = new JsonObject { ["Max"] = _perDay, ["Remaining"] = _perDay - _used },
    });

    [GeneratedRegex(@"^v[0-9]{2}\.0\z", RegexOptions.CultureInvariant)]
    private static partial Regex Version();
}
