using ConnectorHub.Runs.Store;

namespace ConnectorHub.Gateway.Admin;

/// <summary><c>/healthz</c>: the process is alive. <c>/readyz</c>: it can keep what it is given.</summary>
internal static class Health
{
    public static bool IsHealth(PathString path) => path == "/healthz" || path == "/readyz";

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => "ok").ExcludeFromDescription();
        routes.MapGet("/readyz", Ready).ExcludeFromDescription();
    }

    private static IResult Ready(IHubStore store, IHostApplicationLifetime lifetime)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return Results.Text("stopping", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        return store.CanCommit
            ? Results.Text("ready")
            : Results.Text("the store cannot commit", statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
