using ConnectorHub.Gateway.Hosting;
using ConnectorHub.Gateway.Settings;
using ConnectorHub.Gateway.Telemetry;
using ConnectorHub.Runs.Store;

namespace ConnectorHub.Gateway.Admin;

/// <summary><c>/healthz</c>: the process is alive. <c>/readyz</c>: it can keep what it is given, and its work is not too late.</summary>
internal static class Health
{
    public static bool IsHealth(PathString path) => path == "/healthz" || path == "/readyz";

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => "ok").ExcludeFromDescription();
        routes.MapGet("/readyz", ReadyAsync).ExcludeFromDescription();
    }

    /// <summary>Why the hub is not ready; null where it is.</summary>
    public static string? Hindrance(bool canCommit, StoreCounts counts, TimeSpan lateAfter, DateTimeOffset now)
    {
        var late = Sight.Late(counts, now);
        return !canCommit ? "the store cannot commit"
            : late > lateAfter ? $"the oldest due run is {Durations.Format(TimeSpan.FromSeconds(Math.Floor(late.TotalSeconds)))} late; Runs:LateAfter is {Durations.Format(lateAfter)}"
            : null;
    }

    private static async Task<IResult> ReadyAsync(IHubStore store, HubSetup setup, TimeProvider time, IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return NotReady("stopping");
        }

        try
        {
            var now = time.GetUtcNow();
            var counts = await store.CountsAsync(now, cancellationToken).ConfigureAwait(false);
            return Hindrance(store.CanCommit, counts, setup.Settings.Runs.LateAfter, now) is { } hindrance ? NotReady(hindrance) : Results.Text("ready");
        }
        catch (StoreUnavailableException)
        {
            return NotReady("the store cannot be read");
        }
    }

    private static IResult NotReady(string why) => Results.Text(why, statusCode: StatusCodes.Status503ServiceUnavailable);
}
