namespace ConnectorHub.Gateway.Telemetry;

/// <summary><c>/metrics</c>, for Prometheus and whatever reads its format.</summary>
internal static class MetricsPage
{
    public const string Path = "/metrics";

    public static void MapMetrics(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Path, async (MetricBook book, CancellationToken cancellationToken) =>
            Results.Text(await book.PageAsync(cancellationToken).ConfigureAwait(false), PrometheusText.ContentType)).ExcludeFromDescription();
}
