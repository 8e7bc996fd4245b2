using ConnectorHub.Runs.Store;

namespace ConnectorHub.Gateway.Admin;

/// <summary>A store that cannot commit is an answer, not a fault: 503 with what to look at, and nothing was done.</summary>
internal sealed class StoreGuard(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (StoreUnavailableException exception) when (!context.Response.HasStarted)
        {
            await Results.Problem(
                statusCode: StatusCodes.Status503ServiceUnavailable,
                title: "The store cannot commit",
                detail: $"Nothing was done. {exception.Message}").ExecuteAsync(context).ConfigureAwait(false);
        }
    }
}
