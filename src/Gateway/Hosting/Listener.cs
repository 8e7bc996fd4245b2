using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ConnectorHub.Gateway.Hosting;

/// <summary>Which door a request came in by.</summary>
internal enum Door
{
    /// <summary>The public listener: hooks and nothing else.</summary>
    Public,

    /// <summary>The private listener: health, admin API behind a token.</summary>
    Private,

    /// <summary>The socket in the data folder: whoever can open it owns the data anyway.</summary>
    Socket,
}

/// <summary>Marks every connection with its door, so that no route can be reached by the wrong one.</summary>
internal sealed record DoorFeature(Door Door)
{
    /// <summary>The door of a request; a connection without a mark is treated as public.</summary>
    public static Door Of(HttpContext context) => context.Features.Get<DoorFeature>()?.Door ?? Door.Public;

    /// <summary>Marks all connections of a listener.</summary>
    public static void Mark(ListenOptions listener, Door door)
    {
        var feature = new DoorFeature(door);
        listener.Protocols = HttpProtocols.Http1;
        listener.Use(next => connection =>
        {
            connection.Features.Set(feature);
            return next(connection);
        });
    }
}
