using ConnectorHub.Gateway.Hosting;
using ConnectorHub.Runs.Acts;

namespace ConnectorHub.Gateway.Admin.Acts;

/// <summary>Who asks. Over the socket, which only the data folder's owner can open, commands say their user; elsewhere it is the token's name.</summary>
internal sealed record ActorFeature(string Who)
{
    /// <summary>The header in which commands say their user.</summary>
    public const string Header = "X-ConnectorHub-User";

    private const int Longest = 100;

    public static Actor Of(HttpContext context, string? why)
    {
        var said = DoorFeature.Of(context) == Door.Socket ? context.Request.Headers[Header].ToString() : string.Empty;
        var who = context.Features.Get<ActorFeature>()?.Who ?? (said.Length > 0 ? said : "somebody on this machine");
        return new Actor(who[..Math.Min(Longest, who.Length)], why ?? string.Empty);
    }
}
