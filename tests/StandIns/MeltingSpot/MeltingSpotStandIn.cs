using System.Globalization;
using System.Text.Json.Nodes;

namespace ConnectorHub.Tests.StandIns.MeltingSpot;

/// <summary>
/// MeltingSpot's API, which only tells: a live, the members with an address, what a member answered in forms. Pages count from 1, and the first
/// comes without a number too.
/// </summary>
internal sealed class MeltingSpotStandIn : StandIn
{
    public const string Key = "sk-stand-in-00000000000000000000";

    private const int UsualPage = 20;
    private const int LargestPage = 100;

    private readonly RateWindow _perTenSeconds;

    /// <param name="time">Its clock.</param>
    /// <param name="tell">Gets a line for every effect.</param>
    /// <param name="perTenSeconds">Calls in any ten seconds.</param>
    public MeltingSpotStandIn(TimeProvider time, Action<string>? tell = null, int perTenSeconds = 100)
        : base("meltingspot", time, tell) => _perTenSeconds = new RateWindow(time, perTenSeconds, TimeSpan.FromSeconds(10));

    /// <summary>Its lives and members.</summary>
    public Spot Spot { get; } = new();

    protected override Operation? Find(StandInRequest request)
    {
        var (name, run) = (request.Method, request.Segments) switch
        {
            ("GET", ["v1", "lives", var id]) => ("lives.get", () => Show(Spot.Lives.Find(live => live.Id == id)?.ToJson(Now))),
            ("GET", ["v1", "spotMembers"]) => ("spotMembers.list", () => List([.. Members(request).Select(member => member.ToJson())], request)),
            ("GET", ["v1", "spotMembers", var id, "customFormAnswers"]) => ("customFormAnswers.list", () => Answers(id, request)),
            _ => (string.Empty, (Func<StandInReply>?)null),
        };
        return run is null ? null : new Operation(name, () => SignedIn(request, run));
    }

    protected override StandInReply Unknown(StandInRequest request) => Problem(404, "Not Found");

    protected override StandInReply Limited() => Problem(429, "Too Many Requests");

    protected override StandInReply Revoked(Operation operation) => Problem(401, "Unauthorized");

    private static StandInReply Problem(int status, string message) =>
        StandInReply.Json(status, new JsonObject { ["statusCode"] = status, ["message"] = message });

    private static StandInReply Show(JsonObject? found) => found is null ? Problem(404, "Not Found") : StandInReply.Json(200, found);

    private static StandInReply List(List<JsonObject> all, StandInRequest request)
    {
        var limit = Math.Clamp(Number(request, "limit") ?? UsualPage, 1, LargestPage);
        var page = Math.Max(Number(request, "page") ?? 1, 1);
        return StandInReply.Json(200, new JsonObject
        {
            ["items"] = new JsonArray([.. all.Skip((page - 1) * limit).Take(limit)]),
            ["total"] = all.Count,
        });
    }

    private static int? Number(StandInRequest request, string name) =>
        int.TryParse(request.Query.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private StandInReply SignedIn(StandInRequest request, Func<StandInReply> run)
    {
        if (request.Header("Authorization") != Key)
        {
            return Problem(401, "Unauthorized");
        }

        return _perTenSeconds.TryTake(string.Empty, out var wait) ? run() : Limited().Waiting(wait);
    }

    private IEnumerable<SpotMember> Members(StandInRequest request) => request.Query.GetValueOrDefault("email[in]") is { } wanted
        ? Spot.Members.Where(member => wanted.Split(',').Contains(member.Email, StringComparer.OrdinalIgnoreCase))
        : Spot.Members;

    private StandInReply Answers(string id, StandInRequest request) => Spot.Members.Find(member => member.Id == id) is { } member
        ? List([.. member.Answers.Select((one, index) => new JsonObject
        {
            ["id"] = $"{id}-{index.ToString(CultureInfo.InvariantCulture)}",
            ["questionLabel"] = one.Question,
            ["answer"] = one.Answer,
        })], request)
        : Problem(404, "Not Found");
}
