using System.Text.Json.Nodes;
using ConnectorHub.Tests.StandIns.Faults;

namespace ConnectorHub.Tests.StandIns.Serving;

/// <summary>
/// <c>GET /_control/slack</c> tells what a stand-in was asked and what came of it; <c>POST /_control/slack</c> with a plan
/// (<c>{"lose":0.1,"seed":1}</c>) says what goes wrong from now on, and <c>{}</c> heals it.
/// </summary>
internal sealed class ControlPage(IReadOnlyDictionary<string, StandIn> standIns)
{
    public StandInReply Answer(string first, StandInRequest request) => (first, request.Method, request.Segments) switch
    {
        ("", "GET", _) => StandInReply.Text(200, Overview()),
        ("_control", "GET", [""]) => StandInReply.Text(200, Overview()),
        ("_control", "GET", [var name]) when standIns.TryGetValue(name, out var standIn) => StandInReply.Json(200, Show(standIn)),
        ("_control", "POST", [var name]) when standIns.TryGetValue(name, out var standIn) => Change(standIn, request),
        _ => StandInReply.Text(404, $"There is no stand-in called that. There are: {string.Join(", ", standIns.Keys)}.\n"),
    };

    private string Overview() => string.Concat(standIns.Values.Select(standIn =>
        $"{standIn.Name}: {standIn.Book.Effects} effects, {standIn.Book.Doubles} twice, {standIn.Book.Refused} refused\n"
        + string.Concat(standIn.Book.Lines.Select(line => $"    {line}\n"))));

    private static JsonObject Show(StandIn standIn)
    {
        var json = standIn.Book.ToJson();
        json["faults"] = JsonNode.Parse(standIn.Faults.Plan.Write());
        return json;
    }

    private static StandInReply Change(StandIn standIn, StandInRequest request)
    {
        if (FaultPlan.Read(request.Body.Span, out var flaw) is not { } plan)
        {
            return StandInReply.Text(400, flaw + "\n");
        }

        standIn.Faults.Plan = plan;
        return StandInReply.Json(200, Show(standIn));
    }
}
