using System.Text.Json.Nodes;

namespace ConnectorHub.Tests.StandIns.Slack;

/// <summary>
/// Slack's Web API below <c>api/</c> and incoming webhooks below <c>services/</c>. As at Slack, a refusal is 200 with <c>ok: false</c>, and the
/// history of a channel gives metadata back only where it is asked for.
/// </summary>
internal sealed class SlackStandIn : StandIn
{
    public const string Token = "xoxb-stand-in-0000000000";

    private readonly SlackChat _chat;
    private readonly SlackConversations _conversations;

    /// <param name="time">Its clock.</param>
    /// <param name="tell">Gets a line for every effect.</param>
    /// <param name="perChannel">Messages that one channel takes in ten seconds.</param>
    public SlackStandIn(TimeProvider time, Action<string>? tell = null, int perChannel = 10)
        : base("slack", time, tell)
    {
        _chat = new SlackChat(Workspace, time, new RateWindow(time, perChannel, TimeSpan.FromSeconds(10)), Happened);
        _conversations = new SlackConversations(Workspace);
    }

    /// <summary>Its channels, people and messages.</summary>
    public SlackWorkspace Workspace { get; } = new();

    /// <summary>What the app may do. Taking one away makes <c>missing_scope</c>.</summary>
    public HashSet<string> Scopes { get; } =
    [
        "chat:write", "channels:read", "groups:read", "channels:history", "groups:history", "im:history", "im:write", "channels:join",
        "users:read", "users:read.email", "reactions:write",
    ];

    /// <summary>The path of the incoming webhook, which is its secret.</summary>
    public static string WebhookPath => "services/T0000000001/B0000000001/StandInStandInStandIn000";

    protected override Operation? Find(StandInRequest request)
    {
        if (request.Method == "POST" && request.Segments is ["services", ..])
        {
            return new Operation("webhook", () => _chat.PostByWebhook(request));
        }

        if (request.Segments is not ["api", var method] || request.Method is not ("POST" or "GET"))
        {
            return null;
        }

        return new Operation(method, () => SignedIn(request, method));
    }

    protected override StandInReply Unknown(StandInRequest request) => StandInReply.Page(404);

    protected override StandInReply Limited() =>
        StandInReply.Json(429, new JsonObject { ["ok"] = false, ["error"] = "ratelimited" });

    protected override StandInReply Revoked(Operation operation) =>
        operation.Name == "webhook" ? StandInReply.Text(404, "no_service") : SlackReply.Error("token_revoked");

    private StandInReply SignedIn(StandInRequest request, string method)
    {
        var arguments = SlackArguments.Of(request);
        var token = request.Bearer ?? arguments.Text("token");
        if (token is null)
        {
            return SlackReply.Error("not_authed");
        }

        return token == Token ? Allowed(method, arguments) : SlackReply.Error("invalid_auth");
    }

    private StandInReply Allowed(string method, SlackArguments arguments) => method switch
    {
        "auth.test" => SlackReply.Ok(new()
        {
            ["url"] = "https://stand-in.slack.com/",
            ["team"] = "Stand-in",
            ["user"] = "hub",
            ["team_id"] = "T0000000001",
            ["user_id"] = SlackWorkspace.Bot,
            ["bot_id"] = "B0000000001",
        }),
        "chat.postMessage" => With("chat:write", () => _chat.Post(arguments, mayPostAnywhere: Scopes.Contains("chat:write.public"))),
        "chat.update" => With("chat:write", () => _chat.Update(arguments)),
        "chat.delete" => With("chat:write", () => _chat.Delete(arguments)),
        "reactions.add" => With("reactions:write", () => _chat.React(arguments)),
        "conversations.history" => With("channels:history", () => _conversations.History(arguments)),
        "conversations.replies" => With("channels:history", () => _conversations.Replies(arguments)),
        "conversations.list" => _conversations.List(arguments, Scopes),
        "conversations.info" => With("channels:read", () => _conversations.Show(arguments)),
        "conversations.join" => With("channels:join", () => _conversations.Join(arguments)),
        "conversations.open" => With("im:write", () => _conversations.Open(arguments)),
        "users.lookupByEmail" => With("users:read.email", () => FindPerson(arguments)),
        _ => SlackReply.Error("unknown_method"),
    };

    private StandInReply FindPerson(SlackArguments arguments)
    {
        var email = arguments.Text("email");
        return Workspace.People.FirstOrDefault(person => string.Equals(person.Email, email, StringComparison.OrdinalIgnoreCase)) is { } found
            ? SlackReply.Ok(new() { ["user"] = found.ToJson() })
            : SlackReply.Error("users_not_found");
    }

    private StandInReply With(string scope, Func<StandInReply> run) => Scopes.Contains(scope) ? run() : SlackReply.Missing(scope, Scopes);
}
