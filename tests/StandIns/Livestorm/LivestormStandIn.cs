using System.Globalization;
using System.Text.Json.Nodes;

namespace ConnectorHub.Tests.StandIns.Livestorm;

/// <summary>Livestorm's API below <c>v1/</c>, which only tells: an event, a session, who came. Pages count from 0, and a token stands alone.</summary>
internal sealed class LivestormStandIn : StandIn
{
    public const string Token = "livestorm-stand-in-0000000000000000";

    private const int LargestPage = 50;

    private readonly RateWindow _perSecond;

    /// <param name="time">Its clock.</param>
    /// <param name="tell">Gets a line for every effect.</param>
    /// <param name="perSecond">Calls in any second.</param>
    public LivestormStandIn(TimeProvider time, Action<string>? tell = null, int perSecond = 5)
        : base("livestorm", time, tell) => _perSecond = new RateWindow(time, perSecond, TimeSpan.FromSeconds(1));

    /// <summary>Its events and sessions.</summary>
    public LivestormWorkspace Workspace { get; } = new();

    protected override Operation? Find(StandInRequest request)
    {
        var (name, run) = (request.Method, request.Segments) switch
        {
            ("GET", ["v1", "events"]) => ("events.list", () => List([.. Workspace.Events.Select(one => one.ToJson(Workspace, Now))], request)),
            ("GET", ["v1", "events", var id]) => ("events.get", () => Show(Workspace.Events.Find(one => one.Id == id)?.ToJson(Workspace, Now))),
            ("GET", ["v1", "sessions", var id]) => ("sessions.get", () => Show(Session(id)?.ToJson(Now))),
            ("GET", ["v1", "sessions", var id, "people"]) => ("sessions.people", () => People(id, request)),
            _ => (string.Empty, (Func<StandInReply>?)null),
        };
        return run is null ? null : new Operation(name, () => SignedIn(request, run));
    }

    protected override StandInReply Unknown(StandInRequest request) => Problem(404, "not_found", "The resource does not exist.");

    protected override StandInReply Limited() => Problem(429, "too_many_requests", "Too many requests.");

    protected override StandInReply Revoked(Operation operation) => Problem(401, "unauthorized", "The token is not valid.");

    private static StandInReply Problem(int status, string word, string detail) => AsApi(StandInReply.Json(status, new JsonObject
    {
        ["errors"] = new JsonArray(new JsonObject { ["status"] = word, ["detail"] = detail }),
    }));

    private static StandInReply AsApi(StandInReply reply) => reply with { ContentType = "application/vnd.api+json" };

    private static StandInReply Show(JsonObject? found) => found is null
        ? Problem(404, "not_found", "The resource does not exist.")
        : AsApi(StandInReply.Json(200, new JsonObject { ["data"] = found }));

    private static StandInReply List(List<JsonObject> all, StandInRequest request)
    {
        var size = Math.Clamp(Number(request, "page[size]") ?? LargestPage, 1, LargestPage);
        var number = Number(request, "page[number]") ?? 0;
        var pages = (all.Count + size - 1) / size;
        return AsApi(StandInReply.Json(200, new JsonObject
        {
            ["data"] = new JsonArray([.. all.Skip(number * size).Take(size)]),
            ["meta"] = new JsonObject
            {
                ["current_page"] = number,
                ["previous_page"] = number > 0 ? number - 1 : null,
                ["next_page"] = number + 1 < pages ? number + 1 : null,
                ["record_count"] = all.Count,
                ["page_count"] = pages,
                ["items_per_page"] = size,
            },
        }));
    }

    private static int? Number(StandInRequest request, string name) =>
        int.TryParse(request.Query.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private StandInReply SignedIn(StandInRequest request, Func<StandInReply> run)
    {
        if (request.Header("Authorization") != Token)
        {
            return Problem(401, "unauthorized", "The token is not valid.");
        }

        return _perSecond.TryTake(string.Empty, out var wait) ? run() : Limited().Waiting(wait);
    }

    private LivestormSession? Session(string id) => Workspace.Sessions.Find(session => session.Id == id);

    private StandInReply People(string id, StandInRequest request) => Session(id) is { } session
        ? List([.. session.People.Select(person => person.ToJson(session))], request)
        : Show(null);
}
