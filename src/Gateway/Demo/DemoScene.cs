namespace ConnectorHub.Gateway.Demo;

/// <summary>One delivery of the demo.</summary>
/// <param name="Told">What a reader should know of it.</param>
/// <param name="MessageId">The platform's id: the same again is a repeat.</param>
/// <param name="Spoil">True: the signature is wrong.</param>
/// <param name="Repeats">True: expected to be answered as a duplicate.</param>
/// <param name="Taken">True: expected to be taken by a recipe.</param>
internal sealed record DemoScene(string Title, string Told, string Sample, string[] Changes, string MessageId, bool Spoil, bool Repeats, bool Taken)
{
    public static readonly IReadOnlyList<DemoScene> All =
    [
        new("A live is planned", "live.status is Planned", "meltingspot/live.updated", ["live.name=Product news"], "msg_demo_1", false, false, false),
        new("The live starts", "live.status is Live", "meltingspot/live.updated", ["live.name=Product news", "live.status=Live"], "msg_demo_2", false, false, true),
        new("The platform repeats itself", "the same message again", "meltingspot/live.updated", ["live.name=Product news", "live.status=Live"], "msg_demo_2", false, true, false),
        new("Somebody pretends to be the platform", "one letter of the signature is wrong", "meltingspot/live.updated", ["live.status=Live"], "msg_demo_3", true, false, false),
        new("A member joins, with a name that would like to call everybody", "firstname is <!channel>", "meltingspot/member.created", ["member.firstname=<!channel>"], "msg_demo_4", false, false, true),
    ];
}
