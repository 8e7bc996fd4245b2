using ConnectorHub.Gateway.Admin.Acts;
using ConnectorHub.Gateway.Hosting;
using ConnectorHub.Gateway.Settings;
using ConnectorHub.Gateway.Telemetry;

namespace ConnectorHub.Gateway.Admin;

/// <summary>Lets nobody past without a token, except over the socket, which only the data folder's owner can open.</summary>
internal sealed class AdminGuard(RequestDelegate next, AdminTokens tokens, HubSetup setup)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (DoorFeature.Of(context) == Door.Socket || IsOpen(context.Request.Path))
        {
            return next(context);
        }

        if (tokens.NameOf(context.Request.Headers.Authorization) is { } name)
        {
            context.Features.Set(new ActorFeature($"token {name}"));
            return next(context);
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Results.Problem(
            statusCode: StatusCodes.Status401Unauthorized,
            title: "A token is needed",
            detail: "Send 'Authorization: Bearer <token>'. The first token is in the file admin-token of the data folder.").ExecuteAsync(context);
    }

    private bool IsOpen(PathString path) => Health.IsHealth(path) || (path == MetricsPage.Path && setup.Settings.Hub.Metrics == MetricsDoor.Open);
}
